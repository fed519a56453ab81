import regularisedGamma from "@stdlib/math-base-special-gammainc";

/**
 * The p-value of the subjects having been divided as planned: Pearson's chi-squared, for one look. It fires by chance when it is
 * looked at again and again, and assumes that the weights never changed: the alarm is `sampleRatioAlarm`'s, this is shown beside it.
 *
 * @param subjects Of each arm.
 * @param expected Shares of each arm, summing to 1; where weights changed, the mean share over the exposures.
 */
export function sampleRatioPValue(subjects: readonly number[], expected: readonly number[]): number {
  const total = subjects.reduce((sum, n) => sum + n, 0);
  const planned = subjects.map((n, i) => ({ n, plan: total * (expected[i] ?? 0) })).filter(({ plan }) => plan > 0);
  if (planned.length < 2) return 1;
  const statistic = planned.reduce((sum, { n, plan }) => sum + (n - plan) ** 2 / plan, 0);
  return regularisedGamma(statistic / 2, (planned.length - 1) / 2, true, true);
}
