import { takeBack } from "../credits/ledger.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { newUuid } from "../operations/uuid.ts";
import type { Moment } from "./billing-parts.ts";
import { loadBillingRules } from "./billing-rules.ts";
import { placeOf } from "./invoice-place.ts";
import { findInvoice, type InvoiceRow } from "./invoice-row.ts";
import { callOff, markRefunded } from "./issue-invoice.ts";
import { dropInvoices, readOpenInvoices, recordPayment } from "./open-invoices.ts";
import { creditsToCome, grantsOf } from "./payment-grants.ts";
import { nextPaymentState } from "./payment-state.ts";
import { type PaymentRow, rewritePayment } from "./payment-row.ts";
import { shareRefund } from "./refund-share.ts";
import { insertRefund, type RefundRow, refundsOf } from "./receipt-row.ts";
import { findSubscriptions, rewriteSubscription } from "./subscription-row.ts";
import { recordSubscription, schedule } from "./turn-subscription.ts";

interface Return {
  readonly payment: PaymentRow;
  readonly amountMinor: bigint;
  readonly reason: string;
  readonly memberId: string;
  /** Whether there was no money: all its receipts are voided. */
  readonly isVoid?: boolean;
}

/** What can still go back of a payment. */
export function refundableMinor(payment: PaymentRow): bigint {
  return paidMinor(payment) - payment.refunded_minor;
}

/**
 * Money goes back: the same share of all credits that the payment pays for goes with it (refund-share.ts). What is left of its grants
 * is taken, the latest first, and what was used of them is owed. Credits never become negative. Null when the payment can't be
 * refunded. The caller holds the client's lock.
 */
export async function refundCredits(
  tx: Transaction,
  { payment, amountMinor, reason, memberId, isVoid = false }: Return,
  moment: Moment,
): Promise<{ readonly payment: PaymentRow; readonly refund: RefundRow } | null> {
  const { at } = moment;
  const refunded = payment.refunded_minor + amountMinor;
  const isAll = refunded >= paidMinor(payment);
  const state = nextPaymentState(payment.state, isAll ? "REFUND_ALL" : "REFUND_PART");
  if (state === null) return null;
  const grants = await grantsOf(tx, payment.id);
  const before = await refundsOf(tx, [payment.id]);
  const { withheld, wanted } = shareRefund({
    refundedMinor: refunded,
    paidMinor: paidMinor(payment),
    priceMinor: payment.amount_minor,
    granted: sumOf(grants, ({ credits }) => credits),
    toCome: await creditsToCome(tx, payment),
    before: {
      taken: sumOf(before, (each) => each.credits_taken),
      owed: sumOf(before, (each) => each.credits_owed),
      withheld: sumOf(before, (each) => each.credits_withheld),
    },
  });
  const id = newUuid();
  const { client_id: clientId } = payment;
  const creditsTaken = await takeFrom(tx, grants, { clientId, refundId: id, wanted, reason }, moment);
  const refund: RefundRow = {
    id,
    payment_id: payment.id,
    client_id: payment.client_id,
    amount_minor: amountMinor,
    currency: payment.currency,
    credits_taken: creditsTaken,
    credits_owed: wanted - creditsTaken,
    credits_withheld: withheld,
    credits_settled: 0n,
    reason,
    refunded_by_id: memberId,
    refunded_at: at,
  };
  await insertRefund(tx, refund);
  const after = await rewritePayment(tx, payment, {
    state,
    refunded_minor: refunded,
    transfer_state: isAll && isVoid ? "VOIDED" : payment.transfer_state,
  });
  recordPayment(tx, "payment.refunded", after, {
    refundedMinor: Number(refunded),
    creditsTaken: Number(creditsTaken),
    creditsOwed: Number(refund.credits_owed),
    creditsWithheld: Number(withheld),
  });
  if (isAll && payment.invoice_id !== null) {
    const invoice = await findInvoice(tx, payment.invoice_id);
    await (isVoid ? callOff : markRefunded)(tx, invoice, at);
    await endPaidPeriod(tx, payment, invoice, at);
  }
  return { payment: after, refund };
}

interface Taking {
  readonly clientId: string;
  readonly refundId: string;
  readonly wanted: bigint;
  readonly reason: string;
}

/** How many were left to take. */
async function takeFrom(
  tx: Transaction,
  grants: readonly { readonly txn_id: string }[],
  { clientId, refundId, wanted, reason }: Taking,
  { at, actor }: Moment,
): Promise<bigint> {
  let taken = 0n;
  for (const { txn_id: grantId } of grants) {
    if (taken === wanted) break;
    const key = `refund-payment:${refundId}:${grantId}`;
    const move = await takeBack(tx, { clientId, grantId, amount: wanted - taken, key, at, actor, reason });
    taken += move?.amount ?? 0n;
  }
  return taken;
}

function sumOf<Item>(items: readonly Item[], amount: (item: Item) => bigint): bigint {
  return items.reduce((sum, item) => sum + amount(item), 0n);
}

/** What was paid back isn't paid: its period ends, or doesn't begin. A change of plan within a period stays. */
async function endPaidPeriod(tx: Transaction, payment: PaymentRow, invoice: InvoiceRow, at: Date): Promise<void> {
  if (payment.subscription_id === null) return;
  const [subscription] = await findSubscriptions(tx, [payment.subscription_id]);
  if (subscription === undefined) return;
  const place = placeOf(invoice, subscription);
  const isLive = ["ACTIVE", "PAST_DUE", "CANCELLED_AT_PERIOD_END"].includes(subscription.state);
  const isAhead = place === "AHEAD";
  if (!isLive || place === "OTHER") return;
  await dropInvoices(tx, await readOpenInvoices(tx, subscription.id), at);
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
