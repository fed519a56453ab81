import type { Transaction } from "../journal/journal.service.ts";
import type { BillingParts } from "./billing-parts.ts";
import { findInvoice } from "./invoice-row.ts";
import { callOff } from "./issue-invoice.ts";
import { recordPayment } from "./open-invoices.ts";
import { nextPaymentState } from "./payment-state.ts";
import { findPayments, type PaymentRow, rewritePayment } from "./payment-row.ts";
import { findSubscriptions, rewriteSubscription } from "./subscription-row.ts";
import { moneyText, purposeOf, tellClient } from "./tell-client.ts";
import { recordSubscription } from "./turn-subscription.ts";

/**
 * Nobody has paid in time: the payment expires with its invoice, a plan that waited for it doesn't begin, and the client is told.
 * What was done before does nothing. Money that comes later is honoured all the same. The caller holds the client's lock.
 */
export async function expirePayment(tx: Transaction, parts: BillingParts, id: string, at: Date): Promise<void> {
  const [payment] = await findPayments(tx, [id]);
  if (payment === undefined || payment.expires_at > at || payment.received_minor > 0n) return;
  const state = nextPaymentState(payment.state, "EXPIRE");
  if (state === null) return;
  recordPayment(tx, "payment.expired", await rewritePayment(tx, payment, { state }));
  const purpose = await purposeOf(tx, payment);
  await callOffInvoice(tx, payment, at);
  const [subscription] = payment.subscription_id === null ? [] : await findSubscriptions(tx, [payment.subscription_id]);
  if (subscription?.state === "INCOMPLETE") {
    const ended = await rewriteSubscription(tx, subscription, { state: "EXPIRED", ended_at: at });
    recordSubscription(tx, "subscription.expired", ended);
  }
  await tellClient(tx, parts, payment.client_id, {
    kind: "PAYMENT_EXPIRED",
    cause: `payment:${payment.id}:expired`,
    data: { amount: moneyText(payment, payment.amount_minor), purpose, reference: payment.reference },
  });
}

async function callOffInvoice(tx: Transaction, payment: PaymentRow, at: Date): Promise<void> {
  if (payment.invoice_id === null) return;
  const invoice = await findInvoice(tx, payment.invoice_id);
  // A period's invoice ends with its subscription, which may wait longer.
  if (invoice.state === "OPEN" && invoice.kind !== "RENEWAL") await callOff(tx, invoice, at);
}
