import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import { parseRateLimit } from "ratelimit-header-parser";
import { toUuid } from "../server/operations/ids.ts";
import { type GraphQLAnswer, startApp, type TestApp } from "./app.ts";
import { follow } from "./live.ts";
import { startRedisServer } from "./redis-server.ts";
import { transports } from "./transports.ts";

const leads = "query ($first: Int!) { leads(first: $first) { nodes { id owner { id } } } }";

interface Cost {
  requested: number;
  actual: number;
  throttle: { max: number; available: number; restoreRate: number };
}

interface Refusal {
  retryAfterMs: number;
  requestId: string;
}

const refusalOf = (errors: GraphQLAnswer["errors"]) => (errors?.[0]?.extensions ?? {}) as unknown as Refusal;

const costOf = (answer: Pick<GraphQLAnswer, "extensions">) => answer.extensions?.["cost"] as Cost;

function post(app: TestApp, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${app.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${app.tenant.secretKey}`, ...headers },
    body: JSON.stringify(body),
  });
}

async function capture(app: TestApp, count: number): Promise<void> {
  const mutation = "mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { lead { id } } }";
  for (let index = 0; index < count; index += 1) {
    await app.graphql(mutation, { input: { email: `person-${index}@example.com` } });
  }
}

describe("with the standard plan", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp({ env: { PLANS: "standard=10000/200" } });
    await capture(app, 3);
  }, 60_000);
  afterAll(async () => {
    await app[Symbol.asyncDispose]();
  });

  test.each(["first answer, by Apollo", "second answer, by the hot path"])("%s tells what it cost", async () => {
    const answer = await app.graphql(leads, { first: 20 });
    expect(answer.status).toBe(200);
    expect(costOf(answer)).toMatchObject({
      requested: 2 + 20 * 2,
      actual: 2 + 3 * 2,
      throttle: { max: 10_000, restoreRate: 200 },
    });
  });

  test("the headers say the same, and parsers read them", async () => {
    const response = await post(app, { query: leads, variables: { first: 250 } });
    const { extensions } = (await response.json()) as GraphQLAnswer;
    const { throttle } = costOf({ extensions });
    expect(response.headers.get("ratelimit-policy")).toBe("10000;w=50");
    expect(parseRateLimit(response)).toMatchObject({ limit: throttle.max, remaining: throttle.available });
  });

  test("what was reserved and not used is given back", async () => {
    const before = costOf(await app.graphql("{ __typename }")).throttle.available;
    const after = costOf(await app.graphql(leads, { first: 250 })).throttle.available;
    expect(after).toBeGreaterThan(before - 20);
  });

  test("more than 5,000 is refused, with the dearest paths, and costs 1", async () => {
    const query = "query ($first: Int!) { leads(first: $first) { nodes { timeline(first: 50) { nodes { id } } } } }";
    const answer = await app.graphql(query, { first: 250 });
    expect(answer.status).toBe(400);
    expect(answer.errors?.[0]?.extensions).toMatchObject({
      code: "COST_EXCEEDED",
      requested: 2 + 250 * (1 + 1 + 1 + 50),
      maximum: 5_000,
      dearest: [
        { path: "leads.nodes.timeline.nodes", price: 250 * 51 },
        { path: "leads.nodes", price: 251 },
        { path: "leads.nodes.timeline", price: 250 },
        { path: "leads", price: 1 },
      ],
    });
    expect(costOf(answer)).toMatchObject({ actual: 1 });
  });

  test("an operation that isn't valid costs 1", async () => {
    expect(costOf(await app.graphql("{ nope }"))).toMatchObject({ requested: 1, actual: 1 });
  });

  test.each(Object.entries(transports))(
    "`explain` tells the price of each path and executes nothing over %s",
    async (_, send) => {
      const before = (await app.graphql("{ leads { totalCount } }")).data;
      const { data, errors, extensions } = await send(app.url, app.tenant.secretKey, {
        query: `mutation { captureLead(input: { email: "explained@example.com" }) { lead { id owner { id } } } }`,
        extensions: { explain: true },
      });
      expect([data, errors]).toEqual([null, undefined]);
      expect(extensions?.["cost"]).toMatchObject({
        requested: 12,
        actual: 1,
        maximum: 5_000,
        paths: [
          { path: "captureLead", price: 10 },
          { path: "captureLead.lead", price: 1 },
          { path: "captureLead.lead.owner", price: 1 },
        ],
      });
      expect((await app.graphql("{ leads { totalCount } }")).data).toEqual(before);
    },
  );

  test("a larger plan's buckets are full from the first operation on", async () => {
    await using large = await startApp({ env: { PLANS: "standard=10000/200,own=1000000/1" } });
    const { extensions } = await large.graphql("{ viewer { tenant { id } } }");
    const { max, available } = costOf({ extensions }).throttle;
    expect(max).toBe(1_000_000);
    expect(available).toBeGreaterThan(999_000);
  });

  test("`rateLimit` shows the buckets and the limits", async () => {
    const { data } = await app.graphql(
      "{ rateLimit { buckets { scope max available restoreRate } operation { maxCost maxDepth maxPageSize } } }",
    );
    expect(data?.["rateLimit"]).toMatchObject({
      buckets: [
        { scope: "CREDENTIAL", max: 10_000, restoreRate: 200 },
        { scope: "TENANT", max: 10_000, restoreRate: 200 },
      ],
      operation: { maxCost: 5_000, maxDepth: 12, maxPageSize: 250 },
    });
    const stranger = await app.graphql("{ rateLimit { buckets { scope } } }", {}, null);
    expect(stranger.data?.["rateLimit"]).toEqual({ buckets: [{ scope: "ADDRESS" }] });
  });
});

describe("with an empty bucket", () => {
  const small = "standard=5000/1";
  const viewer = "{ viewer { role } }";
  // What isn't used is given back, so only what really costs something empties a bucket.
  const costly = `{ ${Array.from({ length: 30 }, (_, index) => `t${index}: leads(first: 0) { totalCount }`).join(" ")} }`;

  /** Leaves less in the buckets than the operation costs. */
  async function drain(app: TestApp, query = costly): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if ((await app.graphql(query)).status === 429) return;
    }
    throw new Error("the bucket is never empty");
  }

  test("refuses with 429 under any media type, the headers, and when to come again", async () => {
    await using app = await startApp({ env: { PLANS: small } });
    await drain(app);
    for (const [accept, type] of [
      [undefined, "application/graphql-response+json; charset=utf-8"],
      ["application/graphql-response+json", "application/graphql-response+json; charset=utf-8"],
      ["application/json", "application/json; charset=utf-8"],
    ] as const) {
      const response = await post(app, { query: costly }, accept === undefined ? {} : { accept });
      const { data, errors, extensions } = (await response.json()) as GraphQLAnswer;
      expect(response.status).toBe(429);
      expect(response.headers.get("content-type")).toBe(type);
      expect(data ?? null).toBeNull();
      const { retryAfterMs, ...rest } = refusalOf(errors);
      expect(rest).toMatchObject({ code: "RATE_LIMITED", reason: "COST" });
      const { requested, actual, throttle } = costOf({ extensions });
      expect({ requested, actual }).toEqual({ requested: 330, actual: 1 });
      expect(retryAfterMs).toBeGreaterThan((requested - throttle.available - 1) * 1_000);
      expect(Number(response.headers.get("retry-after"))).toBe(Math.ceil(retryAfterMs / 1_000));
      expect(parseRateLimit(response)).toMatchObject({ limit: throttle.max, remaining: throttle.available });
    }
    // What is cheaper than what is left still runs.
    expect((await app.graphql(viewer)).status).toBe(200);
  }, 60_000);

  test("a WebSocket carries the same refusal, and lives on", async () => {
    await using app = await startApp({ env: { PLANS: small } });
    await drain(app);
    await using refused = follow({ url: app.url, credential: app.tenant.secretKey, query: costly });
    expect(await refused.ended).toMatchObject([
      { extensions: { code: "RATE_LIMITED", reason: "COST", retryAfterMs: expect.any(Number) } },
    ]);
    const stream = await fetch(`${app.url}/graphql/stream`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "text/event-stream",
        authorization: `Bearer ${app.tenant.secretKey}`,
      },
      body: JSON.stringify({ query: costly }),
    });
    expect([stream.status, stream.headers.get("ratelimit-policy")]).toEqual([429, "5000;w=5000"]);
    expect(stream.headers.get("retry-after")).toMatch(/^\d+$/);
    await stream.body?.cancel();
  }, 60_000);

  test("one tenant's doesn't hold another tenant up, one key's holds back its tenant only as far as they share", async () => {
    await using app = await startApp({ env: { PLANS: small } });
    const other = await app.createTenant();
    await drain(app);
    expect((await app.graphql(costly)).status).toBe(429);
    expect((await app.graphql(costly, {}, other.secretKey)).status).toBe(200);
    expect((await app.graphql("{ rateLimit { buckets { scope } } }", {}, null)).status).toBe(200);
  }, 60_000);

  test("who goes on asking is refused unread until his wait is over; others aren't", async () => {
    await using app = await startApp({ env: { PLANS: small } });
    const other = await app.createTenant();
    await drain(app);
    for (let attempt = 0; attempt < 30; attempt += 1) await app.graphql(costly);
    const response = await post(app, { query: viewer });
    const { errors, extensions } = (await response.json()) as GraphQLAnswer;
    const { retryAfterMs, requestId } = refusalOf(errors);
    expect([response.status, errors?.[0]?.message]).toEqual([429, expect.stringContaining("Wait before the next")]);
    expect(errors?.[0]?.extensions).toMatchObject({ code: "RATE_LIMITED", reason: "COST" });
    expect(retryAfterMs).toBeLessThanOrEqual(1_000);
    expect(response.headers.get("x-request-id")).toBe(requestId);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(parseRateLimit(response)).toMatchObject({ remaining: costOf({ extensions }).throttle.available });
    expect((await app.graphql(viewer, {}, other.secretKey)).status).toBe(200);
    await sleep(retryAfterMs + 5);
    expect((await app.graphql(viewer)).status).toBe(200);
  }, 60_000);

  test("two processes share it by Redis; while Redis is away each goes on from where it stood", async () => {
    const redis = await startRedisServer();
    await using one = await startApp({ redisUrl: redis.url, env: { PLANS: small } });
    await using two = await startApp({
      redisUrl: redis.url,
      env: { PLANS: small },
      database: one.database,
      tenant: one.tenant,
    });
    await drain(one);
    expect((await two.graphql(costly)).status).toBe(429);
    await redis.stop("SIGKILL");
    for (const app of [one, two]) {
      const answer = await app.graphql(costly);
      expect([answer.status, answer.errors?.[0]?.extensions["code"]]).toEqual([429, "RATE_LIMITED"]);
      expect((await app.graphql("{ viewer { role } }")).status).toBe(200);
    }
    await two.stop();
    await one.stop();
  }, 60_000);

  test("a feed waits and loses nothing", async () => {
    await using app = await startApp({ env: { PLANS: "standard=5000/50" } });
    const query = `subscription { journal { ... on JournalEntry { position } } }`;
    await using followed = follow({ url: app.url, credential: app.tenant.secretKey, query });
    await followed.live();
    await drain(app);
    await drain(app, "{ leads(first: 0) { totalCount } }");
    // What is written together is sent together, and owed.
    await append(app, 100);
    await followed.until(100);
    await append(app, 100);
    await sleep(500);
    expect(followed.results).toHaveLength(100);
    await followed.until(200);
    const positions = followed.results.map(({ data }) => positionOf(data?.["journal"]));
    expect(positions).toEqual(Array.from({ length: 200 }, (_, index) => (positions[0] ?? 0) + index));
  }, 60_000);
});

/** Entries from elsewhere: nobody pays for them. */
async function append(app: TestApp, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: app.database.appUrl });
  await client.connect();
  try {
    await client.query("SELECT set_config('nexora.tenant_id', $1, false)", [toUuid("Tenant", app.tenant.tenantId)]);
    const entries = Array.from({ length: count }, () => ({
      type: "test.appended",
      subjectType: "Lead",
      subjectId: randomUUID(),
      actor: { type: "SYSTEM" },
      requestId: "test",
      data: {},
    }));
    await client.query("SELECT journal_append($1)", [JSON.stringify(entries)]);
  } finally {
    await client.end();
  }
}

const positionOf = (journal: unknown) => Number((journal as { position: string } | undefined)?.position);
