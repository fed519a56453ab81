import pg from "pg";
import { toUuid } from "../server/operations/ids.ts";
import type { TestApp, TestTenant } from "./app.ts";

/** A mail job that has failed as often as it may, as pg-boss leaves it: the job, and its dead letter. Returns the job's uuid. */
export async function insertDeadJob(app: TestApp, { tenantId }: TestTenant = app.tenant): Promise<string> {
  const owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ id: string }>(
      `WITH failed AS (
         INSERT INTO pgboss.job (name, data, state, group_id, retry_limit, retry_count, started_on, completed_on, dead_letter, output)
         VALUES ('mail', $2, 'failed', $1, 2, 2, now(), now(), 'dead-letters', '{"message": "the disk is full"}')
         RETURNING *)
       INSERT INTO pgboss.job (name, data, group_id, source_name, source_id, source_created_on, source_retry_count,
         source_output, source_root_id)
       SELECT 'dead-letters', data, group_id, name, id, created_on, retry_count, output, id FROM failed
       RETURNING source_root_id AS id`,
      [toUuid("Tenant", tenantId), { mailId: "019a0000-0000-7000-8000-000000000000" }],
    );
    return rows[0]?.id ?? "";
  } finally {
    await owner.end();
  }
}
