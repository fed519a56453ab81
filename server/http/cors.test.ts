import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { payload, startApp, type TestApp } from "../../test/app.ts";

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const origin = "https://shop.example";

async function createKey(allowedOrigins: readonly string[]): Promise<string> {
  const { ownerEmail: email, ownerPassword: password } = app.tenant;
  const signedIn = await app.graphql(
    `mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }`,
    { input: { email, password } },
    null,
  );
  const answer = await app.graphql(
    `mutation ($input: CreatePublishableKeyInput!) { createPublishableKey(input: $input) { secret } }`,
    { input: { name: "page", allowedOrigins } },
    payload<{ tokens: { accessToken: string } }>(signedIn, "signIn").tokens.accessToken,
  );
  return payload<{ secret: string }>(answer, "createPublishableKey").secret;
}

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
      // Data is for the page that the key was checked for; a refusal may be read by any, so that it can tell why.
      expect(answer.headers.get("access-control-allow-origin")).toBe(credential === "pk_unknown" ? "*" : origin);
      expect(answer.headers.get("vary")).toContain("origin");
      expect(answer.headers.get("access-control-expose-headers")).toContain("x-request-id");
    }
  });

  it("needs to be on the list of a publishable key that has one", async () => {
    const key = await createKey(["https://shop.example", "https://www.shop.example"]);
    const ask = (from: string) => {
      const headers = { origin: from, authorization: `Bearer ${key}`, "content-type": "application/json" };
      const query = `mutation { captureLead(input: { email: "page@example.com" }) { accepted } }`;
      return fetch(`${app.url}/graphql`, { method: "POST", headers, body: JSON.stringify({ query }) });
    };
    for (const allowed of ["https://shop.example", "https://www.shop.example"]) {
      const answer = await ask(allowed);
      expect(answer.headers.get("access-control-allow-origin")).toBe(allowed);
      expect(await answer.json()).toMatchObject({ data: { captureLead: { accepted: true } } });
    }
    for (const foreign of [
      "https://evil.example",
      "http://shop.example",
      "https://shop.example.evil.example",
      "null",
    ]) {
      const answer = await ask(foreign);
      expect(answer.status).toBe(403);
      expect(await answer.json()).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN", reason: "ORIGIN" } }] });
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
