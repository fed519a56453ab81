import type { Session } from "../db/session.ts";
import type { JobKind, JobOptions } from "./job-kind.ts";

/**
 * Makes jobs in the transaction of what causes them: they are there when it commits, and never were when it doesn't. A job
 * is no record of anything: what is due is told by a row with its instant, which a sweep finds also when the job was lost.
 */
export class Jobs {
  /** Returns the job's id; null when one with the same key waits already. It belongs to the session's tenant. */
  async enqueue<Data>(
    tx: Session,
    kind: JobKind<Data>,
    data: Data,
    { startAfter, key }: JobOptions = {},
  ): Promise<string | null> {
    const [row] = await tx.query<{ id: string | null; is_known: boolean }>({
      name: "enqueue-job",
      text: enqueueSql,
      values: [kind.name, JSON.stringify(kind.data.parse(data)), startAfter ?? null, key ?? null, tx.tenantId],
    });
    if (row?.is_known !== true) throw new Error(`no queue of jobs is named ${kind.name}`);
    return row.id;
  }
}

// pg-boss's own INSERT (plans.insertJobs of 12.35) with a constant text, so that it stays prepared; a test compares the rows.
const enqueueSql = `
  WITH queue AS (
    SELECT * FROM pgboss.queue WHERE name = $1
  ), job AS (
    INSERT INTO pgboss.job (name, data, start_after, created_on, singleton_key, group_id, expire_seconds, deletion_seconds,
      keep_until, retry_limit, retry_delay, retry_backoff, retry_delay_max, policy, dead_letter, heartbeat_seconds)
    SELECT q.name, $2::jsonb, coalesce($3::timestamptz, pgboss.job_now()), pgboss.job_now(), $4, $5, q.expire_seconds,
      q.deletion_seconds, coalesce($3::timestamptz, pgboss.job_now()) + q.retention_seconds * interval '1s', q.retry_limit,
      q.retry_delay, q.retry_backoff, q.retry_delay_max, q.policy, q.dead_letter, q.heartbeat_seconds
    FROM queue q
    ON CONFLICT DO NOTHING
    RETURNING id
  )
  SELECT (SELECT id FROM job) AS id, EXISTS (SELECT FROM queue) AS is_known`;
