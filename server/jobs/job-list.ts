import type { JobFilter, JobStateFilter } from "../../schema/job-inputs.ts";
import { type Job, JobState } from "../../schema/job.ts";
import type { FilterFields } from "../operations/filter-fields.ts";
import { compileFilter } from "../operations/filter.ts";
import { toId } from "../operations/ids.ts";
import type { List } from "../operations/paginate.ts";
import { deadLetters } from "./job-queues.ts";

/** A row of pg-boss's jobs, as its tenant sees it. */
export interface JobRow {
  /** Of the row: a dead letter is another row than the job that failed. */
  readonly id: string;
  /** Of the job: the same through all its lives. */
  readonly root_id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly attempts: number;
  readonly error: string | null;
  readonly created_on: Date;
  /** With its microseconds. */
  readonly created_key: string;
  readonly start_after: Date;
  readonly started_on: Date | null;
  readonly completed_on: Date | null;
}

// As its index says it (migration list_indexes): PostgreSQL doesn't know that coalesce() is leakproof.
const kind = "CASE WHEN j.source_name IS NULL THEN j.name ELSE j.source_name END";
const rootId = "coalesce(j.source_root_id, j.id)";
const state = `CASE j.state WHEN 'created' THEN CASE WHEN j.name = '${deadLetters}' THEN 'DEAD' ELSE 'WAITING' END
  WHEN 'retry' THEN 'RETRYING' WHEN 'active' THEN 'RUNNING' WHEN 'failed' THEN 'DEAD' ELSE upper(j.state::text) END`;

export const jobColumns = `j.id, ${rootId} AS root_id, ${kind} AS kind, ${state} AS state,
  CASE WHEN j.source_retry_count IS NOT NULL THEN j.source_retry_count + 1
       WHEN j.started_on IS NULL THEN j.retry_count ELSE j.retry_count + 1 END AS attempts,
  coalesce(j.source_output, j.output) ->> 'message' AS error, j.created_on, j.created_on::text AS created_key, j.start_after,
  j.started_on, j.completed_on`;

/** Those of the tenant, each in its latest life: what failed for good is seen as its dead letter. */
export const jobsOfTenant = `j.group_id = nexora_tenant()::text AND NOT (j.state = 'failed' AND j.dead_letter IS NOT NULL)`;

export { rootId as jobRootId };

const filterFields = {
  state: { kind: "enum", column: `(${state})`, values: Object.keys(JobState) },
  kind: { kind: "text", column: kind },
} as const satisfies FilterFields;

/** The jobs in each state. The conditions are those of indexes (migration list_indexes), word by word. */
const jobsIn = {
  WAITING: `SELECT * FROM pgboss.job_common WHERE state = 'created' AND name <> '${deadLetters}'`,
  RETRYING: "SELECT * FROM pgboss.job_common WHERE state = 'retry'",
  RUNNING: "SELECT * FROM pgboss.job_common WHERE state = 'active'",
  COMPLETED: "SELECT * FROM pgboss.job_common WHERE state = 'completed'",
  CANCELLED: "SELECT * FROM pgboss.job_common WHERE state = 'cancelled'",
  DEAD: `SELECT * FROM pgboss.job_common
    WHERE state = 'created' AND name = '${deadLetters}' OR state = 'failed' AND dead_letter IS NULL`,
} as const satisfies Readonly<Record<JobState, string>>;

/**
 * A tenant's jobs under a filter, newest first. Those of some states are read each from its own index and merged: no index can
 * answer a condition on states, because enums' operators aren't leakproof (docs/decisions/0005).
 */
export function listJobs(filter: JobFilter | null | undefined, now: Date): List<JobRow, Job> {
  const clock = { now, timeZone: "UTC" };
  const { fingerprint } = compileFilter(filter, filterFields, clock, jobsOfTenant);
  const { state: wanted, ...others } = filter ?? {};
  const { where, values } = compileFilter(others, filterFields, clock, jobsOfTenant);
  const states = wanted === undefined ? null : statesOf(wanted);
  return {
    name: "jobs",
    fingerprint,
    columns: jobColumns,
    from: states === null || states.length === 0 ? "pgboss.job_common j" : `(${mergeJobs(states)}) j`,
    where: states?.length === 0 ? "false" : where,
    values,
    id: "j.id",
    order: [{ column: "j.created_on", type: "timestamptz", isNullable: false, direction: "DESC", nulls: "LAST" }],
    keysOf: (row) => [row.created_key, row.id],
    toItem: toJob,
  };
}

function statesOf({ eq, in: several }: JobStateFilter): readonly JobState[] {
  const all = Object.values(JobState);
  return all.filter((state) => (eq ?? state) === state && (several ?? all).includes(state));
}

function mergeJobs(states: readonly JobState[]): string {
  return states.map((state) => jobsIn[state]).join(" UNION ALL ");
}

export function toJob(row: JobRow): Job {
  return {
    __typename: "Job",
    id: toId("Job", row.root_id),
    kind: row.kind,
    state: row.state,
    attempts: row.attempts,
    error: row.error,
    createdAt: row.created_on,
    startAfter: row.start_after,
    startedAt: row.started_on,
    finishedAt: row.completed_on,
  };
}
