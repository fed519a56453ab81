import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { type LeadsStage, setUpLeads } from "../../test/leads.ts";
import type { LeadOrder } from "../../schema/lead.ts";
import { toId } from "../operations/ids.ts";

/** Leads with few different keys and many without one, so that places among equals and at the edges of gaps come up. */
const insertLeads = `
  INSERT INTO lead (tenant_id, email, name, company, source, created_at, updated_at)
  SELECT $1, CASE WHEN random() < 0.7 THEN md5(random()::text) || '@example.com' END,
    CASE WHEN random() < 0.6 THEN 'n' || floor(random() * 4) END,
    CASE WHEN random() < 0.5 THEN 'c' || floor(random() * 3) END, $2,
    timestamptz '2026-01-01T00:00:00Z' + floor(random() * 9) * interval '1 hour',
    timestamptz '2026-01-01T00:00:00Z' + floor(random() * 9) * interval '1 hour'
  FROM generate_series(1, $3)`;

interface Churn extends AsyncDisposable {
  /** Leads that came and went so far. */
  readonly changes: number;
}

/** Two connections that insert and delete leads until the end; those with the source `steady` stay. */
function startChurn(stage: LeadsStage): Churn {
  const { tenantId } = stage;
  let isOver = false;
  let changes = 0;
  const churn = async () => {
    while (!isOver) {
      await stage.sql(insertLeads, [tenantId, "passing", 3]);
      const gone = await stage.sql(
        `DELETE FROM lead WHERE tenant_id = $1 AND id IN (
           SELECT id FROM lead WHERE tenant_id = $1 AND source = 'passing' ORDER BY random() LIMIT 3 FOR UPDATE SKIP LOCKED
         ) RETURNING id`,
        [tenantId],
      );
      changes += 3 + gone.length;
    }
  };
  const running = Promise.all([churn(), churn()]);
  return {
    get changes() {
      return changes;
    },
    async [Symbol.asyncDispose]() {
      isOver = true;
      await running;
    },
  };
}

async function walk(stage: LeadsStage, orderBy: LeadOrder[], size: number, isForward: boolean): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 200; pages++) {
    const range: object = isForward ? { first: size, after: cursor } : { last: size, before: cursor };
    const { nodes, pageInfo } = await stage.leads.leads(stage.context(), { orderBy, ...range });
    const found = nodes.map(({ id }) => id);
    if (isForward) ids.push(...found);
    else ids.unshift(...found);
    cursor = isForward ? pageInfo.endCursor : pageInfo.startCursor;
    if (!(isForward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return ids;
  }
  throw new Error("the walk doesn't end");
}

const key = fc.record({
  field: fc.constantFrom("CREATED_AT", "UPDATED_AT", "NAME", "EMAIL", "COMPANY"),
  direction: fc.constantFrom("ASC", "DESC"),
  nulls: fc.constantFrom("FIRST", "LAST"),
}) as fc.Arbitrary<LeadOrder>;

const orders = fc.uniqueArray(key, { maxLength: 3, selector: ({ field }) => field });

async function steadyInOrder(stage: LeadsStage, orderBy: readonly LeadOrder[]): Promise<string[]> {
  const terms = orderBy.map(({ field, direction, nulls }) => `${field.toLowerCase()} ${direction} NULLS ${nulls}`);
  const direction = orderBy.at(-1)?.direction ?? "ASC";
  const rows = await stage.sql<{ id: string }>(
    `SELECT id FROM lead WHERE source = 'steady' ORDER BY ${[...terms, `id ${direction}`].join(", ")}`,
  );
  return rows.map(({ id }) => toId("Lead", id));
}

test("a walk under inserts and deletes has each lead that lived throughout once, in order, both ways, in any order", async () => {
  await using stage = await setUpLeads();
  await stage.sql(insertLeads, [stage.tenantId, "steady", 60]);
  await stage.sql(insertLeads, [stage.tenantId, "passing", 60]);
  await using churn = startChurn(stage);
  await fc.assert(
    fc.asyncProperty(orders, fc.integer({ min: 2, max: 17 }), fc.boolean(), async (orderBy, size, isForward) => {
      const expected = await steadyInOrder(stage, orderBy);
      const before = churn.changes;
      const walked = await walk(stage, orderBy, size, isForward);
      expect(churn.changes).toBeGreaterThan(before);
      expect(new Set(walked).size).toBe(walked.length);
      const steady = new Set(expected);
      expect(walked.filter((id) => steady.has(id))).toEqual(expected);
    }),
    { numRuns: 60 },
  );
}, 120_000);
