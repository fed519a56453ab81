import type { Sample } from "./sample.ts";

/** A Normal distribution of a mean. */
export interface GaussianPosterior {
  readonly mean: number;
  readonly variance: number;
}

/** So wide that it says nothing about amounts below some hundreds: an arm without data is still a distribution. */
const vaguePrior: GaussianPosterior = { mean: 0, variance: 10_000 };

/**
 * What is known of the mean of an amount: the prior updated with the sample's mean and standard error, so Normal.
 *
 * @param prior In the units of the metric. The vague default fits amounts of the order of 1 to 100; give one for others.
 */
export function gaussianPosterior(sample: Sample, prior: GaussianPosterior = vaguePrior): GaussianPosterior {
  const evidence = sample.variance > 0 ? sample.n / sample.variance : 0;
  const variance = 1 / (1 / prior.variance + evidence);
  return { mean: variance * (prior.mean / prior.variance + evidence * sample.mean), variance };
}
