import { describe, expect, it } from "@jest/globals";
import { buildSchema, execute, GraphQLError, GraphQLScalarType, type GraphQLSchema, parse } from "graphql";
import { DateTime } from "../../schema/scalars.ts";
import { AppError } from "./app-error.ts";
import { Executor } from "./executor.ts";

const sdl = `
  scalar DateTime
  scalar Upper
  enum Colour { RED BLUE }
  interface Named { name: String! }
  type Person implements Named { name: String!  age: Int  friends: [Person!]  strict: [Person!]!  broken: String!  late: String  born: DateTime  id: ID }
  type Robot implements Named { name: String!  model: String  colour: Colour }
  union Being = Person | Robot
  input Search { text: String = "any", limit: Int! = 3, colours: [Colour!] }
  type Query {
    person: Person
    beings: [Being]
    named: [Named!]!
    echo(search: Search, at: DateTime, upper: Upper, ids: [ID!] = ["1"]): String
    colour: Colour
    wrongColour: Colour
    wrongInt: Int
    wrongDate: DateTime
    missing: Person!
    coded: String
    refused: String
    rejected: [String]
    numbers: [[Int!]]
    numericId: ID
    upper: Upper
  }
  type Mutation { first: Int  second: Int!  third: Int }
`;

const broken = (): never => {
  throw new Error("inner words");
};
const robot = { __typename: "Robot", name: "R", model: "R2", colour: "BLUE" };
const child = { __typename: "Person", name: "Child", age: 3, friends: null, strict: [], born: new Date(0), id: "c" };
const person = {
  __typename: "Person",
  name: "Ada",
  age: 36,
  friends: [child, child],
  strict: [child, null],
  born: new Date(1.7e12),
  id: 7,
};

const resolvers: Record<string, Record<string, (args: Record<string, unknown>) => unknown>> = {
  Query: {
    person: () => Promise.resolve(person),
    beings: () => [person, robot, null],
    named: () => [robot, person],
    // The order of arguments has no meaning.
    echo: ({ at, ids, search, upper }) => JSON.stringify({ at, ids, search, upper }),
    colour: () => "RED",
    wrongColour: () => "GREEN",
    wrongInt: () => "x",
    wrongDate: () => new Date(Number.NaN),
    missing: () => null,
    coded: () => {
      throw new GraphQLError("coded", { extensions: { code: "OWN", detail: { a: 1 } } });
    },
    refused: () => Promise.reject(new AppError("BAD_CURSOR", "refused", { reason: "LIST" })),
    rejected: () => ["a", new Error("in the list"), Promise.reject(new Error("later in the list"))],
    numbers: () => [[1, 2], null, [3, null]],
    numericId: () => 12,
    upper: () => "shout",
  },
  Mutation: { first: () => 1, second: broken, third: () => 3 },
  Person: { broken, late: () => Promise.reject(new Error("late")) },
};

const upper = new GraphQLScalarType({
  name: "Upper",
  serialize: (value) => String(value).toUpperCase(),
  parseValue: (value) => {
    if (typeof value !== "string") throw new GraphQLError("Upper takes text");
    return value.toUpperCase();
  },
});

function createSchema(): GraphQLSchema {
  const schema = buildSchema(sdl);
  for (const [name, scalar] of [
    ["DateTime", DateTime],
    ["Upper", upper],
  ] as const) {
    Object.assign(schema.getType(name) ?? {}, {
      serialize: scalar.serialize,
      parseValue: scalar.parseValue,
      parseLiteral: scalar.parseLiteral,
    });
  }
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    if (type === undefined || !("getFields" in type)) continue;
    for (const [name, resolve] of Object.entries(fields)) {
      Object.assign(type.getFields()[name] ?? {}, {
        resolve: (_root: unknown, args: Record<string, unknown>) => resolve(args),
      });
    }
  }
  return schema;
}

const schema = createSchema();
const people = "fragment people on Person { name age friends { name born id } }";
const echo =
  "query ($search: Search, $at: DateTime, $upper: Upper, $ids: [ID!]) { echo(search: $search, at: $at, upper: $upper, ids: $ids) }";

const operations: readonly [name: string, query: string, variables?: Record<string, unknown>][] = [
  ["aliases and fragments", `{ a: person { ...people } b: person { name ... on Person { id } } } ${people}`],
  ["a union", "{ beings { __typename ... on Person { name } ... on Robot { model colour } } }"],
  ["an interface", "{ named { name ... on Robot { model } } }"],
  [
    "@skip and @include",
    "query ($yes: Boolean!) { colour @skip(if: $yes) person @include(if: $yes) { name age @skip(if: $yes) } }",
    { yes: true },
  ],
  [
    "defaults of variables",
    'query ($search: Search = { text: "d" }, $ids: [ID!] = ["2"]) { echo(search: $search, ids: $ids) }',
  ],
  ["an empty input", echo, { search: {} }],
  [
    "custom scalars and lists",
    echo,
    { search: { colours: ["RED"], text: null }, at: "2026-11-21T09:00:00Z", upper: "x", ids: "one" },
  ],
  ["literals", '{ echo(search: { limit: 5, colours: BLUE }, at: "2026-11-21T09:00:00Z", upper: "x") }'],
  ["instants and ids", "{ person { born id } numericId upper }"],
  ["a value that is no member of the enum", "{ wrongColour colour }"],
  ["a value that is no integer", "{ wrongInt }"],
  ["a date that is none", "{ wrongDate }"],
  ["null for a non-null root field", "{ missing { name } }"],
  ["an error that takes its parent away", "{ person { name broken } colour }"],
  ["an error in nested lists", "{ person { name friends { name late } } }"],
  ["null in a list of non-null", "{ person { name strict { name } } }"],
  ["null in a list of lists", "{ numbers }"],
  ["errors as values", "{ rejected }"],
  ["an error of a later moment", "{ person { friends {\n name\n late } } }"],
  ["an error with extensions", "{ coded }"],
  ["a refusal", "{ refused colour }"],
  ["mutations one after the other", "mutation { first third }"],
  ["a mutation that fails", "mutation { first second third }"],
  ["introspection", '{ __schema { queryType { name } } __type(name: "Colour") { enumValues { name } } }'],
];

describe("compiled operations", () => {
  it.each(operations.map(([name, query, variables]) => ({ name, query, variables })))(
    "answer as graphql-js does: $name",
    async ({ query, variables = {} }) => {
      const document = parse(query);
      const expected = await execute({ schema, document, variableValues: variables, contextValue: {} });
      const executor = new Executor(schema);
      const run = () => executor.execute({ document, operationName: null, variables, context: {} });
      await run();
      const compiled = await run();
      expect(executor.compiledOperations).toBe(1);
      expect(normalized(compiled)).toEqual(normalized(expected));
      for (const error of compiled.errors ?? []) expect(error).toBeInstanceOf(GraphQLError);
    },
  );

  it("name every failed row of a list that is taken away, where graphql-js stops at the first", async () => {
    const document = parse("{ person { name friends { name broken } } }");
    const executor = new Executor(schema);
    const run = () => executor.execute({ document, operationName: null, variables: {}, context: {} });
    const interpreted = await run();
    const compiled = await run();
    expect(compiled.data).toEqual(interpreted.data);
    expect(compiled.errors?.map(({ path }) => path?.join("."))).toEqual([
      "person.friends.0.broken",
      "person.friends.1.broken",
    ]);
  });

  it("hands on what a resolver threw, for whoever masks it", async () => {
    const document = parse("{ person { broken } refused }");
    const executor = new Executor(schema);
    const run = () => executor.execute({ document, operationName: null, variables: {}, context: {} });
    await run();
    const { errors = [] } = await run();
    expect(errors.map((error) => error.originalError?.constructor.name)).toEqual(
      expect.arrayContaining(["AppError", "Error"]),
    );
  });

  it("are forgotten, the ones used longest ago first", async () => {
    const executor = new Executor(schema, { maxCompiled: 3 });
    for (const document of Array.from({ length: 10 }, (_, index) => parse(`{ a${index}: colour }`))) {
      for (let use = 0; use < 3; use += 1) {
        await executor.execute({ document, operationName: null, variables: {}, context: {} });
      }
    }
    expect(executor.compiledOperations).toBe(3);
  });

  it("are compiled when they come again, not before", async () => {
    const executor = new Executor(schema);
    const document = parse("{ colour }");
    await executor.execute({ document, operationName: null, variables: {}, context: {} });
    expect(executor.compiledOperations).toBe(0);
    await executor.execute({ document, operationName: null, variables: {}, context: {} });
    expect(executor.compiledOperations).toBe(1);
  });
});

/** As JSON, errors in the order of their paths: graphql-js has them in the order of time. */
function normalized(result: Awaited<ReturnType<Executor["execute"]>>): unknown {
  const json = JSON.parse(JSON.stringify(result)) as { data?: unknown; errors?: { path?: unknown }[] };
  json.errors?.sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
  return json;
}
