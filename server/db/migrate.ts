import { createHash, randomUUID } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import pg from "pg";

export interface MigrateOptions {
  /** The server's own login. Its role is created or updated, and made a member of nexora_app. */
  readonly appUrl?: string | undefined;
  readonly connectTimeoutMs?: number;
  /** Folder of folders with a migration.sql each, applied in the order of their names. */
  readonly directory?: string;
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
  /** Checksums of earlier texts that left a database in the same state: a line `-- supersedes <sha256>` for each. */
  readonly superseded: readonly string[];
}

export const migrationsDirectory = path.resolve("prisma/migrations");

// Any number, the same in every process: only one of them migrates a database at a time.
const migrationLock = 7_201_984;

/**
 * Applies the migrations that the database doesn't have yet, each in a transaction, and records them in Prisma's own table
 * with Prisma's checksum, so that `prisma migrate status` and `prisma migrate deploy` agree elsewhere.
 * Returns the names of those applied.
 */
export async function migrate(ownerUrl: string, options: MigrateOptions = {}): Promise<string[]> {
  const migrations = await readMigrations(options.directory ?? migrationsDirectory);
  const client = new pg.Client({
    connectionString: ownerUrl,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 20_000,
    application_name: "nexora-migrate",
  });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [migrationLock]);
    await client.query(createMigrationTable);
    const applied = await readApplied(client);
    const names: string[] = [];
    for (const migration of migrations) {
      const checksum = applied.get(migration.name);
      if (checksum === undefined) {
        await apply(client, migration);
        names.push(migration.name);
      } else if (migration.superseded.includes(checksum)) {
        await client.query("UPDATE _prisma_migrations SET checksum = $1 WHERE migration_name = $2", [
          migration.checksum,
          migration.name,
        ]);
      } else if (checksum !== migration.checksum) {
        throw new Error(`migration ${migration.name} was changed after it had been applied to this database`);
      }
    }
    await refuseTemporaryTables(client);
    if (options.appUrl !== undefined) await giveLogin(client, new URL(options.appUrl));
    return names;
  } finally {
    await client.end();
  }
}

/** Whether the database has every migration of this version. */
export async function isMigrated(query: (text: string) => Promise<{ migration_name: string }[]>): Promise<boolean> {
  const rows = await query("SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL");
  const applied = new Set(rows.map((row) => row.migration_name));
  const migrations = await readMigrations(migrationsDirectory);
  return migrations.every((migration) => applied.has(migration.name));
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const folders = (await readdir(directory, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const names = folders.map((folder) => folder.name).toSorted();
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(path.join(directory, name, "migration.sql"), "utf8");
      const superseded = [...sql.matchAll(/^-- supersedes ([0-9a-f]{64})$/gmu)].map(([, checksum = ""]) => checksum);
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex"), superseded };
    }),
  );
}

async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    "SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
  );
  return new Map(rows.map((row) => [row.migration_name, row.checksum]));
}

async function apply(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw new Error(`migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/**
 * Nothing of ours needs temporary tables. Not a migration, since a copy or a restored dump of a database has the rights of a
 * new one. A login that doesn't own the database is only warned by PostgreSQL; then its owner has to do it (docs/operations.md).
 */
async function refuseTemporaryTables(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; may_create: boolean }>(
    `SELECT current_database() AS name, has_database_privilege('nexora_app', current_database(), 'TEMPORARY') AS may_create`,
  );
  for (const { name, may_create: mayCreate } of rows) {
    if (mayCreate)
      await client.query(`REVOKE TEMPORARY ON DATABASE ${pg.escapeIdentifier(name)} FROM PUBLIC, nexora_app`);
  }
}

async function giveLogin(client: pg.Client, url: URL): Promise<void> {
  const role = decodeURIComponent(url.username);
  const name = pg.escapeIdentifier(role);
  const password = pg.escapeLiteral(decodeURIComponent(url.password));
  const { rowCount } = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
  await client.query(
    rowCount === 0
      ? `CREATE ROLE ${name} LOGIN NOBYPASSRLS PASSWORD ${password}`
      : `ALTER ROLE ${name} LOGIN PASSWORD ${password}`,
  );
  if (role !== "nexora_app") await client.query(`GRANT nexora_app TO ${name} WITH INHERIT TRUE`);
}

// The table as Prisma's schema engine creates it.
const createMigrationTable = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id varchar(36) PRIMARY KEY NOT NULL,
    checksum varchar(64) NOT NULL,
    finished_at timestamptz,
    migration_name varchar(255) NOT NULL,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz NOT NULL DEFAULT now(),
    applied_steps_count integer NOT NULL DEFAULT 0
  )`;
