import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type LeadsStage, setUpLeads } from "../../test/leads.ts";
import type { LeadFilter } from "../../schema/lead.ts";
import { toId } from "../operations/ids.ts";
import { canFindAtStart, canFindInside } from "../operations/filter-text.ts";

let stage: LeadsStage;

beforeAll(async () => {
  stage = await setUpLeads();
});
afterAll(async () => {
  await stage[Symbol.asyncDispose]();
});

/** What the database's role of the server may find, asked without the server. */
function search(tenantId: string, wanted: object, most = 100): Promise<string[] | null> {
  return stage.database.read(tenantId, async (session) => {
    const [row] = await session.query<{ found: string[] | null }>({
      text: "SELECT lead_search($1::jsonb, $2) AS found",
      values: [JSON.stringify(wanted), most],
    });
    return row?.found ?? null;
  });
}

async function found(filter: LeadFilter): Promise<string[]> {
  const { nodes } = await stage.leads.leads(stage.context(), { filter, first: 250 });
  return nodes.map(({ id }) => id).sort();
}

test("finds nothing of another tenant, whatever is asked", async () => {
  const other = await stage.createTenant();
  await stage.sql("INSERT INTO lead (tenant_id, name, tags) VALUES ($1, 'Secret Person', '{hidden}')", [
    other.tenantId,
  ]);
  const name = { field: "name", how: "contains", text: "secret" };
  expect(await search(other.tenantId, name)).toHaveLength(1);
  expect(await search(stage.tenantId, name)).toEqual([]);
  expect(await search(stage.tenantId, { any: [name, { field: "tags", how: "equals", text: "hidden" }] })).toEqual([]);
  for (const text of ["secret%') OR true --", "' OR ''='", "secret\\", "$1", "%s %L"]) {
    expect(await search(stage.tenantId, { field: "name", how: "contains", text })).toEqual([]);
  }
});

test("refuses what isn't a search, and lends nobody its rights", async () => {
  for (const wanted of [{ field: "message", how: "contains", text: "abc" }, { field: "name", text: "abc" }, {}]) {
    await expect(search(stage.tenantId, wanted)).rejects.toThrow();
  }
  const become = stage.database.read(stage.tenantId, (session) => session.query({ text: "SET ROLE nexora_search" }));
  await expect(become).rejects.toMatchObject({ code: "42501" });
});

test("says so when it finds too much, and then the list is walked through", async () => {
  await stage.sql(
    "INSERT INTO lead (tenant_id, source, name) SELECT $1, 'many', 'Multitude ' || n FROM generate_series(1, 2100) AS n",
    [stage.tenantId],
  );
  expect(await search(stage.tenantId, { field: "name", how: "contains", text: "multitude" }, 2_000)).toBeNull();
  const page = await stage.leads.leads(stage.context(), { filter: { name: { contains: "MULTITUDE" } }, first: 3 });
  expect(page.nodes).toHaveLength(3);
  expect(page.pageInfo.hasNextPage).toBe(true);
  await stage.sql("DELETE FROM lead WHERE source = 'many'");
});

/** Letters of several scripts with and without case, signs that mean something to LIKE, and blanks. */
const letter = fc.constantFrom(...Array.from("aAbB1é Éßẞ%_\\'@.-İıσςمح李明🙂"));
const text = fc.string({ unit: letter, minLength: 1, maxLength: 8 });

test("finds all that contains or starts with a text, in any case and script, as PostgreSQL compares them", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 12 }), text, async (names, wanted) => {
      await stage.sql("DELETE FROM lead");
      await stage.sql(
        "INSERT INTO lead (tenant_id, name, tags) SELECT $1, name, ARRAY[name] FROM unnest($2::text[]) AS name",
        [stage.tenantId, names],
      );
      const truth = async (condition: string) => {
        const folded = (sql: string) => `casefold(${sql} COLLATE pg_unicode_fast)`;
        const rows = await stage.sql<{ id: string }>(
          `SELECT id FROM lead WHERE ${condition}(${folded("name")}, ${folded("$1::text")})`,
          [wanted],
        );
        return rows.map(({ id }) => toId("Lead", id)).sort();
      };
      if (canFindInside(wanted)) {
        const inside = await truth("0 < strpos");
        expect(await found({ name: { contains: wanted } })).toEqual(inside);
        expect(await found({ tags: { some: { contains: wanted } } })).toEqual(inside);
      }
      if (canFindAtStart(wanted)) {
        const atStart = await truth("starts_with");
        expect(await found({ name: { startsWith: wanted } })).toEqual(atStart);
        expect(await found({ tags: { some: { startsWith: wanted } } })).toEqual(atStart);
      }
      const equal = await stage.sql<{ id: string }>("SELECT id FROM lead WHERE name = $1", [wanted]);
      const exactly = equal.map(({ id }) => toId("Lead", id)).sort();
      expect(await found({ tags: { some: { eq: wanted } } })).toEqual(exactly);
      expect(await found({ tags: { some: { in: [wanted, "x"] } } })).toEqual(exactly);
    }),
    { numRuns: 60 },
  );
}, 60_000);
