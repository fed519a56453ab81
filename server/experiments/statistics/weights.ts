import type { ArmCounts } from "./arm-counts.ts";
import { bestArmProbabilities } from "./best-arm-probabilities.ts";
import type { Direction } from "./direction.ts";
import { floored } from "./floored.ts";
import { roundedWeights } from "./rounded-weights.ts";
import { topTwo } from "./top-two.ts";

/** How traffic is divided. */
export interface WeightRule {
  readonly direction?: Direction;
  /** `THOMPSON`: each arm gets its P(best), which costs the least while it learns. `TOP_TWO`: the winner is known sooner. */
  readonly sampling?: "THOMPSON" | "TOP_TWO";
  /** The least that an arm gets, in 0…1: see `exploration-floor.ts`. */
  readonly floor?: number;
}

/**
 * The shares of new subjects that each arm gets, in the order of the arms: multiples of 0.0001 that sum to 1.
 *
 * The counts say how the world moves: all there are (POOLED), `seasonalCounts` (SEASONAL) or `decayedCounts` (DRIFTING), with
 * exposures matured by `maturedExposures` where conversions come late. An arm that is paused is left out by the caller.
 */
export function weights(arms: readonly ArmCounts[], rule: WeightRule = {}): number[] {
  const { direction = "MAXIMISE", sampling = "THOMPSON", floor = 0 } = rule;
  const probabilities = bestArmProbabilities(arms, direction);
  return roundedWeights(floored(sampling === "TOP_TWO" ? topTwo(probabilities) : probabilities, floor));
}
