import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { FastifyInstance } from "fastify";
import { assertObjectType, buildSchema, type GraphQLSchema } from "graphql";
import { createLog } from "../log.ts";
import { AppError } from "../operations/app-error.ts";
import type { Context } from "../operations/context.ts";
import { Executor } from "../operations/executor.ts";
import { OperationRunner } from "../operations/operation-runner.ts";
import { OperationPipeline } from "../operations/prepare-operation.ts";
import { type GraphqlServer, startApollo } from "./apollo.ts";
import { createApp } from "./app.ts";
import type { Authenticator } from "./authenticator.ts";
import { addGraphqlRoute } from "./graphql-route.ts";

const sdl = `
  type Query {
    public: String
    echo(text: String = "nothing", count: Int): String!
    requestId: String
    broken: String
    refused: String
    required: Inner!
    list: [Inner]
    secret: String
  }
  type Inner { name: String  broken: String!  refused: String  late: String }
  type Mutation { add: Int  fail: Int! }
  type Subscription { never: Int }
`;

let added = 0;
const inner = {
  name: "inner",
  broken: () => {
    throw new Error("SELECT secret words");
  },
  refused: () => {
    throw new AppError("BAD_CURSOR", "not this one", { reason: "LIST" });
  },
  late: () => Promise.reject(new Error("late secret words")),
};
const resolvers: Record<string, (args: Record<string, unknown>, context: Context) => unknown> = {
  public: () => "everybody",
  echo: ({ text, count }) => `${String(text)} ${String(count)}`,
  requestId: (_args, context) => context.requestId,
  broken: inner.broken,
  refused: inner.refused,
  required: () => inner,
  list: () => [inner, null, inner],
  secret: () => "secret",
  add: () => (added += 1),
  fail: inner.broken,
};

function createSchema(): GraphQLSchema {
  const schema = buildSchema(sdl);
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const resolve = resolvers[field.name];
      if (resolve !== undefined) field.resolve = (_root, args, context) => resolve(args, context as Context);
      // The actions of a key that may read leads only.
      if (type !== schema.getQueryType()) field.extensions = { action: "lead:read" };
      else field.extensions = { action: field.name === "secret" ? "journal:read" : "lead:read" };
    }
  }
  for (const [name, value] of Object.entries(inner)) {
    const field = assertObjectType(schema.getType("Inner")).getFields()[name];
    if (field !== undefined && typeof value === "function") field.resolve = () => value();
  }
  return schema;
}

const authenticator: Authenticator = {
  authenticate: (authorization) =>
    Promise.resolve(
      authorization === undefined
        ? { kind: "ANONYMOUS" }
        : { kind: "API_KEY", tenantId: "t", keyId: "k", scopes: ["lead:read"], expiresAt: null },
    ),
};

let app: FastifyInstance;
let server: GraphqlServer;
let answeredHot = 0;

beforeAll(async () => {
  const log = createLog({ level: "silent" });
  const schema = createSchema();
  const pipeline = new OperationPipeline(schema);
  const beforeExecution = () => undefined;
  const runner = new OperationRunner({ pipeline, executor: new Executor(schema), log, beforeExecution });
  server = await startApollo({ runner, log });
  const { hotPath } = server;
  const counted: Pick<GraphqlServer["hotPath"], "answer"> = {
    answer(...request) {
      const answer = hotPath.answer(...request);
      if (answer !== undefined) answeredHot += 1;
      return answer;
    },
  };
  app = createApp({ log, trustProxy: false });
  addGraphqlRoute(app, { ...server, hotPath: counted }, authenticator);
});

afterAll(async () => {
  await app.close();
  await server.stop();
});

interface Sent {
  readonly headers?: Record<string, string>;
  readonly anonymous?: true;
}

async function send(body: unknown, { headers = {}, anonymous }: Sent = {}) {
  const response = await app.inject({
    method: "POST",
    url: "/graphql",
    headers: {
      "content-type": "application/json",
      "x-request-id": "the-same",
      ...(anonymous === true ? {} : { authorization: "Bearer key" }),
      ...headers,
    },
    payload: JSON.stringify(body),
  });
  const { date: _date, ...kept } = response.headers;
  return { status: response.statusCode, headers: kept, body: response.body };
}

const graphqlJson = { accept: "application/graphql-response+json" };
const echo = "query Echo($text: String, $count: Int) { echo(text: $text, count: $count) }";

describe("an operation that comes again", () => {
  // Each is answered by Apollo the first time. Later ones are compiled, and must not differ in a byte.
  const repeated: readonly [name: string, body: unknown, sent?: Sent][] = [
    ["a query", { query: "{ echo }" }],
    [
      "a query with a fragment and an alias",
      { query: '{ ...a } fragment a on Query { x: echo(text: "y") list { name } }' },
    ],
    ["variables", { query: echo, variables: { text: "héllo \u2028", count: 3 } }],
    ["null for variables and operation name", { query: `${echo} `, variables: null, operationName: null }],
    ["one operation of several", { query: "query A { echo } query B { list { name } }", operationName: "B" }],
    [
      "@skip and @include",
      {
        query: "query ($no: Boolean!) { echo @skip(if: $no) list @include(if: $no) { name } }",
        variables: { no: true },
      },
    ],
    ["a field that fails", { query: "{ echo broken }" }],
    ["a field that refuses", { query: "{ echo refused }" }],
    ["fields that fail in a list", { query: "{ list { name broken } }" }],
    ["fields that fail later in a list", { query: "{ list { name late refused } }" }],
    ["nothing but an error", { query: "{ required { broken } }" }],
    [
      "nothing but an error, in the other media type",
      { query: "{ required { x: broken } }" },
      { headers: graphqlJson },
    ],
    ["the other media type", { query: "{ y: echo }" }, { headers: graphqlJson }],
    [
      "several media types",
      { query: "{ z: echo }" },
      { headers: { accept: "text/html, application/graphql-response+json;q=0.9, */*;q=0.1" } },
    ],
    ["any media type", { query: "{ w: echo }" }, { headers: { accept: "*/*" } }],
    ["a mutation that fails", { query: "mutation { fail }" }],
    ["the type's name", { query: "{ __typename }" }],
    ["extensions", { query: '{ e: echo(text: "extensions") }', extensions: { anything: 1 } }],
    [
      "the text of an unknown persisted query",
      {
        query: "{ p: echo }",
        extensions: {
          persistedQuery: {
            version: 1,
            sha256Hash: createHash("sha256").update("{ p: echo }").digest("hex"),
          },
        },
      },
    ],
    ["introspection", { query: "{ __schema { queryType { name fields { name } } } }" }],
  ];
  it.each(repeated.map(([name, body, sent]) => ({ name, body, sent })))(
    "gets the answer that Apollo gave: $name",
    async ({ body, sent }) => {
      const before = answeredHot;
      const byApollo = await send(body, sent);
      expect(answeredHot).toBe(before);
      for (let again = 1; again <= 3; again += 1) {
        expect(await send(body, sent)).toEqual(byApollo);
        expect(answeredHot).toBe(before + again);
      }
      expect(byApollo.body).not.toContain("secret words");
    },
  );

  const known = { query: "{ known: echo }" };
  const unusual: readonly [name: string, body: unknown, status: number, sent?: Sent][] = [
    ["without a credential", known, 401, { anonymous: true }],
    ["an unacceptable media type", known, 406, { headers: { accept: "text/html" } }],
    ["an operation that isn't there", { ...known, operationName: "Nope" }, 200],
    ["variables that are no object", { ...known, variables: [] }, 400],
    ["a variable of another type", { query: echo, variables: { count: "three" } }, 200],
    ["NUL in a variable", { query: echo, variables: { text: "a\0" } }, 200],
    ["a field without permission", { query: "{ secret }" }, 403],
    ["a batch", [known], 400],
    ["a subscription", { query: "subscription { never }" }, 200],
    ["a syntax error", { query: "{" }, 200],
  ];
  it.each(unusual.map(([name, body, status, sent]) => ({ name, body, status, sent })))(
    "is Apollo's when something is unusual: $name",
    async ({ body, status, sent }) => {
      await send(known);
      await send({ query: echo });
      const before = answeredHot;
      const first = await send(body, sent);
      expect(first.status).toBe(status);
      expect(await send(body, sent)).toEqual(first);
      expect(answeredHot).toBe(before);
    },
  );

  it("runs a mutation once per request", async () => {
    const body = { query: "mutation { add }" };
    const answers = [await send(body), await send(body), await send(body)];
    expect(answers.map((answer) => JSON.parse(answer.body))).toEqual([1, 2, 3].map((add) => ({ data: { add } })));
    expect(added).toBe(3);
  });

  it("has the request's own id in its errors and its context", async () => {
    const body = { query: "{ requestId broken }" };
    await send(body);
    const { body: text, headers } = await send(body, { headers: { "x-request-id": "mine" } });
    expect(headers["x-request-id"]).toBe("mine");
    expect(JSON.parse(text)).toMatchObject({
      data: { requestId: "mine" },
      errors: [{ extensions: { requestId: "mine" } }],
    });
  });

  it("is refused again as soon as the credential is gone", async () => {
    const body = { query: "{ gone: echo }" };
    for (const status of [200, 200]) expect((await send(body)).status).toBe(status);
    expect((await send(body, { anonymous: true })).status).toBe(401);
  });
});
