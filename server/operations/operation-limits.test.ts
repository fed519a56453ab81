import { createHash } from "node:crypto";
import { Writable } from "node:stream";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { follow } from "../../test/live.ts";
import { createLog } from "../log.ts";

const deadlineMs = 2_000; // less than an operation waits for its turn
const perTenant = { running: 4, waiting: 3 };
const slowQuery = "query Slow($first: Int) { leads(first: $first) { nodes { id notes(first: 10) { nodes { id } } } } }";

let app: TestApp;
let owner: pg.Client;
const lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)) as Record<string, unknown>);
      done();
    },
  });
  app = await startApp({
    log: createLog({ level: "warn", destination }),
    env: {
      OPERATION_TIMEOUT_MS: String(deadlineMs),
      SLOW_OPERATION_MS: "300",
      TENANT_CONCURRENCY: String(perTenant.running),
      TENANT_QUEUE: String(perTenant.waiting),
    },
  });
  owner = new pg.Client(app.database.ownerUrl);
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await app[Symbol.asyncDispose]();
});

// Whoever reads or writes leads waits, until the test is over.
beforeEach(async () => {
  await owner.query("BEGIN; LOCK TABLE lead IN ACCESS EXCLUSIVE MODE");
});

afterEach(async () => {
  await owner.query("ROLLBACK");
});

/** Statements of the server that wait in the database. */
async function waitingStatements(): Promise<number> {
  await owner.query("SELECT pg_stat_clear_snapshot()"); // a transaction sees what it saw first
  const { rows } = await owner.query<{ count: string }>(
    "SELECT count(*) FROM pg_stat_activity WHERE usename <> current_user AND datname = current_database() AND state = 'active'",
  );
  return Number(rows[0]?.count);
}

/** `eventually` for something that has to be asked for. */
async function untilNoStatementWaits(): Promise<void> {
  const until = performance.now() + 5_000;
  while ((await waitingStatements()) > 0) {
    if (performance.now() > until) throw new Error("a statement still waits");
  }
}

const timedOut = (more: object = {}) => ({
  message: "The operation took too long. Ask for less at once.",
  extensions: { code: "EXECUTION_TIMEOUT", ...more, requestId: expect.any(String) },
});

describe("an operation at its deadline", () => {
  it("is refused with a smaller page, the same on every transport, and what it did in the database has ended", async () => {
    const begunAt = performance.now();
    const error = timedOut({ suggestedFirst: 20 });
    const variables = { first: 40 };

    for (const _time of ["the first time", "when it comes again"]) {
      const answer = await app.graphql(slowQuery, variables);
      expect(answer.status).toBe(503);
      expect(answer.data == null).toBe(true);
      expect(answer.errors).toEqual([
        expect.objectContaining({ ...error, extensions: expect.objectContaining(error.extensions) }),
      ]);
      await untilNoStatementWaits();
    }

    const stream = await fetch(`${app.url}/graphql/stream`, {
      method: "POST",
      headers: { authorization: `Bearer ${app.tenant.secretKey}`, "content-type": "application/json" },
      body: JSON.stringify({ query: slowQuery, variables }),
    });
    const event = /event: next\n(?:id: .*\n)?data: (.*)/.exec(await stream.text())?.[1] ?? "{}";
    const streamed = JSON.parse(event) as { errors: { extensions: object }[] };
    expect(streamed.errors[0]?.extensions).toMatchObject({ code: "EXECUTION_TIMEOUT", suggestedFirst: 20 });

    await using socket = follow({ url: app.url, credential: app.tenant.secretKey, query: slowQuery, variables });
    const [result] = await socket.until(1);
    expect(result?.errors?.[0]?.extensions).toMatchObject({ code: "EXECUTION_TIMEOUT", suggestedFirst: 20 });
    await untilNoStatementWaits();
    expect(performance.now() - begunAt).toBeLessThan(4 * (deadlineMs + 2_000));
  });

  it("suggests nothing where no page is asked for", async () => {
    const { status, errors } = await app.graphql(`{ lead(id: "lead_01h455vb4pex5vsknk084sn02q") { id } }`);
    expect(status).toBe(503);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "EXECUTION_TIMEOUT" });
    expect(errors?.[0]?.extensions).not.toHaveProperty("suggestedFirst");
  });

  it("has written nothing when it was a mutation", async () => {
    const { status } = await app.graphql(`mutation { captureLead(input: { email: "late@example.com" }) { accepted } }`);
    expect(status).toBe(503);
    await untilNoStatementWaits();
    await owner.query("ROLLBACK");
    const { rows } = await owner.query("SELECT 1 FROM lead_identity WHERE value = 'late@example.com'");
    expect(rows).toEqual([]);
    const { data } = await app.graphql(`{ leads(filter: { email: { eq: "late@example.com" } }) { totalCount } }`);
    expect(data).toEqual({ leads: { totalCount: 0 } });
  });

  it("is logged with the hash of its document, its statements and its time, without its texts", async () => {
    lines.length = 0;
    await app.graphql(slowQuery, { first: 7 });
    expect(lines.find(({ msg }) => msg === "a slow operation")).toMatchObject({
      level: "warn",
      documentId: `sha256:${createHash("sha256").update(slowQuery).digest("hex")}`,
      operationName: "Slow",
      statements: 1,
      failed: true,
      tenantId: expect.any(String),
      requestId: expect.any(String),
      ms: expect.any(Number),
    });
    expect(lines.filter(({ level }) => level === "error")).toEqual([]);
  });
});

it("ends a query whose caller has gone, before its deadline", async () => {
  const gone = new AbortController();
  const request = fetch(`${app.url}/graphql`, {
    method: "POST",
    signal: gone.signal,
    headers: { authorization: `Bearer ${app.tenant.secretKey}`, "content-type": "application/json" },
    body: JSON.stringify({ query: slowQuery }),
  });
  const failed = expect(request).rejects.toThrow();
  const begunAt = performance.now();
  while ((await waitingStatements()) === 0 && performance.now() - begunAt < 5_000);
  gone.abort();
  await failed;
  await untilNoStatementWaits();
  expect(performance.now() - begunAt).toBeLessThan(deadlineMs);
});

describe("a tenant that asks for too much at once", () => {
  it("waits, then is refused with a time; another one isn't concerned", async () => {
    const other = await app.createTenant();
    lines.length = 0;
    const flood = Array.from({ length: perTenant.running + perTenant.waiting + 5 }, () => app.graphql(slowQuery));
    const first = await Promise.race(flood);
    expect(first.status).toBe(429);
    expect(first.headers.get("retry-after")).toBe("1");
    expect(first.errors?.[0]?.extensions).toMatchObject({
      code: "RATE_LIMITED",
      reason: "CONCURRENCY",
      retryAfterMs: expect.any(Number),
    });
    expect(payload(await app.graphql("{ viewer { role } }", {}, other.secretKey), "viewer")).toEqual({ role: null });
    const statuses = (await Promise.all(flood)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
    expect(statuses.filter((status) => status === 503)).toHaveLength(perTenant.running + perTenant.waiting);
  });

  it("is served again afterwards", async () => {
    await owner.query("ROLLBACK");
    const answers = await Promise.all(Array.from({ length: perTenant.running }, () => app.graphql(slowQuery)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  });
});
