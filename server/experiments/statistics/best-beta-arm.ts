import { type BestArm, bestArm } from "./best-arm.ts";
import type { BetaPosterior } from "./beta-posterior.ts";
import type { Direction } from "./direction.ts";
import { logitBeta } from "./logit-beta.ts";
import { logitScale } from "./logit-scale.ts";

/**
 * P(best) and expected loss of each arm, exact to 1e-9, for conversion rates with Beta posteriors. Losses are in rates: 0.001 is a
 * tenth of a percentage point. To minimise a rate is to maximise one minus it, which is Beta with its parameters swapped.
 */
export function bestBetaArm(posteriors: readonly BetaPosterior[], direction: Direction = "MAXIMISE"): BestArm {
  const oriented =
    direction === "MAXIMISE" ? posteriors : posteriors.map(({ alpha, beta }) => ({ alpha: beta, beta: alpha }));
  return bestArm(oriented.map(logitBeta), logitScale);
}
