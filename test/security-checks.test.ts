import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { buildSchema, executeSync, parse, validate } from "graphql";
import { startApp, type TestApp } from "./app.ts";
import { findings, securityChecks } from "./security-checks.ts";

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});

afterAll(async () => {
  await app?.[Symbol.asyncDispose]();
});

describe("graphql-cop's checks", () => {
  it("find nothing as a stranger", async () => {
    expect(await findings({ url: app.url, credential: null })).toEqual([]);
  });

  it("find no more than introspection and GET with a key", async () => {
    const found = await findings({ url: app.url, credential: app.tenant.secretKey });
    expect(found).toEqual(["introspection", "queries by GET"]);
  });

  it("find no more than GET with a publishable key, which anybody may read", async () => {
    const found = await findings({ url: app.url, credential: app.tenant.publishableKey });
    expect(found).toEqual(["queries by GET"]);
  });

  it("find everything at a server that does everything wrong", async () => {
    const server = createServer((request, response) => {
      void answerCarelessly(request).then((body) => response.end(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as AddressInfo;
      const found = await findings({ url: `http://127.0.0.1:${port}`, credential: null });
      expect(found).toEqual(securityChecks.map(({ name }) => name));
      expect(found).toHaveLength(12);
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});

const schema = buildSchema("type Query { a: Query } type Mutation { b: Int }");

async function answerCarelessly(request: IncomingMessage): Promise<string> {
  const { searchParams, pathname } = new URL(request.url ?? "", "http://localhost");
  if (pathname !== "/graphql") return "<title>GraphiQL</title>";
  const body = await text(request);
  const form = new URLSearchParams(body).get("query");
  const sent = body.startsWith("{") || body.startsWith("[") ? (JSON.parse(body) as { query: string }) : undefined;
  if (Array.isArray(sent)) return JSON.stringify(sent.map(({ query }: { query: string }) => run(query)));
  return JSON.stringify(run(searchParams.get("query") ?? sent?.query ?? form ?? ""));
}

function run(query: string): unknown {
  try {
    const document = parse(query);
    const isCircular = query.includes("type { fields");
    const errors = isCircular ? [] : validate(schema, document);
    if (errors.length > 0) return { errors };
    return { ...executeSync({ schema, document, rootValue: {} }), extensions: { tracing: {} } };
  } catch (error) {
    return { errors: [{ message: String(error), extensions: { exception: { stacktrace: [] } } }] };
  }
}
