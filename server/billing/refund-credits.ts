import { takeBack } from "../credits/ledger.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { newUuid } from "../operations/uuid.ts";
import type { Moment } from "./billing-parts.ts";
import { loadBillingRules } from "./billing-rules.ts";
import { findInvoice } from "./invoice-row.ts";
import { dropInvoices, readOpenInvoices, recordPayment } from "./open-invoices.ts";
import { nextPaymentState } from "./payment-state.ts";
import { type PaymentRow, rewritePayment } from "./payment-row.ts";
import { insertRefund, type RefundRow, refundsOf } from "./receipt-row.ts";
import { findSubscriptions, rewriteSubscription } from "./subscription-row.ts";
import { recordSubscription, schedule } from "./turn-subscription.ts";

interface Return {
  readonly payment: PaymentRow;
  readonly amountMinor: bigint;
  readonly reason: string;
  readonly memberId: string;
}

/** What can still go back of a payment. */
export function refundableMinor(payment: PaymentRow): bigint {
  return paidMinor(payment) - payment.refunded_minor;
}

/**
 * Money goes back: the same share of its credits is taken from what is left of its grant, and what was used of them is owed.
 * Credits never become negative. Null when the payment can't be refunded. The caller holds the client's lock.
 */
export async function refundCredits(
  tx: Transaction,
  { payment, amountMinor, reason, memberId }: Return,
  { at, actor }: Moment,
): Promise<{ readonly payment: PaymentRow; readonly refund: RefundRow } | null> {
  const refunded = payment.refunded_minor + amountMinor;
  const isAll = refunded >= paidMinor(payment);
  const state = nextPaymentState(payment.state, isAll ? "REFUND_ALL" : "REFUND_PART");
  if (state === null) return null;
  const before = (await refundsOf(tx, [payment.id])).reduce(
    (sum, each) => sum + each.credits_taken + each.credits_owed,
    0n,
  );
  const share = isAll ? payment.credits : (payment.credits * refunded) / paidMinor(payment);
  const id = newUuid();
  const wanted = share > before ? share - before : 0n;
  const taken =
    payment.grant_txn_id === null || wanted === 0n
      ? undefined
      : await takeBack(tx, {
          clientId: payment.client_id,
          grantId: payment.grant_txn_id,
          amount: wanted,
          key: `refund-payment:${id}`,
          at,
          actor,
          reason,
        });
  const creditsTaken = taken?.amount ?? 0n;
  const refund: RefundRow = {
    id,
    payment_id: payment.id,
    client_id: payment.client_id,
    amount_minor: amountMinor,
    currency: payment.currency,
    credits_taken: creditsTaken,
    credits_owed: payment.grant_txn_id === null ? 0n : wanted - creditsTaken,
    reason,
    refunded_by_id: memberId,
    refunded_at: at,
  };
  await insertRefund(tx, refund);
  const after = await rewritePayment(tx, payment, { state, refunded_minor: refunded });
  recordPayment(tx, "payment.refunded", after, {
    refundedMinor: Number(refunded),
    creditsTaken: Number(creditsTaken),
    creditsOwed: Number(refund.credits_owed),
  });
  if (isAll) await endSubscription(tx, payment, at);
  return { payment: after, refund };
}

/** What was paid back isn't paid: its period ends, or doesn't begin. A change of plan within a period stays. */
async function endSubscription(tx: Transaction, payment: PaymentRow, at: Date): Promise<void> {
  if (payment.invoice_id === null || payment.subscription_id === null) return;
  const invoice = await findInvoice(tx, payment.invoice_id);
  const [subscription] = await findSubscriptions(tx, [payment.subscription_id]);
  if (subscription === undefined || invoice.kind === "CHANGE") return;
  const { anchor_at: anchor, period_month: month } = subscription;
  const isSame = (one: Date | null, other: Date | null) => one?.getTime() === other?.getTime();
  const isOfCount = isSame(invoice.anchor_at, anchor);
  const isAhead = isOfCount && invoice.period_month !== null && invoice.period_month > month;
  // What is paid first, or late, begins the count that it isn't a part of.
  const isPresent = (isOfCount && invoice.period_month === month) || (month === 0 && isSame(invoice.paid_at, anchor));
  const isLive = ["ACTIVE", "PAST_DUE", "CANCELLED_AT_PERIOD_END"].includes(subscription.state);
  if (!isLive || (!isAhead && !isPresent)) return;
  await dropInvoices(
    tx,
    [...(isAhead ? [{ invoice, payment: undefined }] : []), ...(await readOpenInvoices(tx, subscription.id))],
    at,
  );
  const ended = isAhead
    ? await rewriteSubscription(tx, subscription, { state: "CANCELLED_AT_PERIOD_END" })
    : await rewriteSubscription(tx, subscription, { state: "CANCELLED", ended_at: at });
  recordSubscription(tx, isAhead ? "subscription.cancelled_at_period_end" : "subscription.cancelled", ended);
  await schedule(tx, ended, await loadBillingRules(tx));
}

/** What really came; of another currency that was accepted, what was asked. */
function paidMinor({ received_minor: received, amount_minor: amount }: PaymentRow): bigint {
  return received > 0n ? received : amount;
}
