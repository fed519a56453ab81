import { randomUUID } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import pg from "pg";
import { createTestDatabase } from "../../test/database.ts";
import { insertTenant, openDatabase } from "../../test/tenant-rows.ts";
import type { Database } from "../db/database.ts";
import type { JournalDraft } from "./entry.ts";
import type { Hint, HintBus } from "./hints.port.ts";
import { JournalReader } from "./journal-reader.ts";
import { JournalService, type Scope } from "./journal.service.ts";

class RecordedHints implements HintBus {
  readonly published: Hint[] = [];
  publish(hint: Hint): void {
    this.published.push(hint);
  }
  subscribe(): Promise<() => Promise<void>> {
    return Promise.resolve(() => Promise.resolve());
  }
  onReconnect(): void {}
  isHealthy(): Promise<boolean> {
    return Promise.resolve(true);
  }
  close(): Promise<void> {
    return Promise.resolve();
  }
}

function draft(index: number, personal?: Record<string, unknown>): JournalDraft {
  return {
    type: "lead.updated",
    subjectType: "Lead",
    subjectId: randomUUID(),
    data: { index },
    ...(personal === undefined ? {} : { personal }),
  };
}

const scopeOf = (tenantId: string): Scope => ({ tenantId, actor: { type: "SYSTEM" }, requestId: "test" });

async function verify(database: Database, tenantId: string, first = 1, last = 1_000_000) {
  const [row] = await database.read(tenantId, (session) =>
    session.query({ text: "SELECT entries, first_bad_position FROM journal_verify($1, $2)", values: [first, last] }),
  );
  return row;
}

async function withJournal(
  work: (parts: {
    database: Database;
    journal: JournalService;
    hints: RecordedHints;
    tenantId: string;
    ownerUrl: string;
    appUrl: string;
  }) => Promise<void>,
): Promise<void> {
  await using testDatabase = await createTestDatabase();
  await using database = openDatabase(testDatabase.appUrl, 10);
  const hints = new RecordedHints();
  const tenantId = await insertTenant(database);
  await work({ database, journal: new JournalService(database, hints), hints, tenantId, ...testDatabase });
}

describe("the journal", () => {
  it("numbers entries without gaps in commit order under parallel writers that roll back at random", () =>
    withJournal(async ({ database, journal, hints, tenantId, appUrl }) => {
      await using other = openDatabase(appUrl, 10);
      const elsewhere = new JournalService(other, hints);
      const outcomes = await Promise.all(
        Array.from({ length: 200 }, async (_, index) => {
          try {
            const writer = index % 2 === 0 ? journal : elsewhere;
            const { position } = await writer.transaction(scopeOf(tenantId), async (transaction) => {
              transaction.record(draft(index));
              if (index % 5 === 0) transaction.record(draft(index));
              await transaction.query({ text: "SELECT 1" });
              if (index % 3 === 0) throw new Error("changed my mind");
            });
            return { index, position };
          } catch {
            return { index, position: undefined };
          }
        }),
      );
      const entries = await new JournalReader(database).page({ tenantId, after: 0n, limit: 1_000 });
      expect(entries.map((entry) => entry.position)).toEqual(entries.map((_, index) => BigInt(index + 1)));
      const committed = outcomes.filter((outcome) => outcome.position !== undefined);
      expect(committed.map((outcome) => outcome.index % 3 === 0)).not.toContain(true);
      for (const { index, position } of committed) {
        expect(entries.find((entry) => entry.position === position)?.data).toEqual({ index });
      }
      expect(entries).toHaveLength(committed.length + committed.filter(({ index }) => index % 5 === 0).length);
      expect(hints.published).toHaveLength(committed.length);
      expect(await verify(database, tenantId)).toEqual({ entries: BigInt(entries.length), first_bad_position: null });
    }));

  it("says nothing and needs no lock when nothing was recorded", () =>
    withJournal(async ({ journal, hints, tenantId }) => {
      const { position } = await journal.transaction(scopeOf(tenantId), () => Promise.resolve());
      expect(position).toBeUndefined();
      expect(hints.published).toEqual([]);
    }));

  it("stores quotes, backslashes and accents as they are", () =>
    withJournal(async ({ database, journal, tenantId }) => {
      const personal = { name: `O'Brien \\ "Zoé" $1 ; COMMIT -- 🙂` };
      await journal.transaction(scopeOf(tenantId), (transaction) =>
        Promise.resolve(transaction.record(draft(1, personal))),
      );
      const [entry] = await new JournalReader(database).page({ tenantId, after: 0n, limit: 1 });
      expect(entry?.personal).toEqual(personal);
    }));

  const tampering: readonly [name: string, statement: string, position: bigint][] = [
    ["a changed payload", `UPDATE journal_entry SET data = '{"index":99}' WHERE position = 5`, 5n],
    ["a changed type", "UPDATE journal_entry SET type = 'lead.moved' WHERE position = 5", 5n],
    [
      "a changed instant",
      "UPDATE journal_entry SET occurred_at = occurred_at + interval '1 ms' WHERE position = 5",
      5n,
    ],
    ["a changed actor", `UPDATE journal_entry SET actor = '{"type":"MEMBER"}' WHERE position = 5`, 5n],
    ["a changed hash", "UPDATE journal_entry SET hash = sha256(hash) WHERE position = 5", 5n],
    ["changed personal data", `UPDATE journal_entry SET personal = '{"email":"b@example.com"}' WHERE position = 5`, 5n],
    [
      "personal data erased without a deletion",
      "UPDATE journal_entry SET personal = NULL, personal_salt = NULL WHERE position = 5",
      5n,
    ],
    ["personal data added", `UPDATE journal_entry SET personal = '{}' WHERE position = 6`, 6n],
    ["a removed entry", "DELETE FROM journal_entry WHERE position = 5", 5n],
    ["the first entry removed", "DELETE FROM journal_entry WHERE position = 1", 1n],
    ["the last entry removed", "DELETE FROM journal_entry WHERE position = 10", 10n],
    ["all entries removed", "DELETE FROM journal_entry", 1n],
    [
      "two entries swapped",
      "UPDATE journal_entry SET position = -position WHERE position IN (4, 5); UPDATE journal_entry SET position = 9 + position WHERE position < 0",
      4n,
    ],
    ["an entry moved behind the head", "UPDATE journal_entry SET position = 12 WHERE position = 10", 10n],
    [
      "an entry added behind the head",
      "INSERT INTO journal_entry SELECT tenant_id, 11, uuidv7(), type, subject_type, subject_id, actor, request_id, occurred_at, data, personal, personal_salt, personal_hash, hash FROM journal_entry WHERE position = 10",
      11n,
    ],
    ["the head turned back", "UPDATE journal_head SET position = 9", 9n],
  ];

  it.each(tampering)("finds %s", (_name, statement, position) =>
    withJournal(async ({ database, journal, tenantId, ownerUrl }) => {
      for (let index = 1; index <= 10; index += 1) {
        const personal = index === 5 ? { email: "a@example.com" } : undefined;
        await journal.transaction(scopeOf(tenantId), (transaction) =>
          Promise.resolve(transaction.record(draft(index, personal))),
        );
      }
      const owner = new pg.Client({ connectionString: ownerUrl });
      await owner.connect();
      await owner.query(statement);
      await owner.end();
      expect(await verify(database, tenantId)).toMatchObject({ first_bad_position: position });
      // In pages too, as long journals are read.
      const paged = [
        await verify(database, tenantId, 1, 3),
        await verify(database, tenantId, 4, 7),
        await verify(database, tenantId, 8),
      ];
      expect(paged.map((page) => page?.["first_bad_position"] as bigint | null).find((bad) => bad !== null)).toBe(
        position,
      );
    }),
  );

  it("still verifies after personal data was erased together with its subject", () =>
    withJournal(async ({ database, journal, tenantId }) => {
      const entry = draft(1, { email: "a@example.com" });
      await journal.transaction(scopeOf(tenantId), (transaction) => Promise.resolve(transaction.record(entry)));
      await journal.transaction(scopeOf(tenantId), async (transaction) => {
        await transaction.query({ text: "SELECT journal_erase($1)", values: [[entry.subjectId]] });
        transaction.record({
          type: "lead.deleted",
          subjectType: "Lead",
          subjectId: entry.subjectId,
          data: { erasedSubjects: [entry.subjectId] },
        });
      });
      const [erased] = await new JournalReader(database).page({ tenantId, after: 0n, limit: 1 });
      expect(erased?.personal).toBeNull();
      expect(await verify(database, tenantId)).toEqual({ entries: 2n, first_bad_position: null });
    }));
});
