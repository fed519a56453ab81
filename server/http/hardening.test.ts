import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startApp, type TestApp } from "../../test/app.ts";

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

interface RawAnswer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** What comes back for bytes that no HTTP client would send. */
async function sendRaw(bytes: string | Buffer): Promise<RawAnswer> {
  const socket = connect(app.port, "127.0.0.1");
  socket.write(bytes);
  const answer = await text(socket);
  const [head = "", body = ""] = answer.split("\r\n\r\n", 2);
  return { status: Number(head.split(" ")[1]), head: head.toLowerCase(), body };
}

/** The one shape of a refused request. */
function refused(requestId: unknown = expect.any(String)) {
  return {
    errors: [{ message: expect.any(String), extensions: { code: "BAD_USER_INPUT", reason: "REQUEST", requestId } }],
  };
}

const graphqlHead = (more: string) =>
  `POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${app.tenant.secretKey}\r\nConnection: close\r\n${more}\r\n`;

describe("what isn't HTTP", () => {
  it.each<[string, () => string | Buffer, number]>([
    ["nonsense", () => "nonsense\r\n\r\n", 400],
    ["a broken header", () => "GET / HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n", 400],
    ["no host", () => "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
    ["two lengths", () => graphqlHead("Content-Length: 2\r\nContent-Length: 3\r\n") + "{}", 400],
    ["a length and chunks", () => graphqlHead("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n") + "{}", 400],
    ["headers without an end", () => `GET / HTTP/1.1\r\nHost: x\r\nx: ${"y".repeat(20_000)}\r\n\r\n`, 431],
    [
      "long chunk extensions",
      () =>
        `${graphqlHead("Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n")}2;${"x".repeat(20_000)}\r\n{}`,
      413,
    ],
  ])("is refused in the shape of other errors: %s", async (_name, bytes, status) => {
    const answer = await sendRaw(bytes());
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual(refused());
    expect(answer.head).toContain("content-security-policy: default-src 'none'");
    expect(answer.head).toContain("connection: close");
  });

  it.each([
    [
      "an address that is no URL",
      "GET // HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
      404,
    ],
    ["an unknown address", "GET /x HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", 404],
    ["no key", "GET /graphql HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", 400],
  ])("is refused as an upgrade: %s", async (_name, bytes, status) => {
    const answer = await sendRaw(bytes);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual(refused());
  });
});

describe("a body", () => {
  const post = (body: Buffer | string) =>
    fetch(`${app.url}/graphql`, {
      method: "POST",
      headers: { authorization: `Bearer ${app.tenant.secretKey}`, "content-type": "application/json" },
      body,
    });

  it.each<[string, Buffer]>([
    ["bytes that are no UTF-8", Buffer.from('{"query":"{ __typename }","operationName":"\xff"}', "latin1")],
    ["half a character", Buffer.from([...Buffer.from('{"query":"{ __typename }","variables":{"a":"'), 0xe2, 0x82])],
    ["a surrogate in CESU-8", Buffer.from([0x22, 0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80, 0x22])],
    ["no JSON", Buffer.from("{")],
    ["nothing", Buffer.from("")],
    ["__proto__", Buffer.from('{"query":"{ __typename }","__proto__":{"x":1}}')],
  ])("is refused when it has %s", async (_name, body) => {
    const answer = await post(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject(refused(answer.headers.get("x-request-id")));
  });

  it.each(["/graphql", "/graphql/stream"])(
    "is refused when it doesn't arrive: %s",
    async (path) => {
      const answer = await sendRaw(
        `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
      );
      expect(answer.status).toBe(408);
      expect(answer.head).toContain("connection: close");
      expect(JSON.parse(answer.body)).toMatchObject(refused());
    },
    20_000,
  );

  it("may have any character of Unicode", async () => {
    const answer = await post(JSON.stringify({ query: "{ __typename } # ✓ 😀" }));
    expect(await answer.json()).toMatchObject({ data: { __typename: "Query" } });
  });

  it("may have 256 kB and no more, on HTTP and for a stream", async () => {
    for (const path of ["/graphql", "/graphql/stream"]) {
      const send = (bytes: number) =>
        fetch(`${app.url}${path}`, {
          method: "POST",
          headers: {
            accept: path === "/graphql" ? "application/json" : "text/event-stream",
            authorization: `Bearer ${app.tenant.secretKey}`,
            "content-type": "application/json",
          },
          body: JSON.stringify({ query: "{ __typename }" }).padEnd(bytes),
        });
      expect((await send(256 * 1024)).status).toBe(200);
      const tooLarge = await send(256 * 1024 + 1);
      expect(tooLarge.status).toBe(413);
      expect(await tooLarge.json()).toMatchObject(refused());
    }
  });
});

// Helmet's defaults (helmetjs.github.io), made strict for an API, and no-store. HSTS has a test of its own.
const expectedHeaders: Readonly<Record<string, RegExp>> = {
  "content-security-policy": /default-src 'none'.*frame-ancestors 'none'/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "origin-agent-cluster": /^\?1$/,
  "referrer-policy": /^no-referrer$/,
  "x-content-type-options": /^nosniff$/,
  "x-dns-prefetch-control": /^off$/,
  "x-download-options": /^noopen$/,
  "x-frame-options": /^DENY$/,
  "x-permitted-cross-domain-policies": /^none$/,
  "x-xss-protection": /^0$/,
  "cache-control": /no-store|no-cache|immutable/,
};

describe("every answer", () => {
  const json = { "content-type": "application/json" };
  const key = () => ({ authorization: `Bearer ${app.tenant.secretKey}` });
  const body = JSON.stringify({ query: "{ __typename }" });

  it.each<[string, string, () => RequestInit]>([
    ["data", "/graphql", () => ({ method: "POST", headers: { ...json, ...key() }, body })],
    ["data of the hot path", "/graphql", () => ({ method: "POST", headers: { ...json, ...key() }, body })],
    ["a stream", "/graphql/stream", () => ({ method: "POST", headers: { ...json, ...key() }, body })],
    ["a refused stream", "/graphql/stream", () => ({ method: "POST", headers: json, body })],
    ["a refused credential", "/graphql", () => ({ headers: { authorization: "Bearer pk_x" } })],
    ["bad JSON", "/graphql", () => ({ method: "POST", headers: json, body: "{" })],
    [
      "a preflight",
      "/graphql",
      () => ({ method: "OPTIONS", headers: { origin: "https://x.example", "access-control-request-method": "POST" } }),
    ],
    ["nothing at the address", "/nowhere", () => ({})],
    ["an address that can't be decoded", "/%ff", () => ({})],
    ["health", "/healthz", () => ({})],
    ["readiness", "/readyz", () => ({})],
    ["the explorer", "/explorer", () => ({})],
    ["a missing file of the explorer", "/explorer/assets/x.js", () => ({})],
    ["a link that doesn't exist", "/downloads/leads/x", () => ({})],
    ["an upload to such a link", "/uploads/leads/x", () => ({ method: "PUT", body: "x" })],
  ])("has what browsers should know: %s", async (_name, path, init) => {
    const answer = await fetch(`${app.url}${path}`, init());
    await answer.text();
    for (const [name, value] of Object.entries(expectedHeaders)) {
      expect([name, answer.headers.get(name)]).toEqual([name, expect.stringMatching(value)]);
    }
    expect(answer.headers.has("x-powered-by") || answer.headers.has("server")).toBe(false);
    expect(answer.headers.has("access-control-allow-credentials")).toBe(false);
    expect(answer.headers.has("strict-transport-security")).toBe(false); // this one came without TLS
  });
});

describe("a request that a foreign page could cause without a preflight", () => {
  const mutation = `mutation { signUp(input: { tenantName: "Forged", name: "F", email: "forged@example.com", password: "correct horse battery" }) { tenant { id } userErrors { code } } }`;
  const fields = (query: string) => new URLSearchParams({ query }).toString();
  const cookie = () => `authorization=Bearer ${app.tenant.secretKey}; session=${app.tenant.secretKey}`;

  // Fetch's "CORS-safelisted" methods and content types: a form or an image can send them.
  const simpleTypes = [
    undefined,
    "text/plain",
    "text/plain;charset=UTF-8",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "text/plain; application/json",
  ];

  it.each(["/graphql", "/graphql/stream"].flatMap((path) => simpleTypes.map((type) => [path, type] as const)))(
    "changes and tells nothing: POST %s as %s",
    async (path, type) => {
      for (const query of [mutation, "{ viewer { tenant { id } } }", "{ __typename }"]) {
        for (const body of [JSON.stringify({ query }), fields(query)]) {
          const answer = await fetch(`${app.url}${path}`, {
            method: "POST",
            headers: { cookie: cookie(), ...(type === undefined ? {} : { "content-type": type }) },
            body: new Blob([body]), // a Blob without a type: fetch adds no content-type of its own
          });
          expect(answer.status).toBeGreaterThanOrEqual(400);
          expect(await answer.json()).toMatchObject(refused());
        }
      }
    },
  );

  it.each(["/graphql", "/graphql/stream"])("changes and tells nothing: GET %s", async (path) => {
    for (const query of [mutation, "{ viewer { tenant { id } } }", "{ __typename }"]) {
      const answer = await fetch(`${app.url}${path}?${fields(query)}`, { headers: { cookie: cookie() } });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(await answer.text()).not.toContain('"data":{');
    }
  });

  it("has no credential in a cookie where the content type is JSON", async () => {
    const answer = await fetch(`${app.url}/graphql`, {
      method: "POST",
      headers: { cookie: cookie(), "content-type": "application/json" },
      body: JSON.stringify({ query: "{ viewer { tenant { id } } }" }),
    });
    expect(answer.status).toBe(401);
  });

  it("never changes anything by GET, whatever its headers", async () => {
    for (const path of ["/graphql", "/graphql/stream"]) {
      const query = `mutation { captureLead(input: { email: "get@example.com" }) { accepted } }`;
      const answer = await fetch(`${app.url}${path}?${fields(query)}`, {
        headers: { authorization: `Bearer ${app.tenant.secretKey}`, "x-api-key": app.tenant.secretKey },
      });
      expect([400, 405]).toContain(answer.status);
    }
    const { data } = await app.graphql(`{ leads(filter: { email: { eq: "get@example.com" } }) { totalCount } }`);
    expect(data).toEqual({ leads: { totalCount: 0 } });
  });

  it("doesn't pass as another method", async () => {
    for (const method of ["PUT", "PATCH", "DELETE"]) {
      const answer = await fetch(`${app.url}/graphql`, {
        method,
        headers: { authorization: `Bearer ${app.tenant.secretKey}`, "content-type": "application/json" },
        body: JSON.stringify({ query: "{ __typename }" }),
      });
      expect(answer.status).toBe(405);
    }
  });
});

it("tells browsers to stay with TLS where callers use it", async () => {
  await using secure = await startApp({ env: { PUBLIC_URL: "https://nexora.example" } });
  const answer = await fetch(`${secure.url}/healthz`);
  expect(answer.headers.get("strict-transport-security")).toBe("max-age=31536000");
});
