import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { createTestDatabase, type TestDatabase } from "../database.ts";
import { insertTenant, openDatabase } from "../tenant-rows.ts";
import { violationsSql } from "./ledger-invariants.ts";

const actor = '{"type": "SYSTEM"}';
const at = "2026-01-01T12:00:00Z";

let database: TestDatabase;
let tenantId: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await using app = openDatabase(database.appUrl);
  tenantId = await insertTenant(app);
});

afterAll(async () => {
  await database[Symbol.asyncDispose]();
});

/** Connections of their own, as so many servers would have. */
async function connect(count: number): Promise<pg.Client[] & AsyncDisposable> {
  const clients = await Promise.all(
    Array.from({ length: count }, async () => {
      const client = new pg.Client({ connectionString: database.appUrl });
      await client.connect();
      await client.query("SELECT set_config('nexora.tenant_id', $1, false)", [tenantId]);
      return client;
    }),
  );
  return Object.assign(clients, {
    [Symbol.asyncDispose]: async () => void (await Promise.all(clients.map((client) => client.end()))),
  });
}

async function addClients(client: pg.Client, count: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO client (tenant_id, name, email, time_zone, locale)
     SELECT nexora_tenant(), 'A client', uuidv7() || '@example.com', 'Europe/Paris', 'fr' FROM generate_series(1, $1) RETURNING id`,
    [count],
  );
  return rows.map(({ id }) => id);
}

async function violations(client: pg.Client): Promise<unknown[]> {
  return (await client.query<{ invariant: string }>(violationsSql)).rows;
}

describe("many at once", () => {
  it("spend 1,000 credits of one account exactly once each, though every key is sent twice", async () => {
    await using connections = await connect(64);
    const [first] = connections;
    if (first === undefined) throw new Error("no connection");
    const [account] = await addClients(first, 1);
    await first.query("SELECT credit_grant($1, 1000, 'PURCHASE', 'thousand', $2, $3)", [account, at, actor]);
    // 1,100 keys, so that 100 of them are refused; both requests of a key are under way at about the same time.
    const requests = Array.from({ length: 2_200 }, (_, index) => `spend ${Math.floor(index / 2)}`);
    const answers = new Map<string, { transaction_id: string; balance: string; is_new: boolean }[]>();
    let refused = 0;
    await Promise.all(
      connections.map(async (connection) => {
        for (let key = requests.shift(); key !== undefined; key = requests.shift()) {
          try {
            const { rows } = await connection.query<{ transaction_id: string; balance: string; is_new: boolean }>(
              "SELECT transaction_id, balance, is_new FROM credit_spend($1, 1, $2, $3, $4)",
              [account, key, at, actor],
            );
            answers.set(key, [...(answers.get(key) ?? []), ...rows]);
          } catch (error) {
            expect(error).toMatchObject({ code: "LG001" });
            refused += 1;
          }
        }
      }),
    );
    expect(answers.size).toBe(1_000);
    expect(refused).toBe(200);
    for (const pair of answers.values()) {
      const [one, other] = pair;
      expect(pair).toHaveLength(2);
      expect(other).toEqual({ ...one, is_new: other?.is_new });
      expect(pair.filter(({ is_new }) => is_new)).toHaveLength(1);
    }
    const { rows } = await first.query("SELECT balance, version FROM credit_balance WHERE account_id = $1", [account]);
    expect(rows).toEqual([{ balance: "0", version: "1001" }]);
    expect(await violations(first)).toEqual([]);
  }, 120_000);

  it("move credits of 100 accounts to and fro without a deadlock, and every invariant holds", async () => {
    await using connections = await connect(16);
    const [first] = connections;
    if (first === undefined) throw new Error("no connection");
    const accounts = await addClients(first, 100);
    const holds: string[] = [];
    const spends: string[] = [];
    const failures: unknown[] = [];
    let left = 2_000;
    const pick = <Item>(items: readonly Item[]) => items[Math.floor(Math.random() * items.length)];
    const amount = () => 1 + Math.floor(Math.random() * 5);

    async function step(connection: pg.Client, number: number): Promise<void> {
      const [one, other] = [pick(accounts), pick(accounts)];
      const call = async (text: string, values: unknown[]) =>
        (await connection.query<{ transaction_id: string; hold_id: string }>(`SELECT * FROM ${text}`, values)).rows[0];
      const key = `mix ${number}`;
      switch (number % 8) {
        case 0:
        case 1:
          await call("credit_grant($1, $2, 'PROMO', $3, $4, $5, NULL, $6)", [
            one,
            10 * amount(),
            key,
            at,
            actor,
            Math.random() < 0.5 ? null : "2026-01-01T12:00:01Z",
          ]);
          return;
        case 2:
        case 3:
          spends.push(
            (await call("credit_spend($1, $2, $3, $4, $5)", [one, amount(), key, at, actor]))?.transaction_id ?? "",
          );
          return;
        case 4:
          holds.push(
            (await call("credit_hold($1, $2, $3, $4, $5, '2026-02-01Z')", [one, amount(), key, at, actor]))?.hold_id ??
              "",
          );
          return;
        case 5:
          if (holds.length > 0)
            await call(`${Math.random() < 0.5 ? "credit_post" : "credit_void"}($1, $2, $3)`, [pick(holds), at, actor]);
          return;
        case 6:
          await call("credit_transfer($1, $2, $3, $4, $5, $6)", [one, other, amount(), key, at, actor]);
          return;
        default:
          if (number % 40 === 7) await call("credit_expire('2026-01-01T12:00:02Z', 20, $1)", [actor]);
          else if (spends.length > 0) await call("credit_refund($1, $2, $3)", [pick(spends), at, actor]);
      }
    }

    await Promise.all(
      connections.map(async (connection) => {
        while (left > 0) {
          left -= 1;
          try {
            await step(connection, left);
          } catch (error) {
            const isRefusal = error instanceof pg.DatabaseError && /^LG00[1345]$/.test(error.code ?? "");
            if (!isRefusal) failures.push(error);
          }
        }
      }),
    );
    expect(failures).toEqual([]);
    expect(await violations(first)).toEqual([]);
  }, 120_000);
});

describe("the instant at which a lot ends", () => {
  const end = "2026-05-01T00:00:00Z";
  // PostgreSQL's instants are finer than JavaScript's, so these are texts.
  const microsecondBefore = "2026-04-30T23:59:59.999999Z";
  const microsecondAfter = "2026-05-01T00:00:00.000001Z";

  it.each([
    ["is usable a microsecond before", microsecondBefore, true],
    ["isn't usable any more at it", end, false],
    ["isn't usable a microsecond after", microsecondAfter, false],
  ])("%s, though the job is late, and is booked once", async (_, instant, isUsable) => {
    await using connections = await connect(1);
    const [connection] = connections;
    if (connection === undefined) throw new Error("no connection");
    const [account] = await addClients(connection, 1);
    await connection.query("SELECT credit_grant($1, 5, 'PROMO', $2, $3, $4, NULL, $5)", [
      account,
      `granted until ${instant}`,
      at,
      actor,
      end,
    ]);
    const spend = "SELECT credit_spend($1, 1, $2, $3, $4)";
    const hold = "SELECT credit_hold($1, 1, $2, $3, $4, '2027-01-01Z')";
    for (const move of [spend, hold]) {
      const moved = connection.query(move, [account, `${move} at ${instant}`, instant, actor]);
      if (isUsable) await expect(moved).resolves.toMatchObject({ rowCount: 1 });
      else await expect(moved).rejects.toMatchObject({ code: "LG001" });
    }
    const booked: unknown[] = [];
    for (let times = 0; times < 2; times += 1) {
      const { rows } = await connection.query<{ amount: string }>(
        "SELECT amount FROM credit_expire($1, 500, $2) WHERE client_id = $3",
        [instant, actor, account],
      );
      booked.push(...rows);
    }
    expect(booked).toEqual(isUsable ? [] : [{ amount: "5" }]);
    expect(await violations(connection)).toEqual([]);
  });

  it("is the same for its beginning: not a microsecond early", async () => {
    await using connections = await connect(1);
    const [connection] = connections;
    if (connection === undefined) throw new Error("no connection");
    const [account] = await addClients(connection, 1);
    await connection.query("SELECT credit_grant($1, 5, 'PROMO', 'later', $2, $3, $4)", [account, at, actor, end]);
    const spend = "SELECT credit_spend($1, 1, $2, $3, $4)";
    await expect(connection.query(spend, [account, "early", microsecondBefore, actor])).rejects.toMatchObject({
      code: "LG001",
    });
    await expect(connection.query(spend, [account, "in time", end, actor])).resolves.toMatchObject({ rowCount: 1 });
  });
});

describe("the server's role", () => {
  it("moves credits by the functions alone: it writes no table of the ledger, and calls none of their parts", async () => {
    await using connections = await connect(1);
    const [connection] = connections;
    if (connection === undefined) throw new Error("no connection");
    const tables = [
      "ledger_account",
      "credit_balance",
      "ledger_txn",
      "credit_lot",
      "ledger_entry",
      "credit_hold",
      "credit_hold_lot",
    ];
    for (const table of tables) {
      for (const statement of [
        `INSERT INTO ${table} DEFAULT VALUES`,
        `UPDATE ${table} SET tenant_id = tenant_id`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        await expect(connection.query(statement)).rejects.toMatchObject({ code: "42501" });
      }
    }
    for (const call of ["credit_put_back(uuidv7(), 1)", "credit_contra('PROMO')", "credit_lock(uuidv7(), now())"]) {
      await expect(connection.query(`SELECT ${call}`)).rejects.toMatchObject({ code: "42501" });
    }
  });

  it("commits nothing that doesn't sum to zero, should a function ever write it", async () => {
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    try {
      await owner.query("SELECT set_config('nexora.tenant_id', $1, false)", [tenantId]);
      const [account] = await addClients(owner, 1);
      await owner.query("SELECT credit_grant($1, 5, 'PROMO', 'unbalanced', $2, $3)", [account, at, actor]);
      await owner.query("BEGIN");
      await owner.query(
        `INSERT INTO ledger_entry (tenant_id, txn_id, n, account_id, amount, at)
         SELECT tenant_id, txn_id, 9, account_id, 1, at FROM ledger_entry WHERE account_id = $1`,
        [account],
      );
      await expect(owner.query("COMMIT")).rejects.toMatchObject({ code: "LG000" });
    } finally {
      await owner.end();
    }
  });

  it("can't reach another tenant's account", async () => {
    await using connections = await connect(1);
    const [connection] = connections;
    if (connection === undefined) throw new Error("no connection");
    const [account] = await addClients(connection, 1);
    await connection.query("SELECT credit_grant($1, 5, 'PROMO', 'mine', $2, $3)", [account, at, actor]);
    await using app = openDatabase(database.appUrl);
    await connection.query("SELECT set_config('nexora.tenant_id', $1, false)", [await insertTenant(app)]);
    const spend = connection.query("SELECT credit_spend($1, 1, 'theirs', $2, $3)", [account, at, actor]);
    await expect(spend).rejects.toMatchObject({ code: "LG001", detail: expect.stringContaining('"usable": 0') });
    const grant = connection.query("SELECT credit_grant($1, 1, 'PROMO', 'theirs', $2, $3)", [account, at, actor]);
    await expect(grant).rejects.toMatchObject({ code: "23503" }); // that tenant has no such client
  });
});
