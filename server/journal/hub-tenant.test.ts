import { randomUUID } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { createTestDatabase } from "../../test/database.ts";
import { insertTenant, openDatabase } from "../../test/tenant-rows.ts";
import { InProcessHints } from "../adapters/hints/in-process-hints.ts";
import { createLog } from "../log.ts";
import { HubTenant } from "./hub-tenant.ts";
import { JournalReader } from "./journal-reader.ts";
import { JournalService } from "./journal.service.ts";

describe("a followed tenant", () => {
  it("never gives an entry that memory hasn't seen, though PostgreSQL has it already", async () => {
    await using testDatabase = await createTestDatabase();
    await using database = openDatabase(testDatabase.appUrl);
    const tenantId = await insertTenant(database);
    const journal = new JournalService(database, new InProcessHints());
    await journal.transaction({ tenantId, actor: { type: "SYSTEM" }, requestId: "test" }, (transaction) => {
      for (let index = 0; index < 10; index += 1) {
        const type = index % 2 === 0 ? "lead.updated" : "lead.noted";
        transaction.record({ type, subjectType: "Lead", subjectId: randomUUID(), data: {} });
      }
      return Promise.resolve();
    });
    // It began to follow at 6, and nothing has told it of the other four yet.
    const tenant = new HubTenant({
      tenantId,
      head: 6n,
      reader: new JournalReader(database),
      log: createLog({ level: "silent" }),
      onEntry: () => undefined,
    });
    const { records, through } = await tenant.page(2n);
    expect(records.map(({ position }) => position)).toEqual([3n, 4n, 5n, 6n]);
    expect(through).toBe(6n);
    const some = await tenant.page(2n, ["lead.noted"]);
    expect(some.records.map(({ position }) => position)).toEqual([4n, 6n]);
    expect(some.through).toBe(6n);

    await tenant.sync();
    expect((await tenant.page(2n)).through).toBe(10n);
    tenant.close();
  });
});
