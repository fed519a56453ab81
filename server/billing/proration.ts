/** What an upgrade within a period costs and gives. */
export interface Proration {
  readonly amountMinor: bigint;
  readonly credits: bigint;
}

interface Terms {
  readonly amountMinor: bigint;
  readonly creditsPerMonth: bigint;
}

interface Span {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/**
 * The difference of the prices for the rest of the period, rounded up to the minor unit, and of the credits for the rest of
 * the month, rounded down. Integers only.
 */
export function prorate(options: {
  readonly from: Terms;
  readonly to: Terms;
  readonly period: Span;
  readonly month: Span;
  readonly at: Date;
}): Proration {
  const { from, to, period, month, at } = options;
  const price = to.amountMinor - from.amountMinor;
  const credits = to.creditsPerMonth - from.creditsPerMonth;
  const ofPeriod = rest(period, at);
  const ofMonth = rest(month, at);
  return {
    amountMinor: price <= 0n ? 0n : (price * ofPeriod.left + ofPeriod.whole - 1n) / ofPeriod.whole,
    credits: credits <= 0n ? 0n : (credits * ofMonth.left) / ofMonth.whole,
  };
}

function rest({ startsAt, endsAt }: Span, at: Date): { readonly left: bigint; readonly whole: bigint } {
  const whole = endsAt.getTime() - startsAt.getTime();
  const left = Math.min(Math.max(endsAt.getTime() - at.getTime(), 0), whole);
  return { left: BigInt(left), whole: BigInt(whole) };
}
