import type { Session } from "../db/session.ts";
import type { ExperimentContent } from "./experiment-content.ts";
import { experimentColumns, type ExperimentRow, experimentTables, type VariantRow } from "./experiment-row.ts";

export function findExperiments(session: Session, ids: readonly string[]): Promise<ExperimentRow[]> {
  return session.query<ExperimentRow & Record<string, unknown>>({
    name: "experiments-by-id",
    text: `SELECT ${experimentColumns} FROM ${experimentTables} WHERE e.tenant_id = nexora_tenant() AND e.id = ANY ($1)`,
    values: [ids],
  });
}

export async function findExperimentByKey(session: Session, key: string): Promise<ExperimentRow | undefined> {
  const [row] = await session.query<ExperimentRow & Record<string, unknown>>({
    name: "experiment-by-key",
    text: `SELECT ${experimentColumns} FROM ${experimentTables} WHERE e.tenant_id = nexora_tenant() AND e.key = $1`,
    values: [key],
  });
  return row;
}

/** The row, which nobody else changes until the transaction's end. Its weights may move meanwhile, if it isn't locked with them. */
export async function lockExperiment(session: Session, id: string): Promise<ExperimentRow | undefined> {
  const locked = await session.query({
    name: "experiment-lock",
    text: `SELECT FROM ${experimentTables} WHERE e.tenant_id = nexora_tenant() AND e.id = $1 FOR UPDATE`,
    values: [id],
  });
  return locked.length === 0 ? undefined : (await findExperiments(session, [id]))[0];
}

/** The new row; undefined when its key is taken. */
export async function insertExperiment(
  session: Session,
  { id, key, salt }: { readonly id: string; readonly key: string; readonly salt: string },
  content: ExperimentContent,
  variants: readonly VariantRow[],
): Promise<ExperimentRow | undefined> {
  const inserted = await session.query({
    name: "experiment-insert",
    text: `INSERT INTO experiment (tenant_id, id, key, salt, ${contentColumns.join(", ")})
      VALUES (nexora_tenant(), $1, $2, $3, ${contentColumns.map((_, index) => `$${index + 4}`).join(", ")})
      ON CONFLICT (tenant_id, key) DO NOTHING RETURNING id`,
    values: [id, key, salt, ...contentValues(content)],
  });
  if (inserted.length === 0) return undefined;
  await writeVariants(session, id, variants);
  await session.query({
    name: "experiment-weight-insert",
    text: `INSERT INTO experiment_weight (tenant_id, experiment_id, weights, told_weights)
      VALUES (nexora_tenant(), $1, $2, $2)`,
    values: [id, JSON.stringify(fixedWeights(variants))],
  });
  return reread(session, id);
}

export async function rewriteExperiment(
  session: Session,
  id: string,
  content: ExperimentContent,
): Promise<ExperimentRow> {
  await session.query({
    name: "experiment-update",
    text: `UPDATE experiment SET ${contentColumns.map((column, index) => `${column} = $${index + 2}`).join(", ")},
        updated_at = now(), version = version + 1
      WHERE tenant_id = nexora_tenant() AND id = $1`,
    values: [id, ...contentValues(content)],
  });
  return reread(session, id);
}

export interface Standing {
  readonly status: "RUNNING" | "PAUSED" | "CONCLUDED";
  readonly winnerKey: string | null;
  readonly isRolledOut: boolean;
}

export async function setStanding(
  session: Session,
  id: string,
  { status, winnerKey, isRolledOut }: Standing,
  now: Date,
): Promise<ExperimentRow> {
  await session.query({
    name: "experiment-standing",
    text: `UPDATE experiment SET status = $2, winner_key = $3, is_rolled_out = $4,
        started_at = coalesce(started_at, $5), concluded_at = CASE WHEN $2 = 'CONCLUDED' THEN $5 END,
        updated_at = now(), version = version + 1
      WHERE tenant_id = nexora_tenant() AND id = $1`,
    values: [id, status, winnerKey, isRolledOut, now],
  });
  return reread(session, id);
}

/** Writes what the variants are now, and counts that as a change of the experiment. */
export async function rewriteVariants(session: Session, id: string, variants: readonly VariantRow[]): Promise<void> {
  await session.query({
    name: "experiment-variants-remove",
    text: "DELETE FROM experiment_variant WHERE tenant_id = nexora_tenant() AND experiment_id = $1 AND key <> ALL ($2)",
    values: [id, variants.map(({ key }) => key)],
  });
  await writeVariants(session, id, variants);
  await session.query({
    name: "experiment-touch",
    text: `UPDATE experiment SET updated_at = now(), version = version + 1
      WHERE tenant_id = nexora_tenant() AND id = $1`,
    values: [id],
  });
}

/** Keys of other started experiments that have some of the same part of a namespace. Nobody else starts one in it meanwhile. */
export async function namespaceRivals(session: Session, row: ExperimentRow): Promise<string[]> {
  if (row.namespace === null) return [];
  await session.query({
    name: "experiment-namespace-lock",
    text: "SELECT pg_advisory_xact_lock(hashtextextended('experiment namespace ' || nexora_tenant() || $1, 0))",
    values: [row.namespace],
  });
  const rivals = await session.query<{ key: string }>({
    name: "experiment-namespace-rivals",
    text: `SELECT key FROM experiment
      WHERE tenant_id = nexora_tenant() AND status IN ('RUNNING', 'PAUSED') AND namespace = $1 AND id <> $2
        AND namespace_from < $4 AND namespace_to > $3 ORDER BY key`,
    values: [row.namespace, row.id, row.namespaceFrom, row.namespaceTo],
  });
  return rivals.map(({ key }) => key);
}

/** Whether any experiment has counted this event before. */
export async function hasCounted(session: Session, event: string): Promise<boolean> {
  const [row] = await session.query<{ known: boolean }>({
    name: "experiment-event-known",
    text: `SELECT EXISTS (SELECT FROM experiment e
        JOIN experiment_conversion c ON c.tenant_id = e.tenant_id AND c.experiment_id = e.id
        WHERE e.tenant_id = nexora_tenant() AND e.metric_event = $1) AS known`,
    values: [event],
  });
  return row?.known ?? false;
}

/** The shares that people chose. */
export function fixedWeights(variants: readonly VariantRow[]): Record<string, number> {
  return Object.fromEntries(variants.map(({ key, weight }) => [key, weight]));
}

const contentColumns = [
  "name",
  "hypothesis",
  "allocation",
  "mode",
  "metric_kind",
  "metric_event",
  "metric_direction",
  "targeting",
  "coverage",
  "namespace",
  "namespace_from",
  "namespace_to",
  "holdout",
  "conversion_window_hours",
] as const;

function contentValues(content: ExperimentContent): unknown[] {
  const { metric, namespace, targeting } = content;
  return [
    content.name,
    content.hypothesis,
    content.allocation,
    content.mode,
    metric.kind,
    metric.event,
    metric.direction,
    targeting === null ? null : JSON.stringify(targeting),
    content.coverage,
    namespace?.name ?? null,
    namespace?.from ?? 0,
    namespace?.to ?? 1,
    content.holdout,
    content.conversionWindowHours,
  ];
}

async function writeVariants(session: Session, id: string, variants: readonly VariantRow[]): Promise<void> {
  await session.query({
    name: "experiment-variants-write",
    text: `INSERT INTO experiment_variant (tenant_id, experiment_id, key, position, name, payload, weight, state)
      SELECT nexora_tenant(), $1, v.key, v.position, v.name, v.payload, v.weight, v.state
      FROM jsonb_to_recordset($2) AS v(key text, position int, name text, payload jsonb, weight float8, state text)
      ON CONFLICT (tenant_id, experiment_id, key) DO UPDATE SET position = excluded.position, name = excluded.name,
        payload = excluded.payload, weight = excluded.weight, state = excluded.state`,
    values: [id, JSON.stringify(variants.map((variant, position) => ({ ...variant, position })))],
  });
}

export async function reread(session: Session, id: string): Promise<ExperimentRow> {
  const [row] = await findExperiments(session, [id]);
  if (row === undefined) throw new Error("the experiment is gone");
  return row;
}
