import { randomBytes, randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, it } from "@jest/globals";
import pg from "pg";
import { toUuid } from "../server/operations/ids.ts";
import type { TestApp, TestTenant } from "./app.ts";
import { mutate } from "./calendar.ts";
import { freePort } from "./free-port.ts";
import { replayOf, sendKeyed } from "./keyed-request.ts";
import { KeyedMoves, type MoveKind } from "./ledger/keyed-moves.ts";
import { violationsSql } from "./ledger/ledger-invariants.ts";
import { MortalPostgres } from "./ledger/mortal-postgres.ts";
import { buildServer, installation } from "./server-process.ts";
import { ownerToken } from "./owner-token.ts";
import { createFamily, createOffer, type Family } from "./sessions.ts";

beforeAll(buildServer);

const kills = 12;
const senders = 8;
const initialCredits = 100_000;
/** Answers between two kills: the next one finds everything at work again. */
const answersBetween = 16;

/** A server process and a PostgreSQL of its own, each of which can be killed alone. */
async function startStage() {
  const postgres = await MortalPostgres.start();
  const home = await installation();
  const port = await freePort();
  const env = {
    DATABASE_URL: postgres.ownerUrl,
    DATABASE_APP_URL: postgres.appUrl,
    NEXORA_SECRET: randomBytes(32).toString("hex"),
    PORT: String(port),
    LOG_LEVEL: "fatal",
  };
  let server = home.start(env);
  const url = await server.ready;
  return {
    url,
    postgres,
    tenant: JSON.parse(await home.read("credentials.json")) as TestTenant,
    killServer: () => server.signal("SIGKILL"),
    async restartServer() {
      await server.ended;
      server = home.start(env);
      await server.ready;
    },
    async [Symbol.asyncDispose]() {
      await home[Symbol.asyncDispose]();
      await postgres[Symbol.asyncDispose]();
    },
  };
}

it("neither loses nor doubles a move of credits, whenever database and server are killed", async () => {
  await using stage = await startStage();
  const { postgres, tenant, url } = stage;
  const graphql: TestApp["graphql"] = (query, variables = {}, credential = tenant.secretKey) =>
    sendKeyed({ url, tenant }, { query, variables, credential });
  await mutate(
    graphql,
    "updateCreditSettings",
    { approvalOver: "1000000000" },
    "cursor",
    await ownerToken({ tenant, graphql }),
  );
  const families: Family[] = [];
  for (let made = 0; made < 6; made += 1) families.push(await createFamily(graphql, initialCredits));
  const offer = await createOffer(graphql, { bookingWindowDays: 365 });
  const moves = new KeyedMoves({ url, tenant }, families, offer);
  let unknown = 0;

  for (let kill = 0; kill < kills; kill += 1) {
    const end = new AbortController();
    const wanted = moves.answered.length + answersBetween;
    const sending = Array.from({ length: senders }, () => moves.send(end.signal));
    const isOver = Promise.all(sending).then(() => true);
    while (moves.answered.length < wanted && !(await Promise.race([isOver, sleep(5, false)])));
    await sleep(randomInt(100));
    const [killsServer, killsDatabase] = [kill % 3 !== 1, kill % 3 !== 0];
    if (killsServer) stage.killServer();
    if (killsDatabase) await postgres.kill();
    end.abort();
    await isOver;
    if (killsDatabase) await postgres.restart();
    if (killsServer) await stage.restartServer();
    unknown += moves.unknown.length;
    await Promise.all(moves.unknown.map((move) => moves.settle(move)));
  }

  const { all, found, refusals } = moves;
  process.stdout.write(
    `${kills} kills of server, database or both: ${all.length} moves, ${unknown} without an answer, of which ${found} had happened\n`,
  );
  expect(refusals).toEqual([]);
  expect(all.length).toBeGreaterThan(kills * answersBetween);
  expect(unknown).toBeGreaterThan(0);
  for (const move of all.filter((_, index) => index % 25 === 0)) {
    const again = await moves.sendAgain(move);
    expect([again.data, replayOf(again)]).toEqual([move.data, { replayed: true }]);
  }

  const count = (...kinds: MoveKind[]) => all.filter(({ kind }) => kinds.includes(kind)).length;
  expect(await look(postgres.ownerUrl, tenant)).toEqual({
    violations: [],
    grants: count("grant") + families.length,
    adjustments: count("adjust"),
    transfers: count("transfer"),
    holds: count("book"),
    bookings: count("book"),
    overlaps: 0,
    // One entry tells of each account that moved; a booking is told besides its hold.
    entries: count("grant", "adjust") + families.length + 2 * count("transfer") + 2 * count("book"),
    balances: families
      .map(({ clientId }) => {
        const effects = all.flatMap((move) => move.effects).filter(([id]) => id === clientId);
        const balance = effects.reduce((sum, [, amount]) => sum + amount, initialCredits);
        const bookings = all.filter(({ input }) =>
          families.some((f) => f.clientId === clientId && f.learnerId === input["learnerId"]),
        );
        return { id: toUuid("Client", clientId), balance, held: bookings.length };
      })
      .toSorted((one, other) => (String(one.id) < String(other.id) ? -1 : 1)),
  });
  const chain = await graphql("{ verifyJournal { valid firstBadPosition } }");
  expect(chain.data).toEqual({ verifyJournal: { valid: true, firstBadPosition: null } });
}, 400_000);

/** What the database says has happened. */
async function look(ownerUrl: string, tenant: TestTenant) {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query("SELECT set_config('nexora.tenant_id', $1, false)", [toUuid("Tenant", tenant.tenantId)]);
    const { rows: violations } = await owner.query(violationsSql);
    const { rows: balances } = await owner.query<{ id: string; balance: number; held: number }>(
      "SELECT account_id AS id, balance::int AS balance, held::int AS held FROM credit_balance ORDER BY account_id",
    );
    const { rows } = await owner.query<Record<string, number>>(`
      SELECT (SELECT count(*)::int FROM ledger_txn WHERE kind = 'PROMO') AS grants,
        (SELECT count(*)::int FROM ledger_txn WHERE kind = 'ADJUSTMENT') AS adjustments,
        (SELECT count(*)::int FROM ledger_txn WHERE kind = 'TRANSFER') AS transfers,
        (SELECT count(*)::int FROM ledger_txn WHERE kind = 'HOLD') AS holds,
        (SELECT count(*)::int FROM booking WHERE status = 'BOOKED') AS bookings,
        (SELECT count(*)::int FROM journal_entry WHERE type IN
          ('credits.granted', 'credits.adjusted', 'credits.transferred', 'credits.held', 'session.booked')) AS entries,
        (SELECT count(*)::int FROM slot_claim a JOIN slot_claim b ON b.resource_id = a.resource_id AND b.id > a.id
          AND a.busy_from < b.busy_to AND b.busy_from < a.busy_to
          WHERE a.released_at IS NULL AND b.released_at IS NULL) AS overlaps`);
    const [counts] = rows;
    if (counts === undefined) throw new Error("nothing was counted");
    return { ...counts, violations, balances };
  } finally {
    await owner.end();
  }
}
