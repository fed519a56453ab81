import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { type LeadsStage, setUpLeads } from "../../test/leads.ts";
import type { LeadFilter, LeadOrder } from "../../schema/lead.ts";
import { toId } from "../operations/ids.ts";
import { countPage } from "../operations/total-count.ts";

/** Leads whose order keys have equals and gaps. */
async function seed(stage: LeadsStage, count = 40): Promise<void> {
  await stage.sql(
    `INSERT INTO lead (tenant_id, email, name, company, source, stage, tags, created_at)
     SELECT $1, 'p' || n || '@example.com', CASE WHEN n % 4 = 0 THEN NULL ELSE 'n' || n % 5 END,
       CASE WHEN n % 3 = 0 THEN NULL ELSE 'c' || n % 2 END, 's' || n % 2, CASE WHEN n % 2 = 0 THEN 'NEW' ELSE 'WON' END,
       CASE WHEN n % 5 = 0 THEN '{}'::text[] ELSE ARRAY['t' || n % 3, 'all'] END,
       timestamptz '2026-01-01T00:00:00Z' + (n / 3) * interval '1 hour'
     FROM generate_series(1, $2) AS n`,
    [stage.tenantId, count],
  );
}

type Walk = { orderBy: LeadOrder[]; filter?: LeadFilter; size: number };

async function walk(stage: LeadsStage, { size, ...list }: Walk, isForward: boolean): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 100; pages++) {
    const range: object = isForward ? { first: size, after: cursor } : { last: size, before: cursor };
    const page = await stage.leads.leads(stage.context(), { ...list, ...range });
    const found = page.nodes.map(({ id }) => id);
    if (isForward) ids.push(...found);
    else ids.unshift(...found);
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    expect(isForward ? hasPreviousPage : hasNextPage).toBe(cursor !== null);
    cursor = isForward ? endCursor : startCursor;
    if (!(isForward ? hasNextPage : hasPreviousPage)) return ids;
  }
  throw new Error("the walk doesn't end");
}

test("walks each lead once, in both directions alike, in any order", async () => {
  await using stage = await setUpLeads();
  await seed(stage);
  const key = fc.record({
    field: fc.constantFrom("CREATED_AT", "UPDATED_AT", "NAME", "EMAIL", "COMPANY"),
    direction: fc.constantFrom("ASC", "DESC"),
    nulls: fc.constantFrom("FIRST", "LAST"),
  }) as fc.Arbitrary<LeadOrder>;
  const orders = fc.uniqueArray(key, { maxLength: 3, selector: ({ field }) => field });
  await fc.assert(
    fc.asyncProperty(orders, fc.integer({ min: 3, max: 17 }), async (orderBy, size) => {
      const columns = {
        CREATED_AT: "created_at",
        UPDATED_AT: "updated_at",
        NAME: "name",
        EMAIL: "email",
        COMPANY: "company",
      };
      const terms = orderBy.map(({ field, direction, nulls }) => `${columns[field]} ${direction} NULLS ${nulls}`);
      const last = orderBy.at(-1)?.direction ?? "ASC";
      const rows = await stage.sql<{ id: string }>(
        `SELECT id FROM lead ORDER BY ${[...terms, `id ${last}`].join(", ")}`,
      );
      const expected = rows.map(({ id }) => toId("Lead", id));
      expect(await walk(stage, { orderBy, size }, true)).toEqual(expected);
      expect(await walk(stage, { orderBy, size }, false)).toEqual(expected);
    }),
    { numRuns: 25 },
  );
});

const filters: [what: string, filter: LeadFilter, condition: string][] = [
  ["everything by {}", {}, "true"],
  ["everything by an empty and", { and: [] }, "true"],
  ["nothing by an empty or", { or: [] }, "false"],
  ["nothing by an empty in", { name: { in: [] } }, "false"],
  ["equals", { email: { eq: " P7@example.com" } }, "email = 'p7@example.com'"],
  ["neq without missing values", { name: { neq: "n1" } }, "name <> 'n1'"],
  ["nin without missing values", { name: { nin: ["n1", "n2"] } }, "name NOT IN ('n1', 'n2')"],
  ["missing values", { company: { isNull: true } }, "company IS NULL"],
  ["starts with in any case", { name: { startsWith: "N1" } }, "name = 'n1'"],
  ["contains in any case", { email: { contains: "7@EXAMPLE" } }, "email LIKE '%7@example.com'"],
  ["% as itself", { email: { contains: "7%exa" } }, "false"],
  ["_ as itself", { name: { startsWith: "n_" } }, "false"],
  ["several comparisons of a field together", { name: { in: ["n1", "n2"], neq: "n1" } }, "name = 'n2'"],
  ["stages", { stage: { in: ["WON", "LOST"] } }, "stage = 'WON'"],
  ["not, with missing values", { not: { name: { eq: "n1" } } }, "name IS DISTINCT FROM 'n1'"],
  ["some tag", { tags: { some: { eq: "t1" } } }, "'t1' = ANY (tags)"],
  ["some tag by its beginning", { tags: { some: { startsWith: "T1" } } }, "'t1' = ANY (tags)"],
  ["no tag", { tags: { none: { eq: "t1" } } }, "NOT 't1' = ANY (tags)"],
  ["every tag, so also none at all", { tags: { every: { in: ["all", "t1"] } } }, "tags <@ '{all,t1}'"],
  [
    "or of and",
    { or: [{ name: { eq: "n1" }, source: { eq: "s1" } }, { company: { eq: "c0" } }] },
    "(name = 'n1' AND source = 's1') OR company = 'c0'",
  ],
  [
    "an instant",
    { createdAt: { gte: "2026-01-01T05:00:00Z", lt: "2026-01-01T07:00:00Z" } },
    "created_at >= '2026-01-01T05:00:00Z' AND created_at < '2026-01-01T07:00:00Z'",
  ],
  ["a duration", { createdAt: { gt: "-P10000D" } }, "true"],
  ["an id of another type", { id: { eq: "member_01jd0000000000000000000000" } }, "false"],
  ["an owner", { owner: { isNull: true } }, "owner_id IS NULL"],
];

async function expectMatches(
  stage: LeadsStage,
  cases: readonly [what: string, filter: LeadFilter, condition: string][],
): Promise<void> {
  for (const [what, filter, condition] of cases) {
    const page = await stage.leads.leads(stage.context(), { filter, first: 250 });
    const rows = await stage.sql<{ id: string }>(`SELECT id FROM lead WHERE tenant_id = $1 AND ${condition}`, [
      stage.tenantId,
    ]);
    const found = { what, ids: page.nodes.map(({ id }) => id).sort(), total: await countPage(page, stage.database) };
    expect(found).toEqual({ what, ids: rows.map(({ id }) => toId("Lead", id)).sort(), total: rows.length });
  }
}

test("filters as the grammar says", async () => {
  await using stage = await setUpLeads();
  await seed(stage);
  await expectMatches(stage, filters);
});

/** Of most leads notes and consents, of some two. */
async function seedRelations(stage: LeadsStage, { tenantId, memberId }: { tenantId: string; memberId: string }) {
  await stage.sql(
    `WITH numbered AS (SELECT id, row_number() OVER (ORDER BY email) AS n FROM lead WHERE tenant_id = $1),
     notes AS (
       INSERT INTO lead_note (tenant_id, lead_id, author_id, body, created_at)
       SELECT $1, id, CASE WHEN n % 2 = 0 THEN $2::uuid END, 'x', timestamptz '2026-01-01' + n % 5 * interval '1 day'
       FROM numbered WHERE n % 3 > 0 UNION ALL
       SELECT $1, id, $2::uuid, 'y', timestamptz '2026-02-01' FROM numbered WHERE n % 4 = 0)
     INSERT INTO lead_consent (tenant_id, lead_id, purpose, text_version, given_at)
     SELECT $1, id, CASE WHEN n % 7 = 0 THEN 'sms' ELSE 'newsletter' END, 'v' || n % 2,
       timestamptz '2026-01-01' + n % 5 * interval '1 day'
     FROM numbered WHERE n % 3 > 0 UNION ALL
     SELECT $1, id, 'terms', 'v1', timestamptz '2026-02-01' FROM numbered WHERE n % 4 = 0`,
    [tenantId, memberId],
  );
}

const noteOf = (condition: string) => `EXISTS (SELECT FROM lead_note WHERE lead_id = lead.id AND ${condition})`;
const consentOf = (condition: string) => `EXISTS (SELECT FROM lead_consent WHERE lead_id = lead.id AND ${condition})`;

test("filters by notes and consents, which must match together", async () => {
  await using stage = await setUpLeads();
  const other = await stage.createTenant();
  await seed(stage);
  await seedRelations(stage, stage);
  const author = toId("Member", stage.memberId);
  const late = "2026-01-15T00:00:00Z";
  const both = "purpose = 'newsletter' AND text_version = 'v1'";
  await expectMatches(stage, [
    ["some note at all", { notes: { some: {} } }, noteOf("true")],
    ["no note at all", { notes: { none: {} } }, `NOT ${noteOf("true")}`],
    [
      "every note, so also none at all",
      { notes: { every: { author: { eq: author } } } },
      `NOT ${noteOf("author_id IS NULL")}`,
    ],
    ["notes of a member", { notes: { some: { author: { eq: author } } } }, noteOf("author_id IS NOT NULL")],
    ["notes of a key", { notes: { some: { author: { isNull: true } } } }, noteOf("author_id IS NULL")],
    ["notes of nobody we know", { notes: { some: { author: { eq: toId("Member", other.memberId) } } } }, "false"],
    ["no note since", { notes: { none: { createdAt: { gte: late } } } }, `NOT ${noteOf(`created_at >= '${late}'`)}`],
    ["a consent", { consents: { some: { purpose: { eq: "sms" } } } }, consentOf("purpose = 'sms'")],
    [
      "a consent with all of it",
      { consents: { some: { purpose: { eq: "newsletter" }, textVersion: { eq: "v1" } } } },
      consentOf(both),
    ],
    [
      "consents of any kind",
      { consents: { some: { or: [{ purpose: { in: ["sms"] } }, { givenAt: { gte: late } }] } } },
      consentOf(`(purpose = 'sms' OR given_at >= '${late}')`),
    ],
    [
      "not the other consents",
      { consents: { every: { not: { purpose: { eq: "terms" } } } } },
      `NOT ${consentOf("purpose = 'terms'")}`,
    ],
    [
      "two relations",
      { notes: { some: {} }, consents: { none: { purpose: { eq: "sms" } } } },
      `${noteOf("true")} AND NOT ${consentOf("purpose = 'sms'")}`,
    ],
    [
      "several quantifiers",
      { consents: { some: {}, none: { textVersion: { eq: "v0" } } } },
      `${consentOf("true")} AND NOT ${consentOf("text_version = 'v0'")}`,
    ],
    [
      "a relation or a text",
      { or: [{ consents: { some: { purpose: { eq: "sms" } } } }, { email: { contains: "7@exa" } }] },
      `(${consentOf("purpose = 'sms'")} OR email LIKE '%7@exa%')`,
    ],
    [
      "a relation and a text",
      { consents: { some: { purpose: { eq: "terms" } } }, email: { contains: "@exa" } },
      consentOf("purpose = 'terms'"),
    ],
    [
      "not a relation",
      { not: { notes: { some: { author: { eq: author } } } } },
      `NOT ${noteOf("author_id IS NOT NULL")}`,
    ],
  ]);
});

test("sees no notes and consents of another tenant, and finds many as it finds few", async () => {
  await using stage = await setUpLeads();
  const other = await stage.createTenant();
  await stage.sql("INSERT INTO lead (tenant_id, email) VALUES ($1, 'theirs@example.com')", [other.tenantId]);
  await seedRelations(stage, other);
  await seed(stage, 2_100);
  const first = (filter: LeadFilter) => stage.leads.leads(stage.context(), { filter, first: 3 });
  const ofOthers: LeadFilter = { notes: { some: { author: { eq: toId("Member", other.memberId) } } } };
  expect((await first(ofOthers)).nodes).toEqual([]);
  expect((await first({ consents: { some: {} } })).nodes).toEqual([]);
  expect((await first({ consents: { none: {} } })).nodes).toHaveLength(3);
  await stage.sql(
    `INSERT INTO lead_consent (tenant_id, lead_id, purpose, text_version, given_at)
     SELECT tenant_id, id, 'all', 'v1', now() FROM lead WHERE tenant_id = $1`,
    [stage.tenantId],
  );
  const page = await first({ consents: { some: { purpose: { eq: "all" } } } });
  expect([page.nodes.length, await countPage(page, stage.database)]).toEqual([3, 2_100]);
});

const badArguments = [
  { first: -1 },
  { last: -1 },
  { first: 251 },
  { first: 1, last: 1 },
  { orderBy: Array.from({ length: 4 }, () => ({ field: "NAME", direction: "ASC", nulls: "LAST" }) as const) },
] as const;

test("refuses bad arguments with BAD_USER_INPUT", async () => {
  await using stage = await setUpLeads();
  for (const args of badArguments) {
    await expect(stage.leads.leads(stage.context(), args)).rejects.toMatchObject({ code: "BAD_USER_INPUT" });
  }
});

test("gives an empty page for first: 0, and says that rows follow", async () => {
  await using stage = await setUpLeads();
  await seed(stage, 3);
  const page = await stage.leads.leads(stage.context(), { first: 0 });
  expect(page.nodes).toEqual([]);
  expect(page.pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null });
});

test("refuses a cursor of another order, filter, list or tenant, and one that was changed", async () => {
  await using stage = await setUpLeads();
  await seed(stage, 5);
  const other = await stage.createTenant();
  const { pageInfo } = await stage.leads.leads(stage.context(), { first: 2 });
  const after = pageInfo.endCursor ?? "";
  const eventCursor = stage.cursors.encodeEvent({ tenantId: stage.tenantId, position: 1n });
  const tries = [
    stage.leads.leads(stage.context(), { after, orderBy: [{ field: "NAME", direction: "ASC", nulls: "LAST" }] }),
    stage.leads.leads(stage.context(), { after, filter: { name: { eq: "x" } } }),
    stage.leads.leads(stage.context(), { after: eventCursor }),
    stage.leads.leads(stage.context(), { after: `${after.slice(0, -2)}AA` }),
    stage.leads.leads(stage.context(), { after: "nonsense" }),
    stage.leads.leads(other.context(), { after }),
    stage.loaders.notes(stage.context(), stage.memberId, { after }),
  ];
  for (const attempt of tries) await expect(attempt).rejects.toMatchObject({ code: "BAD_CURSOR" });
});

test("shows each lead once while others come and go", async () => {
  await using stage = await setUpLeads();
  await seed(stage, 30);
  const before = new Set((await walk(stage, { orderBy: [], size: 7 }, true)).slice());
  const seen: string[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < 20; pages++) {
    const page = await stage.leads.leads(stage.context(), { first: 7, after });
    seen.push(...page.nodes.map(({ id }) => id));
    await stage.leads.captureLead(stage.context(), { email: `late-${pages}@example.com` });
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) break;
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.filter((id) => before.has(id))).toHaveLength(before.size);
});
