import type { ArmCounts } from "./arm-counts.ts";
import { bestBetaArm } from "./best-beta-arm.ts";
import { betaPosterior } from "./beta-posterior.ts";
import { conversionSequence } from "./conversion-sequence.ts";
import type { Direction } from "./direction.ts";

/** When an A/B test may stop. */
export interface FixedRule {
  readonly direction?: Direction;
  readonly minimumDays?: number;
  /** How often a test without any difference may find one, over all looks and all treatments together. */
  readonly alpha?: number;
  /** A loss that the team accepted before the start, in rates; none unless given. */
  readonly acceptedLoss?: number;
}

/** Whether to stop, and with which arm. */
export interface FixedVerdict {
  /** Index of the arm with the least expected loss. */
  readonly leader: number;
  /** Null while it goes on. */
  readonly because: "DIFFERENCE_IS_CERTAIN" | "LOSS_IS_ACCEPTED" | null;
}

/**
 * Stop when the confidence sequence of a treatment against the control excludes zero, or when choosing the leader is expected to lose less
 * than was accepted before the start; after at least 14 days. "Chance to win ≥ 95 %" is no reason: looked at daily, it's wrong in most A/A tests.
 *
 * @param arms The control is the first.
 */
export function fixedVerdict(arms: readonly ArmCounts[], days: number, rule: FixedRule = {}): FixedVerdict {
  const { direction = "MAXIMISE", minimumDays = 14, alpha = 0.05, acceptedLoss = 0 } = rule;
  const { expectedLosses } = bestBetaArm(arms.map(betaPosterior), direction);
  const least = Math.min(...expectedLosses);
  const leader = expectedLosses.indexOf(least);
  if (days < minimumDays) return { leader, because: null };
  const [control, ...treatments] = arms;
  const isCertain =
    control !== undefined &&
    treatments.some((treatment) => {
      const sequence = conversionSequence(control, treatment, "ABSOLUTE", alpha / treatments.length);
      return sequence !== null && (sequence.interval[0] > 0 || sequence.interval[1] < 0);
    });
  if (isCertain) return { leader, because: "DIFFERENCE_IS_CERTAIN" };
  return { leader, because: least < acceptedLoss ? "LOSS_IS_ACCEPTED" : null };
}
