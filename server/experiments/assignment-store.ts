import type { Session } from "../db/session.ts";
import { shardOf } from "./counter-shard.ts";
import type { Assignment, StoredAssignment } from "./evaluation/assignment.ts";
import { experimentColumns, type ExperimentRow, experimentTables } from "./experiment-row.ts";

/** An experiment, and what a subject has in it. */
export interface ExperimentOfSubject extends ExperimentRow {
  readonly stored: StoredAssignment | null;
}

const storedColumn = `CASE WHEN a.subject_id IS NOT NULL THEN jsonb_build_object('variantKey', a.variant_key,
    'weightVersion', a.weight_version, 'probability', a.probability) END AS stored`;

const tablesOfSubject = `${experimentTables}
  LEFT JOIN experiment_assignment a ON a.tenant_id = e.tenant_id AND a.experiment_id = e.id AND a.subject_id = $1`;

export function findForSubject(session: Session, subjectId: string, key: string): Promise<ExperimentOfSubject[]> {
  return session.query<ExperimentOfSubject & Record<string, unknown>>({
    name: "experiment-of-subject",
    text: `SELECT ${experimentColumns}, ${storedColumn} FROM ${tablesOfSubject}
      WHERE e.tenant_id = nexora_tenant() AND e.key = $2`,
    values: [subjectId, key],
  });
}

/** Those in which anybody can have a variant. */
export function findOpenForSubject(session: Session, subjectId: string, most: number): Promise<ExperimentOfSubject[]> {
  return session.query<ExperimentOfSubject & Record<string, unknown>>({
    name: "experiments-of-subject",
    text: `SELECT ${experimentColumns}, ${storedColumn} FROM ${tablesOfSubject}
      WHERE e.tenant_id = nexora_tenant() AND (e.status IN ('RUNNING', 'PAUSED') OR e.is_rolled_out)
      ORDER BY e.key LIMIT $2`,
    values: [subjectId, most],
  });
}

export interface Drawn {
  readonly experimentId: string;
  readonly assignment: Assignment;
  /** The shares that it was drawn by, of all variants. */
  readonly weights: Readonly<Record<string, number>>;
}

/**
 * Stores first exposures and counts them. Who comes second, of requests that run at once, stores and counts nothing: the ids of
 * the experiments for which this one was the first.
 */
export async function storeExposures(
  session: Session,
  subjectId: string,
  drawn: readonly Drawn[],
  now: Date,
): Promise<Set<string>> {
  if (drawn.length === 0) return new Set();
  const rows = await session.query<{ id: string }>({
    name: "experiment-expose",
    // In the order of the ids, so that two that expose to the same experiments never wait for each other.
    text: `WITH drawn AS (
        SELECT * FROM jsonb_to_recordset($1) AS d(id uuid, variant text, version int, probability float8, weights jsonb)
      ), entered AS (
        INSERT INTO experiment_assignment
          (tenant_id, subject_id, experiment_id, variant_key, weight_version, probability, exposed_at, origin_id)
        SELECT nexora_tenant(), $2, id, variant, version, probability, $3, $2 FROM drawn ORDER BY id
        ON CONFLICT DO NOTHING RETURNING experiment_id
      ), counted AS (
        INSERT INTO experiment_counter AS c
          (tenant_id, experiment_id, variant_key, shard, exposures, expected, inverse, inverse_squares)
        SELECT nexora_tenant(), d.id, share.key, $4, (share.key = d.variant)::int, share.value::float8,
          CASE WHEN share.key = d.variant THEN 1 / d.probability ELSE 0 END,
          CASE WHEN share.key = d.variant THEN 1 / d.probability ^ 2 ELSE 0 END
        FROM entered JOIN drawn d ON d.id = entered.experiment_id CROSS JOIN jsonb_each_text(d.weights) share
        WHERE share.value::float8 > 0
        ORDER BY d.id, share.key
        ON CONFLICT (tenant_id, experiment_id, variant_key, shard) DO UPDATE SET
          exposures = c.exposures + excluded.exposures, expected = c.expected + excluded.expected,
          inverse = c.inverse + excluded.inverse, inverse_squares = c.inverse_squares + excluded.inverse_squares
      )
      SELECT experiment_id AS id FROM entered`,
    values: [
      JSON.stringify(
        drawn.map(({ experimentId, assignment, weights }) => ({
          id: experimentId,
          variant: assignment.variantKey,
          version: assignment.weightVersion,
          probability: assignment.probability,
          weights,
        })),
      ),
      subjectId,
      now,
      shardOf(subjectId),
    ],
  });
  return new Set(rows.map(({ id }) => id));
}

/** Gives a subject whose variant was dropped another one, unless somebody else just did. It leaves the analysis. */
export async function storeReassignment(
  session: Session,
  subjectId: string,
  { experimentId, assignment }: Drawn,
  droppedKey: string,
): Promise<boolean> {
  const rows = await session.query({
    name: "experiment-reassign",
    text: `UPDATE experiment_assignment SET variant_key = $4, weight_version = $5, probability = $6, is_excluded = true
      WHERE tenant_id = nexora_tenant() AND subject_id = $1 AND experiment_id = $2 AND variant_key = $3
      RETURNING experiment_id`,
    values: [
      subjectId,
      experimentId,
      droppedKey,
      assignment.variantKey,
      assignment.weightVersion,
      assignment.probability,
    ],
  });
  return rows.length > 0;
}

export interface Converted {
  readonly id: string;
  readonly key: string;
}

/** Counts what a subject did for the experiments that measure it, once each: those for which it counts. */
export function storeConversion(
  session: Session,
  { event, subjectId, value }: { readonly event: string; readonly subjectId: string; readonly value: number },
  now: Date,
): Promise<Converted[]> {
  return session.query<Converted & Record<string, unknown>>({
    name: "experiment-convert",
    text: `WITH exposed AS (
        SELECT e.id, e.key, a.origin_id, a.variant_key, a.probability FROM experiment e
        JOIN experiment_assignment a ON a.tenant_id = e.tenant_id AND a.experiment_id = e.id AND a.subject_id = $2
        JOIN experiment_variant v ON v.tenant_id = e.tenant_id AND v.experiment_id = e.id AND v.key = a.variant_key
        WHERE e.tenant_id = nexora_tenant() AND e.metric_event = $1 AND e.status IN ('RUNNING', 'PAUSED')
          AND NOT a.is_excluded AND v.state <> 'DROPPED'
          AND a.exposed_at > $4::timestamptz - e.conversion_window_hours * interval '1 hour'
      ), entered AS (
        INSERT INTO experiment_conversion (tenant_id, subject_id, experiment_id, variant_key, value, converted_at)
        SELECT nexora_tenant(), origin_id, id, variant_key, $3, $4 FROM exposed ORDER BY id
        ON CONFLICT DO NOTHING RETURNING experiment_id
      ), counted AS (
        INSERT INTO experiment_counter AS c
          (tenant_id, experiment_id, variant_key, shard, conversions, converted_inverse, value_sum, value_squares)
        SELECT nexora_tenant(), x.id, x.variant_key, $5, 1, 1 / x.probability, $3::float8, $3::float8 ^ 2
        FROM entered JOIN exposed x ON x.id = entered.experiment_id ORDER BY x.id, x.variant_key
        ON CONFLICT (tenant_id, experiment_id, variant_key, shard) DO UPDATE SET
          conversions = c.conversions + 1, converted_inverse = c.converted_inverse + excluded.converted_inverse,
          value_sum = c.value_sum + excluded.value_sum, value_squares = c.value_squares + excluded.value_squares
      )
      SELECT x.id, x.key FROM entered JOIN exposed x ON x.id = entered.experiment_id ORDER BY x.key`,
    values: [event, subjectId, value, now, shardOf(subjectId)],
  });
}
