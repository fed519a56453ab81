import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startApp, type TestApp } from "../../test/app.ts";

let app: TestApp;

beforeAll(async () => {
  app = await startApp();
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly body: { data?: unknown; errors?: { message: string; extensions: Record<string, unknown> }[] };
  readonly requestId: string | null;
}

async function send(
  init: Omit<RequestInit, "headers"> & {
    search?: string;
    headers?: Record<string, string>;
    credential?: string | null;
  },
): Promise<Answer> {
  const { search = "", credential = app.tenant.secretKey, headers = {}, ...rest } = init;
  const response = await fetch(`${app.url}/graphql${search}`, {
    method: "POST",
    ...rest,
    headers: {
      "content-type": "application/json",
      ...(credential === null ? {} : { authorization: `Bearer ${credential}` }),
      ...headers,
    },
  });
  const text = await response.text();
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    body: JSON.parse(text) as Answer["body"],
    requestId: response.headers.get("x-request-id"),
  };
}

const post = (body: unknown, headers: Record<string, string> = {}, credential?: string | null) =>
  send({ body: JSON.stringify(body), headers, ...(credential === undefined ? {} : { credential }) });

const graphqlType = "application/graphql-response+json";
const typename = { query: "{ __typename }" };
const idQuery = "query ($id: ID!) { lead(id: $id) { id } }";

function expectError(answer: Answer, status: number, code: string, reason?: string): void {
  const [error] = answer.body.errors ?? [];
  expect(error?.extensions).toMatchObject({
    code,
    requestId: answer.requestId,
    ...(reason === undefined ? {} : { reason }),
  });
  expect(answer.status).toBe(status);
  expect(JSON.stringify(answer.body)).not.toMatch(/stack|node_modules|SELECT|at .*\.ts/);
}

describe("/graphql over HTTP", () => {
  it("answers in the media type that the caller prefers", async () => {
    const json = await post(typename);
    expect(json).toMatchObject({ status: 200, body: { data: { __typename: "Query" } } });
    expect(json.type).toContain("application/json");
    const graphql = await post(typename, { accept: graphqlType });
    expect(graphql.type).toContain(graphqlType);
  });

  const refused: readonly [
    name: string,
    request: () => Promise<Answer>,
    status: number,
    code: string,
    reason: string,
  ][] = [
    ["malformed JSON", () => send({ body: '{"query":' }), 400, "BAD_USER_INPUT", "REQUEST"],
    ["an empty body", () => send({ body: "" }), 400, "BAD_USER_INPUT", "REQUEST"],
    ["no query", () => post({}), 400, "BAD_USER_INPUT", "REQUEST"],
    ["a batch", () => post([typename, typename]), 400, "BAD_USER_INPUT", "REQUEST"],
    ["a query that is no text", () => post({ query: 1 }), 400, "BAD_USER_INPUT", "REQUEST"],
    ["variables that are no object", () => post({ ...typename, variables: [] }), 400, "BAD_USER_INPUT", "REQUEST"],
    [
      "a form",
      () => send({ body: "query=x", headers: { "content-type": "application/x-www-form-urlencoded" } }),
      415,
      "BAD_USER_INPUT",
      "REQUEST",
    ],
    [
      "a media type that we don't speak",
      () => post(typename, { accept: "text/html" }),
      406,
      "BAD_USER_INPUT",
      "REQUEST",
    ],
    ["another method", () => send({ method: "PUT", body: JSON.stringify(typename) }), 405, "BAD_USER_INPUT", "REQUEST"],
    [
      "a body of 10 MB",
      () => post({ query: `{ __typename } # ${"x".repeat(10_000_000)}` }),
      413,
      "BAD_USER_INPUT",
      "REQUEST",
    ],
    ["a syntax error", () => post({ query: "{" }, { accept: graphqlType }), 400, "BAD_USER_INPUT", "SYNTAX"],
    [
      "too many tokens",
      () => post({ query: `{ ${"a ".repeat(2_000)} }` }, { accept: graphqlType }),
      400,
      "BAD_USER_INPUT",
      "SYNTAX",
    ],
    [
      "an unknown field",
      () => post({ query: "{ nope }" }, { accept: graphqlType }),
      400,
      "BAD_USER_INPUT",
      "VALIDATION",
    ],
    ["an unknown field, as plain JSON", () => post({ query: "{ nope }" }), 200, "BAD_USER_INPUT", "VALIDATION"],
    [
      "an unknown operation",
      () => post({ ...typename, operationName: "Nope" }, { accept: graphqlType }),
      400,
      "BAD_USER_INPUT",
      "OPERATION",
    ],
    ["a missing variable", () => post({ query: idQuery }, { accept: graphqlType }), 400, "BAD_USER_INPUT", "VARIABLES"],
    [
      "a variable of another type",
      () => post({ query: idQuery, variables: { id: { a: 1 } } }, { accept: graphqlType }),
      400,
      "BAD_USER_INPUT",
      "VARIABLES",
    ],
    [
      "NUL in a variable",
      () => post({ query: idQuery, variables: { id: "a\0b" } }, { accept: graphqlType }),
      400,
      "BAD_USER_INPUT",
      "VARIABLES",
    ],
    [
      "NUL in the document",
      () => post({ query: '{ lead(id: "a\\u0000b") { id } }' }, { accept: graphqlType }),
      400,
      "BAD_USER_INPUT",
      "VARIABLES",
    ],
    [
      "half a surrogate pair",
      () => send({ body: `{"query":"${idQuery}","variables":{"id":"\\ud800"}}`, headers: { accept: graphqlType } }),
      400,
      "BAD_USER_INPUT",
      "VARIABLES",
    ],
    ["no credential", () => post({ query: "{ eventCursor }" }, {}, null), 401, "UNAUTHENTICATED", "CREDENTIAL"],
    ["a foreign credential", () => post(typename, {}, "nx_live_made_up"), 401, "UNAUTHENTICATED", "CREDENTIAL"],
    [
      "another scheme",
      () => send({ body: JSON.stringify(typename), credential: null, headers: { authorization: "Basic YTpi" } }),
      401,
      "UNAUTHENTICATED",
      "CREDENTIAL",
    ],
    [
      "introspection by a stranger",
      () => post({ query: "{ __schema { queryType { name } } }" }, {}, null),
      401,
      "UNAUTHENTICATED",
      "INTROSPECTION",
    ],
    [
      "introspection behind a fragment",
      () => post({ query: '{ ...a } fragment a on Query { __type(name: "Lead") { name } }' }, {}, null),
      401,
      "UNAUTHENTICATED",
      "INTROSPECTION",
    ],
    [
      "introspection by a publishable key",
      () => post({ query: "{ __schema { queryType { name } } }" }, {}, app.tenant.publishableKey),
      403,
      "FORBIDDEN",
      "INTROSPECTION",
    ],
    [
      "a publishable key that reads leads",
      () => post({ query: "{ leads { nodes { id } } }" }, {}, app.tenant.publishableKey),
      403,
      "FORBIDDEN",
      "SCOPE",
    ],
    [
      "a mutation by GET",
      () => send({ method: "GET", search: `?query=${encodeURIComponent("mutation { __typename }")}` }),
      405,
      "BAD_USER_INPUT",
      "REQUEST",
    ],
  ];

  it.each(refused)("refuses %s", async (_name, request, status, code, reason) => {
    expectError(await request(), status, code, reason);
  });

  it("asks for the text of a persisted query, and takes it", async () => {
    const sha256Hash = createHash("sha256").update(typename.query).digest("hex");
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const asked = await post({ extensions });
    expectError(asked, 400, "PERSISTED_QUERY_NOT_FOUND");
    expect(asked.body.errors?.[0]?.message).toBe("PersistedQueryNotFound");
    const answered = await post({ ...typename, extensions });
    expect(answered.body).toMatchObject({ data: { __typename: "Query" } });
    expect(answered.body.errors).toBeUndefined();
  });

  it("tells the sender of 10 MB what is wrong, also while he is still sending", async () => {
    for (let attempt = 0; attempt < 3; attempt++) {
      const answer = await post({ query: "{ __typename }", variables: { text: "x".repeat(10_000_000) } });
      expectError(answer, 413, "BAD_USER_INPUT", "REQUEST");
    }
  });

  it("says where subscriptions are", async () => {
    const query = "subscription { journal { __typename } }";
    expectError(await post({ query }), 200, "BAD_USER_INPUT", "OPERATION");
    expectError(await post({ query }, { accept: graphqlType }), 400, "BAD_USER_INPUT", "OPERATION");
  });

  it("says 429 and when to come back to who signs in wrongly too often", async () => {
    const query = "mutation ($input: SignInInput!) { signIn(input: $input) { userErrors { code } } }";
    const variables = { input: { email: "nobody@example.com", password: "a wrong password" } };
    // A document that only Apollo has seen so far, and one that comes again.
    const documents = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? query : `# ${index}\n${query}`));
    // One after the other: a stranger has few turns at a time, and hashing passwords takes long ones.
    const answers = [];
    for (const document of documents) answers.push(await app.graphql(document, variables, null));
    const refused = answers.filter(({ errors }) => errors?.[0]?.extensions["code"] === "RATE_LIMITED");
    expect(refused.length).toBeGreaterThanOrEqual(2);
    for (const { status, headers, errors } of refused) {
      expect(status).toBe(429);
      expect(Number(headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
      expect(errors?.[0]?.extensions).toMatchObject({ reason: "SIGN_IN" });
    }
  });

  it("offers no suggestions from the schema", async () => {
    const answers = await Promise.all([
      post({ query: "{ leadz { nodes { id } } }" }, {}, null),
      post({
        query: "query ($o: [LeadOrder!]) { leads(orderBy: $o) { nodes { id } } }",
        variables: { o: [{ field: "CREATED_ATT" }] },
      }),
    ]);
    for (const { body } of answers) expect(JSON.stringify(body)).not.toMatch(/did you mean|CREATED_AT"|leads/i);
  });

  it("answers a query by GET with a credential, and needs one", async () => {
    const search = `?query=${encodeURIComponent("{ eventCursor }")}`;
    expect(await send({ method: "GET", search })).toMatchObject({
      status: 200,
      body: { data: { eventCursor: expect.any(String) } },
    });
    expect((await send({ method: "GET", search, credential: null, headers: {} })).status).not.toBe(200);
  });

  it("takes a key in x-api-key, and never a cookie", async () => {
    const body = JSON.stringify({ query: "{ eventCursor }" });
    const byHeader = await send({ body, credential: null, headers: { "x-api-key": app.tenant.secretKey } });
    expect(byHeader.status).toBe(200);
    const byCookie = await send({
      body,
      credential: null,
      headers: { cookie: `authorization=Bearer ${app.tenant.secretKey}` },
    });
    expect(byCookie.status).toBe(401);
  });

  it("keeps a harmless request id and replaces another", async () => {
    expect((await post(typename, { "x-request-id": "abc-123" })).requestId).toBe("abc-123");
    expect((await post(typename, { "x-request-id": "a b\tc" })).requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("leaves the status 200 when one field failed", async () => {
    const answer = await post({ query: '{ journal(after: "made up") { nodes { id } } }' });
    expect(answer.status).toBe(200);
    expect(answer.body.errors?.[0]?.extensions).toMatchObject({ code: "BAD_CURSOR", reason: "SIGNATURE" });
  });

  it("is alive, and ready", async () => {
    expect((await fetch(`${app.url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${app.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: "ok", parts: { database: "ok", hints: "ok" } }]);
  });

  it.each(["/%E0%A4%A", "/graphql/%FF"])("has nothing at the address %s, which is none", async (path) => {
    const response = await fetch(`${app.url}${path}`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_USER_INPUT" } }] });
  });

  it("says what is missing at another address", async () => {
    const response = await fetch(`${app.url}/nothing`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: "BAD_USER_INPUT", reason: "REQUEST" } }],
    });
  });
});
