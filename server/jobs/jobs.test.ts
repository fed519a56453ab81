import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { PgBoss } from "pg-boss";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { insertTenant, openDatabase } from "../../test/tenant-rows.ts";
import type { Database } from "../db/database.ts";
import type { JobKind } from "./job-kind.ts";
import { Jobs } from "./jobs.ts";

const kind: JobKind<{ mailId: string }> = {
  name: "mail",
  data: z.object({ mailId: z.string() }),
  concurrency: 1,
  perTenant: 1,
  expireSeconds: 60,
  retryLimit: 2,
  retryDelaySeconds: 1,
  retryDelayMaxSeconds: 10,
};

let testDatabase: TestDatabase;
let database: Database & AsyncDisposable;
let owner: pg.Pool;
let tenantId: string;
const jobs = new Jobs();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase(testDatabase.appUrl);
  owner = new pg.Pool({ connectionString: testDatabase.ownerUrl, max: 1 });
  tenantId = await insertTenant(database);
});

afterAll(async () => {
  await owner.end();
  await database.close();
  await testDatabase[Symbol.asyncDispose]();
});

describe("a job", () => {
  it("is the row that pg-boss itself would make", async () => {
    const boss = new PgBoss({
      connectionString: testDatabase.appUrl,
      migrate: false,
      supervise: false,
      schedule: false,
    });
    await boss.start();
    try {
      const startAfter = new Date("2031-02-03T04:05:06.000Z");
      const theirs = await boss.send("mail", { mailId: "x" }, { startAfter, group: { id: tenantId } });
      const { result: ours } = await database.transaction(tenantId, (tx) =>
        jobs.enqueue(tx, kind, { mailId: "x" }, { startAfter }),
      );
      const { rows } = await owner.query<{ job: Record<string, unknown> }>(
        "SELECT to_jsonb(j) - '{id,created_on}'::text[] AS job FROM pgboss.job j WHERE id = ANY ($1)",
        [[theirs, ours]],
      );
      expect(rows).toHaveLength(2);
      expect(rows[0]).toEqual(rows[1]);
    } finally {
      await boss.stop({ graceful: false });
    }
  });

  it("was never there when its transaction doesn't commit", async () => {
    let id: string | null = null;
    const failing = database.transaction(tenantId, async (tx) => {
      id = await jobs.enqueue(tx, kind, { mailId: "never" });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(id).not.toBeNull();
    const { rows } = await owner.query("SELECT FROM pgboss.job WHERE id = $1", [id]);
    expect(rows).toHaveLength(0);
  });

  it("is another tenant's neither to see nor to change, and can't be made for him", async () => {
    const other = await insertTenant(database);
    const { result: id } = await database.transaction(tenantId, (tx) => jobs.enqueue(tx, kind, { mailId: "mine" }));
    for (const table of ["pgboss.job", "pgboss.job_common"]) {
      const find = { text: `SELECT id FROM ${table} WHERE id = $1`, values: [id] };
      expect(await database.read(tenantId, (session) => session.query(find))).toHaveLength(1);
      expect(await database.read(other, (session) => session.query(find))).toHaveLength(0);
      const change = { text: `UPDATE ${table} SET group_id = $2 WHERE id = $1 RETURNING id`, values: [id, other] };
      expect(await database.read(other, (session) => session.query(change))).toHaveLength(0);
      await expect(database.read(tenantId, (session) => session.query(change))).rejects.toThrow("row-level security");
    }
  });

  it("needs a queue that exists", async () => {
    const lost = database.transaction(tenantId, (tx) => jobs.enqueue(tx, { ...kind, name: "lost" }, { mailId: "x" }));
    await expect(lost).rejects.toThrow("no queue of jobs is named lost");
  });
});

describe("the schema of jobs", () => {
  it("is the one that this version of pg-boss expects", async () => {
    const boss = new PgBoss({
      connectionString: testDatabase.ownerUrl,
      migrate: false,
      supervise: false,
      schedule: false,
    });
    await boss.start(); // throws when it wants another version
    try {
      expect(await boss.detectSchemaDrift()).toMatchObject({ ok: true });
    } finally {
      await boss.stop({ graceful: false });
    }
  });

  it("is not the server's to change", async () => {
    const alter = (text: string) => database.global((session) => session.query({ text }));
    await expect(alter("ALTER TABLE pgboss.job ADD COLUMN more text")).rejects.toThrow("must be owner");
    await expect(alter("DROP TABLE pgboss.version")).rejects.toThrow("must be owner");
    await expect(alter("CREATE TABLE pgboss.more (id int)")).rejects.toThrow("permission denied for schema pgboss");
  });
});
