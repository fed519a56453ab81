import type { Database } from "../db/database.ts";
import type { JobKind } from "./job-kind.ts";

/** Where jobs go that were tried as often as they may be. They wait there for somebody to requeue or cancel them. */
export const deadLetters = "dead-letters";

const retentionSeconds = 365 * 86_400;
const keptWhenDoneSeconds = 7 * 86_400;
/** A process that was killed says nothing for so long before its jobs are somebody else's. */
const heartbeatSeconds = 30;

/** Makes the queues of these kinds, and brings their options up to date: those that a job gets when it is made. */
export async function prepareQueues(database: Database, kinds: readonly Omit<JobKind<never>, "data">[]): Promise<void> {
  const queues = kinds.map((kind) => ({
    name: kind.name,
    policy: kind.isSingleton === true ? "stately" : "standard",
    retry_limit: kind.retryLimit,
    retry_delay: kind.retryDelaySeconds,
    retry_delay_max: kind.retryDelayMaxSeconds,
    expire_seconds: kind.expireSeconds,
    dead_letter: kind.retryLimit === 0 ? null : deadLetters,
  }));
  await database.global((session) =>
    session.query({
      text: `INSERT INTO pgboss.queue AS q (name, policy, retry_limit, retry_delay, retry_backoff, retry_delay_max, expire_seconds,
               retention_seconds, deletion_seconds, dead_letter, partition, table_name, heartbeat_seconds)
             SELECT name, policy, retry_limit, retry_delay, true, retry_delay_max, expire_seconds, $2, $3, dead_letter, false,
               'job_common', $4
             FROM jsonb_to_recordset($1::jsonb) AS wanted(name text, policy text, retry_limit int, retry_delay int,
               retry_delay_max int, expire_seconds int, dead_letter text)
             ON CONFLICT (name) DO UPDATE SET policy = excluded.policy, retry_limit = excluded.retry_limit,
               retry_delay = excluded.retry_delay, retry_backoff = true, retry_delay_max = excluded.retry_delay_max,
               expire_seconds = excluded.expire_seconds, retention_seconds = excluded.retention_seconds,
               deletion_seconds = excluded.deletion_seconds, dead_letter = excluded.dead_letter,
               heartbeat_seconds = excluded.heartbeat_seconds, updated_on = pgboss.job_now()
             WHERE (q.policy, q.retry_limit, q.retry_delay, q.retry_delay_max, q.expire_seconds, q.retention_seconds,
                 q.deletion_seconds, q.dead_letter, q.heartbeat_seconds)
               IS DISTINCT FROM (excluded.policy, excluded.retry_limit, excluded.retry_delay, excluded.retry_delay_max,
                 excluded.expire_seconds, excluded.retention_seconds, excluded.deletion_seconds, excluded.dead_letter,
                 excluded.heartbeat_seconds)`,
      values: [JSON.stringify(queues), retentionSeconds, keptWhenDoneSeconds, heartbeatSeconds],
    }),
  );
}
