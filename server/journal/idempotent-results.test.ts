import { createHash, randomUUID } from "node:crypto";
import { expect, it } from "@jest/globals";
import pg from "pg";
import { createTestDatabase } from "../../test/database.ts";
import { silentBus } from "../../test/identity.ts";
import { insertTenant, openDatabase } from "../../test/tenant-rows.ts";
import { JournalReader } from "./journal-reader.ts";
import { JournalService, type Scope, type Transaction } from "./journal.service.ts";
import { type KeyedRequest, StoredResultFound } from "./keyed-request.ts";

const principalId = randomUUID();
const digest = (text: string) => createHash("sha256").update(text).digest();

function keyed(key: string): KeyedRequest {
  return {
    principalId,
    keyHash: digest(key),
    fingerprint: digest("the arguments"),
    isLookedUp: false,
    encode: (result) => JSON.stringify(result),
  };
}

async function startStage() {
  const testDatabase = await createTestDatabase();
  const database = openDatabase(testDatabase.appUrl, 5);
  const owner = new pg.Client({ connectionString: testDatabase.ownerUrl });
  await owner.connect();
  const tenantId = await insertTenant(database);
  const scopeOf = (once?: KeyedRequest): Scope => ({ tenantId, actor: { type: "SYSTEM" }, requestId: "test", once });
  return {
    journal: new JournalService(database, silentBus),
    owner,
    tenantId,
    scopeOf,
    entries: () => new JournalReader(database).page({ tenantId, after: 0n, limit: 100 }),
    async [Symbol.asyncDispose]() {
      await owner.end();
      await database.close();
      await testDatabase[Symbol.asyncDispose]();
    },
  };
}

function record(transaction: Transaction): void {
  transaction.record({ type: "lead.updated", subjectType: "Lead", subjectId: randomUUID(), data: {} });
}

it("is found by the next transaction with its key, which doesn't run", async () => {
  await using stage = await startStage();
  const done = await stage.journal.mutate(stage.scopeOf(keyed("a")), (transaction) => {
    record(transaction);
    return Promise.resolve({ size: 3, userErrors: [] });
  });
  expect(done).toEqual({ result: { size: 3, userErrors: [] }, position: 1n });
  let runs = 0;
  const again = stage.journal.mutate(stage.scopeOf(keyed("a")), () => {
    runs += 1;
    return Promise.resolve({ userErrors: [] });
  });
  const found = await again.catch((error: unknown) => error);
  expect(found).toBeInstanceOf(StoredResultFound);
  expect(found).toMatchObject({ stored: { result: { size: 3, userErrors: [] }, position: 1n } });
  expect(runs).toBe(0);
  expect(await stage.entries()).toHaveLength(1);
});

it("isn't kept with user errors, nor when the work throws", async () => {
  await using stage = await startStage();
  const refuse = stage.journal.mutate(stage.scopeOf(keyed("a")), () => Promise.resolve({ userErrors: ["no"] }));
  expect(await refuse).toEqual({ result: { userErrors: ["no"] }, position: undefined });
  const fail = stage.journal.mutate(stage.scopeOf(keyed("a")), (transaction) => {
    record(transaction);
    return Promise.reject(new Error("broken"));
  });
  await expect(fail).rejects.toThrow("broken");
  const done = await stage.journal.mutate(stage.scopeOf(keyed("a")), () => Promise.resolve({ userErrors: [] }));
  expect(done.position).toBeUndefined(); // nothing was recorded, and yet it is kept
  await expect(
    stage.journal.mutate(stage.scopeOf(keyed("a")), () => Promise.resolve({ userErrors: [] })),
  ).rejects.toMatchObject({ stored: { position: null } });
});

it("is guaranteed by the primary key, also where the lock has told nothing", async () => {
  await using stage = await startStage();
  const { owner, tenantId } = stage;
  const request = keyed("a");
  let runs = 0;
  const second = stage.journal.mutate(stage.scopeOf(request), async (transaction) => {
    runs += 1;
    record(transaction);
    // Somebody with the same key, who took no lock, commits first.
    await owner.query(
      `INSERT INTO idempotent_result (tenant_id, principal_id, key_hash, fingerprint, result) VALUES ($1, $2, $3, $4, $5)`,
      [tenantId, principalId, request.keyHash, request.fingerprint, { winner: "first" }],
    );
    return { winner: "second", userErrors: [] };
  });
  await expect(second).rejects.toMatchObject({ stored: { result: { winner: "first" } } });
  expect(runs).toBe(1);
  expect(await stage.entries()).toEqual([]); // what the second one did was rolled back
});
