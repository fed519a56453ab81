import type { Page } from "../../schema/connection.ts";
import type { CancelJobInput, JobsArgs, RetryJobInput } from "../../schema/job-inputs.ts";
import type { CancelJobPayload, RetryJobPayload } from "../../schema/job-payloads.ts";
import type { Job } from "../../schema/job.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import { jobColumns, jobRootId, type JobRow, jobsOfTenant, listJobs, toJob } from "./job-list.ts";

export interface JobsServiceOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
}

const notFound = { code: "NOT_FOUND", message: "There is no such job.", field: ["input", "id"] } as const;

/** What administrators see and do of the tenant's background work. Row-level security shows no other tenant's. */
export class JobsService {
  readonly #options: JobsServiceOptions;

  constructor(options: JobsServiceOptions) {
    this.#options = options;
  }

  async jobs(context: Context, args: JobsArgs): Promise<Page<Job>> {
    const { tenantId } = authorizedScope(context, "job:read");
    const { database, cursors } = this.#options;
    const list = listJobs(args.filter, context.now);
    return database.read(tenantId, (session) => paginate(session, cursors, list, args));
  }

  async byIds(context: Context, uuids: readonly string[]): Promise<Map<string, Job>> {
    const { tenantId } = authorizedScope(context, "job:read");
    const rows = await this.#options.database.read(tenantId, (session) => findJobs(session, uuids));
    return new Map(rows.map((row) => [row.root_id, toJob(row)]));
  }

  async retryJob(context: Context, { id }: RetryJobInput): Promise<RetryJobPayload> {
    const scope = authorizedScope(context, "job:manage");
    const { journal, cursors } = this.#options;
    const uuid = toUuid("Job", id);
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const [found] = uuid === null ? [] : await findJobs(tx, [uuid], "FOR UPDATE");
      if (found === undefined) return { job: null, userErrors: [notFound] };
      if (found.state !== "DEAD") {
        const error = { code: "NOT_RETRYABLE" as const, message: "The job isn't dead.", field: ["input", "id"] };
        return { job: toJob(found), userErrors: [error] };
      }
      await tx.query({ name: "requeue-job", text: requeueSql, values: [found.id] });
      tx.record({ type: "job.retried", subjectType: "Job", subjectId: found.root_id, data: { kind: found.kind } });
      const [row = found] = await findJobs(tx, [found.root_id]);
      return { job: toJob(row), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async cancelJob(context: Context, { id }: CancelJobInput): Promise<CancelJobPayload> {
    const scope = authorizedScope(context, "job:manage");
    const { journal, cursors } = this.#options;
    const uuid = toUuid("Job", id);
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const [found] = uuid === null ? [] : await findJobs(tx, [uuid], "FOR UPDATE");
      if (found === undefined) return { job: null, userErrors: [notFound] };
      if (!cancellable.has(found.state)) {
        const error = { code: "NOT_CANCELLABLE" as const, message: "The job doesn't wait.", field: ["input", "id"] };
        return { job: toJob(found), userErrors: [error] };
      }
      const text = "UPDATE pgboss.job SET state = 'cancelled', completed_on = pgboss.job_now() WHERE id = $1";
      await tx.query({ name: "cancel-job", text, values: [found.id] });
      tx.record({ type: "job.cancelled", subjectType: "Job", subjectId: found.root_id, data: { kind: found.kind } });
      const [row = found] = await findJobs(tx, [found.root_id]);
      return { job: toJob(row), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }
}

const cancellable: ReadonlySet<string> = new Set(["WAITING", "RETRYING", "DEAD"]);

function findJobs(session: Session, uuids: readonly string[], lock: "" | "FOR UPDATE" = ""): Promise<JobRow[]> {
  return session.query<JobRow>({
    name: `jobs-by-id${lock}`,
    text: `SELECT ${jobColumns} FROM pgboss.job_common j
           WHERE (j.id = ANY ($1::uuid[]) OR j.source_root_id = ANY ($1::uuid[])) AND ${jobRootId} = ANY ($1::uuid[])
             AND ${jobsOfTenant} ${lock}`,
    values: [uuids],
  });
}

// What pg-boss's redrive does, in the caller's transaction: from the dead letters to the queue it came from, with that queue's
// options of today and all its attempts.
const requeueSql = `
  UPDATE pgboss.job j SET name = coalesce(j.source_name, j.name), state = 'created', retry_count = 0, started_on = NULL,
    completed_on = NULL, output = NULL, start_after = pgboss.job_now(), policy = q.policy, dead_letter = q.dead_letter,
    retry_limit = q.retry_limit, retry_delay = q.retry_delay, retry_backoff = q.retry_backoff,
    retry_delay_max = q.retry_delay_max, expire_seconds = q.expire_seconds, heartbeat_seconds = q.heartbeat_seconds,
    heartbeat_on = NULL, keep_until = pgboss.job_now() + q.retention_seconds * interval '1s',
    deletion_seconds = q.deletion_seconds, source_root_id = coalesce(j.source_root_id, j.source_id),
    source_name = NULL, source_id = NULL, source_created_on = NULL, source_retry_count = NULL, source_output = NULL
  FROM pgboss.queue q WHERE j.id = $1 AND q.name = coalesce(j.source_name, j.name)`;
