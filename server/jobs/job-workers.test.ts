import { spawn } from "node:child_process";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from "@jest/globals";
import pg from "pg";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { insertTenant, openDatabase } from "../../test/tenant-rows.ts";
import { waitFor } from "../../test/wait-for.ts";
import type { Database } from "../db/database.ts";
import { createLog } from "../log.ts";
import { JobFailure } from "./job-failure.ts";
import type { JobHandler, JobKind } from "./job-kind.ts";
import { prepareQueues } from "./job-queues.ts";
import { JobWorkers } from "./job-workers.ts";
import { Jobs } from "./jobs.ts";
import { Sweeps } from "./sweeps.ts";

jest.setTimeout(60_000);

const kind: JobKind<{ number: number }> = {
  name: "test-job",
  data: z.object({ number: z.int() }),
  concurrency: 4,
  perTenant: 2,
  expireSeconds: 60,
  retryLimit: 2,
  retryDelaySeconds: 1,
  retryDelayMaxSeconds: 1,
};

let testDatabase: TestDatabase;
let database: Database & AsyncDisposable;
let owner: pg.Pool;
const jobs = new Jobs();
const log = createLog({ level: "silent" });

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  owner = new pg.Pool({ connectionString: testDatabase.ownerUrl, max: 1 });
});
afterAll(async () => {
  await owner.end();
  await testDatabase[Symbol.asyncDispose]();
});
beforeEach(async () => {
  database = openDatabase(testDatabase.appUrl);
  await prepareQueues(database, [kind]);
});
afterEach(async () => {
  await owner.query("DELETE FROM pgboss.job");
  await database.close();
});

function workers(handle: JobHandler<{ number: number }>, sweeps = new Sweeps(() => new Date(), log)) {
  const options = {
    url: testDatabase.appUrl,
    sweeps,
    log,
    stopTimeoutMs: 20_000,
    superviseSeconds: 1,
    pollSeconds: 0.5,
  };
  const made = new JobWorkers(options);
  made.register(kind, handle);
  made.start();
  return Object.assign(made, { [Symbol.asyncDispose]: () => made.stop() });
}

async function enqueue(tenantId: string, numbers: readonly number[], startAfter?: Date): Promise<void> {
  await database.transaction(tenantId, async (tx) => {
    for (const number of numbers)
      await jobs.enqueue(tx, kind, { number }, startAfter === undefined ? {} : { startAfter });
  });
}

async function states(): Promise<string[]> {
  const { rows } = await owner.query<{ state: string }>(
    "SELECT name || ' ' || state AS state FROM pgboss.job WHERE name NOT LIKE '\\_\\_%' ORDER BY 1",
  );
  return rows.map(({ state }) => state);
}

describe("workers", () => {
  it("do each job once, with its tenant and its data, and not before its instant", async () => {
    const tenantId = await insertTenant(database);
    const done: string[] = [];
    await enqueue(tenantId, [1, 2, 3]);
    await enqueue(tenantId, [4], new Date(Date.now() + 3_600_000));
    await using _ = workers(async (job) => void done.push(`${job.tenantId} ${job.data.number}`));
    await waitFor(async () => (await states()).filter((state) => state.endsWith("completed")).length === 3);
    expect(done.toSorted()).toEqual([1, 2, 3].map((number) => `${tenantId} ${number}`));
    expect(await states()).toContain("test-job created");
  });

  it("try again, and make a dead letter of what fails as often as it may", async () => {
    const tenantId = await insertTenant(database);
    let attempts = 0;
    await enqueue(tenantId, [1]);
    await using _ = workers(() => {
      attempts += 1;
      return Promise.reject(new JobFailure("the bank is closed"));
    });
    await waitFor(async () => (await states()).includes("dead-letters created"));
    expect(attempts).toBe(3);
    const { rows } = await owner.query<{ output: unknown }>(
      "SELECT source_output AS output FROM pgboss.job WHERE name = 'dead-letters'",
    );
    expect(rows[0]?.output).toEqual({ message: "the bank is closed" });
  });

  it("don't let a tenant with many jobs keep the others waiting, nor have more at once than it may", async () => {
    const [busy, other] = [await insertTenant(database), await insertTenant(database)];
    await enqueue(
      busy,
      Array.from({ length: 60 }, (_, index) => index),
    );
    await enqueue(other, [1]);
    const order: (string | undefined)[] = [];
    let running = 0;
    let most = 0;
    await using _ = workers(async ({ tenantId }) => {
      running += tenantId === busy ? 1 : 0;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 50));
      running -= tenantId === busy ? 1 : 0;
      order.push(tenantId);
    });
    await waitFor(() => order.includes(other));
    expect(order.indexOf(other)).toBeLessThan(20);
    expect(most).toBeLessThanOrEqual(kind.concurrency);
  });

  it("finish what they have begun when they stop, and begin nothing more", async () => {
    const tenantId = await insertTenant(database);
    await enqueue(tenantId, [1, 2, 3, 4, 5, 6, 7, 8]);
    let begun = 0;
    let ended = 0;
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const made = workers(async () => {
      begun += 1;
      await held;
      ended += 1;
    });
    await waitFor(() => begun > 0);
    const stopping = made.stop();
    release();
    await stopping;
    expect(ended).toBe(begun);
    const waiting = (await states()).filter((state) => state.endsWith("created"));
    expect(waiting).toHaveLength(8 - begun);
    expect((await states()).filter((state) => state.endsWith("active"))).toEqual([]);
  });

  it("do again what a killed process was doing", async () => {
    const tenantId = await insertTenant(database);
    await enqueue(tenantId, [7]);
    const child = spawn(process.execPath, ["--import", "tsx", "test/stuck-worker.ts", testDatabase.appUrl, kind.name], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const exited = new Promise((resolve) => child.once("exit", resolve));
    await new Promise((resolve) => child.stdout.once("data", resolve));
    child.kill("SIGKILL");
    await exited;
    expect(await states()).toEqual(["test-job active"]);
    // What a worker that lives refreshes; we don't wait for the half minute.
    await owner.query("UPDATE pgboss.job SET heartbeat_on = heartbeat_on - interval '1 hour' WHERE state = 'active'");
    const done: number[] = [];
    await using _ = workers(async ({ data }) => void done.push(data.number));
    await waitFor(() => done.length > 0);
    expect(done).toEqual([7]);
  });

  it("run the sweeps that are due, by the clock that the server was given", async () => {
    const at = new Date("2031-02-03T04:05:00Z");
    const seen: Date[] = [];
    const sweeps = new Sweeps(() => at, log);
    sweeps.register({ name: "test-sweep", everyMinutes: 1, runDue: async (now) => void seen.push(now) });
    await using _ = workers(() => Promise.resolve(), sweeps);
    await waitFor(async () => {
      const { rowCount } = await owner.query(
        "SELECT FROM pgboss.schedule WHERE key = 'test-sweep' AND cron = '* * * * *'",
      );
      return rowCount === 1;
    });
    // As the schedule does, without waiting for the minute.
    await owner.query(
      `INSERT INTO pgboss.job (name, data, policy, singleton_key) VALUES ('sweep', '{"sweep": "test-sweep"}', 'stately', 'test-sweep')`,
    );
    await waitFor(() => seen.length > 0);
    expect(seen[0]).toEqual(at);
  });
});
