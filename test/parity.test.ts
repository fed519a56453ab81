import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { payload, startApp, type TestApp } from "./app.ts";
import { type TransportAnswer, type TransportRequest, transports } from "./transports.ts";

// What a request gets doesn't depend on the way it came: one table of operations, three transports.

type Caller = "key" | "publishable key" | "reading key" | "trusted documents only";

interface Row {
  readonly name: string;
  /** Made anew for each transport, where it has to differ. */
  readonly request: TransportRequest | (() => TransportRequest);
  readonly caller?: Caller;
  /** Sent before, on the same transport. */
  readonly before?: (request: TransportRequest) => TransportRequest;
  /** `code` or `code reason` of the first error; undefined: there is none. */
  readonly error?: string | undefined;
}

const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(" ");
const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
const leadById = "query ($id: ID!) { lead(id: $id) { id } }";
const captureLead =
  "mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { accepted userErrors { code field message } } }";
/** A lead's timeline, whose entries have the lead as their subject, and so on. */
const timelines = (count: number): string =>
  count === 0 ? "id" : `timeline(first: 1) { nodes { subject { ... on Lead { ${timelines(count - 1)} } } } }`;

const good: readonly Row[] = [
  {
    name: "12 levels behind fragments",
    request: {
      query: `{ ...a } fragment a on Query { leads(first: 1) { nodes { ...b } } } fragment b on Lead { ${timelines(3)} }`,
    },
  },
  { name: "the type's name", request: { query: "{ __typename }" } },
  { name: "a list", request: { query: "{ leads(first: 2) { nodes { id } pageInfo { hasNextPage } totalCount } }" } },
  {
    name: "null for all that is optional",
    request: { query: "{ viewer { permissions } }", variables: null, operationName: null, extensions: null },
  },
  {
    name: "one operation of several",
    request: { query: "query A { __typename } query B { viewer { permissions } }", operationName: "B" },
  },
  {
    name: "fragments, aliases, directives",
    request: {
      query:
        "query ($no: Boolean!) { ...a } fragment a on Query { x: viewer { permissions @skip(if: $no) __typename } }",
      variables: { no: true },
    },
  },
  { name: "a node that isn't there", request: { query: leadById, variables: { id: "nothing" } } },
  {
    name: "introspection",
    request: {
      query:
        "{ __schema { queryType { name } types { name fields { name type { name ofType { name ofType { name ofType { name } } } } } } } }",
    },
  },
  { name: "userErrors", request: { query: captureLead, variables: { input: { email: "nobody" } } } },
  { name: "a mutation", request: { query: captureLead, variables: { input: { email: "parity@example.com" } } } },
  {
    name: "a publishable key's mutation",
    caller: "publishable key",
    request: { query: captureLead, variables: { input: { email: "parity@example.com" } } },
  },
  {
    name: "ten mutations with keys of their own",
    request: () => ({
      query: `mutation { ${times(10, (index) => `m${index}: captureLead(input: { email: "parity@example.com" }) @idempotent(key: "${randomUUID()}") { accepted }`)} }`,
    }),
  },
  { name: "a dry run", request: { query: "{ leads(first: 7) { nodes { id } } }", extensions: { explain: true } } },
];

const refused: readonly Row[] = [
  { name: "nothing", request: {}, error: "BAD_USER_INPUT REQUEST" },
  { name: "an empty document", request: { query: "" }, error: "BAD_USER_INPUT REQUEST" },
  { name: "a document's id that is no text", request: { documentId: 1 }, error: "BAD_USER_INPUT REQUEST" },
  {
    name: "a hash that is no text",
    request: { extensions: { persistedQuery: { sha256Hash: 1 } } },
    error: "BAD_USER_INPUT REQUEST",
  },
  { name: "a syntax error", request: { query: "{" }, error: "BAD_USER_INPUT SYNTAX" },
  { name: "a strange character", request: { query: "{ a % b }" }, error: "BAD_USER_INPUT SYNTAX" },
  { name: "blanks", request: { query: " \n" }, error: "BAD_USER_INPUT SYNTAX" },
  { name: "too many tokens", request: { query: `{ ${"id ".repeat(1_600)} }` }, error: "BAD_USER_INPUT SYNTAX" },
  { name: "an unknown field", request: { query: "{ leadz { id } }" }, error: "BAD_USER_INPUT VALIDATION" },
  {
    name: "ten unknown fields",
    request: { query: `{ ${times(10, (index) => `nope${index}`)} }` },
    error: "BAD_USER_INPUT VALIDATION",
  },
  {
    name: "an unknown argument",
    request: { query: "{ leads(frist: 1) { totalCount } }" },
    error: "BAD_USER_INPUT VALIDATION",
  },
  { name: "an unknown fragment", request: { query: "{ ...nope }" }, error: "BAD_USER_INPUT VALIDATION" },
  {
    name: "a fragment that spreads itself",
    request: { query: "{ ...a } fragment a on Query { ...a }" },
    error: "BAD_USER_INPUT VALIDATION",
  },
  {
    name: "an unused variable",
    request: { query: "query ($a: Int) { __typename }" },
    error: "BAD_USER_INPUT VALIDATION",
  },
  { name: "only a fragment", request: { query: "fragment a on Query { __typename }" }, error: "BAD_USER_INPUT" },
  {
    name: "fields too deep",
    request: { query: `{ leads(first: 1) { nodes { ${timelines(4)} } } }` },
    error: "BAD_USER_INPUT VALIDATION",
  },
  {
    name: "31 aliases",
    request: { query: `{ ${times(31, (index) => `a${index}: __typename`)} }` },
    error: "BAD_USER_INPUT VALIDATION",
  },
  {
    name: "31 aliases in fragments",
    request: {
      query: `{ ...a x: viewer { ...b } y: viewer { ...b } } fragment a on Query { z: __typename } fragment b on Viewer { ${times(15, (index) => `a${index}: __typename`)} }`,
    },
    error: "BAD_USER_INPUT VALIDATION",
  },
  {
    name: "9 directives",
    request: { query: `{ ${times(9, () => "__typename @skip(if: true)")} }` },
    error: "BAD_USER_INPUT VALIDATION",
  },
  {
    name: "a directive twice",
    request: { query: "{ __typename @skip(if: false) @skip(if: false) }" },
    error: "BAD_USER_INPUT VALIDATION",
  },
  {
    name: "11 mutations",
    request: {
      query: `mutation { ${times(11, (index) => `m${index}: captureLead(input: { email: "a@example.com" }) { accepted }`)} }`,
    },
    error: "BAD_USER_INPUT VALIDATION",
  },
  {
    name: "introspection in circles",
    request: { query: `{ __schema { types { ${times(5, () => "fields { type {")} name ${"} }".repeat(5)} } } }` },
    error: "BAD_USER_INPUT VALIDATION",
  },
  {
    name: "an unknown operation",
    request: { query: "query A { __typename }", operationName: "Nope" },
    error: "BAD_USER_INPUT OPERATION",
  },
  {
    name: "several operations and no name",
    request: { query: "query A { __typename } query B { __typename }" },
    error: "BAD_USER_INPUT OPERATION",
  },
  { name: "a missing variable", request: { query: leadById }, error: "BAD_USER_INPUT VARIABLES" },
  {
    name: "null for a variable that needs a value",
    request: { query: leadById, variables: { id: null } },
    error: "BAD_USER_INPUT VARIABLES",
  },
  {
    name: "a variable of another type",
    request: { query: leadById, variables: { id: { a: 1 } } },
    error: "BAD_USER_INPUT VARIABLES",
  },
  {
    name: "an unknown field in a variable",
    request: { query: captureLead, variables: { input: { emial: "a@example.com" } } },
    error: "BAD_USER_INPUT VARIABLES",
  },
  {
    name: "an unknown enum value",
    request: {
      query: "query ($o: [LeadOrder!]) { leads(orderBy: $o) { totalCount } }",
      variables: { o: [{ field: "CREATED_ATT" }] },
    },
    error: "BAD_USER_INPUT VARIABLES",
  },
  {
    name: "NUL in a variable",
    request: { query: leadById, variables: { id: "a\0" } },
    error: "BAD_USER_INPUT VARIABLES",
  },
  {
    name: "NUL in the document",
    request: { query: String.raw`{ lead(id: "a\u0000") { id } }` },
    error: "BAD_USER_INPUT VARIABLES",
  },
  {
    name: "half a surrogate pair",
    request: { query: leadById, variables: { id: "\ud800" } },
    error: "BAD_USER_INPUT VARIABLES",
  },
  {
    name: "a field without the right",
    caller: "reading key",
    request: { query: "{ members { nodes { id } } }" },
    error: "FORBIDDEN SCOPE",
  },
  {
    name: "a field without the right, behind a fragment",
    caller: "reading key",
    request: { query: "{ ...a } fragment a on Query { ... { members { nodes { id } } } }" },
    error: "FORBIDDEN SCOPE",
  },
  {
    name: "leads for a publishable key",
    caller: "publishable key",
    request: { query: "{ leads { totalCount } }" },
    error: "FORBIDDEN SCOPE",
  },
  {
    name: "introspection by a publishable key",
    caller: "publishable key",
    request: { query: '{ __type(name: "Lead") { name } }' },
    error: "FORBIDDEN INTROSPECTION",
  },
  {
    name: "bad variables and no right",
    caller: "publishable key",
    request: { query: leadById },
    error: "BAD_USER_INPUT VARIABLES",
  },
  {
    name: "an unknown document",
    request: { documentId: `sha256:${"0".repeat(64)}` },
    error: "PERSISTED_QUERY_NOT_FOUND",
  },
  {
    name: "an unknown document in extensions",
    request: { extensions: { documentId: `sha256:${"0".repeat(64)}` } },
    error: "PERSISTED_QUERY_NOT_FOUND",
  },
  {
    name: "an unknown hash of automatic persisted queries",
    request: { extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } } },
    error: "PERSISTED_QUERY_NOT_FOUND",
  },
  { name: "what is no document's id", request: { documentId: "leads" }, error: "PERSISTED_QUERY_NOT_FOUND" },
  {
    name: "a text with another's id",
    request: { query: "{ __typename }", documentId: `sha256:${"0".repeat(64)}` },
    error: "BAD_USER_INPUT REQUEST",
  },
  {
    name: "a text where only documents are trusted",
    caller: "trusted documents only",
    request: { query: "{ __typename }" },
    error: "FORBIDDEN DOCUMENT_NOT_TRUSTED",
  },
  {
    name: "a text with its id where only documents are trusted",
    caller: "trusted documents only",
    request: { query: "{ __typename }", documentId: `sha256:${hashOf("{ __typename }")}` },
    error: "FORBIDDEN DOCUMENT_NOT_TRUSTED",
  },
  {
    name: "a syntax error where only documents are trusted",
    caller: "trusted documents only",
    request: { query: "{" },
    error: "FORBIDDEN DOCUMENT_NOT_TRUSTED",
  },
  {
    name: "too dear a query",
    request: { query: "{ leads(first: 250) { nodes { timeline(first: 250) { nodes { id } } } } }" },
    error: "COST_EXCEEDED",
  },
  {
    name: "an idempotency key that is none",
    request: {
      query: captureLead,
      variables: { input: { email: "a@example.com" } },
      extensions: { idempotencyKey: "" },
    },
    error: "BAD_USER_INPUT REQUEST",
  },
];

const failed: readonly Row[] = [
  {
    name: "a cursor that nobody handed out",
    request: { query: '{ journal(after: "made up") { nodes { id } } }' },
    error: "BAD_CURSOR SIGNATURE",
  },
  {
    name: "a page that is too large",
    request: { query: "query ($first: Int) { leads(first: $first) { totalCount } }", variables: { first: 251 } },
    error: "BAD_USER_INPUT VARIABLES",
  },
  {
    name: "a page from both ends",
    request: { query: "{ leads(first: 1, last: 1) { totalCount } }" },
    error: "BAD_USER_INPUT VARIABLES",
  },
  {
    name: "a field beside others",
    request: { query: '{ viewer { permissions } journal(after: "made up") { nodes { id } } }' },
    error: "BAD_CURSOR SIGNATURE",
  },
  {
    name: "an idempotency key with other arguments",
    request: () => ({
      query: captureLead,
      variables: { input: { email: "a@example.com" } },
      extensions: { idempotencyKey: randomUUID() },
    }),
    before: (request) => ({ ...request, variables: { input: { email: "b@example.com" } } }),
    error: "IDEMPOTENCY_KEY_PARAMETER_MISMATCH",
  },
];

let app: TestApp;
let credentials: Record<Caller, string>;

beforeAll(async () => {
  app = await startApp();
  const { ownerEmail: email, ownerPassword: password, secretKey, publishableKey } = app.tenant;
  const signedIn = await app.graphql(
    "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }",
    { input: { email, password } },
    null,
  );
  const { accessToken } = payload<{ tokens: { accessToken: string } }>(signedIn, "signIn").tokens;
  const createKey = async (scopes: readonly string[], documentMode: string) => {
    const created = await app.graphql(
      "mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }",
      { input: { name: "parity", scopes, documentMode } },
      accessToken,
    );
    return payload<{ secret: string }>(created, "createApiKey").secret;
  };
  credentials = {
    key: secretKey,
    "publishable key": publishableKey,
    "reading key": await createKey(["lead:read"], "OPEN"),
    "trusted documents only": await createKey(["lead:read"], "ONLY"),
  };
  await app.graphql(captureLead, { input: { email: "parity@example.com" } });
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

/** What has to be equal: all but what is different by nature, such as the request's id and what is left in the bucket. */
function comparable({ data, errors, extensions }: TransportAnswer) {
  const { requested, actual } = (extensions?.["cost"] ?? {}) as { requested?: number; actual?: number };
  return {
    data,
    errors: errors?.map(({ extensions: { requestId, ...rest }, ...error }) => {
      expect(requestId).toEqual(expect.any(String));
      return { ...error, extensions: rest };
    }),
    // A refusal on a WebSocket is a list of errors: it has no room for the rest of an answer.
    ...(errors === undefined || data !== undefined ? { requested, actual } : {}),
  };
}

/** Code and reason of the first error; nothing without one. */
function errorOf({ errors }: Pick<TransportAnswer, "errors">): string {
  const { code, reason } = errors?.[0]?.extensions ?? {};
  return [code, reason].flatMap((part) => (typeof part === "string" ? [part] : [])).join(" ");
}

async function answersOf({ request, before, caller = "key" }: Row) {
  const answers: [string, ReturnType<typeof comparable>][] = [];
  for (const [name, send] of Object.entries(transports)) {
    // The second time HTTP answers on its hot path, and the operation is compiled.
    for (const time of ["first", "second", "third"]) {
      const made = typeof request === "function" ? request() : request;
      if (before !== undefined) await send(app.url, credentials[caller], before(made));
      answers.push([`${name}, the ${time} time`, comparable(await send(app.url, credentials[caller], made))]);
    }
  }
  return answers;
}

async function expectEqual(row: Row): Promise<ReturnType<typeof comparable>> {
  const [first, ...others] = await answersOf(row);
  if (first === undefined) throw new Error("no transport");
  for (const other of others) expect(other).toEqual([other[0], first[1]]);
  expect(errorOf(first[1])).toMatch(row.error === undefined ? /^$/ : new RegExp(`^${row.error}`));
  return first[1];
}

describe("all transports answer alike", () => {
  it.each(good)("what is good: $name", async (row) => {
    const { data } = await expectEqual(row);
    if (row.name !== "a dry run") expect(data).toBeTruthy();
  });

  it.each(refused)("what is refused: $name", async (row) => {
    const { data } = await expectEqual(row);
    expect(data).toBeUndefined();
  });

  it.each(failed)("what fails: $name", async (row) => {
    await expectEqual(row);
  });

  it("the SDK's documents by their ids", async () => {
    const texts = JSON.parse(await readFile("client/generated/documents.json", "utf8")) as Record<string, string>;
    const [documentId] = Object.entries(texts).find(([, text]) => text.startsWith("query LeadCount(")) ?? [];
    for (const caller of ["key", "trusted documents only"] as const) {
      const { data } = await expectEqual({ name: "by id", caller, request: { documentId } });
      expect(data).toEqual({ leads: { totalCount: expect.any(Number) } });
    }
  });

  it("refusals on a WebSocket as `error`, failures of an execution as `next`", async () => {
    for (const { request, caller = "key" } of refused) {
      const made = typeof request === "function" ? request() : request;
      expect((await transports.WebSocket(app.url, credentials[caller], made)).type).toBe("error");
    }
    const [row] = failed;
    const made = row?.request as TransportRequest;
    expect((await transports.WebSocket(app.url, credentials.key, made)).type).toBe("next");
  });
});

describe("a stranger, whom no socket takes,", () => {
  const rows: readonly (readonly [name: string, query: string, error: string])[] = [
    ["a field that needs a credential", "{ leads { totalCount } }", "UNAUTHENTICATED CREDENTIAL"],
    ["introspection", "{ __schema { queryType { name } } }", "UNAUTHENTICATED INTROSPECTION"],
    ["a syntax error", "{", "BAD_USER_INPUT SYNTAX"],
    ["an unknown field", "{ leadz }", "BAD_USER_INPUT VALIDATION"],
  ];
  it.each(rows)("is refused alike over HTTP and as an event stream: %s", async (_name, query, error) => {
    const [http, events] = await Promise.all(
      [transports.HTTP, transports.SSE].map((send) => send(app.url, null, { query })),
    );
    if (http === undefined || events === undefined) throw new Error("no answer");
    expect(comparable(events)).toEqual(comparable(http));
    expect(errorOf(http)).toBe(error);
    expect(JSON.stringify(http)).not.toMatch(/did you mean/i);
  });
});

describe("a subscription", () => {
  const rows: readonly (readonly [name: string, caller: Caller, request: TransportRequest, error: string])[] = [
    ["an unknown field", "key", { query: "subscription { nope }" }, "BAD_USER_INPUT VALIDATION"],
    [
      "two fields",
      "key",
      { query: "subscription { a: journal { __typename } b: journal { __typename } }" },
      "BAD_USER_INPUT VALIDATION",
    ],
    ["no right", "reading key", { query: "subscription { journal { __typename } }" }, "FORBIDDEN SCOPE"],
    [
      "a cursor that nobody handed out",
      "key",
      { query: 'subscription { journal(after: "x") { __typename } }' },
      "BAD_CURSOR SIGNATURE",
    ],
    ["an unknown document", "key", { documentId: `sha256:${"1".repeat(64)}` }, "PERSISTED_QUERY_NOT_FOUND"],
    [
      "a text",
      "trusted documents only",
      { query: "subscription { leadChanged { __typename } }" },
      "FORBIDDEN DOCUMENT_NOT_TRUSTED",
    ],
  ];
  it.each(rows)("is refused alike on a WebSocket and as an event stream: %s", async (_name, caller, request, error) => {
    const [socket, events] = await Promise.all(
      [transports.WebSocket, transports.SSE].map((send) => send(app.url, credentials[caller], request)),
    );
    if (socket === undefined || events === undefined) throw new Error("no answer");
    expect(comparable(events)).toEqual(comparable(socket));
    expect(errorOf(socket)).toBe(error);
  });
});
