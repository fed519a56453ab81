import type { JournalType } from "./journal-types.ts";

/** Who caused a change. */
export type Actor =
  | { readonly type: "MEMBER"; readonly id: string }
  | { readonly type: "API_KEY"; readonly id: string }
  | { readonly type: "PUBLISHABLE_KEY"; readonly id: string }
  | { readonly type: "SYSTEM" };

/** A change, as the code that makes it describes it. Position, id, time and hash come from the database. */
export interface JournalDraft {
  /** Past tense, `<subject>.<verb>`: `lead.captured`. */
  readonly type: JournalType;
  /** Name of the subject's GraphQL type. */
  readonly subjectType: string;
  /** The subject's uuid. */
  readonly subjectId: string;
  /** What the world may keep for ever. */
  readonly data: Readonly<Record<string, unknown>>;
  /** What identifies a person: erased with the person, while the hash chain still verifies. */
  readonly personal?: Readonly<Record<string, unknown>>;
}

/** A stored entry. */
export interface JournalRecord {
  readonly tenantId: string;
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly actor: Actor;
  readonly requestId: string;
  readonly occurredAt: Date;
  readonly data: Record<string, unknown>;
  readonly personal: Record<string, unknown> | null;
  readonly hash: Buffer;
}
