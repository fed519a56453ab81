import "reflect-metadata";
import { describe, expect, it } from "@jest/globals";
import { GraphQLInt, GraphQLInputObjectType, GraphQLObjectType, GraphQLSchema, GraphQLString, parse } from "graphql";
import { Executor } from "./executor.ts";

const input: GraphQLInputObjectType = new GraphQLInputObjectType({
  name: "Filter",
  fields: () => ({
    ...Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`field${index}`, { type: GraphQLString }])),
    and: { type: input },
    or: { type: input },
    not: { type: input },
    limit: { type: GraphQLInt, defaultValue: 7 },
  }),
});
const inner = ["and", "or", "not", "limit", "field3"];
const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: "Query",
    fields: {
      echo: {
        type: GraphQLString,
        args: { filter: { type: input }, first: { type: GraphQLInt, defaultValue: 50 } },
        // The order of arguments has no meaning.
        resolve: (_root, args: Record<string, unknown>) => JSON.stringify(args, Object.keys(args).concat(inner).sort()),
      },
    },
  }),
});
const document = parse("query ($filter: Filter, $first: Int) { echo(filter: $filter, first: $first) }");

describe("compiled operations", () => {
  it("answer as interpreted ones do, also with recursive input types, and compile in no time", async () => {
    const executor = new Executor(schema);
    const run = async (variables: Record<string, unknown>) =>
      JSON.stringify(await executor.execute({ document, operationName: null, variables, context: {} }));
    const cases = [{}, { first: 3 }, { first: null }, { filter: null }, { filter: { or: { and: { field3: "x" } } } }];
    const interpreted = await Promise.all(
      cases.map(async (variables) =>
        JSON.stringify(await new Executor(schema).execute({ document, operationName: null, variables, context: {} })),
      ),
    );
    const startedAt = performance.now();
    await run({});
    const compiled: string[] = [];
    for (const variables of cases) compiled.push(await run(variables));
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(compiled).toEqual(interpreted);
    expect(interpreted.at(-1)).toContain("limit");
  });
});
