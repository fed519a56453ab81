import "reflect-metadata";
import { beforeAll, describe, expect, it } from "@jest/globals";
import {
  getNamedType,
  type GraphQLSchema,
  isEnumType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
} from "graphql";
import { buildNexoraSchema } from "../server/schema.ts";

/** Rows of lists that have no id of their own. */
const valueTypes = ["LeadImportRowError"];

let schema: GraphQLSchema;

beforeAll(async () => {
  schema = await buildNexoraSchema();
});

const objects = () => Object.values(schema.getTypeMap()).filter(isObjectType);

const implementsNode = (name: string) => {
  const type = schema.getType(name);
  return isInterfaceType(type)
    ? type.name === "Node"
    : isObjectType(type) && type.getInterfaces().some(({ name: base }) => base === "Node");
};

describe("the schema", () => {
  it("has rows with an id in every list", () => {
    const rows = objects()
      .filter(({ name }) => name.endsWith("Edge"))
      .map((edge) => getNamedType(edge.getFields()["node"]?.type)?.name ?? "");
    expect(rows.filter((name) => !implementsNode(name))).toEqual(valueTypes);
  });

  it("answers every mutation with a payload of its own and user errors whose codes say when they are returned", () => {
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    expect(mutations.length).toBeGreaterThan(20);
    for (const { name, type, args } of mutations) {
      const expected = name.charAt(0).toUpperCase() + name.slice(1);
      const payload = getNamedType(type);
      expect([name, payload.name, args.map((argument) => argument.name)]).toEqual([
        name,
        `${expected}Payload`,
        ["input"],
      ]);
      const fields = isObjectType(payload) ? payload.getFields() : {};
      expect([name, String(fields["userErrors"]?.type)]).toEqual([name, `[${expected}UserError!]!`]);
      const codes = schema.getType(`${expected}ErrorCode`);
      for (const { description } of isEnumType(codes) ? codes.getValues() : [])
        expect(description).toMatch(/^Returned when /);
    }
  });

  it("describes every type of its own", () => {
    const own = Object.values(schema.getTypeMap()).filter(
      (type) => !type.name.startsWith("__") && !isSpecifiedScalarType(type),
    );
    expect(own.filter(({ description }) => !description).map(({ name }) => name)).toEqual([]);
  });

  it("names its scope in every root field's description", () => {
    for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
      for (const { description } of Object.values(type?.getFields() ?? {}))
        expect(description).toMatch(/Scope: `[a-z]+:[a-z-]+`\.$/);
    }
  });
});
