import type { Session } from "../db/session.ts";
import { placeOf } from "./invoice-place.ts";
import { findInvoice } from "./invoice-row.ts";
import type { PaymentRow } from "./payment-row.ts";
import { findPlans } from "./plan-row.ts";
import { monthsOf } from "./subscription-period.ts";
import { findSubscriptions, type SubscriptionRow } from "./subscription-row.ts";

/** What a payment has given at once. */
interface PaymentGrant {
  readonly txn_id: string;
  readonly credits: bigint;
}

/** The latest first: what is left is there rather than in those before. */
export function grantsOf(session: Session, paymentId: string): Promise<PaymentGrant[]> {
  return session.query<PaymentGrant>({
    name: "billing-payment-grants",
    text: `SELECT txn_id, credits FROM payment_grant WHERE tenant_id = $1 AND payment_id = $2 ORDER BY granted_at DESC, txn_id DESC`,
    values: [session.tenantId, paymentId],
  });
}

/** Says what a payment has given; once for each transaction. */
export async function insertGrant(
  session: Session,
  { paymentId, transactionId, credits, at }: { paymentId: string; transactionId: string; credits: bigint; at: Date },
): Promise<void> {
  await session.query({
    name: "billing-insert-payment-grant",
    text: `INSERT INTO payment_grant (tenant_id, payment_id, txn_id, credits, granted_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT DO NOTHING`,
    values: [session.tenantId, paymentId, transactionId, credits, at],
  });
}

/** Who paid the present period of a subscription, and how many of its months' credits don't come because money went back. */
export async function presentPayment(
  session: Session,
  { id, anchor_at: anchorAt, period_month: month }: SubscriptionRow,
): Promise<{ readonly id: string; readonly withheld: bigint } | undefined> {
  const [row] = await session.query<{ id: string; withheld: bigint }>({
    name: "billing-present-payment",
    text: `SELECT p.id, (SELECT coalesce(sum(f.credits_withheld), 0)::bigint FROM payment_refund f
             WHERE f.tenant_id = p.tenant_id AND f.payment_id = p.id) AS withheld
           FROM invoice i JOIN payment p ON p.tenant_id = i.tenant_id AND p.invoice_id = i.id AND p.completed_at IS NOT NULL
           WHERE i.tenant_id = $1 AND i.subscription_id = $2 AND i.state = 'PAID' AND i.kind <> 'CHANGE'
             AND ((i.anchor_at = $3 AND i.period_month = $4 AND i.dropped_at IS NULL) OR ($4 = 0 AND i.paid_at = $3))
           ORDER BY p.id LIMIT 1`,
    values: [session.tenantId, id, anchorAt, month],
  });
  return row;
}

/** What the months to come of the period that it paid would grant, had none of its money gone back. */
export async function creditsToCome(session: Session, payment: PaymentRow): Promise<bigint> {
  if (payment.invoice_id === null || payment.subscription_id === null) return 0n;
  const invoice = await findInvoice(session, payment.invoice_id);
  const [subscription] = await findSubscriptions(session, [payment.subscription_id]);
  if (subscription === undefined) return 0n;
  const isLive = ["ACTIVE", "CANCELLED_AT_PERIOD_END"].includes(subscription.state);
  const place = isLive ? placeOf(invoice, subscription) : "OTHER";
  if (place === "OTHER") return 0n;
  const [plan] = await findPlans(session, [place === "PRESENT" ? subscription.plan_id : (invoice.plan_id ?? "")]);
  if (plan === undefined) return 0n;
  const { period_month: first, period_months: months, month } = subscription;
  const left = place === "PRESENT" ? first + months - 1 - month : monthsOf(plan) - 1;
  return plan.credits_per_month * BigInt(left);
}
