import { type GaussianPosterior, gaussianPosterior } from "./gaussian-posterior.ts";
import { meanSample } from "./mean-sample.ts";
import type { Sums } from "./sums.ts";

/** Fewer subjects say little of their own spread; then that of all arms is taken. */
const leastSubjects = 30;

/**
 * What is known of the mean of an amount in each arm, whatever its units: cents, seconds. The prior is worth one subject: Normal with the mean
 * and the variance of all arms' subjects together (the unit information prior, Kass and Wasserman 1995), so a single large order
 * does not make an arm the best. An arm whose subjects all had the same amount, so far none, varies as much as all do.
 */
export function amountPosteriors(arms: readonly Sums[]): GaussianPosterior[] {
  const total = (of: (arm: Sums) => number): number => arms.reduce((sum, arm) => sum + of(arm), 0);
  const pooled = meanSample({
    n: total(({ n }) => n),
    sum: total(({ sum }) => sum),
    sumSquares: total(({ sumSquares }) => sumSquares),
  });
  // Before any two subjects differ all arms are alike, at any scale.
  if (pooled.variance === 0) return arms.map(() => ({ mean: pooled.mean, variance: 1 }));
  return arms.map((arm) => {
    const own = meanSample(arm);
    const isEnough = own.n >= leastSubjects && own.variance > 0;
    return gaussianPosterior(isEnough ? own : { ...own, variance: pooled.variance }, pooled);
  });
}
