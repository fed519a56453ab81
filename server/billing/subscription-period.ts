import { monthStart } from "./billing-months.ts";
import type { BillingRules } from "./billing-rules.ts";
import type { PlanRow } from "./plan-row.ts";
import type { SubscriptionRow } from "./subscription-row.ts";

const dayMs = 86_400_000;

/** A subscription that was active at least once. */
export interface RunningSubscription extends SubscriptionRow {
  readonly anchor_at: Date;
  readonly time_zone: string;
  readonly period_starts_at: Date;
  readonly period_ends_at: Date;
}

export function isRunning(subscription: SubscriptionRow): subscription is RunningSubscription {
  return subscription.anchor_at !== null;
}

export function monthsOf({ interval }: Pick<PlanRow, "interval">): number {
  return interval === "YEAR" ? 12 : 1;
}

/** A first period from now on: months are counted from here, in the tenant's zone of today. */
export function beginPeriod(plan: PlanRow, at: Date, timeZone: string) {
  const months = monthsOf(plan);
  return {
    plan_id: plan.id,
    next_plan_id: null,
    state: "ACTIVE",
    anchor_at: at,
    time_zone: timeZone,
    period_month: 0,
    period_months: months,
    period_starts_at: at,
    period_ends_at: monthStart(at, timeZone, months),
    month: 0,
    ended_at: null,
  } as const;
}

/** The period after the present one. */
export function followingPeriod(subscription: RunningSubscription, plan: PlanRow) {
  const { anchor_at: anchor, time_zone: timeZone } = subscription;
  const month = subscription.period_month + subscription.period_months;
  const months = monthsOf(plan);
  return {
    plan_id: plan.id,
    next_plan_id: subscription.next_plan_id === plan.id ? null : subscription.next_plan_id,
    period_month: month,
    period_months: months,
    period_starts_at: subscription.period_ends_at,
    period_ends_at: monthStart(anchor, timeZone, month + months),
    month,
  };
}

/** When its next period is billed. */
export function billedAt({ period_ends_at: end }: RunningSubscription, { invoiceLeadDays }: BillingRules): Date {
  return new Date(end.getTime() - invoiceLeadDays * dayMs);
}

/** Until when what is past due can be paid. */
export function graceEnd({ period_ends_at: end }: RunningSubscription, { graceDays }: BillingRules): Date {
  return new Date(end.getTime() + graceDays * dayMs);
}

/** The next month within the period whose credits come without a payment; null when the period has none. */
export function nextMonth(subscription: RunningSubscription): { readonly month: number; readonly at: Date } | null {
  const month = subscription.month + 1;
  if (month >= subscription.period_month + subscription.period_months) return null;
  return { month, at: monthStart(subscription.anchor_at, subscription.time_zone, month) };
}

/**
 * When what a plan gives from an instant on is gone: with NONE as soon as the month ends, whenever a job says so. Null: it is
 * carried over, and expires by the tenant's rule.
 */
export function allocationEnd(plan: Pick<PlanRow, "rollover">, subscription: SubscriptionRow, from: Date): Date | null {
  if (plan.rollover !== "NONE" || !isRunning(subscription)) return null;
  const { anchor_at: anchor, time_zone: timeZone } = subscription;
  let month = subscription.month + 1;
  while (monthStart(anchor, timeZone, month) <= from) month += 1;
  return monthStart(anchor, timeZone, month);
}

/** When something happens to it by itself; null: never. */
export function nextDue(subscription: SubscriptionRow, rules: BillingRules, isBilled: boolean): Date | null {
  if (!isRunning(subscription)) return null;
  switch (subscription.state) {
    case "PAST_DUE":
      return graceEnd(subscription, rules);
    case "ACTIVE":
    case "CANCELLED_AT_PERIOD_END": {
      const month = nextMonth(subscription);
      const instants = [
        subscription.period_ends_at,
        ...(month === null ? [] : [month.at]),
        ...(subscription.state === "ACTIVE" && !isBilled ? [billedAt(subscription, rules)] : []),
      ];
      return new Date(Math.min(...instants.map((instant) => instant.getTime())));
    }
    case "INCOMPLETE":
    case "CANCELLED":
    case "EXPIRED":
      return null;
  }
}
