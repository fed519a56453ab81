/** Conversions with the same delay and the same age; any unit of time, the same everywhere. */
export interface DelayedConversions {
  /** From the exposure to the conversion. */
  readonly delay: number;
  /** From the exposure to now, at least `delay`. */
  readonly age: number;
  readonly conversions: number;
}

/** The share of conversions that have arrived when an exposure is this old: 0…1, never falling. */
export type DelayCurve = (age: number) => number;

/**
 * The curve of delays from all arms' conversions. Delays longer than an exposure is old could not be seen yet, so short ones are
 * seen too often; the product-limit estimate for right-truncated data corrects that (Lynden-Bell 1971; Lagakos, Barraj, De Gruttola 1988):
 * F(t) = ∏_{d > t} (1 − c_d / n_d), with c_d conversions of delay d and n_d that had a delay ≤ d and were old enough to show d.
 *
 * What exceeds the oldest exposure's age can't be known: the curve reaches 1 there, alike for all arms.
 */
export function delayCurve(observed: readonly DelayedConversions[]): DelayCurve {
  const byDelay = totals(observed, ({ delay }) => delay);
  const byAge = totals(observed, ({ age }) => age);
  const ages = byAge.toReversed();

  // From the longest delay down. Seen with delay ≤ d, less those too young to show d (age < d, so their delay is < d as well).
  let within = byDelay.reduce((sum, [, count]) => sum + count, 0);
  let young = within;
  let reached = 0;
  let share = 1;
  const steps: { delay: number; share: number }[] = [];
  for (const [delay, count] of byDelay.toReversed()) {
    for (let oldest = ages[reached]; oldest && oldest[0] >= delay; oldest = ages[++reached]) young -= oldest[1];
    steps.push({ delay, share });
    // One more at risk, or a single conversion that took as long as was possible would say that none comes sooner.
    share *= 1 - count / (within - young + 1);
    within -= count;
  }
  steps.reverse();
  return (age) => lastAtMost(steps, age);
}

function totals(
  observed: readonly DelayedConversions[],
  key: (conversion: DelayedConversions) => number,
): [at: number, count: number][] {
  const sums = new Map<number, number>();
  for (const one of observed) sums.set(key(one), (sums.get(key(one)) ?? 0) + one.conversions);
  return [...sums].sort(([a], [b]) => a - b);
}

/** The share of the last step at or before `age`; with no step yet, nothing is known to be missing. */
function lastAtMost(steps: readonly { delay: number; share: number }[], age: number): number {
  if (steps.length === 0) return 1;
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.delay ?? 0) <= age) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1]?.share ?? 0;
}
