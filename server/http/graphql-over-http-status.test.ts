// What graphql-http's audits leave out, under both media types: `application/json` says 200 where the document or its
// variables are at fault, `application/graphql-response+json` says what went wrong in the status.
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { payload, startApp, type TestApp } from "../../test/app.ts";

const json = "application/json";
const graphql = "application/graphql-response+json";

let app: TestApp;
let leadId: string;

beforeAll(async () => {
  app = await startApp();
  const captured = await app.graphql('mutation { captureLead(input: { email: "ada@example.com" }) { lead { id } } }');
  leadId = payload<{ lead: { id: string } }>(captured, "captureLead").lead.id;
});

afterAll(async () => {
  await app?.[Symbol.asyncDispose]();
});

interface Row {
  readonly name: string;
  readonly body: () => unknown;
  readonly credential?: () => string | null;
  /** Under application/json, under application/graphql-response+json. */
  readonly statuses: readonly [number, number];
  /** Undefined: no error. */
  readonly code?: string;
  readonly reason?: string;
  readonly data?: unknown;
}

const idQuery = "query ($id: ID!) { lead(id: $id) { id } }";
const partialQuery = 'query ($id: ID!) { __typename lead(id: $id) { timeline(after: "none") { nodes { id } } } }';
const wrongSignIn =
  'mutation { signIn(input: { email: "nobody@example.com", password: "a wrong password" }) { userErrors { code } } }';
const badInput = { statuses: [200, 400], code: "BAD_USER_INPUT" } as const;
const badRequest = { statuses: [400, 400], code: "BAD_USER_INPUT", reason: "REQUEST" } as const;

const rows: readonly Row[] = [
  { name: "an unknown field", body: () => ({ query: "{ nope }" }), ...badInput, reason: "VALIDATION" },
  {
    name: "a type definition",
    body: () => ({ query: "type Mine { id: ID } { __typename }" }),
    ...badInput,
    reason: "VALIDATION",
  },
  { name: "a fragment alone", body: () => ({ query: "fragment f on Lead { id }" }), ...badInput, reason: "VALIDATION" },
  {
    name: "a condition at a subscription's root",
    body: () => ({
      query: "subscription ($is: Boolean!) { journal @include(if: $is) { __typename } }",
      variables: { is: true },
    }),
    ...badInput,
    reason: "VALIDATION",
  },
  {
    name: "the same in a fragment",
    body: () => ({
      query:
        "subscription ($is: Boolean!) { ...F } fragment F on Subscription { journal @include(if: $is) { __typename } }",
      variables: { is: true },
    }),
    ...badInput,
  },
  { name: "a syntax error", body: () => ({ query: "{ viewer {" }), ...badInput, reason: "SYNTAX" },
  {
    name: "null for an ID! that is used",
    body: () => ({ query: idQuery, variables: { id: null } }),
    ...badInput,
    reason: "VARIABLES",
  },
  { name: "no value for it", body: () => ({ query: idQuery }), ...badInput, reason: "VARIABLES" },
  {
    name: "an unknown operation",
    body: () => ({ query: "query A { __typename }", operationName: "B" }),
    ...badInput,
    reason: "OPERATION",
  },
  {
    name: "two operations and no name",
    body: () => ({ query: "query A { __typename } query B { __typename }" }),
    ...badInput,
    reason: "OPERATION",
  },
  {
    name: "no credential",
    body: () => ({ query: "{ eventCursor }" }),
    credential: () => null,
    statuses: [401, 401],
    code: "UNAUTHENTICATED",
    reason: "CREDENTIAL",
  },
  {
    name: "a credential of nobody",
    body: () => ({ query: "{ __typename }" }),
    credential: () => "nx_live_made_up",
    statuses: [401, 401],
    code: "UNAUTHENTICATED",
    reason: "CREDENTIAL",
  },
  {
    name: "a key without the scope",
    body: () => ({ query: "{ leads { nodes { id } } }" }),
    credential: () => app.tenant.publishableKey,
    statuses: [403, 403],
    code: "FORBIDDEN",
    reason: "SCOPE",
  },
  {
    name: "too many attempts",
    body: () => ({ query: wrongSignIn }),
    credential: () => null,
    statuses: [429, 429],
    code: "RATE_LIMITED",
    reason: "SIGN_IN",
    data: null, // it was executed: the field itself refuses
  },
  {
    name: "a field that fails beside one that doesn't",
    body: () => ({ query: '{ __typename lead(id: "none") { id } nodes(ids: ["x"]) { id } }' }),
    statuses: [200, 200],
    data: { __typename: "Query", lead: null, nodes: [null] },
  },
  { name: "a batch", body: () => [{ query: "{ __typename }" }, { query: "{ __typename }" }], ...badRequest },
  { name: "an empty batch", body: () => [], ...badRequest },
  { name: "neither text nor id", body: () => ({}), ...badRequest },
  { name: "an id that is no text", body: () => ({ documentId: 1 }), ...badRequest },
  {
    name: "a document that nobody stored",
    body: () => ({ documentId: `sha256:${"0".repeat(64)}` }),
    statuses: [400, 400],
    code: "PERSISTED_QUERY_NOT_FOUND",
  },
  {
    name: "the same by the extension of automatic persisted queries",
    body: () => ({ extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } } }),
    statuses: [400, 400],
    code: "PERSISTED_QUERY_NOT_FOUND",
  },
];

describe.each([
  [json, 0],
  [graphql, 1],
] as const)("under %s", (accept, column) => {
  it.each(rows.map((row) => [row.name, row] as const))("says what %s is", async (_name, row) => {
    if (row.reason === "SIGN_IN") await useUpSignIns();
    const { status, type, body } = await send(row, accept);
    expect(body.errors?.[0]?.extensions).toEqual(
      row.code === undefined
        ? undefined
        : expect.objectContaining({ code: row.code, ...(row.reason === undefined ? {} : { reason: row.reason }) }),
    );
    expect([status, type]).toEqual([row.statuses[column], expect.stringContaining(accept)]);
    if (row.data !== undefined) expect(body.data).toEqual(row.data);
    // GraphQL over HTTP: a request that isn't executed has no data at all.
    else expect(body).not.toHaveProperty("data");
  });

  it("says 200 for partial data, with the error beside it", async () => {
    const { status, body } = await send({ body: () => ({ query: partialQuery, variables: { id: leadId } }) }, accept);
    expect([status, body.data]).toEqual([200, { __typename: "Query", lead: null }]);
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: "BAD_CURSOR" });
  });
});

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly body: { data?: unknown; errors?: { extensions: Record<string, unknown> }[] };
}

async function send({ body, credential }: Pick<Row, "body" | "credential">, accept: string): Promise<Answer> {
  const key = credential === undefined ? app.tenant.secretKey : credential();
  const response = await fetch(`${app.url}/graphql`, {
    method: "POST",
    headers: {
      accept,
      "content-type": json,
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify(body()),
  });
  return {
    status: response.status,
    type: response.headers.get("content-type"),
    body: (await response.json()) as Answer["body"],
  };
}

async function useUpSignIns(): Promise<void> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if ((await app.graphql(wrongSignIn, {}, null)).status === 429) return;
  }
}
