import type { ConditionInterface, JSONValue } from "@growthbook/growthbook";

/** A targeting rule in GrowthBook's condition JSON, checked by `checkCondition`. */
export type Condition = ConditionInterface;

export const ExperimentStatus = {
  /** Nobody takes part; a preview shows its variants. */
  DRAFT: "DRAFT",
  RUNNING: "RUNNING",
  /** Enrols nobody; who takes part keeps the variant. */
  PAUSED: "PAUSED",
  /** Over: everybody sees what stands without the experiment. */
  CONCLUDED: "CONCLUDED",
  /** Over: everybody who is targeted and not held out sees the variant that was chosen. */
  ROLLED_OUT: "ROLLED_OUT",
} as const;
export type ExperimentStatus = (typeof ExperimentStatus)[keyof typeof ExperimentStatus];

export const VariantStatus = {
  ACTIVE: "ACTIVE",
  /** Gets no new subjects; its own keep it. */
  PAUSED: "PAUSED",
  /** Gets no new subjects; its own get another variant and leave the analysis. */
  DROPPED: "DROPPED",
} as const;
export type VariantStatus = (typeof VariantStatus)[keyof typeof VariantStatus];

export interface VariantDefinition {
  readonly key: string;
  readonly status: VariantStatus;
  /** The share of new subjects, before paused and dropped variants give theirs to the others. */
  readonly weight: number;
  /** What a client gets. */
  readonly payload: JSONValue;
}

/** All that decides who sees what. Evaluation remembers what it derives from this object: make a new one for each change. */
export interface ExperimentDefinition {
  readonly key: string;
  /** Seed of the hash that chooses the variant. Never changes once a subject is enrolled. */
  readonly salt: string;
  readonly status: ExperimentStatus;
  /** The order never changes: previews by other SDKs name a variant by its place. Dropped ones stay in it. */
  readonly variants: readonly VariantDefinition[];
  /** Which weights these are: each exposure records it. */
  readonly weightVersion: number;
  readonly condition: Condition | null;
  /** The share of the targeted subjects that take part, from 0 to 1. A subject's place in it doesn't depend on the weights. */
  readonly allocation: number;
  /** Experiments of one namespace that have parts of [0, 1) without overlap share no subject. */
  readonly namespace: { readonly key: string; readonly from: number; readonly to: number } | null;
  /** The tenant's subjects that take part in no experiment: the same for all that have the same salt. */
  readonly holdout: { readonly salt: string; readonly share: number } | null;
  /** With ROLLED_OUT: what was chosen. */
  readonly rolledOutVariantKey: string | null;
}
