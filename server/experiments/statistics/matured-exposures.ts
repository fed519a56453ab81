import type { DelayCurve } from "./delay-curve.ts";

/** Exposures of the same age. */
export interface AgedExposures {
  readonly age: number;
  readonly exposures: number;
}

/**
 * The exposures of an arm, each counted by the share of its conversions that can have arrived by now: ñ = Σ F(age). Raw counts would take
 * young exposures for failures and punish the arm that is served most.
 */
export function maturedExposures(aged: readonly AgedExposures[], curve: DelayCurve): number {
  return aged.reduce((sum, { age, exposures }) => sum + exposures * curve(age), 0);
}
