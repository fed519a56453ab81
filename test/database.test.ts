import { expect, test } from "@jest/globals";
import pg from "pg";
import { createTestDatabase } from "./database.ts";

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const migrations = "SELECT migration_name FROM _prisma_migrations";

test("gives each test a migrated database of its own", async () => {
  await using one = await createTestDatabase();
  await using other = await createTestDatabase();
  await query(one.ownerUrl, "CREATE TABLE only_here (id int)");

  const tables = await query(other.ownerUrl, "SELECT FROM pg_class WHERE relname = 'only_here'");
  expect(tables).toHaveLength(0);
  expect((await query(other.ownerUrl, migrations)).length).toBeGreaterThan(0);
});

test("gives the server's login no way around row-level security", async () => {
  await using database = await createTestDatabase();
  const role = "SELECT rolsuper OR rolbypassrls AS privileged FROM pg_roles WHERE rolname = current_user";
  expect(await query(database.appUrl, role)).toEqual([{ privileged: false }]);
});

test("fails a test that leaves a connection open", async () => {
  const database = await createTestDatabase();
  const leaked = new pg.Client({ connectionString: database.appUrl });
  leaked.on("error", () => undefined); // the database cuts it off
  await leaked.connect();
  await expect(database[Symbol.asyncDispose]()).rejects.toThrow("still open");
});
