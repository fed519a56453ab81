import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { insertTenant, openDatabase } from "../../test/tenant-rows.ts";
import { InProcessHints } from "../adapters/hints/in-process-hints.ts";
import type { Database } from "../db/database.ts";
import { JournalService } from "../journal/journal.service.ts";
import { TenantSchedules } from "./tenant-schedules.ts";

let testDatabase: TestDatabase;
let database: Database & AsyncDisposable;
const hints = new InProcessHints();

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase(testDatabase.appUrl);
});
afterAll(async () => {
  await hints.close();
  await database.close();
  await testDatabase[Symbol.asyncDispose]();
});

it("a schedule runs once for each occurrence, in the tenant's own time, also late and with two processes", async () => {
  const paris = await insertTenant(database); // Europe/Paris
  const tunis = await insertTenant(database);
  const move = (zone: string) =>
    database.transaction(tunis, (tx) =>
      tx.query({ text: "UPDATE tenant SET time_zone = $2 WHERE id = $1", values: [tunis, zone] }),
    );
  await move("Africa/Tunis");
  const ran: [string, string][] = [];
  const processes = [1, 2].map(() => {
    const schedules = new TenantSchedules(database, new JournalService(database, hints));
    schedules.register({
      name: "test-report",
      rule: { every: "DAY", at: "08:00" },
      run: async ({ tenantId }, occurrence) => void ran.push([tenantId, occurrence.toISOString()]),
    });
    return schedules;
  });
  const sweep = async (at: string) => {
    await Promise.all(processes.map((each) => each.runDue(new Date(at))));
    return ran.splice(0).toSorted((one, other) => (one[1] < other[1] ? -1 : 1));
  };

  expect(await sweep("2026-06-10T12:00:00Z")).toEqual([]); // begins with the next one
  expect(await sweep("2026-06-11T05:59:00Z")).toEqual([]);
  expect(await sweep("2026-06-11T06:00:00Z")).toEqual([[paris, "2026-06-11T06:00:00.000Z"]]);
  expect(await sweep("2026-06-11T07:30:00Z")).toEqual([[tunis, "2026-06-11T07:00:00.000Z"]]);
  expect(await sweep("2026-06-11T07:30:00Z")).toEqual([]);
  // The server was away for three days: one run each, then as before.
  expect(await sweep("2026-06-14T12:00:00Z")).toHaveLength(2);
  await move("America/New_York");
  expect(await sweep("2026-06-15T07:30:00Z")).toEqual([[paris, "2026-06-15T06:00:00.000Z"]]);
  expect(await sweep("2026-06-15T12:00:00Z")).toEqual([[tunis, "2026-06-15T12:00:00.000Z"]]);
});
