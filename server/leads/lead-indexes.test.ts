import "reflect-metadata";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { explain, type Explained, explainedTogether, offeredFilters } from "../../test/explain.ts";
import { openDatabase } from "../../test/tenant-rows.ts";
import type { LeadFilter, LeadOrder } from "../../schema/lead.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import { toId } from "../operations/ids.ts";
import { limitLookup } from "../operations/narrow-filter.ts";
import { selectPage } from "../operations/paginate.ts";
import { compileLeadFilter, listLeads, narrowLeadFilter } from "./lead-list.ts";

/*
 * What it means that a filter or an order uses an index, for a page of 50 of 100,000 leads of a tenant beside 100,000 of
 * others, as the server's role under row-level security:
 * - no plan reads the leads from one end to the other;
 * - a condition that matches at most 2,000 leads reads at most 4 × (page + matching leads); one on their notes or consents,
 *   which are found first, 8 ×;
 * - one that matches more walks an index in the order of the list and stops at the page's end: at most 60 pages' rows;
 * - what says which leads to leave out (`not`, `nin`, `none`, `every`, another tag than this) may walk such an index in any case,
 *   without sorting. Where nearly all are left out that is a long way, and the statement's time limit ends it.
 */
const page = 50;
const few = 2_000;
/** A filter as JSON that says which leads to leave out. */
const leavesOut = /"(not|nin|none|every)"|"some":\{"neq"/;
const tenant = "00000000-0000-7000-8000-000000000001";
const owner = "00000000-0000-7000-8000-0000000000aa";
const writer = "00000000-0000-7000-8000-0000000000bb";

const newestFirst: readonly LeadOrder[] = [{ field: "CREATED_AT", direction: "DESC", nulls: "LAST" }];

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
    WHERE indrelid IN ('lead'::regclass, 'lead_note'::regclass, 'lead_consent'::regclass) AND NOT indisprimary`);
  await client.query(
    `
    SET session_replication_role = replica; SET maintenance_work_mem = '256MB';
    DROP INDEX ${rows.map(({ name }) => name).join(", ")};
    INSERT INTO tenant (id, name, default_country, time_zone, locale, currency)
      SELECT ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'Tenant ' || n, 'FR', 'Europe/Paris', 'fr', 'EUR'
      FROM generate_series(1, 11) AS n;
    INSERT INTO member (tenant_id, id, email, name, password_hash, role)
      SELECT tenant.id, member.id, member.id || '@example.com', 'Ana', 'x', 'COACH'
      FROM tenant, (VALUES ('${owner}'::uuid), ('${writer}'::uuid)) AS member (id);
    INSERT INTO lead (tenant_id, email, phone, external_id, name, company, source, stage, owner_id, tags, created_at, updated_at)
      SELECT ('00000000-0000-7000-8000-' || lpad((CASE WHEN n <= 100000 THEN 1 ELSE 2 + n % 10 END)::text, 12, '0'))::uuid,
        'p' || n || '@' || (ARRAY['mail.test', 'acme.test', 'example.com'])[1 + n % 3], '+33612' || lpad(n::text, 6, '0'),
        CASE WHEN n % 10 > 0 THEN 'crm-' || n END,
        CASE WHEN n % 20 > 0 THEN (ARRAY['Anna', 'Émile', 'محمد', '李明', 'Zoë'])[1 + n % 5] || ' Dupont' || n % 997 END,
        CASE WHEN n % 5 > 0 THEN 'Company ' || n % 1997 END, CASE WHEN n % 1000 = 7 THEN 'fair' ELSE 'website' END,
        CASE WHEN n % 1000 = 9 THEN 'WON' ELSE 'NEW' END, CASE WHEN n % 1000 = 3 THEN '${owner}'::uuid END,
        ARRAY['newsletter', 'spring-' || n % 700], timestamptz '2026-01-01' - (n % 100000) * interval '1 minute',
        timestamptz '2026-01-02' - (n * 7919::bigint % 100000) * interval '1 minute'
      FROM generate_series(1, 200000) AS n;
    CREATE TEMP TABLE numbered AS SELECT tenant_id, id, substr(split_part(email, '@', 1), 2)::int AS n FROM lead;
    INSERT INTO lead_consent (tenant_id, lead_id, purpose, text_version, given_at)
      SELECT tenant_id, id, CASE WHEN n % 1000 = 5 THEN 'sms' ELSE 'newsletter' END,
        CASE WHEN n % 1000 = 11 THEN '2019-01' ELSE '2025-06' END, timestamptz '2026-01-01' - (n * 31::bigint % 100000) * interval '1 minute'
      FROM numbered WHERE n % 3 > 0
      UNION ALL SELECT tenant_id, id, 'terms', '2025-06', timestamptz '2025-12-31' FROM numbered WHERE n % 2 = 0;
    INSERT INTO lead_note (tenant_id, lead_id, author_id, body, created_at)
      SELECT tenant_id, id, CASE WHEN n % 1000 = 3 THEN '${owner}'::uuid WHEN n % 7 > 0 THEN '${writer}'::uuid END, 'A note',
        timestamptz '2026-01-01' - (n * 31::bigint % 100000) * interval '1 minute'
      FROM numbered WHERE n % 2 = 1;
    ${rows.map(({ text }) => text).join("; ")};
    ANALYZE`,
  );
  await client.end();
}, 240_000);

afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await testDatabase[Symbol.asyncDispose]();
});

async function countUpTo(session: Session, list: ReturnType<typeof listLeads>, most: number): Promise<number> {
  const [row] = await session.query<{ matches: bigint }>({
    text: `SELECT count(*) AS matches FROM (SELECT FROM ${list.from} WHERE ${list.where} LIMIT ${most}) AS match`,
    values: list.values.list,
  });
  return Number(row?.matches);
}

interface Asked {
  readonly filter?: LeadFilter;
  readonly orderBy?: readonly LeadOrder[];
  readonly isForward?: boolean;
  /** Keys of the row that the page comes after (or before). */
  readonly from?: readonly (string | null)[];
}

/** Explains the statements of a page as the list makes them. */
function explainPage({
  filter,
  orderBy,
  isForward = true,
  from,
}: Asked): Promise<Explained & { readonly matches: number }> {
  return database.read(tenant, async (session) => {
    const compiled = await compileLeadFilter(session, filter, new Date("2026-01-01T00:00:00Z"));
    const lookups: Explained[] = [];
    for (const lookup of compiled.lookups) lookups.push(await explain(session, "lead", limitLookup(lookup)));
    const list = listLeads(await narrowLeadFilter(session, compiled), orderBy);
    const request = { size: page, isForward, after: null, before: null };
    const selects = selectPage(list, request, isForward ? (from ?? null) : null, isForward ? null : (from ?? null));
    const all: Explained[] = [];
    let missing = page + 1;
    for (const select of selects) {
      if (missing <= 0) break;
      const seen = await explain(session, "lead", select(missing));
      all.push(seen);
      missing -= seen.found;
    }
    return {
      ...explainedTogether([...lookups, ...all]),
      matches: await countUpTo(session, list, few + 1),
    };
  });
}

function problemOf(what: string, { read, nodes, matches }: Explained & { readonly matches: number }): string[] {
  const isWalk = leavesOut.test(what) && !nodes.includes("Sort");
  const most = matches <= few ? (/"(notes|consents)"/.test(what) ? 8 : 4) * (page + matches) : 60 * page;
  const isWhole = nodes.some((node) => node.startsWith("Seq Scan lead"));
  if (!isWhole && (isWalk || read <= most)) return [];
  return [`${what}: ${read} rows read, ${matches} match, ${nodes.join(", ")}`];
}

const texts: Readonly<Record<string, { one: string; part: string; start: string; common: string }>> = {
  email: { one: "p4711@example.com", part: "P4711@ex", start: "p4711@", common: "acme" },
  phone: { one: "+33612004711", part: "004711", start: "+3361200471", common: "612" },
  externalId: { one: "crm-4711", part: "m-4711", start: "CRM-4711", common: "crm-" },
  name: { one: "Émile Dupont471", part: "مد dupont47", start: "émile dupont47", common: "dupont" },
  company: { one: "Company 471", part: "y 471", start: "company 471", common: "company" },
  source: { one: "fair", part: "fai", start: "FA", common: "site" },
  tags: { one: "spring-471", part: "ing-471", start: "spring-471", common: "news" },
  "consents.purpose": { one: "sms", part: "", start: "", common: "newsletter" },
  "consents.textVersion": { one: "2019-01", part: "", start: "", common: "2025-06" },
};

/** Operands for one comparison of a field, of which some match few leads and some match many. */
function operandsOf(field: string, operator: string): readonly unknown[] {
  if (operator === "isNull") return [true, false];
  if (field === "stage") return operator.endsWith("in") ? [["WON", "LOST"]] : ["WON", "NEW"];
  if (["owner", "id", "notes.author"].includes(field)) {
    const ids = field === "id" ? ["lead_01jd0000000000000000000000"] : [toId("Member", owner), toId("Member", writer)];
    return operator.endsWith("in") ? [ids.slice(0, 1)] : ids;
  }
  if (field.endsWith("At"))
    return operator === "eq" ? ["2025-12-30T00:00:00Z"] : ["-P69D", "-P1D", "2025-12-30T00:00:00Z"];
  const { one, part, start, common } = texts[field] ?? { one: "", part: "", start: "", common: "" };
  const operands: Readonly<Record<string, readonly unknown[]>> = {
    eq: field.includes(".") ? [one, common] : [one],
    neq: [one],
    in: [[one, "nothing"]],
    nin: [[one, "nothing"]],
    contains: [part, common, "nowhere at all"],
    startsWith: [start, common, "nowhere at all"],
  };
  const found = operands[operator];
  if (found === undefined) throw new Error(`no operand is known for ${field}.${operator}: add one`);
  return found;
}

test("each filter that is offered uses an index", async () => {
  const filters = offeredFilters("LeadFilter", operandsOf) as LeadFilter[];
  expect(filters.length).toBeGreaterThan(160);
  const found = [];
  for (const filter of filters) found.push(problemOf(JSON.stringify(filter), await explainPage({ filter })));
  expect(found.flat()).toEqual([]);
}, 120_000);

const combined: readonly LeadFilter[] = [
  { or: [{ name: { contains: "Dupont471" } }, { company: { startsWith: "company 471" } }] },
  { or: [{ name: { contains: "Dupont471" } }, { company: { eq: "Company 471" } }] },
  { or: [{ email: { contains: "p4711@" } }, { stage: { eq: "WON" } }, { createdAt: { lt: "-P69D" } }] },
  { or: [{ tags: { some: { eq: "spring-471" } } }, { owner: { isNull: false } }] },
  { and: [{ name: { contains: "dupont" } }, { tags: { some: { in: ["spring-471", "spring-472"] } } }] },
  { name: { contains: "dupont" }, company: { contains: "company 19" }, phone: { contains: "0047" } },
  { source: { eq: "website" }, stage: { eq: "WON" } },
  { not: { name: { contains: "Dupont471" } } },
  { name: { contains: "dupont" }, not: { tags: { some: { eq: "spring-471" } } } },
  { notes: { some: {} } },
  { consents: { some: { purpose: { eq: "sms" }, textVersion: { eq: "2025-06" } } }, stage: { eq: "NEW" } },
  { consents: { some: { or: [{ purpose: { eq: "sms" } }, { textVersion: { eq: "2019-01" } }] } } },
  { or: [{ notes: { some: { author: { eq: toId("Member", owner) } } } }, { name: { contains: "Dupont471" } }] },
  { name: { contains: "dupont" }, notes: { some: { author: { eq: toId("Member", owner) } } } },
  { consents: { some: { purpose: { eq: "newsletter" } } }, notes: { none: {} } },
];

test("filters together use indexes, whatever the order", async () => {
  const orders: (readonly LeadOrder[])[] = [newestFirst, [{ field: "NAME", direction: "ASC", nulls: "LAST" }]];
  const found = [];
  for (const orderBy of orders)
    for (const filter of combined)
      found.push(problemOf(JSON.stringify([filter, orderBy]), await explainPage({ filter, orderBy })));
  expect(found.flat()).toEqual([]);
}, 120_000);

const keys = ["CREATED_AT", "UPDATED_AT", "NAME", "EMAIL", "COMPANY"] as const;
const directions = ["ASC", "DESC"] as const;
const nulls = ["FIRST", "LAST"] as const;
const places: readonly (string | null)[] = [null, "middle"];

/** A value in the middle of the column, as a cursor keeps it. */
async function middleOf(field: LeadOrder["field"]): Promise<string> {
  const column = field.toLowerCase();
  const [row] = await database.read(tenant, (session) =>
    session.query<{ middle: string }>({
      text: `SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY ${column})::text AS middle FROM lead`,
    }),
  );
  return row?.middle ?? "";
}

const anyId = "00000000-0000-7000-8000-000000000000";

test("each order is an index's, on the first page and from the middle on, both ways", async () => {
  const found = [];
  for (const field of keys) {
    const middle = await middleOf(field);
    for (const direction of directions)
      for (const each of nulls)
        for (const isForward of [true, false])
          for (const place of [undefined, ...places]) {
            if (place === null && field.endsWith("_AT")) continue; // has no rows without a value
            const orderBy = [{ field, direction, nulls: each }];
            const from = place === undefined ? undefined : [place === "middle" ? middle : null, anyId];
            const seen = await explainPage({ orderBy, isForward, ...(from === undefined ? {} : { from }) });
            // The rows of a page, and of the next range where the page reaches it.
            const read = seen.read > 3 * (page + 1) ? [`${seen.read} rows read`] : [];
            const sorted = seen.nodes.filter((node) => node.includes("Sort"));
            const problems = [...read, ...sorted];
            if (problems.length > 0)
              found.push(JSON.stringify({ orderBy, isForward, place, problems, nodes: seen.nodes }));
          }
  }
  expect(found).toEqual([]);
});

test("a further key sorts the equals of the first, not the list", async () => {
  const found = [];
  for (const field of keys)
    for (const second of keys) {
      if (field === second) continue;
      const orderBy = [
        { field, direction: "ASC", nulls: "LAST" },
        { field: second, direction: "DESC", nulls: "FIRST" },
      ] as const;
      for (const from of [undefined, [await middleOf(field), await middleOf(second), anyId]]) {
        const seen = await explainPage({ orderBy, ...(from === undefined ? {} : { from }) });
        // Some 50 leads share a company, 100 a name.
        if (seen.read > 10 * page || seen.nodes.includes("Sort"))
          found.push(JSON.stringify({ orderBy, from, ...seen }));
      }
    }
  expect(found).toEqual([]);
});
