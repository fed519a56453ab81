import type { ArmCounts } from "./arm-counts.ts";

/** Sums over the exposures of an arm, each with the probability p with which it got that arm. */
export interface InverseProbabilitySums {
  /** Σ 1 / p. */
  readonly exposures: number;
  /** Σ 1 / p². */
  readonly squares: number;
  /** Σ 1 / p of those that converted. */
  readonly conversions: number;
}

/**
 * Counts for SEASONAL experiments: with each exposure weighed by 1 / p, an arm is not judged by the season in which it was shown most, and
 * dips that all arms share cancel. The rate is r = Σ(y/p) / Σ(1/p); what it's worth is Kish's effective size (Σ1/p)² / Σ(1/p²).
 */
export function seasonalCounts({ exposures, squares, conversions }: InverseProbabilitySums): ArmCounts {
  if (squares === 0) return { conversions: 0, exposures: 0 };
  const effective = (exposures * exposures) / squares;
  return { conversions: (conversions / exposures) * effective, exposures: effective };
}
