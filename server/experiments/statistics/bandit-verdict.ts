import type { ArmCounts } from "./arm-counts.ts";
import { bestBetaArm } from "./best-beta-arm.ts";
import { betaPosterior } from "./beta-posterior.ts";
import type { Direction } from "./direction.ts";
import { gainBelow } from "./gain-below.ts";

/** When a bandit may stop. */
export interface BanditRule {
  readonly direction?: Direction;
  /** Two whole weeks see each weekday twice. */
  readonly minimumDays?: number;
  /** P(best) that is enough, in 0…1. */
  readonly probability?: number;
  /** A gain that isn't worth going on for, as a share of the leader's rate. */
  readonly negligibleGain?: number;
}

/** Whether to stop, and with which arm. */
export interface BanditVerdict {
  /** Index of the arm that is most probably the best. */
  readonly leader: number;
  /** Null while it goes on. A decision rule: it is no statement of significance. */
  readonly because: "PROBABLY_BEST" | "NOTHING_LEFT_TO_GAIN" | null;
}

/**
 * Stop when the leader is best with probability ≥ 0.95, or when with 95 % probability no arm beats it by 1 % of its rate; after at
 * least 14 days. The second is what ends a race between equals (after Google's Content Experiments: "potential value remaining").
 */
export function banditVerdict(arms: readonly ArmCounts[], days: number, rule: BanditRule = {}): BanditVerdict {
  const { direction = "MAXIMISE", minimumDays = 14, probability = 0.95, negligibleGain = 0.01 } = rule;
  const posteriors = arms.map(betaPosterior);
  const { probabilities } = bestBetaArm(posteriors, direction);
  const highest = Math.max(...probabilities);
  const leader = probabilities.indexOf(highest);
  if (days < minimumDays) return { leader, because: null };
  if (highest >= probability) return { leader, because: "PROBABLY_BEST" };
  const settled = gainBelow(posteriors, leader, negligibleGain, direction) >= 0.95;
  return { leader, because: settled ? "NOTHING_LEFT_TO_GAIN" : null };
}
