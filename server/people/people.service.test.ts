import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { silentBus } from "../../test/identity.ts";
import { insertTenant, openDatabase } from "../../test/tenant-rows.ts";
import type { Database } from "../db/database.ts";
import { JournalService, type Scope, type Transaction } from "../journal/journal.service.ts";
import type { Principal } from "../operations/principal.ts";
import { newUuid } from "../operations/uuid.ts";
import { insertClient, insertLearner } from "./new-people.ts";
import { PeopleService } from "./people.service.ts";

// What other domains ask, inside transactions of theirs.

let testDatabase: TestDatabase;
let database: Database;
let people: PeopleService;
let scope: Scope;
const now = new Date("2026-11-23T09:00:00Z");
const [amel, bela, sami, tarek, helios] = [newUuid(), newUuid(), newUuid(), newUuid(), newUuid()];
const member = { amel: newUuid(), helios: newUuid() };

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = openDatabase(testDatabase.appUrl);
  people = new PeopleService(database);
  const tenantId = await insertTenant(database);
  scope = { tenantId, actor: { type: "SYSTEM" }, requestId: "test" };
  await transaction(async (tx) => {
    const common = { phone: null, timeZone: "UTC", locale: "fr" };
    const file = { email: null, grade: null, goals: [], subjects: [], timeZone: "UTC", locale: "fr" };
    await insertClient(tx, { id: amel, name: "Amel", email: "amel@example.com", ...common }, now);
    await insertClient(tx, { id: bela, name: "Bela", email: "bela@example.com", ...common }, now);
    await insertLearner(tx, { id: sami, name: "Sami", ...file }, { clientId: amel, now });
    await insertLearner(tx, { id: tarek, name: "Tarek", ...file }, { clientId: bela, now });
    await tx.query({
      text: `INSERT INTO member (tenant_id, id, email, name, password_hash, role)
             VALUES ($1, $2, 'amel@example.com', 'Amel', '', 'CLIENT'), ($1, $3, 'helios@example.com', 'H', '', 'COACH')`,
      values: [tenantId, member.amel, member.helios],
    });
    await tx.query({
      text: "UPDATE client SET member_id = $2 WHERE tenant_id = $1 AND id = $3",
      values: [tenantId, member.amel, amel],
    });
    await tx.query({
      text: `INSERT INTO coach (tenant_id, id, member_id, pseudonym, name, time_zone, locale) VALUES ($1, $2, $3, 'Hélios', 'H', 'UTC', 'fr')`,
      values: [tenantId, helios, member.helios],
    });
  });
});

afterAll(async () => {
  await database.close();
  await testDatabase[Symbol.asyncDispose]();
});

async function transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
  return (await new JournalService(database, silentBus).transaction(scope, work)).result;
}

function signedIn(memberId: string, role: "CLIENT" | "COACH" | "OWNER"): Principal {
  const expiresAt = new Date(now.getTime() + 900_000);
  return { kind: "MEMBER", tenantId: scope.tenantId, memberId, role, authSessionId: newUuid(), expiresAt };
}

describe("the people service", () => {
  it("knows who pays for a learner", async () => {
    await transaction(async (tx) => {
      expect((await people.payerOf(tx, sami))?.id).toBe(amel);
      expect((await people.payersOf(tx, tarek)).map(({ id }) => id)).toEqual([bela]);
      expect(await people.payerOf(tx, newUuid())).toBeNull();
    });
  });

  it("tells a login's profiles", async () => {
    await transaction(async (tx) => {
      expect(await people.profilesOf(tx, member.amel)).toEqual({ clientId: amel, learnerId: null, coachId: null });
      expect(await people.profilesOf(tx, member.helios)).toEqual({ clientId: null, learnerId: null, coachId: helios });
    });
  });

  it("finds the learners and clients that a caller may act for, and no others", async () => {
    const client = signedIn(member.amel, "CLIENT");
    await transaction(async (tx) => {
      expect((await people.visibleLearner(tx, client, sami))?.name).toBe("Sami");
      expect(await people.visibleLearner(tx, client, tarek)).toBeNull();
      expect(await people.visibleClient(tx, client, bela)).toBeNull();
      expect(await people.visibleLearnerIds(tx, client)).toEqual([sami]);
      expect(await people.visibleClientIds(tx, client)).toEqual([amel]);
      expect(await people.visibleLearnerIds(tx, signedIn(newUuid(), "OWNER"))).toBeNull();
    });
  });

  it("opens a learner's file to a coach from the first meeting on", async () => {
    const coach = signedIn(member.helios, "COACH");
    await transaction(async (tx) => {
      expect(await people.visibleLearnerIds(tx, coach)).toEqual([]);
      for (let times = 0; times < 2; times++) await people.meet(tx, { coachId: helios, learnerId: sami, at: now });
      expect(await people.visibleLearnerIds(tx, coach)).toEqual([sami]);
    });
  });

  it("adds a report's marks once for each session and subject", async () => {
    const report = { learnerId: sami, coachId: helios, sessionId: newUuid(), at: now };
    const marks = [
      { subject: "Maths", mark: 40, comment: "fractions" },
      { subject: "Physique", mark: 55, comment: null },
    ];
    await transaction((tx) => people.recordProgress(tx, { ...report, marks }));
    await transaction((tx) =>
      people.recordProgress(tx, { ...report, marks: marks.map((each) => ({ ...each, mark: 99 })) }),
    );
    const rows = await database.read(scope.tenantId, (session) =>
      session.query({ text: "SELECT subject, mark FROM learner_progress ORDER BY subject" }),
    );
    expect(rows).toEqual([
      { subject: "Maths", mark: 40 },
      { subject: "Physique", mark: 55 },
    ]);
    const entries = await database.read(scope.tenantId, (session) =>
      session.query({ text: "SELECT subject_id FROM journal_entry WHERE type = 'learner.progressed'" }),
    );
    expect(entries).toEqual([{ subject_id: sami }]);
  });

  it("lets nobody change or take away a mark", async () => {
    for (const text of ["UPDATE learner_progress SET mark = 100", "DELETE FROM learner_progress"]) {
      await expect(transaction((tx) => tx.query({ text }))).rejects.toMatchObject({ code: "42501" });
    }
  });
});
