import type { ExperimentStop, ExperimentVerdict } from "../../schema/experiment.ts";
import type { VariantCounts } from "./experiment-counts.ts";
import type { ExperimentRow } from "./experiment-row.ts";
import { armCounts } from "./judge-variants.ts";
import { banditVerdict } from "./statistics/bandit-verdict.ts";
import { fixedVerdict } from "./statistics/fixed-verdict.ts";

const dayMs = 86_400_000;

/** Whether an experiment on conversions may stop; null for one on amounts, or before the start. */
export function stoppingVerdict(
  row: ExperimentRow,
  counts: readonly VariantCounts[],
  now: Date,
): ExperimentVerdict | null {
  const { metricKind, metricDirection: direction, allocation, startedAt, concludedAt } = row;
  if (metricKind !== "CONVERSION" || startedAt === null || counts.length < 2) return null;
  const days = ((concludedAt ?? now).getTime() - startedAt.getTime()) / dayMs;
  const arms = armCounts(row, counts);
  const { leader, because } =
    allocation === "THOMPSON" ? banditVerdict(arms, days, { direction }) : fixedVerdict(arms, days, { direction });
  return { leaderKey: counts[leader]?.variantKey ?? "", stop: because === null ? null : toStop(because) };
}

/** No loss is accepted beforehand. */
function toStop(because: ExperimentStop | "LOSS_IS_ACCEPTED"): ExperimentStop {
  if (because === "LOSS_IS_ACCEPTED") throw new Error("a loss was accepted that nobody named");
  return because;
}
