export const AssignmentReason = {
  /** A preview: never counted. */
  FORCED: "FORCED",
  /** The subject's own variant of before. */
  STORED: "STORED",
  /** New: the caller stores it at the first exposure. */
  ASSIGNED: "ASSIGNED",
  /** New, because the stored variant was dropped: the subject leaves the analysis. */
  REASSIGNED: "REASSIGNED",
  /** The experiment is over and this variant won. */
  ROLLED_OUT: "ROLLED_OUT",
  /** Draft, concluded, or paused and the subject isn't in it. */
  NOT_RUNNING: "NOT_RUNNING",
  /** The subject has no id. */
  NO_SUBJECT: "NO_SUBJECT",
  HELD_OUT: "HELD_OUT",
  /** The subject belongs to another part of the namespace. */
  OTHER_NAMESPACE_PART: "OTHER_NAMESPACE_PART",
  NOT_ALLOCATED: "NOT_ALLOCATED",
  NOT_TARGETED: "NOT_TARGETED",
  /** Every variant is paused or dropped. */
  NO_OPEN_VARIANT: "NO_OPEN_VARIANT",
} as const;
export type AssignmentReason = (typeof AssignmentReason)[keyof typeof AssignmentReason];

export interface Assignment {
  /** Null: the subject sees what stands without the experiment. */
  readonly variantKey: string | null;
  readonly reason: AssignmentReason;
  /** The hash where it decided (ASSIGNED, REASSIGNED). */
  readonly bucket: number | null;
  /** The weights that decided; a stored variant has those of its time. */
  readonly weightVersion: number | null;
  /** The variant's weight among them, for estimates from logged probabilities. */
  readonly probability: number | null;
}

export interface StoredAssignment {
  readonly variantKey: string;
  readonly weightVersion: number;
  readonly probability: number;
}
