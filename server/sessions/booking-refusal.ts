import pg from "pg";
import { toLedgerRefusal } from "../credits/ledger-refusal.ts";

/** What the SQL functions refuse with, by SQLSTATE (migration session_functions). */
const codes = { BK001: "SLOT_TAKEN", BK002: "CHANGED", BK003: "SESSION_FULL", BK004: "ALREADY_BOOKED" } as const;

export type BookingRefusalCode = (typeof codes)[keyof typeof codes] | "LEARNER_BUSY" | "COACH_INACTIVE";

/** A change of sessions that can't be: thrown through the transaction, so that nothing of it stays. */
export class BookingRefusal extends Error {
  override readonly name = "BookingRefusal";
  readonly code: BookingRefusalCode;

  constructor(code: BookingRefusalCode, cause?: pg.DatabaseError) {
    super(cause?.message ?? code, { cause });
    this.code = code;
  }
}

/** The refusal that a statement's error stands for, of sessions or of the ledger; the error itself when it stands for none. */
export function toBookingRefusal(error: unknown): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  const code = codes[error.code as keyof typeof codes];
  if (code === undefined) return toLedgerRefusal(error);
  return new BookingRefusal(code === "SLOT_TAKEN" && isOfLearner(error.detail) ? "LEARNER_BUSY" : code, error);
}

function isOfLearner(detail: string | undefined): boolean {
  return detail !== undefined && (JSON.parse(detail) as { kind: string }).kind === "LEARNER";
}
