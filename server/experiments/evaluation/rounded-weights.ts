import { bucketCount } from "./bucket.ts";

/**
 * Weights that every SDK reads alike: multiples of 0.0001 whose sum is 1, the rest given to the leader. A sum that is off by
 * more than 0.01 would silently mean equal weights to GrowthBook's SDKs.
 */
export function roundedWeights(weights: readonly number[]): number[] {
  const steps = weights.map((weight) => Math.round(weight * bucketCount));
  const leader = weights.indexOf(Math.max(...weights));
  const sum = steps.reduce((total, each) => total + each, 0);
  return steps.map((each, index) => (index === leader ? each + bucketCount - sum : each) / bucketCount);
}
