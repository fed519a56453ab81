import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startApp, type TestApp } from "../../test/app.ts";

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const origin = "https://shop.example";

describe("a page of another origin", () => {
  it.each(["/graphql", "/graphql/stream", "/uploads/leads/x"])(
    "may ask %s with a credential of its own",
    async (path) => {
      const answer = await fetch(`${app.url}${path}`, {
        method: "OPTIONS",
        headers: {
          origin,
          "access-control-request-method": "POST",
          "access-control-request-headers": "authorization,content-type,idempotency-key",
        },
      });
      expect(answer.status).toBe(204);
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      expect(answer.headers.get("access-control-allow-methods")).toContain("POST");
      const allowed = answer.headers.get("access-control-allow-headers")?.split(", ");
      expect(allowed).toEqual(expect.arrayContaining(["authorization", "content-type", "idempotency-key"]));
      expect(answer.headers.has("access-control-allow-credentials")).toBe(false);
    },
  );

  it("reads answers and refusals, the first time and when the operation comes again", async () => {
    const capture = (credential: string) =>
      fetch(`${app.url}/graphql`, {
        method: "POST",
        headers: { origin, authorization: `Bearer ${credential}`, "content-type": "application/json" },
        body: JSON.stringify({ query: `mutation { captureLead(input: { email: "page@example.com" }) { accepted } }` }),
      });
    for (const credential of [app.tenant.publishableKey, app.tenant.publishableKey, "pk_unknown"]) {
      const answer = await capture(credential);
      expect(answer.status).toBe(credential === "pk_unknown" ? 401 : 200);
      expect(answer.headers.get("access-control-allow-origin")).toBe("*");
      expect(answer.headers.get("access-control-expose-headers")).toContain("x-request-id");
    }
  });

  it("reads an event stream", async () => {
    const answer = await fetch(`${app.url}/graphql/stream`, {
      method: "POST",
      headers: { origin, authorization: `Bearer ${app.tenant.secretKey}`, "content-type": "application/json" },
      body: JSON.stringify({ query: "{ __typename }" }),
    });
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
    expect(await answer.text()).toContain("Query");
  });

  it("gets nothing at addresses that aren't for pages", async () => {
    const answer = await fetch(`${app.url}/readyz`, { headers: { origin } });
    expect(answer.headers.has("access-control-allow-origin")).toBe(false);
  });
});
