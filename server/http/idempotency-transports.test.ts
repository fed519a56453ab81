import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createClient } from "graphql-ws";
import pg from "pg";
import { WebSocket } from "ws";
import { startApp, type TestApp } from "../../test/app.ts";
import { createTestDatabase } from "../../test/database.ts";
import { holdCommits } from "../../test/held-commits.ts";
import { codesOf, sendKeyed } from "../../test/keyed-request.ts";

// One tenant, one principal, two server processes' worth of parts on one database: whatever way a request comes, it is the
// same request.

let app: TestApp;
let other: TestApp;
let owner: pg.Client;

beforeAll(async () => {
  const database = await createTestDatabase();
  app = await startApp({ database });
  other = await startApp({ database, tenant: app.tenant });
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await other.stop();
  await app.stop();
  await app.database[Symbol.asyncDispose]();
});

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly extensions?: Readonly<Record<string, unknown>> }[] | undefined;
  readonly extensions?: Readonly<Record<string, unknown>> | undefined;
}

interface Request {
  readonly key: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

type Send = (request: Request) => Promise<Answer>;

const overHttp: Send = (request) => sendKeyed(app, request);

const overAnotherProcess: Send = (request) => sendKeyed(other, request);

const overWebSocket: Send = async ({ key, query, variables }) => {
  const client = createClient({
    url: `${app.url.replace("http", "ws")}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${app.tenant.secretKey}` },
  });
  try {
    const answers = client.iterate({ query, variables, extensions: { idempotencyKey: key } });
    for await (const answer of answers) return answer as Answer;
    throw new Error("no answer");
  } finally {
    await client.dispose();
  }
};

const overEventStream: Send = async ({ key, query, variables }) => {
  const response = await fetch(`${app.url}/graphql/stream`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "text/event-stream",
      authorization: `Bearer ${app.tenant.secretKey}`,
      "idempotency-key": key,
    },
    body: JSON.stringify({ query, variables }),
  });
  const next = /event: next\n(?:id: .*\n)?data: (.*)\n/.exec(await response.text())?.[1];
  return JSON.parse(next ?? "null") as Answer;
};

const transports: readonly [name: string, send: Send][] = [
  ["HTTP", overHttp],
  ["another process", overAnotherProcess],
  ["a WebSocket", overWebSocket],
  ["an event stream", overEventStream],
];

const query = "mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { cursor lead { id version } } }";
const requestOf = (key: string): Request => ({ key, query, variables: { input: { email: `${key}@example.com` } } });

describe("the same request, first over HTTP", () => {
  it.each(transports)("is a repeated one over %s, with the same answer", async (_name, send) => {
    const request = requestOf(randomUUID());
    const first = await overHttp(request);
    const again = await send(request);
    expect(again.data).toEqual(first.data);
    expect(again.extensions?.["idempotency"]).toEqual({ replayed: true });
  });

  it.each(transports)("is refused over %s with other variables", async (_name, send) => {
    const request = requestOf(randomUUID());
    await overHttp(request);
    const refused = await send({ ...request, variables: { input: { externalId: "another" } } });
    expect(refused.errors?.map(({ extensions }) => extensions?.["code"])).toEqual([
      "IDEMPOTENCY_KEY_PARAMETER_MISMATCH",
    ]);
  });

  it.each(transports)("is refused over %s while it runs", async (_name, send) => {
    const request = requestOf(randomUUID());
    await using commits = await holdCommits(app.database.ownerUrl);
    const running = overHttp(request);
    await commits.waiting();
    const refused = await send(request);
    await commits.release();
    expect(refused.errors?.map(({ extensions }) => extensions?.["code"])).toEqual(["IDEMPOTENCY_CONCURRENT_REQUEST"]);
    expect((await send(request)).data).toEqual((await running).data);
  });
});

it("has one effect when it is sent 60 times at once over everything", async () => {
  const request = requestOf(randomUUID());
  const answers = await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      const send = transports[index % transports.length]?.[1] ?? overHttp;
      for (;;) {
        const answer = await send(request);
        const codes = (answer.errors ?? []).map(({ extensions }) => extensions?.["code"]);
        if (codes.length === 0) return answer;
        expect(codes).toEqual(["IDEMPOTENCY_CONCURRENT_REQUEST"]);
      }
    }),
  );
  expect(new Set(answers.map(({ data }) => JSON.stringify(data))).size).toBe(1);
  expect(answers.filter(({ extensions }) => extensions?.["idempotency"] === undefined)).toHaveLength(1);
  const { rows } = await owner.query("SELECT FROM journal_entry WHERE personal ->> 'email' = $1", [
    `${request.key}@example.com`,
  ]);
  expect(rows).toHaveLength(1);
});

it("asks a browser's page for nothing that it can't send", async () => {
  const preflight = await fetch(`${app.url}/graphql`, {
    method: "OPTIONS",
    headers: { origin: "https://example.com", "access-control-request-method": "POST" },
  });
  expect(preflight.headers.get("access-control-allow-headers")).toContain("idempotency-key");
  expect(codesOf(await sendKeyed(app, { ...requestOf("a"), credential: null }))).toEqual(["UNAUTHENTICATED"]);
});
