import { randomUUID } from "node:crypto";
import pg from "pg";
import { toUuid } from "../server/operations/ids.ts";
import type { TestApp } from "./app.ts";

/** Appends entries to the journal of the app's tenant past the server, without hints. */
export async function appendEntries(
  { database, tenant }: Pick<TestApp, "database" | "tenant">,
  count: number,
  bytes = 10,
): Promise<void> {
  const client = new pg.Client({ connectionString: database.appUrl });
  await client.connect();
  try {
    await client.query("SELECT set_config('nexora.tenant_id', $1, false)", [toUuid("Tenant", tenant.tenantId)]);
    const entry = () => ({
      type: "test.appended",
      subjectType: "Lead",
      subjectId: randomUUID(),
      actor: { type: "SYSTEM" },
      requestId: "test",
      data: { text: "x".repeat(bytes) },
    });
    for (let done = 0; done < count; done += 100) {
      const entries = Array.from({ length: Math.min(100, count - done) }, entry);
      await client.query("SELECT journal_append($1)", [JSON.stringify(entries)]);
    }
  } finally {
    await client.end();
  }
}
