// Nothing of the schema is deprecated now, so the test deprecates something: in the decorators' metadata, before the schema
// is built from them. All else is the real server.
import "reflect-metadata";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { getMetadataStorage } from "type-graphql";
import { payload, startApp, type TestApp } from "./app.ts";
import { capture, follow } from "./live.ts";

const company = { coordinate: "Lead.company", reason: "Use attributes. Removal 2028-01-01.", removal: "2028-01-01" };
const source = {
  coordinate: "CaptureLeadInput.source",
  reason: "Use origin. Removal 2028-04-01.",
  removal: "2028-04-01",
};

let app: TestApp;

function fieldAt(coordinate: string) {
  const [type, name] = coordinate.split(".");
  const field = getMetadataStorage().fields.find(
    (each) => (each.target as { name: string }).name === type && each.schemaName === name,
  );
  if (field === undefined) throw new Error(`no ${coordinate}`);
  return field;
}

beforeAll(async () => {
  for (const { coordinate, reason } of [company, source]) fieldAt(coordinate).deprecationReason = reason;
  app = await startApp();
});

afterAll(async () => {
  for (const { coordinate } of [company, source]) Reflect.deleteProperty(fieldAt(coordinate), "deprecationReason");
  await app?.[Symbol.asyncDispose]();
});

interface Usage {
  readonly keyId: string;
  readonly coordinate: string;
  readonly operations: number;
}

const usageQuery = `{
  deprecatedFieldUsage { nodes { keyId coordinate reason removal operations firstUsedAt lastUsedAt } }
  viewer { key { id } }
}`;

async function usage(): Promise<readonly Usage[]> {
  return payload<{ nodes: Usage[] }>(await app.graphql(usageQuery), "deprecatedFieldUsage").nodes;
}

async function usageOf(operations: number): Promise<readonly Usage[]> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const nodes = await usage();
    if (nodes.reduce((sum, each) => sum + each.operations, 0) >= operations) return nodes;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`not ${operations} counted: ${JSON.stringify(await usage())}`);
}

const query = "{ leads { nodes { company } } }";
const mutation = "mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { accepted } }";
const input = { email: "ada@example.com", source: "fair" };

describe("who uses what is deprecated", () => {
  it("is told over HTTP, by whichever path the answer goes", async () => {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect((await app.graphql(query)).extensions).toMatchObject({ deprecations: [company] });
    }
    expect((await app.graphql(mutation, { input })).extensions).toMatchObject({ deprecations: [source] });
    expect((await app.graphql("{ leads { nodes { name } } }")).extensions).not.toHaveProperty("deprecations");
  });

  it("is told over a WebSocket, also in the messages of a feed", async () => {
    const one = follow({ url: app.url, credential: app.tenant.secretKey, query });
    expect((await one.until(1))[0]?.extensions).toMatchObject({ deprecations: [company] });
    await one[Symbol.asyncDispose]();
    const feed = "subscription { leadChanged { ... on LeadChanged { lead { company } } } }";
    await using followed = follow({ url: app.url, credential: app.tenant.secretKey, query: feed });
    await followed.live();
    await capture(app);
    expect((await followed.until(1))[0]?.extensions).toMatchObject({ deprecations: [company] });
  });

  it("is told over an event stream", async () => {
    const response = await fetch(`${app.url}/graphql/stream`, {
      method: "POST",
      headers: {
        accept: "text/event-stream",
        "content-type": "application/json",
        authorization: `Bearer ${app.tenant.secretKey}`,
      },
      body: JSON.stringify({ query }),
    });
    expect(await response.text()).toContain(JSON.stringify({ deprecations: [company] }).slice(1, -1));
  });

  it("is counted for each key, and listed", async () => {
    // Four over HTTP, two over the socket, one over the stream; a seventh use is of another member.
    const nodes = await usageOf(7);
    const answer = await app.graphql(usageQuery);
    const { key } = payload<{ key: { id: string } }>(answer, "viewer");
    expect(nodes).toHaveLength(2);
    expect(nodes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...company, keyId: key.id, operations: 6 }),
        expect.objectContaining({ ...source, keyId: key.id, operations: 1 }),
      ]),
    );
    await app.graphql(mutation, { input }, app.tenant.publishableKey);
    await app.graphql(query);
    const later = await usageOf(9);
    expect(later).toHaveLength(3);
    expect(later).toContainEqual(expect.objectContaining({ ...company, operations: 7 }));
  }, 60_000);

  it("is another tenant's business there", async () => {
    const other = await app.createTenant();
    const seen = await app.graphql("{ deprecatedFieldUsage { nodes { id } } }", {}, other.secretKey);
    expect(seen.data).toEqual({ deprecatedFieldUsage: { nodes: [] } });
  });
});
