/** Weights are multiples of 1 / 10,000. */
const steps = 10_000;

/**
 * Weights as multiples of 0.0001, with what rounding leaves given to the leader, so that they sum to 1. GrowthBook's hash has
 * 10,000 buckets, and its SDKs silently take equal weights where a sum is not 1.
 */
export function roundedWeights(weights: readonly number[]): number[] {
  const rounded = weights.map((weight) => Math.round(weight * steps));
  const leader = weights.indexOf(Math.max(...weights));
  const rest = steps - rounded.reduce((sum, weight) => sum + weight, 0);
  return rounded.map((weight, i) => (i === leader ? weight + rest : weight) / steps);
}
