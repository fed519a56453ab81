import { randomUUID } from "node:crypto";
import pg from "pg";
import { testServices } from "./services.ts";
import { databaseZoneOf } from "./test-zones.ts";

export interface TestDatabase extends AsyncDisposable {
  /** For migrations and for looking behind the server's back. */
  ownerUrl: string;
  /** What the server connects with: row-level security holds. */
  appUrl: string;
}

const objectInUse = "55006";

/** A migrated database of its own, gone when it is disposed: `await using database = await createTestDatabase()`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { templateOwnerUrl, templateAppUrl } = testServices();
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  const template = decodeURIComponent(new URL(templateOwnerUrl).pathname.slice(1));
  await runAsOwner(
    `CREATE DATABASE "${name}" TEMPLATE "${template}"`,
    `REVOKE TEMPORARY ON DATABASE "${name}" FROM PUBLIC`, // as the migrations do: a copy has the rights of a new one
    `ALTER DATABASE "${name}" SET timezone TO '${databaseZoneOf(process.env["TZ"])}'`,
  );
  return {
    ownerUrl: withDatabase(templateOwnerUrl, name),
    appUrl: withDatabase(templateAppUrl, name),
    [Symbol.asyncDispose]: () => drop(name),
  };
}

async function drop(name: string): Promise<void> {
  try {
    await runAsOwner(`DROP DATABASE "${name}"`); // PostgreSQL itself waits some seconds for connections that are ending
  } catch (error) {
    if (!isObjectInUse(error)) throw error;
    await runAsOwner(`DROP DATABASE "${name}" WITH (FORCE)`);
    throw new Error("A connection to the test's database is still open: close every pool before the test ends", {
      cause: error,
    });
  }
}

function isObjectInUse(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === objectInUse;
}

/** In `postgres`, because a database that somebody is connected to can be neither copied nor dropped. */
async function runAsOwner(...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: withDatabase(testServices().templateOwnerUrl, "postgres") });
  await client.connect();
  try {
    for (const sql of statements) await client.query(sql);
  } finally {
    await client.end();
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
