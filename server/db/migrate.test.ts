import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import pg from "pg";
import { runFolder } from "../../test/run-folder.ts";
import { testServices } from "../../test/services.ts";
import { migrate, migrationsDirectory } from "./migrate.ts";

const name = `migrated_${randomUUID().replaceAll("-", "")}`;
const roles = "nexora_app, nexora_journal, nexora_search, nexora_ledger, nexora_booking, nexora_collector";
let superuser: pg.Client;
let earlier: string;
/** Of a login that owns its database and may create roles, and no more, as a hosted PostgreSQL gives one. */
let ownerUrl: string;

beforeAll(async () => {
  earlier = await mkdtemp(join(runFolder(), "migrations-"));
  superuser = new pg.Client({ connectionString: testServices().templateOwnerUrl });
  await superuser.connect();
  await superuser.query(`CREATE ROLE ${name} LOGIN CREATEROLE PASSWORD 'of a test'`);
  // Where it is the first of its cluster it makes them itself, which gives it just this.
  await superuser.query(`GRANT ${roles} TO ${name} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE`);
  await superuser.query(`CREATE DATABASE ${name} OWNER ${name}`);
  const url = new URL(testServices().templateOwnerUrl);
  [url.username, url.password, url.pathname] = [name, "of a test", `/${name}`];
  ownerUrl = url.href;
});

afterAll(async () => {
  await superuser.query(`DROP DATABASE IF EXISTS ${name}`);
  await superuser.query(`REVOKE ${roles} FROM ${name} CASCADE`);
  await superuser.query(`DROP ROLE ${name}`);
  await superuser.end();
  await rm(earlier, { recursive: true });
});

it("brings a database of an earlier version up to date, as an owner who is no superuser", async () => {
  const all = (await readdir(migrationsDirectory)).filter((each) => /^\d/u.test(each)).toSorted();
  const from = all.findIndex((each) => each.endsWith("_no_temporary_tables"));
  for (const each of all.slice(0, from)) {
    await cp(join(migrationsDirectory, each), join(earlier, each), { recursive: true });
  }
  await expect(migrate(ownerUrl, { directory: earlier })).resolves.toEqual(all.slice(0, from));
  await expect(migrate(ownerUrl)).resolves.toEqual(all.slice(from));
  await expect(migrate(ownerUrl)).resolves.toEqual([]);

  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ paths: string[]; may_create: boolean }>(
      `SELECT array_agg(DISTINCT array_to_string(proconfig, ';')) AS paths,
         has_database_privilege('nexora_app', current_database(), 'TEMPORARY') AS may_create
       FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef`,
    );
    expect(rows[0]?.may_create).toBe(false);
    for (const path of rows[0]?.paths ?? []) expect(path).toContain("search_path=pg_catalog, public, pg_temp");
  } finally {
    await owner.end();
  }
});

it("accepts a migration that was amended without a change of its effect, and refuses any other change", async () => {
  const amended = "20261121000250_sessions";
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const remember = async (checksum: string) =>
      owner.query("UPDATE _prisma_migrations SET checksum = $1 WHERE migration_name = $2", [checksum, amended]);
    await remember("9fb6c1a9a62a6ed581c498c52a416afdf6287ec5265c362976d59f2202c15454");
    await expect(migrate(ownerUrl)).resolves.toEqual([]);
    await remember("0".repeat(64));
    await expect(migrate(ownerUrl)).rejects.toThrow(`migration ${amended} was changed`);
  } finally {
    await owner.end();
  }
});
