import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { startApp, type TestApp } from "../../test/app.ts";
import { capture, follow, followJournal } from "../../test/live.ts";

/** Its operations have little time. */
let app: TestApp;
/** Another process on the same database, where changes have the usual time: the machine may be busy. */
let writer: TestApp;
let blocker: pg.Client;

beforeEach(async () => {
  writer = await startApp();
  const { database, tenant } = writer;
  app = await startApp({ database, tenant, env: { OPERATION_TIMEOUT_MS: "3000" } });
  blocker = new pg.Client({ connectionString: app.database.ownerUrl });
  await blocker.connect();
});

afterEach(async () => {
  await blocker.end();
  await app[Symbol.asyncDispose]();
  await writer[Symbol.asyncDispose]();
});

const place = async () => String((await writer.graphql(`{ eventCursor }`)).data?.["eventCursor"]);

/** Each event reads the lead, and the notes that capturing a lead doesn't touch. */
const followLeads = `subscription ($after: Cursor) {
  leadChanged(after: $after) { ... on LeadChanged { lead { email notes(first: 1) { nodes { body } } } } }
}`;
const tooSlow = [{ extensions: { code: "EXECUTION_TIMEOUT" } }];

const followWith = (query: string, variables: Record<string, unknown> = {}) =>
  follow({ url: app.url, credential: app.tenant.secretKey, query, variables });

const hold = (table: string) => blocker.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);

async function waitingStatements(): Promise<number> {
  const { rows } = await blocker.query<{ count: string }>(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return Number(rows[0]?.count);
}

async function readStream(query: string): Promise<string> {
  const response = await fetch(`${app.url}/graphql/stream`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "text/event-stream",
      authorization: `Bearer ${app.tenant.secretKey}`,
    },
    body: JSON.stringify({ query, variables: { after } }),
  });
  return response.text();
}

let after: string;

describe("a feed whose event hangs", () => {
  test("ends with EXECUTION_TIMEOUT, what it runs is cancelled, others go on, and it can be resumed without loss", async () => {
    after = await place();
    await using live = followWith(followLeads);
    await using other = followWith(followJournal);
    await Promise.all([live.live(), other.live()]);
    await hold("lead_note");
    await capture(writer, 1);
    expect(await live.ended).toMatchObject(tooSlow);
    expect(live.results).toEqual([]);
    await other.until(1);
    await using replayed = followWith(followLeads, { after });
    expect(await replayed.ended).toMatchObject(tooSlow);
    const text = await readStream(followLeads);
    expect(text).toMatch(/event: next\ndata: \{"errors":\[\{[^\n]*"code":"EXECUTION_TIMEOUT"[^\n]*\n\nevent: complete/);
    for (let look = 0; (await waitingStatements()) > 0; look += 1) {
      expect(look).toBeLessThan(500);
      await sleep(20);
    }

    await blocker.query("ROLLBACK");
    await using resumed = followWith(followLeads, { after });
    await capture(writer, 1);
    expect((await resumed.until(2)).map(({ data }) => data?.["leadChanged"])).toEqual([
      { lead: { email: expect.any(String), notes: { nodes: [] } } },
      { lead: { email: expect.any(String), notes: { nodes: [] } } },
    ]);
    await other.until(2);
  }, 120_000);

  test("ends also when it hangs in what all its events are read with", async () => {
    after = await place();
    await capture(writer, 3);
    await hold("lead");
    await using followed = followWith(followLeads, { after });
    expect(await followed.ended).toMatchObject(tooSlow);
    await blocker.query("ROLLBACK");
    await using resumed = followWith(followLeads, { after });
    await resumed.until(3);
  }, 120_000);
});
