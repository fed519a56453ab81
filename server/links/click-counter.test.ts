import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { insertTenant, openDatabase } from "../../test/tenant-rows.ts";
import type { Database } from "../db/database.ts";
import { createLog } from "../log.ts";
import { newUuid } from "../operations/uuid.ts";
import { type Click, ClickCounter } from "./click-counter.ts";

let test: TestDatabase;
let database: Database & AsyncDisposable;
let tenants: readonly [string, string];
const log = createLog({ level: "silent" });

beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.appUrl);
  tenants = [await insertTenant(database), await insertTenant(database)];
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await test[Symbol.asyncDispose]();
});

async function insertLink(tenantId: string): Promise<string> {
  const id = newUuid();
  await database.read(tenantId, (session) =>
    session.query({
      text: "INSERT INTO link (tenant_id, id, slug, url) VALUES (nexora_tenant(), $1, $2, 'https://example.com/')",
      values: [id, randomUUID()],
    }),
  );
  return id;
}

const click = (tenantId: string, linkId: string, more: Partial<Click> = {}): Click => ({
  tenantId,
  linkId,
  at: new Date("2026-11-21T10:07:00Z"),
  referrer: "",
  source: "",
  device: "DESKTOP",
  country: "",
  ...more,
});

async function rowsOf(tenantId: string, linkId: string) {
  return database.read(tenantId, (session) =>
    session.query<{ source: string; clicks: number }>({
      text: "SELECT source, clicks::int FROM link_click WHERE link_id = $1 ORDER BY source",
      values: [linkId],
    }),
  );
}

it("writes the clicks of all tenants with one statement, and adds to what is there", async () => {
  const [first, second] = tenants;
  const [a, b] = [await insertLink(first), await insertLink(second)];
  let statements = 0;
  const counting: Pick<Database, "global"> = {
    global: (work) => {
      statements += 1;
      return database.global(work);
    },
  };
  const counter = new ClickCounter(counting, log);
  for (let n = 0; n < 3; n += 1) counter.count(click(first, a));
  counter.count(click(second, b, { source: 'it\'s "news" \\ 新聞' }));
  await counter.flush();
  expect(statements).toBe(1);
  counter.count(click(first, a));
  await counter.stop();
  expect(await rowsOf(first, a)).toEqual([{ source: "", clicks: 4 }]);
  expect(await rowsOf(second, b)).toEqual([{ source: 'it\'s "news" \\ 新聞', clicks: 1 }]);
  expect(await rowsOf(first, b)).toEqual([]);
});

it("keeps what it couldn't write for the next time", async () => {
  const [tenantId] = tenants;
  const linkId = await insertLink(tenantId);
  let isAway = true;
  const failing: Pick<Database, "global"> = {
    global: (work) => (isAway ? Promise.reject(new Error("the database is away")) : database.global(work)),
  };
  const counter = new ClickCounter(failing, log);
  counter.count(click(tenantId, linkId));
  await counter.flush();
  counter.count(click(tenantId, linkId));
  isAway = false;
  await counter.stop();
  expect(await rowsOf(tenantId, linkId)).toEqual([{ source: "", clicks: 2 }]);
});

it("gives a link 500 different places in a quarter of an hour, and counts the rest without one", async () => {
  const [tenantId] = tenants;
  const linkId = await insertLink(tenantId);
  const counter = new ClickCounter(database, log);
  for (let n = 0; n < 700; n += 1) counter.count(click(tenantId, linkId, { source: `place ${n}` }));
  counter.count(click(tenantId, linkId, { source: "place 7" }));
  await counter.stop();
  const rows = await rowsOf(tenantId, linkId);
  expect(rows).toHaveLength(501);
  expect(rows[0]).toEqual({ source: "", clicks: 200 });
  expect(rows).toContainEqual({ source: "place 7", clicks: 2 });
});
