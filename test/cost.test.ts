import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parseRateLimit } from "ratelimit-header-parser";
import { type GraphQLAnswer, startApp, type TestApp } from "./app.ts";

const leads = "query ($first: Int!) { leads(first: $first) { nodes { id owner { id } } } }";

interface Cost {
  requested: number;
  actual: number;
  throttle: { max: number; available: number; restoreRate: number };
}

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

  test("`explain` tells the price of each path and executes nothing", async () => {
    const before = (await app.graphql("{ leads { totalCount } }")).data;
    const response = await post(app, {
      query: `mutation { captureLead(input: { email: "explained@example.com" }) { lead { id owner { id } } } }`,
      extensions: { explain: true },
    });
    expect(response.status).toBe(200);
    const { data, errors, extensions } = (await response.json()) as GraphQLAnswer;
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
