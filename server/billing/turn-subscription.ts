import type { JournalType } from "../journal/journal-types.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { toId } from "../operations/ids.ts";
import { allocateCredits, turnMonth } from "./allocate-credits.ts";
import type { BillingParts, Moment } from "./billing-parts.ts";
import { type BillingRules, loadBillingRules } from "./billing-rules.ts";
import { findRenewal, type InvoiceRow } from "./invoice-row.ts";
import { callOff, issueInvoice } from "./issue-invoice.ts";
import { openPayment } from "./open-payment.ts";
import { dropChanges, dropInvoices, readOpenInvoices } from "./open-invoices.ts";
import { presentPayment } from "./payment-grants.ts";
import { findPlans, type PlanRow } from "./plan-row.ts";
import { creditsOfMonth } from "./refund-share.ts";
import {
  allocationEnd,
  billedAt,
  followingPeriod,
  graceEnd,
  isRunning,
  nextDue,
  nextMonth,
  type RunningSubscription,
} from "./subscription-period.ts";
import { rewriteSubscription, type SubscriptionRow } from "./subscription-row.ts";

/** More than a year's months that a job was late for; what is left is due at once again. */
const mostSteps = 40;

/**
 * Does all that has come due for a subscription, in the order in which it came due: bills the next period, allocates a month,
 * turns the period, ends. Late, it comes to the same. The caller holds the client's lock.
 */
export async function turnSubscription(
  tx: Transaction,
  parts: BillingParts,
  subscription: SubscriptionRow,
  moment: Moment,
): Promise<SubscriptionRow> {
  const rules = await loadBillingRules(tx);
  let current = subscription;
  for (let steps = 0; steps < mostSteps; steps += 1) {
    const next = isRunning(current) ? await step(tx, parts, { current, rules, moment }) : null;
    if (next === null) break;
    current = next;
  }
  return schedule(tx, current, rules);
}

/** Says when the job looks at it next. */
export async function schedule(
  tx: Transaction,
  subscription: SubscriptionRow,
  rules: BillingRules,
): Promise<SubscriptionRow> {
  const isBilled = isRunning(subscription) && (await nextRenewal(tx, subscription)) !== undefined;
  const due = nextDue(subscription, rules, isBilled);
  if (due?.getTime() === subscription.due_at?.getTime()) return subscription;
  return rewriteSubscription(tx, subscription, { due_at: due });
}

function nextRenewal(tx: Transaction, subscription: RunningSubscription): Promise<InvoiceRow | undefined> {
  const { id: subscriptionId, anchor_at: anchorAt, period_month: month, period_months: months } = subscription;
  return findRenewal(tx, { subscriptionId, anchorAt, month: month + months });
}

export async function planOf(tx: Transaction, id: string): Promise<PlanRow> {
  const [plan] = await findPlans(tx, [id]);
  if (plan === undefined) throw new Error(`there is no plan ${id}`);
  return plan;
}

/** Tells the journal how a subscription is now. */
export function recordSubscription(tx: Transaction, type: JournalType, subscription: SubscriptionRow): void {
  const { state, period_starts_at: periodStartsAt, period_ends_at: periodEndsAt, version } = subscription;
  const data = { state, planId: toId("Plan", subscription.plan_id), periodStartsAt, periodEndsAt, version };
  tx.record({ type, subjectType: "PlanSubscription", subjectId: subscription.id, data });
}

interface Turn {
  readonly current: RunningSubscription;
  readonly rules: BillingRules;
  readonly moment: Moment;
}

/** The first thing that is due; null when nothing is. */
async function step(tx: Transaction, parts: BillingParts, turn: Turn): Promise<SubscriptionRow | null> {
  const { current, rules, moment } = turn;
  const { at } = moment;
  switch (current.state) {
    case "PAST_DUE":
      return graceEnd(current, rules) <= at ? endSubscription(tx, current, "EXPIRED", moment) : null;
    case "ACTIVE":
    case "CANCELLED_AT_PERIOD_END": {
      const month = nextMonth(current);
      const renewal = await nextRenewal(tx, current);
      const bills = current.state === "ACTIVE" && renewal === undefined && billedAt(current, rules) <= at;
      if (month !== null && month.at <= at && !(bills && billedAt(current, rules) < month.at))
        return allocate(tx, turn, month);
      if (bills) return bill(tx, parts, turn);
      return current.period_ends_at <= at ? turnPeriod(tx, turn, renewal) : null;
    }
    case "INCOMPLETE":
    case "CANCELLED":
    case "EXPIRED":
      return null;
  }
}

/** A year's later months come without a payment, and without what of them was paid back. */
async function allocate(tx: Transaction, { current, moment }: Turn, { month, at: turn }: { month: number; at: Date }) {
  const plan = await planOf(tx, current.plan_id);
  await turnMonth(tx, current, plan, turn, moment);
  const paid = await presentPayment(tx, current);
  const credits = creditsOfMonth({
    monthly: plan.credits_per_month,
    monthsAfter: current.period_month + current.period_months - 1 - month,
    withheld: paid?.withheld ?? 0n,
  });
  await allocateCredits(
    tx,
    {
      clientId: current.client_id,
      credits,
      kind: "MONTHLY_ALLOCATION",
      key: `allocation:${current.id}:${turn.toISOString()}`,
      effectiveAt: turn,
      endsAt: allocationEnd(plan, current, turn),
      reference: toId("PlanSubscription", current.id),
      paymentId: paid?.id ?? null,
    },
    moment,
  );
  const after = await rewriteSubscription(tx, current, { month });
  recordSubscription(tx, "subscription.month_turned", after);
  return after;
}

/** Issues the invoice of the period that follows, with a payment; what costs nothing is paid. */
async function bill(tx: Transaction, parts: BillingParts, { current, rules, moment }: Turn): Promise<SubscriptionRow> {
  const plan = await planOf(tx, current.next_plan_id ?? current.plan_id);
  const isFree = plan.amount_minor === 0n;
  const next = followingPeriod(current, plan);
  const bill = {
    clientId: current.client_id,
    amountMinor: plan.amount_minor,
    currency: plan.currency,
    credits: plan.credits_per_month,
    dueAt: later(graceEnd(current, rules), moment.at),
    subject: {
      kind: "RENEWAL",
      subscriptionId: current.id,
      plan,
      anchorAt: current.anchor_at,
      month: next.period_month,
      period: { startsAt: next.period_starts_at, endsAt: next.period_ends_at },
    },
  } as const;
  const invoice = await issueInvoice(tx, bill, moment.at);
  if (!isFree) {
    const [client] = await parts.people.clients(tx, [current.client_id]);
    if (client === undefined) throw new Error(`there is no client ${current.client_id}`);
    const order = { client, purpose: "RENEWAL", invoice, description: plan.name } as const;
    const opened = await openPayment(tx, parts, { ...order, provider: current.provider }, moment);
    // A way that can't be used any more doesn't keep the client from paying at the desk.
    if ("unavailable" in opened) await openPayment(tx, parts, { ...order, provider: "LOCAL" }, moment);
  }
  recordSubscription(tx, "subscription.billed", current);
  return current;
}

/** The period has ended: the paid one that follows begins, or it waits for its payment, or it was the last one. */
async function turnPeriod(tx: Transaction, turn: Turn, renewal: InvoiceRow | undefined): Promise<SubscriptionRow> {
  const { current, moment } = turn;
  if (renewal?.state === "PAID") return renewPeriod(tx, current, renewal, moment);
  if (current.state === "CANCELLED_AT_PERIOD_END") return endSubscription(tx, current, "CANCELLED", moment);
  await dropChanges(tx, current.id, moment.at);
  const after = await rewriteSubscription(tx, current, { state: "PAST_DUE" });
  recordSubscription(tx, "subscription.past_due", after);
  return after;
}

/** Begins the period that follows, which is paid. Its credits came with the payment; those of a free one come now. */
export async function renewPeriod(
  tx: Transaction,
  current: RunningSubscription,
  invoice: InvoiceRow,
  moment: Moment,
): Promise<SubscriptionRow> {
  const turn = current.period_ends_at;
  await dropChanges(tx, current.id, moment.at);
  await turnMonth(tx, current, await planOf(tx, current.plan_id), turn, moment);
  const plan = await planOf(tx, invoice.plan_id ?? current.plan_id);
  if (invoice.amount_minor === 0n) {
    const key = `allocation:${current.id}:${turn.toISOString()}`;
    const reference = toId("PlanSubscription", current.id);
    const { client_id: clientId } = current;
    await allocateCredits(
      tx,
      {
        clientId,
        credits: invoice.credits,
        kind: "MONTHLY_ALLOCATION",
        key,
        effectiveAt: turn,
        endsAt: allocationEnd(plan, current, turn),
        reference,
        paymentId: null,
      },
      moment,
    );
  }
  const state = current.state === "PAST_DUE" ? "ACTIVE" : current.state;
  const after = await rewriteSubscription(tx, current, { ...followingPeriod(current, plan), state });
  recordSubscription(tx, "subscription.renewed", after);
  return after;
}

/** Ends it, with its period or after that. What isn't carried over goes with it; the rest stays until it expires. */
export async function endSubscription(
  tx: Transaction,
  current: RunningSubscription,
  state: "CANCELLED" | "EXPIRED",
  moment: Moment,
): Promise<SubscriptionRow> {
  await turnMonth(tx, current, await planOf(tx, current.plan_id), current.period_ends_at, moment);
  const open = await readOpenInvoices(tx, current.id);
  if (state === "CANCELLED") await dropInvoices(tx, open, moment.at);
  // Their payments expire by themselves.
  else for (const { invoice } of open) await callOff(tx, invoice, moment.at);
  const after = await rewriteSubscription(tx, current, { state, ended_at: moment.at, next_plan_id: null });
  recordSubscription(tx, `subscription.${state.toLowerCase() as Lowercase<typeof state>}`, after);
  return after;
}

function later(one: Date, other: Date): Date {
  return one > other ? one : new Date(other.getTime() + 86_400_000);
}
