import type { ArmCounts } from "./arm-counts.ts";
import { bestArmProbabilities } from "./best-arm-probabilities.ts";
import type { Direction } from "./direction.ts";
import { type ShareRule, trafficShares } from "./traffic-shares.ts";

/** How traffic is divided. */
export interface WeightRule extends ShareRule {
  readonly direction?: Direction;
}

/**
 * The shares of new subjects that each arm of a conversion metric gets, in the order of the arms: multiples of 0.0001 that sum to 1.
 *
 * The counts say how the world moves: all there are (POOLED), `seasonalCounts` (SEASONAL) or `decayedCounts` (DRIFTING), with
 * exposures matured by `maturedExposures` where conversions come late. An arm that is paused is left out by the caller.
 */
export function weights(arms: readonly ArmCounts[], { direction = "MAXIMISE", ...rule }: WeightRule = {}): number[] {
  return trafficShares(bestArmProbabilities(arms, direction), rule);
}
