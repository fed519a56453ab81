import "reflect-metadata";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { explain, type Explained, explainedTogether, offeredFilters } from "../../test/explain.ts";
import { recordStatements } from "../../test/recorded-statements.ts";
import { openDatabase } from "../../test/tenant-rows.ts";
import type { WebhookDeliveryFilter } from "../../schema/webhook-inputs.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import { CursorCodec } from "../operations/cursor.ts";
import { toId } from "../operations/ids.ts";
import { childPages } from "../operations/paginate-children.ts";
import { type List, selectPage } from "../operations/paginate.ts";
import { SqlValues } from "../operations/sql.ts";
import { attemptList, compileDeliveryFilter, listDeliveries } from "./delivery-list.ts";
import { listEndpoints } from "./endpoint-list.ts";

/*
 * What using an index means is what it means for leads (server/leads/lead-indexes.test.ts): for a page of 50 of 100,000
 * deliveries of a tenant beside 100,000 of others, few matches cost few rows, many matches and what leaves deliveries out walk
 * an index in the order of the list.
 */
const page = 50;
const few = 2_000;
const leavesOut = /"(not|nin|neq)"/;
const tenant = "00000000-0000-7000-8000-000000000001";
const busy = "00000000-0000-7000-8000-0000000000aa";
const quiet = "00000000-0000-7000-8000-0000000000bb";
const now = new Date("2026-01-01T00:00:00Z");
const cursors = new CursorCodec([Buffer.from("a key that only tests use")], "epoch");

let testDatabase: TestDatabase;
let database: Database & AsyncDisposable;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase(testDatabase.appUrl);
  const client = new pg.Client({ connectionString: testDatabase.ownerUrl });
  await client.connect();
  // Indexes are made faster at the end, and whoever writes rows of many tenants needs no triggers that look for them.
  const { rows } = await client.query<{ name: string; text: string }>(`
    SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS text FROM pg_index
    WHERE indrelid IN ('webhook_delivery'::regclass, 'webhook_attempt'::regclass) AND NOT indisprimary`);
  await client.query(`
    SET session_replication_role = replica; SET maintenance_work_mem = '256MB';
    DROP INDEX ${rows.map(({ name }) => name).join(", ")};
    INSERT INTO tenant (id, name, default_country, time_zone, locale, currency)
      SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Tenant ' || n, 'FR', 'Europe/Paris', 'fr', 'EUR'
      FROM generate_series(1, 11) AS n;
    INSERT INTO webhook_endpoint (tenant_id, id, url, description, event_types, scopes, position, secret, created_at)
      SELECT tenant.id, endpoint.id, 'https://example.com', '', '{}', '{}', 0, '', timestamptz '2025-01-01'
      FROM tenant, (VALUES ('${busy}'::uuid), ('${quiet}'::uuid)) AS endpoint (id);
    INSERT INTO webhook_delivery (tenant_id, id, endpoint_id, position, entry_id, type, subject_type, subject_id, occurred_at,
        status, attempts, next_attempt_at, created_at, changed_at, finished_at)
      SELECT ('00000000-0000-7000-8000-' || lpad((CASE WHEN n <= 100000 THEN 1 ELSE 2 + n % 10 END)::text, 12, '0'))::uuid,
        md5(n::text)::uuid, CASE WHEN n % 1000 = 5 THEN '${quiet}'::uuid ELSE '${busy}'::uuid END, n, uuidv7(),
        CASE WHEN n % 1000 = 3 THEN 'member.invited' ELSE (ARRAY['lead.captured', 'lead.updated', 'lead.moved', 'lead.noted'])[1 + n % 4] END,
        'Lead', md5(n::text)::uuid, at, status, 1, CASE WHEN status = 'PENDING' THEN at END, at, at,
        CASE WHEN status <> 'PENDING' THEN at END
      FROM generate_series(1, 200000) AS n,
        LATERAL (SELECT timestamptz '2026-01-01' - (n % 100000) * interval '1 minute' AS at,
          CASE WHEN n % 1000 = 7 THEN 'FAILED' WHEN n % 1000 = 9 THEN 'PENDING' ELSE 'SUCCEEDED' END AS status) AS state;
    INSERT INTO webhook_attempt (tenant_id, id, delivery_id, number, outcome, started_at)
      SELECT tenant_id, uuidv7(), id, number, 'SUCCEEDED', created_at
      FROM webhook_delivery, LATERAL generate_series(1, CASE WHEN status = 'SUCCEEDED' THEN 1 ELSE 12 END) AS number;
    ${rows.map(({ text }) => text).join("; ")};
    ANALYZE`);
  await client.end();
}, 240_000);

afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await testDatabase[Symbol.asyncDispose]();
});

/** Explains the statements of a page as the list makes them. */
async function explainPage<Row extends pg.QueryResultRow, Item>(
  session: Session,
  list: List<Row, Item>,
  { isForward = true, from }: { readonly isForward?: boolean; readonly from?: readonly (string | null)[] } = {},
): Promise<Explained> {
  const request = { size: page, isForward, after: null, before: null };
  const place = from ?? null;
  const all: Explained[] = [];
  for (const select of selectPage(list, request, isForward ? place : null, isForward ? null : place))
    all.push(await explain(session, "webhook", select(page + 1)));
  return explainedTogether(all);
}

async function problemOf(filter: WebhookDeliveryFilter): Promise<string[]> {
  return database.read(tenant, async (session) => {
    const list = listDeliveries(await compileDeliveryFilter(session, filter, now));
    const { read, nodes } = await explainPage(session, list);
    const [row] = await session.query<{ matches: bigint }>({
      text: `SELECT count(*) AS matches FROM (SELECT FROM ${list.from} WHERE ${list.where} LIMIT ${few + 1}) AS match`,
      values: list.values.list,
    });
    const matches = Number(row?.matches);
    const what = JSON.stringify(filter);
    const isWalk = leavesOut.test(what) && !nodes.includes("Sort");
    const isWhole = nodes.some((node) => node.startsWith("Seq Scan"));
    if (!isWhole && (isWalk || read <= (matches <= few ? 4 * (page + matches) : 60 * page))) return [];
    return [`${what}: ${read} rows read, ${matches} match, ${nodes.join(", ")}`];
  });
}

/** Operands for one comparison of a field, of which some match few deliveries and some match many. */
function operandsOf(field: string, operator: string): readonly unknown[] {
  const isList = operator === "in" || operator === "nin";
  if (operator === "isNull") return [true, false];
  if (field === "endpoint") {
    const ids = [busy, quiet].map((uuid) => toId("WebhookEndpoint", uuid));
    return isList ? ids.map((id) => [id]) : ids;
  }
  if (field === "status") return isList ? [["PENDING", "FAILED"], ["SUCCEEDED"]] : ["PENDING", "FAILED", "SUCCEEDED"];
  if (field === "createdAt")
    return operator === "eq" ? ["2025-12-30T00:00:00Z"] : ["-P69D", "-P1D", "2025-12-30T00:00:00Z"];
  if (field !== "type") throw new Error(`no operand is known for ${field}.${operator}: add one`);
  if (operator === "contains") return ["ber.inv", "LEAD", "nowhere at all"];
  if (operator === "startsWith") return ["Member", "lead.", "nowhere at all"];
  return isList ? [["member.invited", "nothing"], ["lead.captured"]] : ["member.invited", "lead.captured"];
}

test("each filter of deliveries that is offered uses an index", async () => {
  const filters = offeredFilters("WebhookDeliveryFilter", operandsOf) as WebhookDeliveryFilter[];
  expect(filters.length).toBeGreaterThan(45);
  const found = [];
  for (const filter of filters) found.push(...(await problemOf(filter)));
  expect(found).toEqual([]);
}, 120_000);

test("filters of deliveries together use indexes", async () => {
  const endpoint = { eq: toId("WebhookEndpoint", busy) };
  const combined: WebhookDeliveryFilter[] = [
    { endpoint, status: { eq: "FAILED" } },
    { endpoint, status: { eq: "SUCCEEDED" }, createdAt: { gte: "-P1D" } },
    { endpoint: { eq: toId("WebhookEndpoint", quiet) }, status: { eq: "SUCCEEDED" } },
    { endpoint, type: { startsWith: "member" }, status: { in: ["SUCCEEDED", "FAILED"] } },
    { or: [{ status: { eq: "FAILED" } }, { type: { contains: "invited" } }] },
    { and: [{ type: { contains: "lead" } }, { not: { status: { eq: "SUCCEEDED" } } }] },
  ];
  const found = [];
  for (const filter of combined) found.push(...(await problemOf(filter)));
  expect(found).toEqual([]);
});

test("the order is an index's, on the first page and from the middle on, both ways", async () => {
  const from = ["2025-11-20T00:00:00.000Z", "00000000-0000-7000-8000-000000000000"];
  await database.read(tenant, async (session) => {
    const deliveries = listDeliveries(await compileDeliveryFilter(session, null, now));
    for (const isForward of [true, false])
      for (const place of [{}, { from }]) {
        const { read, nodes } = await explainPage(session, deliveries, { isForward, ...place });
        expect(read).toBe(page + 1);
        expect(nodes.filter((node) => /Sort|Seq/.test(node))).toEqual([]);
        // Of endpoints a tenant has a hundred at most.
        expect((await explainPage(session, listEndpoints(cursors, now), { isForward, ...place })).read).toBeLessThan(
          100,
        );
      }
  });
});

test("what types there are is read from one entry of the index to the next", async () => {
  const statements = await recordStatements(() =>
    database.read(tenant, (session) => compileDeliveryFilter(session, { type: { contains: "lead" } }, now)),
  );
  const text = statements.find((each) => each.includes("RECURSIVE")) ?? "";
  const { found, read } = await database.read(tenant, (session) => explain(session, "webhook", { text, values: [] }));
  expect([found, read <= 10]).toEqual([5, true]);
});

test("attempts of one delivery, and of a page of them, are read by their index", async () => {
  await database.read(tenant, async (session) => {
    const failed = await session.query<{ id: string }>({
      text: `SELECT id FROM webhook_delivery WHERE tenant_id = $1 AND status = 'FAILED' LIMIT ${page}`,
      values: [tenant],
    });
    const ids = failed.map(({ id }) => id);
    const values = new SqlValues();
    const where = attemptList.belongsTo(`${values.add(ids[0])}::uuid`, values);
    const one = { ...attemptList, fingerprint: "", where, values };
    for (const isForward of [true, false])
      for (const place of [{}, { from: ["6", "00000000-0000-7000-8000-000000000000"] }])
        expect((await explainPage(session, one, { isForward, ...place })).read).toBeLessThanOrEqual(12);
    const statements = await recordStatements(() => childPages(session, cursors, attemptList, ids, { first: 5 }));
    const text = statements.find((each) => each.includes("webhook_attempt")) ?? "";
    const { found, read } = await explain(session, "webhook", { text, values: [ids] });
    expect([found, read <= 12 * page]).toEqual([6 * page, true]); // one more of each says whether others follow
  });
});
