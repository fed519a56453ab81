import type { Committed } from "../journal/journal.service.ts";
import { LedgerRefusal } from "./ledger-refusal.ts";

/** Runs a transaction; when the ledger refuses a move of it, nothing was written, and `refuse` makes the answer. */
export async function refusable<T>(
  work: () => Promise<Committed<T>>,
  refuse: (refusal: LedgerRefusal) => T,
): Promise<Committed<T>> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LedgerRefusal) || error.code === "KEY_REUSED") throw error; // a key of ours stands for two things: our mistake
    return { result: refuse(error), position: undefined };
  }
}

/** A payload's fields that tell what is missing. Who has no account has no credits. */
export function shortfallOf(refusal: LedgerRefusal | null, required: bigint | null = null) {
  const { shortfall = null } = refusal ?? {};
  return {
    required: shortfall?.required ?? required,
    usable: shortfall?.usable ?? (required === null ? null : 0n),
    nextExpiry: shortfall?.nextExpiry ?? null,
  };
}
