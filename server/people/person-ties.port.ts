import type { Session } from "../db/session.ts";
import type { Transaction } from "../journal/journal.service.ts";

/** Who is to be erased. Ids are uuids. */
export interface ErasedPerson {
  readonly kind: "Client" | "Learner" | "Coach";
  readonly id: string;
  /** His login, if it goes with him. */
  readonly memberId: string | null;
  /** Addresses that nobody else has whom the tenant knows. */
  readonly emails: readonly string[];
}

/** What has to end before somebody can be erased. */
export type Hindrance =
  | { readonly code: "SESSIONS_OPEN"; readonly sessionIds: readonly string[] }
  | { readonly code: "SUBSCRIPTION_OPEN" | "PAYMENT_OPEN" };

/** Whose entries of the journal tell of the person and of nobody else. */
export interface ErasedSubject {
  readonly type: "Session";
  readonly id: string;
}

/** What another domain knows of people. */
export interface PersonTies {
  /** Null: nothing hinders. */
  hindrance(session: Session, person: ErasedPerson): Promise<Hindrance | null>;
  /** Forgets the person, in the transaction that erases him. */
  erase(transaction: Transaction, person: ErasedPerson, now: Date): Promise<readonly ErasedSubject[]>;
}
