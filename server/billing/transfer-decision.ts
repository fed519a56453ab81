import type { TransferState } from "../../schema/payment.ts";

interface Amount {
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** What the money that was seen arriving makes of a payment. Nothing is granted before CONFIRMED. */
export function decideTransfer(options: {
  readonly expected: Amount;
  /** Those that weren't voided. */
  readonly receipts: readonly Amount[];
  /** What one person may confirm alone; null: every amount. */
  readonly approvalOver: bigint | null;
}): TransferState {
  const { expected, receipts, approvalOver } = options;
  if (receipts.length === 0) return "AWAITING_TRANSFER";
  if (receipts.some(({ currency }) => currency !== expected.currency)) return "MISMATCH";
  const received = receipts.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  if (received < expected.amountMinor) return "PARTIAL";
  if (received > expected.amountMinor) return "MISMATCH";
  return approvalOver !== null && received > approvalOver ? "RECEIVED" : "CONFIRMED";
}
