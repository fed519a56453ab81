import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { Database } from "./database.ts";
import { RunningStatements } from "./running-statements.ts";

let testDatabase: TestDatabase;
let database: Database;
const [busy, other] = [randomUUID(), randomUUID()];
const late = new Error("too late");

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = new Database({ url: testDatabase.appUrl, poolSize: 5, statementTimeoutMs: 20_000 });
  // All connections are open before anything is measured.
  await Promise.all([busy, busy, busy, busy, other].map((tenantId) => slow(tenantId, 0.2)));
});

afterAll(async () => {
  await database.close();
  await testDatabase[Symbol.asyncDispose]();
});

const slow = (tenantId: string, seconds = 10) =>
  database.read(tenantId, (session) => session.query({ text: `SELECT pg_sleep(${seconds})` }));

describe("the statements of an operation", () => {
  it("are counted, by SQL and by Prisma, and not those of others", async () => {
    const running = new RunningStatements();
    await running.during(async () => {
      await database.read(busy, (session) => session.query({ text: "SELECT 1" }));
      await database.transaction(busy, async (session) => {
        await session.query({ text: "SELECT 2" });
        await session.prisma.tenant.findMany();
      });
    });
    await database.read(busy, (session) => session.query({ text: "SELECT 3" }));
    expect(running.count).toBe(3);
  });

  it("end when they are cancelled, several of one connection and those that wait for one, and the pool is free again", async () => {
    const running = new RunningStatements();
    const begunAt = performance.now();
    const all = running.during(() =>
      Promise.allSettled([
        slow(busy),
        database.read(busy, (session) =>
          Promise.allSettled([
            session.query({ text: "SELECT pg_sleep(10)" }),
            session.query({ text: "SELECT pg_sleep(10)" }),
          ]),
        ),
        slow(busy),
        slow(busy),
        slow(busy), // the fifth waits: a tenant gets four of five connections
      ]),
    );
    await sleep(200);
    running.cancel(late);
    const outcomes = await all;
    expect(performance.now() - begunAt).toBeLessThan(5_000);
    expect(outcomes[0]).toMatchObject({ status: "rejected", reason: { code: "57014" } });
    expect(outcomes[1]).toMatchObject({
      value: [
        { status: "rejected", reason: { code: "57014" } },
        { status: "rejected", reason: { code: "57014" } },
      ],
    });
    expect(outcomes[4]).toMatchObject({ status: "rejected", reason: late });
    await Promise.all(Array.from({ length: 20 }, () => slow(busy, 0)));
  });

  it("write nothing once they are cancelled", async () => {
    const id = randomUUID();
    const running = new RunningStatements();
    const write = running.during(() =>
      database.transaction(id, async (session) => {
        await session.prisma.tenant.create({
          data: { id, name: "A tenant", defaultCountry: "FR", timeZone: "Europe/Paris", locale: "fr", currency: "EUR" },
        });
        running.cancel(late);
      }),
    );
    await expect(write).rejects.toBe(late);
    expect(await database.read(id, (session) => session.query({ text: "SELECT id FROM tenant" }))).toEqual([]);
    await expect(running.during(() => slow(id, 0))).rejects.toBe(late);
  });

  it("leave connections to other tenants, however many one has running and waiting", async () => {
    const running = new RunningStatements();
    const flood = running.during(() => Promise.allSettled(Array.from({ length: 50 }, () => slow(busy))));
    await sleep(100);
    const begunAt = performance.now();
    await slow(other, 0);
    expect(performance.now() - begunAt).toBeLessThan(1_000);
    running.cancel(late);
    await flood;
  });
});
