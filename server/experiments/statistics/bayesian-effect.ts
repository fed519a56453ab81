import normalCumulative from "@stdlib/stats-base-dists-normal-cdf";
import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";

import type { Direction } from "./direction.ts";
import type { Effect } from "./effect.ts";

/** A Normal belief about the *relative* effect before the experiment; for an absolute effect it is scaled by the baseline. */
export interface EffectPrior {
  readonly mean: number;
  readonly deviation: number;
}

/** What is believed of an effect after the experiment: a Normal distribution and what follows from it. */
export interface BayesianEffect {
  readonly mean: number;
  readonly deviation: number;
  /** Holds the effect with probability `level`. */
  readonly credibleInterval: readonly [lower: number, upper: number];
  /** P(the treatment is better than the control). */
  readonly chanceToWin: number;
  /** What choosing the control, and what choosing the treatment, loses on average, in the units of the effect. */
  readonly risk: readonly [control: number, treatment: number];
}

/** The effect under a Normal approximation, with a flat prior unless one is given. */
export function bayesianEffect(
  effect: Effect,
  options: { prior?: EffectPrior; direction?: Direction; level?: number } = {},
): BayesianEffect {
  const { prior, direction = "MAXIMISE", level = 0.95 } = options;
  const { mean, deviation } = updated(effect, prior);
  const half = normalQuantile((1 + level) / 2, 0, 1) * deviation;
  const sign = direction === "MAXIMISE" ? 1 : -1;
  const gain = expectedPositivePart(sign * mean, deviation);
  return {
    mean,
    deviation,
    credibleInterval: [mean - half, mean + half],
    chanceToWin: normalCumulative((sign * mean) / deviation, 0, 1),
    risk: [gain, expectedPositivePart(-sign * mean, deviation)],
  };
}

function updated(effect: Effect, prior: EffectPrior | undefined): { mean: number; deviation: number } {
  if (!prior) return { mean: effect.estimate, deviation: effect.standardError };
  const scale = effect.kind === "RELATIVE" ? 1 : Math.abs(effect.baseline);
  const belief = 1 / (prior.deviation * scale) ** 2;
  const evidence = 1 / effect.standardError ** 2;
  return {
    mean: (belief * prior.mean * scale + evidence * effect.estimate) / (belief + evidence),
    deviation: Math.sqrt(1 / (belief + evidence)),
  };
}

/** E[max(0, X)] of X ~ Normal(mean, deviation²). */
function expectedPositivePart(mean: number, deviation: number): number {
  const z = mean / deviation;
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  return deviation * density + mean * normalCumulative(z, 0, 1);
}
