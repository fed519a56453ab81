/** What one move may be at most, as the ledger's functions say too. */
export const maxAmount = 1_000_000_000n;

const maxNoteLength = 1_000;

export function isAmount(amount: bigint): boolean {
  return amount >= 1n && amount <= maxAmount;
}

/** Whether a note can be stored; none is fine. */
export function isNote(note: string | null | undefined): boolean {
  return note == null || (Array.from(note).length <= maxNoteLength && !note.includes("\0"));
}
