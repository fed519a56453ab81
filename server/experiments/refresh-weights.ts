import type { Session } from "../db/session.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { readCounts, type VariantCounts } from "./experiment-counts.ts";
import type { ExperimentRow } from "./experiment-row.ts";
import { findExperiments } from "./experiment-store.ts";
import { nextWeights } from "./next-weights.ts";
import { type JudgedSampleRatio, nextSampleRatio } from "./sample-ratio.ts";
import { recordExperiment } from "./record-experiment.ts";

/** A weight that moves so far since the journal last told of the weights is told of. */
const toldFrom = 0.05;

/**
 * Computes an experiment's weights from what is counted now. False when somebody else did so less than `pauseMs` ago, or is just
 * doing it: who wants his own counts in it has to come again.
 */
export async function refreshWeights(transaction: Transaction, id: string, pauseMs: number): Promise<boolean> {
  const claimed = await transaction.query({
    name: "experiment-weight-claim",
    text: `SELECT FROM experiment_weight WHERE tenant_id = nexora_tenant() AND experiment_id = $1
        AND refreshed_at <= clock_timestamp() - $2 * interval '1 millisecond' FOR UPDATE SKIP LOCKED`,
    values: [id, pauseMs],
  });
  if (claimed.length === 0) return false;
  const [row] = await findExperiments(transaction, [id]);
  if (row === undefined || row.status === "DRAFT" || row.status === "CONCLUDED") return true;
  const counts = await readCounts(transaction, [id]);
  if (await isCounted(transaction, id, counts)) return true;
  const weights = nextWeights(row, counts);
  const sampleRatio = nextSampleRatio(row, counts);
  const isTold = row.allocation === "THOMPSON" && hasMoved(row, weights);
  await writeWeights(transaction, row, { weights, counts, isTold, sampleRatio });
  if (isTold) recordExperiment(transaction, row, "experiment.weights_moved", { weights });
  if (sampleRatio.hasAlarm && !row.hasAlarm) {
    const { exposures, expected } = sampleRatio;
    recordExperiment(transaction, row, "experiment.sample_ratio_mismatched", { exposures, expected });
  }
  return true;
}

/** After a change of the variants; the entry about them tells of the weights, too. The caller has locked the experiment. */
export async function rewriteWeights(session: Session, row: ExperimentRow): Promise<void> {
  const counts = await readCounts(session, [row.id]);
  await writeWeights(session, row, {
    weights: nextWeights(row, counts),
    counts,
    isTold: true,
    sampleRatio: { ...row.sampleRatio, hasAlarm: row.hasAlarm },
  });
}

interface Written {
  readonly weights: Readonly<Record<string, number>>;
  readonly counts: readonly VariantCounts[];
  readonly isTold: boolean;
  readonly sampleRatio: JudgedSampleRatio;
}

async function writeWeights(session: Session, { id }: ExperimentRow, written: Written): Promise<void> {
  const { weights, counts, isTold } = written;
  const { hasAlarm, ...sampleRatio } = written.sampleRatio;
  await session.query({
    name: "experiment-weight-write",
    text: `UPDATE experiment_weight SET version = version + (weights IS DISTINCT FROM $2::jsonb)::int, weights = $2,
        told_weights = CASE WHEN $3 THEN $2 ELSE told_weights END, counted_exposures = $4, counted_conversions = $5,
        sample_ratio = $6, has_alarm = $7,
        refreshed_at = clock_timestamp()
      WHERE tenant_id = nexora_tenant() AND experiment_id = $1`,
    values: [id, JSON.stringify(weights), isTold, ...totals(counts), JSON.stringify(sampleRatio), hasAlarm],
  });
}

/** Whether the weights come from these counts already. */
async function isCounted(session: Session, id: string, counts: readonly VariantCounts[]): Promise<boolean> {
  const rows = await session.query({
    name: "experiment-weight-counted",
    text: `SELECT FROM experiment_weight WHERE tenant_id = nexora_tenant() AND experiment_id = $1
        AND counted_exposures = $2 AND counted_conversions = $3`,
    values: [id, ...totals(counts)],
  });
  return rows.length > 0;
}

function hasMoved({ toldWeights }: ExperimentRow, weights: Written["weights"]): boolean {
  return Object.entries(weights).some(([key, weight]) => Math.abs(weight - (toldWeights[key] ?? 0)) >= toldFrom);
}

function totals(counts: readonly VariantCounts[]): [exposures: bigint, conversions: bigint] {
  return [
    counts.reduce((sum, { exposures }) => sum + exposures, 0n),
    counts.reduce((sum, { conversions }) => sum + conversions, 0n),
  ];
}
