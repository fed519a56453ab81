import type { JobFilter } from "../../schema/job-inputs.ts";
import { type Job, JobState } from "../../schema/job.ts";
import { type CompiledFilter, compileFilter, type FilterFields } from "../operations/filter.ts";
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

const kind = "coalesce(j.source_name, j.name)";
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

export function compileJobFilter(filter: JobFilter | null | undefined, now: Date): CompiledFilter {
  return compileFilter(filter, filterFields, { now, timeZone: "UTC" }, jobsOfTenant);
}

/** A tenant's jobs under a filter, newest first. */
export function listJobs(filter: CompiledFilter): List<JobRow, Job> {
  return {
    name: "jobs",
    fingerprint: filter.fingerprint,
    columns: jobColumns,
    from: "pgboss.job_common j",
    where: filter.where,
    values: filter.values,
    id: "j.id",
    order: [{ column: "j.created_on", type: "timestamptz", isNullable: false, direction: "DESC", nulls: "LAST" }],
    keysOf: (row) => [row.created_key, row.id],
    toItem: toJob,
  };
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
