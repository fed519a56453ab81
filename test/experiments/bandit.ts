import type { ArmCounts } from "../../server/experiments/statistics/arm-counts.ts";
import type { Random } from "./random.ts";

/** A batch of subjects who all came under the same weights, and what the choice cost. */
export interface Batch {
  readonly arms: readonly ArmCounts[];
  /** Σ (best rate − rate of the arm served), in conversions. */
  readonly regret: number;
}

export function equalWeights(arms: number): number[] {
  return Array.from({ length: arms }, () => 1 / arms);
}

export function serveBatch(
  random: Random,
  subjects: number,
  weights: readonly number[],
  rates: readonly number[],
): Batch {
  const best = Math.max(...rates);
  const exposures = random.multinomial(subjects, weights);
  return {
    arms: exposures.map((n, i) => ({ exposures: n, conversions: random.binomial(n, rates[i] ?? 0) })),
    regret: exposures.reduce((sum, n, i) => sum + n * (best - (rates[i] ?? 0)), 0),
  };
}

export function sumOf(a: readonly ArmCounts[], b: readonly ArmCounts[]): ArmCounts[] {
  return a.map(({ conversions, exposures }, i) => ({
    conversions: conversions + (b[i]?.conversions ?? 0),
    exposures: exposures + (b[i]?.exposures ?? 0),
  }));
}

export function noCounts(arms: number): ArmCounts[] {
  return Array.from({ length: arms }, () => ({ conversions: 0, exposures: 0 }));
}
