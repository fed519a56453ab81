import type { ArmCounts } from "./arm-counts.ts";

/** Subjects who came while the weights were the same, in the order of time. */
export interface WeightedBatch {
  readonly probabilities: readonly number[];
  readonly arms: readonly ArmCounts[];
}

/** An arm's rate without the bias of having been chosen for its luck. */
export interface RateEstimate {
  readonly rate: number;
  /** From the spread between batches; NaN with fewer than two. */
  readonly standardError: number;
}

/**
 * Rates of the arms of a bandit by augmented inverse probability weighting: the plain mean of an arm that lost its traffic after a run of bad
 * luck stays too low for ever, this doesn't (Hadad, Hirshberg, Zhan, Wager, Athey 2021, "Confidence intervals for policy evaluation in
 * adaptive experiments"). Γ of a batch = m + (S − n m) / (N p), where m is the arm's rate in the batches before, and each batch
 * counts by its N subjects.
 *
 * An arm has no estimate (null) while a batch gave it no chance at all: nothing can be said of those subjects.
 */
export function aipwEstimates(batches: readonly WeightedBatch[], arms: number): (RateEstimate | null)[] {
  return Array.from({ length: arms }, (_, arm) => estimate(batches, arm));
}

function estimate(batches: readonly WeightedBatch[], arm: number): RateEstimate | null {
  let conversions = 0;
  let exposures = 0;
  const scores: { score: number; subjects: number }[] = [];
  for (const batch of batches) {
    const subjects = batch.arms.reduce((sum, one) => sum + one.exposures, 0);
    if (subjects === 0) continue;
    const p = batch.probabilities[arm] ?? 0;
    if (p <= 0) return null;
    const known = (1 + conversions) / (2 + exposures);
    const now = batch.arms[arm] ?? { conversions: 0, exposures: 0 };
    scores.push({ score: known + (now.conversions - now.exposures * known) / (subjects * p), subjects });
    conversions += now.conversions;
    exposures += now.exposures;
  }
  const total = scores.reduce((sum, { subjects }) => sum + subjects, 0);
  if (total === 0) return null;
  const rate = scores.reduce((sum, { score, subjects }) => sum + score * subjects, 0) / total;
  const spread = scores.reduce((sum, { score, subjects }) => sum + (subjects * (score - rate)) ** 2, 0);
  return { rate, standardError: scores.length > 1 ? Math.sqrt(spread) / total : NaN };
}
