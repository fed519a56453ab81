import { gaussLegendre } from "./gauss-legendre.ts";
import type { LinePosterior } from "./line-posterior.ts";
import type { LineScale } from "./line-scale.ts";

/** Which arm is best, as far as is known. Both lists are in the order of the arms. */
export interface BestArm {
  /** P(this arm is the best one). They sum to 1. */
  readonly probabilities: readonly number[];
  /** What choosing this arm loses on average against the best one, in the units of the metric. Never negative. */
  readonly expectedLosses: readonly number[];
}

/**
 * P(k is the largest) = ∫ f_k ∏_{i≠k} F_i, and E[max] − mean_k, where E[max] = v(L) + ∫ (1 − ∏ F_i) dv from a point L below which
 * some arm has no mass at all. One Gauss–Legendre rule between each two neighbouring cuts of all arms.
 */
export function bestArm(arms: readonly LinePosterior[], scale: LineScale): BestArm {
  const [only] = arms;
  if (!only) return { probabilities: [], expectedLosses: [] };
  if (arms.length === 1) return { probabilities: [1], expectedLosses: [0] };

  // Below the highest of the lower ends some factor of every product is zero.
  const from = Math.max(...arms.map((arm) => arm.cuts[0] ?? 0));
  const to = Math.max(...arms.map((arm) => arm.cuts.at(-1) ?? 0));
  const cuts = [...new Set([from, to, ...arms.flatMap((arm) => arm.cuts)])]
    .filter((cut) => cut >= from && cut <= to)
    .sort((a, b) => a - b);

  const masses = arms.map(() => 0);
  let largest = scale.value(from);
  for (const [i, end] of cuts.entries()) {
    const start = cuts[i - 1];
    if (start === undefined) continue;
    for (const { at, weight } of gaussLegendre(start, end)) {
      const cumulatives = arms.map((arm) => cumulativeWithin(arm, at));
      largest += weight * (1 - product(cumulatives)) * scale.slope(at);
      for (const [k, arm] of arms.entries()) {
        if (at < (arm.cuts[0] ?? 0) || at > (arm.cuts.at(-1) ?? 0)) continue;
        masses[k] = (masses[k] ?? 0) + weight * arm.density(at) * product(cumulatives, k);
      }
    }
  }
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return {
    probabilities: masses.map((mass) => mass / total),
    expectedLosses: arms.map((arm) => Math.max(0, largest - arm.mean)),
  };
}

/** Outside the outermost cuts nothing is left to compute. */
function cumulativeWithin(arm: LinePosterior, t: number): number {
  if (t <= (arm.cuts[0] ?? 0)) return 0;
  if (t >= (arm.cuts.at(-1) ?? 0)) return 1;
  return arm.cumulative(t);
}

/** Product of all but the one at `left`. */
function product(factors: readonly number[], left = -1): number {
  let result = 1;
  for (const [i, factor] of factors.entries()) if (i !== left) result *= factor;
  return result;
}
