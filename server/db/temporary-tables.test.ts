import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { insertTenant, openDatabase } from "../../test/tenant-rows.ts";
import { migrate } from "./migrate.ts";

let database: TestDatabase;
let server: pg.Client;
let tenantId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  {
    await using rows = openDatabase(database.appUrl);
    tenantId = await insertTenant(rows);
  }
  server = new pg.Client({ connectionString: database.appUrl });
  await server.connect();
  await server.query("SELECT set_config('nexora.tenant_id', $1, false)", [tenantId]);
});

afterAll(async () => {
  await server.end();
  await database[Symbol.asyncDispose]();
});

/** What a new database allows, and so a restored one. */
async function allowTemporaryTables(): Promise<void> {
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  try {
    await owner.query(`GRANT TEMPORARY ON DATABASE ${new URL(database.ownerUrl).pathname.slice(1)} TO PUBLIC`);
  } finally {
    await owner.end();
  }
}

it("keeps the server from creating temporary tables, in a restored database, too", async () => {
  await allowTemporaryTables();
  await server.query("CREATE TEMPORARY TABLE allowed ()");
  await expect(migrate(database.ownerUrl)).resolves.toEqual([]);
  await expect(server.query("CREATE TEMPORARY TABLE refused ()")).rejects.toMatchObject({ code: "42501" });
});

it("writes into its own tables where a session has temporary ones of the same names", async () => {
  await allowTemporaryTables();
  const client = await server.query<{ id: string }>(
    `INSERT INTO client (tenant_id, name, email, time_zone, locale) VALUES ($1, 'A client', 'client@example.com', 'Europe/Paris', 'fr')
     RETURNING id`,
    [tenantId],
  );
  const clientId = client.rows[0]?.id;
  const grant = `SELECT FROM credit_grant($1, 5, 'PROMO', 'grant', now(), '{"type": "SYSTEM"}')`;
  await server.query(grant, [clientId]);
  // By their columns: some of them the server may not even read, but everybody may look up how they are made.
  const { rows: tables } = await server.query<{ name: string; columns: string }>(
    `SELECT quote_ident(c.relname) AS name,
       string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') GROUP BY c.oid`,
  );
  for (const { name, columns } of tables) {
    await server.query(`CREATE TEMPORARY TABLE ${name} (${columns})`);
    await server.query(`GRANT ALL ON pg_temp.${name} TO PUBLIC`);
  }

  await server.query(`SELECT FROM credit_spend($1, 2, 'spend', now(), '{"type": "SYSTEM"}')`, [clientId]);
  const entry = { type: "x.y", subjectType: "Client", subjectId: clientId, actor: { type: "SYSTEM" }, data: {} };
  const told = { ...entry, id: randomUUID(), occurredAt: new Date().toISOString(), requestId: "test" };
  await server.query("SELECT journal_append($1)", [JSON.stringify([told])]);

  const { rows } = await server.query(
    `SELECT (SELECT balance FROM public.credit_balance)::int AS balance, (SELECT sum(amount) FROM public.ledger_entry WHERE lot_id IS NOT NULL)::int AS entered,
       (SELECT position FROM public.journal_head)::int AS head, (SELECT max(position) FROM public.journal_entry)::int AS last`,
  );
  expect(rows).toEqual([{ balance: 3, entered: 3, head: 1, last: 1 }]);
});
