import { GaussLegendre } from "./gauss-legendre.ts";
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
  if (arms.length < 2) return { probabilities: arms.map(() => 1), expectedLosses: arms.map(() => 0) };

  // Below the highest of the lower ends some factor of every product is zero.
  const from = Math.max(...arms.map(lowest));
  const to = Math.max(...arms.map(highest));
  const cuts = [...new Set([from, to, ...arms.flatMap((arm) => arm.cuts)])]
    .filter((cut) => cut >= from && cut <= to)
    .sort((a, b) => a - b);

  const masses = arms.map(() => 0);
  let largest = scale.value(from);
  for (const [i, end] of cuts.slice(1).entries()) {
    const start = cuts[i] ?? from;
    const rule = new GaussLegendre(start, end);
    const pieces = arms.map((arm) => piece(arm, rule, start, end));
    const all = productAtPoints(pieces);
    largest += rule.integral(rule.points.map((t, j) => (1 - (all[j] ?? 1)) * scale.slope(t)));
    for (const [k, { densities }] of pieces.entries()) {
      if (!densities) continue;
      const others = productAtPoints(pieces, k);
      masses[k] = (masses[k] ?? 0) + rule.integral(densities.map((density, j) => density * (others[j] ?? 0)));
    }
  }
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return {
    probabilities: masses.map((mass) => mass / total),
    expectedLosses: arms.map((arm) => Math.max(0, largest - arm.mean)),
  };
}

/** An arm between two cuts, at the points of the rule. */
interface Piece {
  /** Null where the arm has no mass. */
  readonly densities: readonly number[] | null;
  /** Null where all of its mass lies below. */
  readonly cumulatives: readonly number[] | null;
}

/**
 * The cumulative distribution is asked once, at the piece's start; from there to the points the densities are integrated, which are
 * needed anyway and cost a twentieth.
 */
function piece(arm: LinePosterior, rule: GaussLegendre, start: number, end: number): Piece {
  if (start >= highest(arm)) return { densities: null, cumulatives: null };
  if (end <= lowest(arm)) return { densities: null, cumulatives: rule.points.map(() => 0) };
  const densities = rule.points.map(arm.density);
  const before = start <= lowest(arm) ? 0 : arm.cumulative(start);
  return {
    densities,
    cumulatives: rule.integralsToPoints(densities).map((mass) => Math.min(1, Math.max(0, before + mass))),
  };
}

/** ∏ F_i at each point, without the arm `left`. */
function productAtPoints(pieces: readonly Piece[], left = -1): number[] {
  const product = Array.from({ length: GaussLegendre.size }, () => 1);
  for (const [i, { cumulatives }] of pieces.entries()) {
    if (i === left || !cumulatives) continue;
    for (let j = 0; j < product.length; j++) product[j] = (product[j] ?? 0) * (cumulatives[j] ?? 0);
  }
  return product;
}

function lowest(arm: LinePosterior): number {
  return arm.cuts[0] ?? 0;
}

function highest(arm: LinePosterior): number {
  return arm.cuts.at(-1) ?? 0;
}
