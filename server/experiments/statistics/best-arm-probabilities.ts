import type { ArmCounts } from "./arm-counts.ts";
import { bestBetaArm } from "./best-beta-arm.ts";
import { betaPosterior } from "./beta-posterior.ts";
import type { Direction } from "./direction.ts";

/** P(best) of each arm from its counts, in the order of the arms; sums to 1. With losses as well: bestBetaArm. */
export function bestArmProbabilities(arms: readonly ArmCounts[], direction: Direction = "MAXIMISE"): readonly number[] {
  return bestBetaArm(arms.map(betaPosterior), direction).probabilities;
}
