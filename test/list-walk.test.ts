import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import { toId, toUuid } from "../server/operations/ids.ts";
import { startApp, type TestApp } from "./app.ts";
import { connectToFill, insertNumbered, rowUuid } from "./list-rows.ts";
import { ownerToken } from "./owner-token.ts";

/*
 * As leads are walked through (server/leads/lead-walk.test.ts), so are lists that are ordered by other things: instants, numbers,
 * texts and texts that may be missing. Rows have few different keys, so that places among equals come up.
 */
interface Walked {
  readonly name: string;
  readonly table: string;
  /** Columns that it is ordered by. */
  readonly keys: Readonly<Record<string, string>>;
  /** The fields down to the list. */
  readonly path: readonly string[];
  readonly orders?: readonly string[];
}

const few = (count: number) => `timestamptz '2031-01-01' - (n % ${count}) * interval '1 hour'`;
const client = toId("Client", rowUuid("client", 1));

const walked: readonly Walked[] = [
  {
    name: "sessions, by an instant",
    table: "session",
    keys: { starts_at: few(7), ends_at: "'2031-01-02'", busy_from: few(7), busy_to: "'2031-01-02'" },
    path: ["sessions"],
  },
  { name: "payments, by an instant, latest first", table: "payment", keys: { created_at: few(7) }, path: ["payments"] },
  {
    name: "credits, by a number and an instant",
    table: "credit_lot",
    keys: { account_id: "pg_temp.id('client', 1)", priority: "n % 3", expires_at: few(5) },
    path: [`client(id: "${client}")`, "creditAccount", "lots"],
  },
  {
    name: "learners, by texts that may be missing",
    table: "learner",
    keys: { grade: "CASE WHEN n % 3 > 0 THEN 'g' || n % 4 END", name: "'n' || n % 5" },
    path: ["learners"],
    orders: ["GRADE", "NAME"].flatMap((field) =>
      ["ASC", "DESC"].flatMap((direction) =>
        ["FIRST", "LAST"].map((nulls) => `orderBy: [{ field: ${field}, direction: ${direction}, nulls: ${nulls} }]`),
      ),
    ),
  },
];

/** Rows that stay; the numbers behind them come and go. */
const steady = 50;

let app: TestApp;
let tenantId: string;
let token: string;

beforeAll(async () => {
  app = await startApp();
  tenantId = toUuid("Tenant", app.tenant.tenantId) ?? "";
  token = await ownerToken(app);
  await using filling = await openFilling();
  for (const table of ["client", "ledger_account", "credit_balance"]) await filling.insert(table, {}, 1, 1);
  for (const { table, keys } of walked) await filling.insert(table, keys, 1, steady + 30);
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

async function openFilling() {
  const connection = await connectToFill(app.database.ownerUrl);
  return {
    async insert(table: string, keys: Walked["keys"], first: number, last: number) {
      await connection.query("TRUNCATE numbered");
      await connection.query(
        "INSERT INTO numbered SELECT n, $1, timestamptz '2026-01-01' - n * interval '1 minute' FROM generate_series($2::int, $3::int) AS n",
        [tenantId, first, last],
      );
      await connection.query(insertNumbered(table, keys));
    },
    async remove(table: string, first: number, last: number) {
      const gone = `SELECT pg_temp.id('${table}', n) FROM generate_series($2::int, $3::int) AS n`;
      await connection.query(`DELETE FROM ${table} WHERE tenant_id = $1 AND id IN (${gone})`, [tenantId, first, last]);
    },
    [Symbol.asyncDispose]: () => connection.end(),
  };
}

/** Each call inserts some rows and deletes others. */
function churning({ table, keys }: Walked, filling: Awaited<ReturnType<typeof openFilling>>): () => Promise<void> {
  let n = steady + 31;
  return async () => {
    await filling.insert(table, keys, n, n + 2);
    await filling.remove(table, n - 30, n - 28);
    n += 3;
  };
}

interface Page {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: Readonly<Record<"startCursor" | "endCursor", string | null>> &
    Readonly<Record<"hasNextPage" | "hasPreviousPage", boolean>>;
}

async function readPage({ path }: Walked, args: string): Promise<Page> {
  const list = `${path.at(-1) ?? ""}(${args}) { nodes { id } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } }`;
  const around = path.slice(0, -1);
  const query = `{ ${around.map((field) => `${field} {`).join(" ")} ${list} ${around.map(() => "}").join(" ")} }`;
  const { data, errors } = await app.graphql(query, {}, token);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  let found: unknown = data;
  for (const field of path) found = (found as Record<string, unknown>)[field.replace(/\(.*/, "")];
  return found as Page;
}

interface Way {
  readonly order: string;
  readonly size: number;
  readonly isForward: boolean;
}

async function walk(list: Walked, { order, size, isForward }: Way, churn: () => Promise<void>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (let pages = 0; pages < 300; pages++) {
    const place: string = cursor === null ? "" : `${isForward ? "after" : "before"}: "${cursor}"`;
    const page = readPage(list, `${isForward ? "first" : "last"}: ${size} ${place} ${order}`);
    const [{ nodes, pageInfo }] = await Promise.all([page, churn()]);
    const found = nodes.map(({ id }) => id);
    if (isForward) ids.push(...found);
    else ids.unshift(...found);
    cursor = isForward ? pageInfo.endCursor : pageInfo.startCursor;
    if (!(isForward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) return ids;
  }
  throw new Error("the walk doesn't end");
}

test.each(walked)(
  "a walk through $name under inserts and deletes has each row that stayed once, in order, both ways",
  async (list) => {
    const types = { session: "Session", payment: "Payment", credit_lot: "CreditLot", learner: "Learner" } as const;
    const type = types[list.table as keyof typeof types];
    const staying = new Set(Array.from({ length: steady }, (_, index) => toId(type, rowUuid(list.table, index + 1))));
    const inOrder = async (order: string) => {
      const { nodes } = await readPage(list, `first: 250 ${order}`);
      return nodes.map(({ id }) => id).filter((id) => staying.has(id));
    };
    const orders = list.orders ?? [""];
    const expected = new Map<string, string[]>();
    for (const order of orders) expected.set(order, await inOrder(order));
    await using filling = await openFilling();
    const churn = churning(list, filling);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...orders),
        fc.integer({ min: 3, max: 17 }),
        fc.boolean(),
        async (order, size, isForward) => {
          const ids = await walk(list, { order, size, isForward }, churn);
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids.filter((id) => staying.has(id))).toEqual(expected.get(order));
          expect(expected.get(order)).toHaveLength(steady);
        },
      ),
      { numRuns: list.orders === undefined ? 5 : 8 },
    );
  },
  60_000,
);
