import type { Transaction } from "../journal/journal.service.ts";
import { toId } from "../operations/ids.ts";
import type { ClientRow } from "../people/people.service.ts";
import { allocateCredits } from "./allocate-credits.ts";
import { monthStart } from "./billing-months.ts";
import type { BillingParts, Moment } from "./billing-parts.ts";
import { type BillingRules, loadBillingRules } from "./billing-rules.ts";
import { findInvoice, type InvoiceRow } from "./invoice-row.ts";
import { markPaid } from "./issue-invoice.ts";
import { dropInvoices, hasMoney, readOpenInvoices } from "./open-invoices.ts";
import type { PaymentRow } from "./payment-row.ts";
import type { PlanRow } from "./plan-row.ts";
import { allocationEnd, beginPeriod, isRunning } from "./subscription-period.ts";
import {
  findLiveSubscription,
  findSubscriptions,
  rewriteSubscription,
  type SubscriptionRow,
} from "./subscription-row.ts";
import { planOf, recordSubscription, renewPeriod, schedule, turnSubscription } from "./turn-subscription.ts";

interface Settlement {
  readonly payment: PaymentRow;
  readonly client: ClientRow;
  readonly invoiceId: string;
}

interface Settled {
  readonly grantId: string | null;
  /** What was paid for. */
  readonly description: string;
}

/** An invoice is paid: its plan begins or goes on, and its credits come. */
export async function settleInvoice(
  tx: Transaction,
  parts: BillingParts,
  { payment, client, invoiceId }: Settlement,
  moment: Moment,
): Promise<Settled> {
  const invoice = await findInvoice(tx, invoiceId);
  const { plan_id: planId, subscription_id: subscriptionId } = invoice;
  if (planId === null || subscriptionId === null) throw new Error(`the invoice ${invoiceId} bills no plan`);
  const plan = await planOf(tx, planId);
  const rules = await loadBillingRules(tx);
  const [found] = await findSubscriptions(tx, [subscriptionId]);
  if (found === undefined) throw new Error(`there is no subscription ${subscriptionId}`);
  const live = await findLiveSubscription(tx, client.id);
  await markPaid(tx, invoice, moment.at);
  const allocation = {
    clientId: client.id,
    credits: invoice.credits,
    kind: "MONTHLY_ALLOCATION",
    key: `grant:${payment.id}`,
    reference: toId("Payment", payment.id),
    paymentId: payment.id,
  } as const;
  const allocateFrom = (effectiveAt: Date, endsAt: Date | null) =>
    allocateCredits(tx, { ...allocation, effectiveAt, endsAt }, moment);
  const allocateIn = (period: SubscriptionRow, effectiveAt: Date) =>
    allocateFrom(effectiveAt, allocationEnd(plan, period, effectiveAt));
  const isMissing = live === undefined; // neither this one nor another

  if (isMissing && invoice.kind !== "CHANGE") {
    // Late money for what has ended: it begins anew.
    const begun = await begin(tx, parts, { subscription: found, plan, invoice, client, rules }, moment);
    return { grantId: await allocateIn(begun, moment.at), description: plan.name };
  }
  if (live?.id !== found.id || isTooLate(invoice, found, moment.at)) {
    // It came too late for what it was asked for; the credits that it paid are the client's, for a month of their own.
    const endsAt = plan.rollover === "NONE" ? monthStart(moment.at, rules.timeZone, 1) : null;
    return { grantId: await allocateFrom(moment.at, endsAt), description: plan.name };
  }
  switch (invoice.kind) {
    case "PACK":
      throw new Error("a pack begins no period");
    case "FIRST": {
      const begun = await begin(tx, parts, { subscription: found, plan, invoice, client, rules }, moment);
      return { grantId: await allocateIn(begun, moment.at), description: plan.name };
    }
    case "CHANGE": {
      const grantId = await allocateIn(found, moment.at);
      const present = await planOf(tx, found.plan_id);
      // Another change may have been paid before this one.
      if (plan.amount_minor > present.amount_minor) await change(tx, { subscription: found, plan, rules }, moment);
      return { grantId, description: plan.name };
    }
    case "RENEWAL": {
      if (!isRunning(found)) throw new Error("a subscription that never began can't be renewed");
      const startsAt = found.period_ends_at;
      if (moment.at < startsAt) {
        // Paid ahead: the credits wait for their period, and the job turns it.
        const grantId = await allocateIn(found, startsAt);
        await schedule(tx, found, rules);
        return { grantId, description: plan.name };
      }
      const renewed = await renewPeriod(tx, found, invoice, moment);
      const grantId = await allocateIn(renewed, moment.at);
      await turnSubscription(tx, parts, renewed, moment);
      return { grantId, description: plan.name };
    }
  }
}

/** Whether what it billed has been billed otherwise, or is over: then its credits come, and nothing else. */
function isTooLate(invoice: InvoiceRow, subscription: SubscriptionRow, at: Date): boolean {
  const { anchor_at: anchor, period_starts_at: startsAt, period_ends_at: endsAt } = subscription;
  const { dropped_at: droppedAt } = invoice;
  switch (invoice.kind) {
    case "FIRST":
      // It begins whenever it is paid, but not in the place of another one that was paid and began meanwhile.
      return droppedAt !== null && anchor !== null && anchor >= droppedAt;
    case "CHANGE":
      // It costs the rest of one period, and is for no other; a job that is late doesn't make that longer.
      return startsAt === null || endsAt === null || startsAt > invoice.issued_at || endsAt <= at;
    case "RENEWAL":
    case "PACK":
      return droppedAt !== null;
  }
}

interface Beginning {
  readonly subscription: SubscriptionRow;
  readonly plan: PlanRow;
  readonly invoice: InvoiceRow;
  readonly client: ClientRow;
  readonly rules: BillingRules;
}

/** A plan begins: its first period is from now on. */
export async function begin(
  tx: Transaction,
  parts: BillingParts,
  beginning: Beginning,
  { at }: Moment,
): Promise<SubscriptionRow> {
  const { subscription, plan, invoice, client, rules } = beginning;
  await dropInvoices(tx, await readOpenInvoices(tx, subscription.id), at);
  const begun = await rewriteSubscription(tx, subscription, beginPeriod(plan, at, rules.timeZone));
  recordSubscription(tx, "subscription.activated", begun);
  await parts.mails.queue(tx, {
    kind: "SUBSCRIPTION_ACTIVATED",
    cause: `subscription:${subscription.id}:activated:${invoice.id}`,
    to: client.email,
    toName: client.name,
    locale: client.locale,
    timeZone: client.time_zone,
    data: {
      name: client.name,
      plan: plan.name,
      credits: Number(plan.credits_per_month),
      periodEndsAt: (begun.period_ends_at ?? at).toISOString(),
    },
  });
  return schedule(tx, begun, rules);
}

/** A dearer plan for the rest of the period, which stays; what was billed for the next one is billed again. */
async function change(
  tx: Transaction,
  { subscription, plan, rules }: Pick<Beginning, "subscription" | "plan" | "rules">,
  { at }: Moment,
): Promise<void> {
  const open = await readOpenInvoices(tx, subscription.id);
  if (!hasMoney(open)) await dropInvoices(tx, open, at);
  const changed = await rewriteSubscription(tx, subscription, { plan_id: plan.id, next_plan_id: null });
  recordSubscription(tx, "subscription.plan_changed", changed);
  await schedule(tx, changed, rules);
}
