import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { insertTenant, openDatabase } from "../../test/tenant-rows.ts";
import { InProcessHints } from "../adapters/hints/in-process-hints.ts";
import type { Database } from "../db/database.ts";
import { JournalService, type Transaction } from "../journal/journal.service.ts";
import { toId } from "../operations/ids.ts";
import type { Move } from "./ledger-move.ts";
import { expire, expireHolds, grant, hold, postHold, refund, rollOver, spend, spendAlone, voidHold } from "./ledger.ts";

const actor = { type: "SYSTEM" } as const;
const at = new Date("2026-01-31T09:00:00Z");
const later = new Date("2026-02-28T09:00:00Z");

let files: TestDatabase;
let database: Database & AsyncDisposable;
let journal: JournalService;
let tenantId: string;
let clients = 0;

beforeAll(async () => {
  files = await createTestDatabase();
  database = openDatabase(files.appUrl);
  journal = new JournalService(database, new InProcessHints());
  tenantId = await insertTenant(database);
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await files[Symbol.asyncDispose]();
});

function inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  return journal.transaction({ tenantId, actor, requestId: "test" }, work).then(({ result }) => result);
}

/** A client with credits of a plan that end in a year. */
async function clientWith(amount: bigint): Promise<string> {
  clients += 1;
  return inTransaction(async (tx) => {
    const [row] = await tx.query<{ id: string }>({
      text: `INSERT INTO client (tenant_id, name, email, time_zone, locale) VALUES ($1, 'A client', $2, 'Europe/Paris', 'fr') RETURNING id`,
      values: [tenantId, `client-${clients}@example.com`],
    });
    if (row === undefined) throw new Error("no client");
    const expiresAt = new Date("2027-01-31T09:00:00Z");
    await grant(tx, {
      clientId: row.id,
      amount,
      kind: "MONTHLY_ALLOCATION",
      key: `plan ${row.id}`,
      at,
      actor,
      expiresAt,
    });
    return row.id;
  });
}

async function typesOf(clientId: string): Promise<string[]> {
  const rows = await database.read(tenantId, (session) =>
    session.query<{ type: string }>({
      text: "SELECT type FROM journal_entry WHERE subject_id = $1 ORDER BY position",
      values: [clientId],
    }),
  );
  return rows.map(({ type }) => type);
}

it("holds credits, posts them and gives them back, each with an entry of the journal, and each once", async () => {
  const clientId = await clientWith(5n);
  const endsAt = later;
  const held = await inTransaction((tx) =>
    hold(tx, { clientId, amount: 2n, key: "book", at, actor, endsAt, subject: "a booking" }),
  );
  expect(held).toMatchObject({ isNew: true, amount: 2n, balance: 5n, held: 2n });
  const holdId = held.holdId ?? "";
  const posted = await inTransaction((tx) => postHold(tx, { holdId, at, actor }));
  expect(posted).toMatchObject({ isNew: true, balance: 3n, held: 0n });
  expect(await inTransaction((tx) => postHold(tx, { holdId, at: later, actor }))).toEqual({ ...posted, isNew: false });
  await expect(inTransaction((tx) => voidHold(tx, { holdId, at, actor }))).rejects.toMatchObject({
    code: "HOLD_SETTLED",
  });
  const spendId = posted.transactionId;
  const back = await inTransaction((tx) => refund(tx, { spendId, at, actor }));
  expect(back).toMatchObject({ isNew: true, balance: 5n });
  expect(await inTransaction((tx) => refund(tx, { spendId, at, actor }))).toEqual({ ...back, isNew: false });
  expect(await typesOf(clientId)).toEqual(["credits.granted", "credits.held", "credits.posted", "credits.refunded"]);
});

it("lets go of a hold by itself at its end, and of another one when it is voided", async () => {
  const clientId = await clientWith(5n);
  const keep = { clientId, amount: 2n, at, actor, endsAt: later };
  const [voided] = await inTransaction((tx) =>
    Promise.all([hold(tx, { ...keep, key: `one ${clientId}` }), hold(tx, { ...keep, key: `other ${clientId}` })]),
  );
  await inTransaction((tx) => voidHold(tx, { holdId: voided.holdId ?? "", at, actor }));
  const ended = await inTransaction((tx) => expireHolds(tx, { at: later, most: 10 }));
  expect(ended.filter((move) => move.clientId === clientId)).toMatchObject([{ amount: 2n, balance: 5n, held: 0n }]);
});

it("refuses what isn't there, with what is missing, and then nothing of the transaction is written", async () => {
  const clientId = await clientWith(3n);
  const both = inTransaction(async (tx) => {
    await spend(tx, { clientId, amount: 2n, key: `first ${clientId}`, at, actor });
    await spend(tx, { clientId, amount: 2n, key: `second ${clientId}`, at, actor });
  });
  await expect(both).rejects.toMatchObject({
    code: "INSUFFICIENT_CREDITS",
    shortfall: { required: 2n, usable: 1n, nextExpiry: new Date("2027-01-31T09:00:00Z") },
  });
  const again = await inTransaction((tx) => spend(tx, { clientId, amount: 3n, key: `first ${clientId}`, at, actor }));
  expect(again).toMatchObject({ isNew: true, balance: 0n }); // the key was free again
  const other = inTransaction((tx) => spend(tx, { clientId, amount: 1n, key: `first ${clientId}`, at, actor }));
  await expect(other).rejects.toMatchObject({ code: "KEY_REUSED" });
});

it("spends in one call what is spent in a transaction of its own, with the same entry of the journal", async () => {
  const clientId = await clientWith(5n);
  const scope = { tenantId, actor, requestId: "alone" };
  const input = { clientId, amount: 2n, at, reference: "a question" };
  const inside = await inTransaction((tx) => spend(tx, { ...input, key: `inside ${clientId}`, actor }));
  const alone = await spendAlone(journal, scope, { ...input, key: `alone ${clientId}` });
  expect(alone.result).toMatchObject({ isNew: true, clientId, amount: 2n, balance: 1n, held: 0n, version: 3n, at });
  const again = await spendAlone(journal, scope, { ...input, key: `alone ${clientId}`, at: later });
  expect(again).toEqual({ result: { ...alone.result, isNew: false }, position: undefined });
  const entries = await database.read(tenantId, (session) =>
    session.query<{ position: bigint; data: Record<string, unknown> }>({
      text: "SELECT position, data FROM journal_entry WHERE subject_id = $1 AND type = 'credits.spent' ORDER BY position",
      values: [clientId],
    }),
  );
  const transactionId = (move: Move) => toId("CreditTransaction", move.transactionId);
  expect(entries).toMatchObject([
    { data: { transactionId: transactionId(inside) } },
    { position: alone.position, data: { transactionId: transactionId(alone.result) } },
  ]);
  expect(entries[1]?.data).toEqual({
    ...entries[0]?.data,
    transactionId: transactionId(alone.result),
    balance: 1,
    version: 3,
  });
  await expect(spendAlone(journal, scope, { ...input, key: `more ${clientId}` })).rejects.toMatchObject({
    code: "INSUFFICIENT_CREDITS",
    shortfall: { required: 2n, usable: 1n },
  });
  const within = database.together(tenantId, (_, inside) =>
    inside(() =>
      spendAlone(journal, scope, { ...input, amount: 1n, key: `within ${clientId}` }).catch(() => "refused"),
    ),
  );
  expect((await within).result).toBe("refused"); // and not done after all, when the other transaction ends
  await inTransaction((tx) => spend(tx, { ...input, amount: 1n, key: `last ${clientId}`, actor }));
});

it.each([
  ["nothing", { kind: "NONE" } as const, 0n],
  ["at most a cap", { kind: "CAP", credits: 3n } as const, 3n],
  ["all", { kind: "FULL" } as const, 8n],
])("carries over %s when a plan's period turns", async (_, rollover, left) => {
  const clientId = await clientWith(8n);
  const turn = { clientId, rollover, turn: later, key: `turn ${clientId}`, at: later, actor };
  const gone = await inTransaction((tx) => rollOver(tx, turn));
  expect(gone?.amount).toBe(left === 8n ? undefined : 8n - left);
  expect((await inTransaction((tx) => rollOver(tx, turn)))?.isNew).toBe(left === 8n ? undefined : false);
  if (left > 0n)
    await inTransaction((tx) => spend(tx, { clientId, amount: left, key: `rest ${clientId}`, at: later, actor }));
  await expect(
    inTransaction((tx) => spend(tx, { clientId, amount: 1n, key: `more ${clientId}`, at: later, actor })),
  ).rejects.toMatchObject({ code: "INSUFFICIENT_CREDITS" });
});

it("counts what is held as carried over first, so that it doesn't come back beyond the cap", async () => {
  const clientId = await clientWith(8n);
  const endsAt = new Date(later.getTime() + 86_400_000);
  const held = await inTransaction((tx) =>
    hold(tx, { clientId, amount: 2n, key: `hold ${clientId}`, at, actor, endsAt }),
  );
  const rollover = { kind: "CAP", credits: 3n } as const;
  const turn = { clientId, rollover, turn: later, key: `turn ${clientId}`, at: later, actor };
  expect((await inTransaction((tx) => rollOver(tx, turn)))?.amount).toBe(5n);
  await inTransaction((tx) => voidHold(tx, { holdId: held.holdId ?? "", at: later, actor }));
  await inTransaction((tx) => spend(tx, { clientId, amount: 3n, key: `rest ${clientId}`, at: later, actor }));
  await expect(
    inTransaction((tx) => spend(tx, { clientId, amount: 1n, key: `more ${clientId}`, at: later, actor })),
  ).rejects.toMatchObject({ code: "INSUFFICIENT_CREDITS" });
});

it("books expired credits once, and gives back what was spent of them as the policy says", async () => {
  const clientId = await clientWith(6n);
  const spent = await inTransaction((tx) => spend(tx, { clientId, amount: 4n, key: `use ${clientId}`, at, actor }));
  const end = new Date("2027-01-31T09:00:00Z");
  const booked = await inTransaction((tx) => expire(tx, { at: end, most: 500 }));
  expect(booked.filter((move) => move.clientId === clientId)).toMatchObject([{ amount: 2n, balance: 0n }]);
  const spendId = spent.transactionId;
  await expect(
    inTransaction((tx) => refund(tx, { spendId, at: end, actor, policy: { kind: "FORFEIT" } })),
  ).rejects.toMatchObject({ code: "EXPIRED" });
  const until = new Date("2027-02-10T09:00:00Z");
  await inTransaction((tx) => refund(tx, { spendId, at: end, actor, policy: { kind: "EXTEND", until } }));
  const used = await inTransaction((tx) =>
    spend(tx, { clientId, amount: 4n, key: `again ${clientId}`, at: end, actor }),
  );
  expect(used.balance).toBe(0n);
});
