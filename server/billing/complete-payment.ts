import type { Transaction } from "../journal/journal.service.ts";
import { toId } from "../operations/ids.ts";
import type { ClientRow } from "../people/people.service.ts";
import { allocateCredits } from "./allocate-credits.ts";
import type { MoneyText } from "./billing-mail.port.ts";
import type { BillingParts, Moment } from "./billing-parts.ts";
import { counts } from "./decide-payment.ts";
import { findInvoice } from "./invoice-row.ts";
import { markPaid } from "./issue-invoice.ts";
import { settleInvoice } from "./settle-invoice.ts";
import { recordPayment } from "./open-invoices.ts";
import { findPacks } from "./pack-row.ts";
import { nextPaymentState } from "./payment-state.ts";
import { type PaymentRow, rewritePayment } from "./payment-row.ts";
import { receiptsOf } from "./receipt-row.ts";
import { moneyText, tellClient } from "./tell-client.ts";

/**
 * The money is there: what it buys is granted, in the same transaction and under the key `grant:<payment id>`, so that it is
 * granted once whoever says so and however often. The caller holds the client's lock.
 */
export async function completePayment(
  tx: Transaction,
  parts: BillingParts,
  payment: PaymentRow,
  moment: Moment,
): Promise<PaymentRow> {
  const state = nextPaymentState(payment.state, "CONFIRM");
  if (state === null) throw new Error(`a payment that is ${payment.state} can't be confirmed`);
  const [client] = await parts.people.clients(tx, [payment.client_id]);
  if (client === undefined) throw new Error(`there is no client ${payment.client_id}`);
  // Before the payment says that it is granted: its row refers to the grant.
  const { grantId, description } = await settle(tx, parts, payment, client, moment);
  const after = await rewritePayment(tx, payment, {
    state,
    transfer_state: payment.transfer_state === null ? null : "CONFIRMED",
    grant_txn_id: grantId,
    completed_at: moment.at,
  });
  recordPayment(tx, "payment.completed", after);
  await tellClient(tx, parts, client.id, {
    kind: "PAYMENT_CONFIRMED",
    cause: `payment:${payment.id}:confirmed`,
    data: {
      amount: moneyText(payment, payment.amount_minor),
      received: await receivedOtherwise(tx, payment),
      purpose: description,
      reference: payment.reference,
    },
  });
  return after;
}

async function settle(
  tx: Transaction,
  parts: BillingParts,
  payment: PaymentRow,
  client: ClientRow,
  moment: Moment,
): Promise<{ readonly grantId: string | null; readonly description: string }> {
  if (payment.invoice_id !== null) {
    if (payment.pack_id === null)
      return settleInvoice(tx, parts, { payment, client, invoiceId: payment.invoice_id }, moment);
    await markPaid(tx, await findInvoice(tx, payment.invoice_id), moment.at);
  }
  const [pack] = payment.pack_id === null ? [] : await findPacks(tx, [payment.pack_id]);
  const grantId = await allocateCredits(
    tx,
    {
      clientId: client.id,
      credits: payment.credits,
      kind: "PURCHASE",
      key: `grant:${payment.id}`,
      effectiveAt: moment.at,
      months: payment.expires_after_months,
      reference: toId("Payment", payment.id),
      paymentId: payment.id,
    },
    moment,
  );
  return { grantId, description: pack?.name ?? "" };
}

/** What came where that isn't what was asked; nothing where it is. */
async function receivedOtherwise(tx: Transaction, payment: PaymentRow): Promise<MoneyText[]> {
  const sums = new Map<string, bigint>();
  for (const { currency, amount_minor: amountMinor } of (await receiptsOf(tx, [payment.id])).filter(counts)) {
    sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  }
  if (sums.size === 1 && sums.get(payment.currency) === payment.amount_minor) return [];
  return Array.from(sums, ([currency, amountMinor]) => ({ amountMinor: String(amountMinor), currency }));
}
