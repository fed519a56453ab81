import tCumulative from "@stdlib/stats-base-dists-t-cdf";
import tQuantile from "@stdlib/stats-base-dists-t-quantile";

import type { Effect } from "./effect.ts";

/** A confidence interval and the p-value of no effect at all. */
export interface EffectTest {
  readonly interval: readonly [lower: number, upper: number];
  readonly pValue: number;
}

/** Welch's two-sided t-test. Valid for one look at a size fixed before the start: who looks oftener takes the confidence sequence. */
export function tTest(effect: Effect, alpha = 0.05): EffectTest {
  const half = tQuantile(1 - alpha / 2, effect.degreesOfFreedom) * effect.standardError;
  return {
    interval: [effect.estimate - half, effect.estimate + half],
    pValue: 2 * tCumulative(-Math.abs(effect.estimate / effect.standardError), effect.degreesOfFreedom),
  };
}
