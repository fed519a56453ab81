import type { Transaction } from "../journal/journal.service.ts";
import { loadBillingRules } from "./billing-rules.ts";
import { type PaymentRow, rewritePayment } from "./payment-row.ts";
import { type ReceiptRow, receiptsOf } from "./receipt-row.ts";
import { decideTransfer } from "./transfer-decision.ts";

/** What the receipts that count make of a payment that isn't complete. When that is CONFIRMED, the caller completes it. */
export async function decidePayment(tx: Transaction, payment: PaymentRow): Promise<PaymentRow> {
  const receipts = (await receiptsOf(tx, [payment.id])).filter(counts);
  const { approvalOver } = await loadBillingRules(tx);
  const transferState = decideTransfer({
    expected: { amountMinor: payment.amount_minor, currency: payment.currency },
    receipts: receipts.map(({ amount_minor: amountMinor, currency }) => ({ amountMinor, currency })),
    approvalOver: approvalOver.get(payment.currency) ?? null,
  });
  const received = receipts
    .filter(({ currency }) => currency === payment.currency)
    .reduce((sum, { amount_minor: amount }) => sum + amount, 0n);
  return rewritePayment(tx, payment, { transfer_state: transferState, received_minor: received });
}

/** Whether a receipt wasn't voided. */
export function counts({ voided_at: voidedAt }: ReceiptRow): boolean {
  return voidedAt === null;
}
