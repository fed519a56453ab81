import { type GaussianPosterior, gaussianPosterior } from "./gaussian-posterior.ts";
import type { Sample } from "./sample.ts";

/**
 * What is known of the mean of an amount in each arm, whatever its units: cents, seconds. The prior is worth one subject: Normal with the mean
 * and the variance of all arms' subjects together (the unit information prior, Kass and Wasserman 1995), so a single large order
 * does not make an arm the best. An arm whose subjects all had the same amount, so far none, varies as much as all do.
 */
export function amountPosteriors(samples: readonly Sample[]): GaussianPosterior[] {
  const n = samples.reduce((sum, sample) => sum + sample.n, 0);
  const mean = n > 0 ? samples.reduce((sum, sample) => sum + sample.n * sample.mean, 0) / n : 0;
  const within = samples.reduce((sum, sample) => sum + Math.max(0, sample.n - 1) * sample.variance, 0);
  const between = samples.reduce((sum, sample) => sum + sample.n * (sample.mean - mean) ** 2, 0);
  // Before any two subjects differ all arms are alike, at any scale.
  const variance = (n > 1 ? (within + between) / (n - 1) : 0) || 1;
  return samples.map((sample) =>
    gaussianPosterior({ ...sample, variance: sample.variance > 0 ? sample.variance : variance }, { mean, variance }),
  );
}
