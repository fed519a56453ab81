import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { type TestTenant } from "./app.ts";
import { bulkFields, type BulkState, type Started } from "./bulk-files.ts";
import { createTestDatabase } from "./database.ts";
import { buildServer, installation } from "./server-process.ts";

beforeAll(buildServer, 120_000);

/** Real server processes on one database, of which one is killed. */
async function startStage() {
  const database = await createTestDatabase();
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  owner.on("error", () => undefined); // a statement of the test reports it
  await owner.connect();
  const home = await installation();
  const env = {
    DATABASE_URL: database.ownerUrl,
    DATABASE_APP_URL: database.appUrl,
    NEXORA_SECRET: randomBytes(32).toString("hex"),
    LOG_LEVEL: "error",
  };
  let server = home.start(env);
  let url = await server.ready;
  const { secretKey } = JSON.parse(await home.read("credentials.json")) as TestTenant;
  const graphql = async <Value>(query: string, variables: object, field: string): Promise<Value> => {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${secretKey}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data?: Record<string, unknown>; errors?: unknown };
    if (data?.[field] == null) throw new Error(JSON.stringify(errors));
    return data[field] as Value;
  };
  return {
    owner,
    graphql,
    read: (id: string) =>
      graphql<BulkState>(`query ($id: ID!) { bulkOperation(id: $id) { ${bulkFields} } }`, { id }, "bulkOperation"),
    /** Kills the process in the middle of its work; another one finds what it has left, as if half a minute had passed. */
    async killAndRestart() {
      server.signal("SIGKILL");
      await server.ended;
      await owner.query("UPDATE bulk_operation SET heartbeat_at = now() - interval '31 seconds'");
      server = home.start(env);
      url = await server.ready;
    },
    async [Symbol.asyncDispose]() {
      await home[Symbol.asyncDispose]();
      await owner.end();
      await database[Symbol.asyncDispose]();
    },
  };
}

async function until(
  read: () => Promise<BulkState>,
  isReached: (state: BulkState) => boolean,
  patienceMs = 90_000,
): Promise<BulkState> {
  for (const deadline = Date.now() + patienceMs; ; await sleep(20)) {
    const state = await read();
    if (isReached(state)) return state;
    if (Date.now() > deadline) throw new Error(JSON.stringify(state));
  }
}

const hasEnded = ({ finishedAt }: BulkState) => finishedAt !== null;

async function linesOf<Line>({ downloadUrl }: BulkState): Promise<Line[]> {
  const text = await (await fetch(downloadUrl ?? "")).text();
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
}

describe("kill -9 of the process that works on a bulk operation", () => {
  it("an import is gone on with by another: each line is done once and has one result", async () => {
    await using stage = await startStage();
    const count = 3_000;
    const file = Array.from(
      { length: count },
      (_, index) => `${JSON.stringify({ key: `k${index}`, input: { email: `k${index}@example.com` } })}\n`,
    ).join("");
    const document = "mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { lead { email } } }";
    const { bulkOperation, uploadUrl } = await stage.graphql<Started>(
      `mutation ($input: StartBulkImportInput!) {
        startBulkImport(input: $input) { bulkOperation { id } uploadUrl userErrors { code } }
      }`,
      { input: { document } },
      "startBulkImport",
    );
    await fetch(uploadUrl ?? "", { method: "PUT", body: file });
    const read = () => stage.read(bulkOperation?.id ?? "");
    const left = await until(read, ({ processedRows }) => processedRows >= 200);
    expect(left.status).toBe("RUNNING");
    await stage.killAndRestart();
    const ended = await until(read, hasEnded);
    expect(ended).toMatchObject({ status: "COMPLETED", processedRows: count, failedRows: 0 });
    const results = await linesOf<{ line: number; status: string }>(ended);
    expect(results.map(({ line }) => line)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    // REPLAYED would mean that a line was committed without its result.
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(["DONE"]));
    const { rows } = await stage.owner.query(
      `SELECT (SELECT count(*)::int FROM lead) AS leads, (SELECT max(attempts) FROM bulk_operation) AS attempts,
         (SELECT count(*)::int FROM journal_entry WHERE type = 'lead.captured') AS entries`,
    );
    expect(rows).toEqual([{ leads: count, entries: count, attempts: 2 }]);
  }, 180_000);

  it("an export begins anew in another, and its file is whole", async () => {
    await using stage = await startStage();
    await stage.owner.query(
      `INSERT INTO lead (tenant_id, id, email, source, stage)
       SELECT (SELECT id FROM tenant), uuidv7(), 'x' || n || '@example.com', 'test', 'NEW' FROM generate_series(1, 20000) AS n`,
    );
    const { bulkOperation } = await stage.graphql<Started>(
      "mutation ($input: StartBulkExportInput!) { startBulkExport(input: $input) { bulkOperation { id } userErrors { code } } }",
      { input: { document: "{ leads { nodes { email timeline { nodes { id } } id } } }" } },
      "startBulkExport",
    );
    const read = () => stage.read(bulkOperation?.id ?? "");
    const left = await until(read, ({ processedRows }) => processedRows > 0);
    expect(left.status).toBe("RUNNING");
    await stage.killAndRestart();
    const ended = await until(read, hasEnded);
    expect(ended).toMatchObject({ status: "COMPLETED", processedRows: 20_000 });
    const emails = (await linesOf<{ email: string }>(ended)).map(({ email }) => email);
    expect(emails).toHaveLength(20_000);
    expect(new Set(emails).size).toBe(20_000);
  }, 180_000);
});
