import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";

/** Tables that belong to no tenant, and why. */
const globalTables: Readonly<Record<string, string>> = {
  _prisma_migrations: "which migrations the database has",
  link_slug: "whose a slug is: who opens /l/<slug> brings no tenant; the server reaches it by two functions only",
  checkpoint_key: "public keys of this installation",
  signing_key: "key ids of access tokens; no secrets",
  throttle: "failed sign-ins, counted before anybody's tenant is known",
};

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await database[Symbol.asyncDispose]();
});

async function rows<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
  return (await owner.query<Row>(text)).rows;
}

/** tenant's own id is its tenant id. */
const tenantColumn = "CASE WHEN c.relname = 'tenant' THEN 'id' ELSE 'tenant_id' END";

describe("the catalogue of the database", () => {
  it("has a tenant in every table that isn't global", async () => {
    const tables = await rows<{ name: string }>(`
      SELECT c.relname AS name FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'tenant'
        AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnotnull)`);
    expect(tables.map((table) => table.name).toSorted()).toEqual(Object.keys(globalTables).toSorted());
  });

  it("has row-level security on, forced, and with a policy for each tenant-owned table", async () => {
    const unprotected = await rows<{ name: string }>(`
      SELECT c.relname AS name FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND c.relname NOT IN (${Object.keys(globalTables)
          .map((name) => `'${name}'`)
          .join(", ")})
        AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (
          SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'tenant_isolation' AND p.polcmd = '*'
            AND pg_get_expr(p.polqual, c.oid) = '(' || ${tenantColumn} || ' = nexora_tenant())'
            AND pg_get_expr(p.polwithcheck, c.oid) = '(' || ${tenantColumn} || ' = nexora_tenant())'))`);
    expect(unprotected).toEqual([]);
  });

  it("lets nobody but the server call a function that acts as another role", async () => {
    const open = await rows(`
      SELECT p.proname AS name FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
      WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
        AND a.grantee NOT IN (p.proowner, 'nexora_app'::regrole, 'nexora_booking'::regrole) -- which books for the server
        AND NOT (a.grantee = 'nexora_ledger'::regrole AND p.proname = 'journal_append')`); // a spend tells of itself
    expect(open).toEqual([]);
  });

  it("has no function with another role's rights, nor anything it may run, that finds temporary tables before ours", async () => {
    const shadowed = await rows(`
      SELECT p.oid::regprocedure::text AS function, p.proconfig FROM pg_proc p
      WHERE p.pronamespace IN ('public'::regnamespace, 'pgboss'::regnamespace)
        AND (p.prosecdef OR p.prorettype = 'trigger'::regtype
          OR EXISTS (SELECT FROM unnest(p.proconfig) setting WHERE setting LIKE 'search\\_path=%'))
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
        AND NOT coalesce('search_path=pg_catalog, public, pg_temp' = ANY (p.proconfig), false)`);
    // In the migration: CREATE FUNCTION … SET search_path = pg_catalog, public, pg_temp
    expect(shadowed).toEqual([]);
  });

  it("has the tenant in every unique index", async () => {
    const without = await rows(`
      SELECT i.indexrelid::regclass::text AS index FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
      WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique
        AND c.relname NOT IN (${Object.keys(globalTables)
          .map((name) => `'${name}'`)
          .join(", ")})
        AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey) AND a.attname = ${tenantColumn})`);
    expect(without).toEqual([]);
  });

  it("has the tenant on both sides of every foreign key", async () => {
    const without = await rows(`
      SELECT f.conname FROM pg_constraint f JOIN pg_class c ON c.oid = f.conrelid
      WHERE f.contype = 'f' AND c.relnamespace = 'public'::regnamespace
        AND NOT EXISTS (
          SELECT FROM unnest(f.conkey, f.confkey) AS pair(own, other)
          JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = pair.own AND a.attname = 'tenant_id'
          JOIN pg_attribute b ON b.attrelid = f.confrelid AND b.attnum = pair.other
            AND b.attname = CASE WHEN f.confrelid = 'tenant'::regclass THEN 'id' ELSE 'tenant_id' END)`);
    expect(without).toEqual([]);
  });

  it("keeps the order of rows exact to what JavaScript can hold: instants have milliseconds", async () => {
    const finer = await rows(`
      SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> '_prisma_migrations'
        AND a.attnum > 0 AND a.atttypid IN ('timestamptz'::regtype, 'timestamp'::regtype)
        AND format_type(a.atttypid, a.atttypmod) <> 'timestamp(3) with time zone'`);
    expect(finer).toEqual([]);
  });

  it("lets the server neither change nor remove what is in the journal", async () => {
    const server = new pg.Client({ connectionString: database.appUrl });
    await server.connect();
    try {
      for (const statement of [
        "INSERT INTO journal_entry (position) VALUES (1)",
        "UPDATE journal_entry SET type = 'x'",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "UPDATE journal_head SET position = 0",
        "DELETE FROM journal_head",
        "UPDATE journal_tile SET root = root",
        "DELETE FROM journal_checkpoint",
        "SELECT FROM link_slug",
        "INSERT INTO link_slug DEFAULT VALUES",
        "UPDATE checkpoint_key SET public_key = public_key",
        "ALTER TABLE lead DISABLE ROW LEVEL SECURITY",
        "SET ROLE nexora_journal",
        "SET ROLE nexora_search",
        "SET ROLE nexora_ledger",
        "INSERT INTO session (status) VALUES ('CONFIRMED')",
        "UPDATE booking SET payment = 'FREE'",
        "SET ROLE nexora_booking",
        "SET ROLE nexora_collector",
        "INSERT INTO event (type) VALUES ('track')",
        "UPDATE event SET type = 'track'",
        "SELECT FROM event_default",
      ]) {
        await expect(server.query(statement)).rejects.toMatchObject({ code: "42501" });
      }
    } finally {
      await server.end();
    }
  });

  it("gives the server's role no way around row-level security", async () => {
    const roles = await rows(`
      SELECT rolname FROM pg_roles
      WHERE (rolsuper OR rolbypassrls) AND (rolname IN ('nexora_app', 'nexora_journal', 'nexora_search', 'nexora_ledger', 'nexora_booking', 'nexora_collector') OR pg_has_role('nexora_app', oid, 'MEMBER'))`);
    expect(roles).toEqual([]);
  });
});
