import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";

import type { ArmCounts } from "./arm-counts.ts";
import { type BetaPosterior, betaPosterior } from "./beta-posterior.ts";

/** What is known of an arm's conversion rate, as a reader wants to see it. */
export interface Posterior extends BetaPosterior {
  /** Mean of the rate, in 0…1. */
  readonly mean: number;
  /** Equal-tailed: the rate lies below the first with probability (1 − level) / 2, and above the second with the same. */
  readonly credibleInterval: readonly [lower: number, upper: number];
}

/** The posterior of a conversion rate with its credible interval, which holds the rate with probability `level`. */
export function posterior(counts: ArmCounts, level = 0.95): Posterior {
  const { alpha, beta } = betaPosterior(counts);
  const tail = (1 - level) / 2;
  return {
    alpha,
    beta,
    mean: alpha / (alpha + beta),
    credibleInterval: [betaQuantile(tail, alpha, beta), betaQuantile(1 - tail, alpha, beta)],
  };
}
