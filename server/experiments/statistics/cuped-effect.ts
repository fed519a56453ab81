import type { Effect, EffectKind } from "./effect.ts";
import { meanSample } from "./mean-sample.ts";
import { sampleCovariance } from "./sample-covariance.ts";
import type { Sums } from "./sums.ts";
import { welchDegrees } from "./welch-degrees.ts";

/** Sums of a metric during the experiment, and of the same subjects' metric before it. */
export interface CupedSums {
  readonly during: Sums;
  readonly before: Sums;
  /** Σ during · before over the subjects. */
  readonly sumProducts: number;
}

/**
 * The effect with what the subjects did before taken out (CUPED: Deng, Xu, Kohavi, Walker 2013): every amount is reduced by
 * θ · (its amount before), θ the slope over both arms together. Less noise, the same expected difference.
 *
 * A relative effect is relative to the control's unadjusted mean; its variance is by the delta method in all four means.
 */
export function cupedEffect(control: CupedSums, treatment: CupedSums, kind: EffectKind): Effect | null {
  const theta = slope(control, treatment);
  const [c, t] = [adjusted(control, theta), adjusted(treatment, theta)];
  if (!(c.n > 1 && t.n > 1 && c.variance > 0 && t.variance > 0)) return null;
  const baseline = meanSample(control.during).mean;
  if (kind === "RELATIVE" && baseline === 0) return null;

  const difference = t.mean - c.mean;
  const absolute = { kind, subjects: c.n + t.n, baseline, degreesOfFreedom: welchDegrees(c, t) };
  if (kind === "ABSOLUTE") {
    return { ...absolute, estimate: difference, standardError: Math.sqrt(t.variance / t.n + c.variance / c.n) };
  }
  // d lift / d (control during) = −ratio / baseline; d lift / d (control before) = θ / baseline. The ratio is of the unadjusted means:
  // what came before is the same in both arms in expectation, and GrowthBook's engine takes it as well.
  const ratio = meanSample(treatment.during).mean / baseline;
  const ofControl =
    ratio ** 2 * meanSample(control.during).variance +
    theta ** 2 * meanSample(control.before).variance -
    2 * ratio * theta * sampleCovariance(control.during, control.before, control.sumProducts);
  return {
    ...absolute,
    estimate: difference / baseline,
    standardError: Math.sqrt(t.variance / t.n + ofControl / c.n) / Math.abs(baseline),
  };
}

/** θ: the covariance of the amounts during and before over the variance of those before, in both arms together. */
function slope(control: CupedSums, treatment: CupedSums): number {
  const during = together(control.during, treatment.during);
  const before = together(control.before, treatment.before);
  const variance = meanSample(before).variance;
  return variance > 0 ? sampleCovariance(during, before, control.sumProducts + treatment.sumProducts) / variance : 0;
}

function together(a: Sums, b: Sums): Sums {
  return { n: a.n + b.n, sum: a.sum + b.sum, sumSquares: a.sumSquares + b.sumSquares };
}

function adjusted(
  { during, before, sumProducts }: CupedSums,
  theta: number,
): { n: number; mean: number; variance: number } {
  const [after, prior] = [meanSample(during), meanSample(before)];
  return {
    n: during.n,
    mean: after.mean - theta * prior.mean,
    variance: after.variance + theta ** 2 * prior.variance - 2 * theta * sampleCovariance(during, before, sumProducts),
  };
}
