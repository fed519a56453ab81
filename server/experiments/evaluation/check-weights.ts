import { bucketCount } from "./bucket.ts";

export type WeightsProblem = "NO_WEIGHTS" | "NOT_A_SHARE" | "SUM_IS_NOT_ONE";

/** What is wrong with weights that somebody chose, or null. The sum may be off by what rounding each to 0.0001 explains. */
export function checkWeights(weights: readonly number[]): WeightsProblem | null {
  if (weights.length === 0) return "NO_WEIGHTS";
  if (!weights.every((weight) => weight >= 0 && weight <= 1)) return "NOT_A_SHARE";
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const rounding = weights.length / 2 / bucketCount;
  return Math.abs(sum - 1) <= rounding + Number.EPSILON * weights.length ? null : "SUM_IS_NOT_ONE";
}
