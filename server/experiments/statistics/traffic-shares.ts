import { floored } from "./floored.ts";
import { roundedWeights } from "./rounded-weights.ts";
import { topTwo } from "./top-two.ts";

/** How traffic follows what is known. */
export interface ShareRule {
  /** `THOMPSON`: each arm gets its P(best), which costs the least while it learns. `TOP_TWO`: the winner is known sooner. */
  readonly sampling?: "THOMPSON" | "TOP_TWO";
  /** The least that an arm gets, in 0…1: see `exploration-floor.ts`. */
  readonly floor?: number;
}

/**
 * The shares of new subjects that each arm gets, in the order of the arms: multiples of 0.0001 that sum to 1.
 *
 * @param probabilities P(best) of each arm, for rates from `bestBetaArm`, for amounts from `bestGaussianArm`.
 */
export function trafficShares(
  probabilities: readonly number[],
  { sampling = "THOMPSON", floor = 0 }: ShareRule = {},
): number[] {
  return roundedWeights(floored(sampling === "TOP_TWO" ? topTwo(probabilities) : probabilities, floor));
}
