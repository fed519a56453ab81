import { readFile } from "node:fs/promises";
import { expect, it } from "@jest/globals";
import { buildSchema, getOperationAST, parse, validate } from "graphql";
import { getVariableValues } from "graphql/execution/values.js";
import { examples } from "./examples.ts";

const schema = buildSchema(await readFile("schema.graphql", "utf8"));

it.each(examples)("the example fits the schema: $title", ({ query, variables }) => {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document);
  const { errors } = getVariableValues(
    schema,
    operation?.variableDefinitions ?? [],
    JSON.parse(variables ?? "{}") as Record<string, unknown>,
  );
  expect(errors).toBeUndefined();
});
