import { monthStart } from "./billing-months.ts";
import type { PlanRow } from "./plan-row.ts";
import { prorate } from "./proration.ts";
import { nextMonth, type RunningSubscription } from "./subscription-period.ts";

/** What is to be paid, and what it gives. */
interface Due {
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly credits: bigint;
}

/** What a plan that begins before the period turns costs now; null when it begins at the turn. */
export function upgradeOf(subscription: RunningSubscription, from: PlanRow, to: PlanRow, at: Date): Due | null {
  if (to.amount_minor === 0n) return null;
  if (from.amount_minor === 0n) return { ...priceOf(to), credits: to.credits_per_month };
  if (from.interval !== to.interval || to.amount_minor <= from.amount_minor) return null;
  const { anchor_at: anchor, time_zone: timeZone } = subscription;
  const { amountMinor, credits } = prorate({
    from: { amountMinor: from.amount_minor, creditsPerMonth: from.credits_per_month },
    to: { amountMinor: to.amount_minor, creditsPerMonth: to.credits_per_month },
    period: { startsAt: subscription.period_starts_at, endsAt: subscription.period_ends_at },
    month: {
      startsAt: monthStart(anchor, timeZone, subscription.month),
      endsAt: nextMonth(subscription)?.at ?? subscription.period_ends_at,
    },
    at,
  });
  return amountMinor === 0n ? null : { amountMinor, currency: to.currency, credits };
}

export function priceOf({ amount_minor: amountMinor, currency }: PlanRow) {
  return { amountMinor, currency };
}
