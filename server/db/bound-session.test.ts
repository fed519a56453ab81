import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import { createTestDatabase, type TestDatabase } from "../../test/database.ts";
import { insertTenant } from "../../test/tenant-rows.ts";
import { Database } from "./database.ts";
import type { Session } from "./session.ts";

let testDatabase: TestDatabase;
let database: Database;
let tenantId: string;

beforeAll(async () => {
  testDatabase = await createTestDatabase();
  database = new Database({ url: testDatabase.appUrl, poolSize: 3, statementTimeoutMs: 5_000 });
});
afterAll(async () => {
  await database.close();
  await testDatabase[Symbol.asyncDispose]();
});
beforeEach(async () => {
  tenantId = await insertTenant(database);
});

const insert = (session: Session, name: string) =>
  session.query({
    text: "INSERT INTO lead (tenant_id, id, name, source, stage) VALUES ($1, $2, $3, 'test', 'NEW')",
    values: [session.tenantId, randomUUID(), name],
  });
const names = async (session: Session) =>
  (await session.query<{ name: string }>({ text: "SELECT name FROM lead ORDER BY name" })).map(({ name }) => name);
// What services do: they know the database and a tenant, and nothing of the session that they run in.
const read = (id = tenantId) => database.read(id, names);
const write = (name: string) => database.transaction(tenantId, (session) => insert(session, name));

describe("work inside a transaction", () => {
  it("reads what it wrote, while nobody else does before the end", async () => {
    await database.together(tenantId, async (_session, inside) => {
      await inside(() => write("a"));
      expect(await inside(() => read())).toEqual(["a"]);
      expect(await read()).toEqual([]);
    });
    expect(await read()).toEqual(["a"]);
  });

  it("loses a part that fails, and keeps the others", async () => {
    await database.together(tenantId, async (_session, inside) => {
      await inside(() => write("a"));
      const failing = database.transaction.bind(database, tenantId, async (session: Session) => {
        await insert(session, "b");
        throw new Error("no");
      });
      await expect(inside(() => failing())).rejects.toThrow("no");
      const refused = () => database.transaction(tenantId, (session) => session.query({ text: "SELECT 1 / 0" }));
      await expect(inside(refused)).rejects.toMatchObject({ code: "22012" });
      await inside(() => write("c"));
    });
    expect(await read()).toEqual(["a", "c"]);
  });

  it("is undone as a whole", async () => {
    const work = database.together(tenantId, async (_session, inside) => {
      await inside(() => write("a"));
      throw new Error("no");
    });
    await expect(work).rejects.toThrow("no");
    expect(await read()).toEqual([]);
  });

  it("sends at its end what its parts would have sent with their COMMIT, but not of those that failed", async () => {
    const part = (number: number, error?: Error) => () =>
      database.transaction(
        tenantId,
        () => (error === undefined ? Promise.resolve(number) : Promise.reject(error)),
        () => `SELECT ${number} AS number`,
      );
    const { finished } = await database.together(tenantId, async (_session, inside) => {
      expect(await inside(part(1))).toEqual({ result: 1, finished: [] });
      await expect(inside(part(2, new Error("no")))).rejects.toThrow("no");
      await inside(part(3));
    });
    expect(finished).toEqual([{ number: 1 }, { number: 3 }]);
  });

  it("isn't the place of another tenant's work, nor of work that goes on after its end", async () => {
    const other = await insertTenant(database);
    const { promise: ended, resolve: end } = Promise.withResolvers<void>();
    let late: Promise<string[]> | undefined;
    await database.together(tenantId, async (_session, inside) => {
      await inside(async () => {
        await write("a");
        expect(await read(other)).toEqual([]);
        late = ended.then(() => read());
      });
    });
    await write("b");
    end();
    expect(await late).toEqual(["a", "b"]);
  });
});

describe("a snapshot", () => {
  it("shows the tenant as it was, whatever is written meanwhile, and can't be written", async () => {
    await write("a");
    await database.snapshot(tenantId, { maxWaitMs: 5_000 }, async (_session, inside) => {
      expect(await inside(() => read())).toEqual(["a"]);
      await write("b");
      expect(await inside(() => read())).toEqual(["a"]);
      await expect(inside(() => write("c"))).rejects.toMatchObject({ code: "25006" });
    });
    expect(await read()).toEqual(["a", "b"]);
  });
});
