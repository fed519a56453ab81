import type { ArmCounts } from "./arm-counts.ts";

/** A Beta distribution of a rate. */
export interface BetaPosterior {
  readonly alpha: number;
  readonly beta: number;
}

/**
 * What is known of an arm's conversion rate: Beta(1 + S, 1 + n − S), the uniform prior updated with S conversions of n exposures.
 * A matured or weighed n can fall below S by a fraction; the failures are then none.
 */
export function betaPosterior({ conversions, exposures }: ArmCounts): BetaPosterior {
  return { alpha: 1 + conversions, beta: 1 + Math.max(0, exposures - conversions) };
}
