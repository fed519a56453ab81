import { describe, expect, it } from "@jest/globals";
import { buildSchema, getOperationAST, parse } from "graphql";
import { Deprecations } from "./deprecations.ts";

const gone = (what: string) => `@deprecated(reason: "Use ${what}. Removal 2028-01-01.")`;
const deprecations = new Deprecations(
  buildSchema(`
    type Query {
      mail: String ${gone("email")}
      people(size: Size, limit: Int ${gone("first")}, where: [Where!]): [Person!]!
    }
    interface Named { name: String  label: String ${gone("name")} }
    type Person implements Named { name: String  label: String  friend: Person }
    enum Size { S  HUGE ${gone("S")} }
    input Where { and: [Where!]  not: Where  name: String  label: String ${gone("name")}  size: Size }
  `),
);

function used(text: string, variables: Readonly<Record<string, unknown>> = {}, operationName?: string): string[] {
  const document = parse(text);
  const operation = getOperationAST(document, operationName);
  if (operation == null) throw new Error("no operation");
  return deprecations.of(document, operation, variables).map(({ coordinate }) => coordinate);
}

describe("what an operation uses of the deprecated", () => {
  it("is nothing in most", () => {
    expect(used("{ people(size: S, where: { name: null }) { name friend { label } } }")).toEqual([]);
  });

  it.each([
    ["a field", "{ a: mail b: mail }", ["Query.mail"]],
    ["an interface's field", "{ people { ... on Named { label } } }", ["Named.label"]],
    ["an argument", "{ people(limit: 1) { name } }", ["Query.people(limit:)"]],
    ["an enum's value", "{ people(size: HUGE) { name } }", ["Size.HUGE"]],
    ["an input's field", '{ people(where: { and: [{ label: "x" }] }) { name } }', ["Where.label"]],
    ["a variable's default", "query ($s: Size = HUGE) { people(size: $s) { name } }", ["Size.HUGE"]],
    ["a fragment", "{ ...F } fragment F on Query { mail }", ["Query.mail"]],
  ])("is found as %s", (_what, text, expected) => {
    expect(used(text)).toEqual(expected);
  });

  it("is found in the values of variables", () => {
    const text = "query ($where: [Where!], $size: Size) { people(where: $where, size: $size) { name } }";
    expect(used(text, { where: { not: { label: "x" } } })).toEqual(["Where.label"]);
    expect(used(text, { where: [{ and: [{ size: "HUGE" }] }], size: "HUGE" })).toEqual(["Size.HUGE"]);
    expect(used(text, { where: [{ name: "label" }], size: "S" })).toEqual([]);
  });

  it("is that of the operation that runs", () => {
    const text = "query A { mail } query B { people { name } }";
    expect(used(text, {}, "A")).toEqual(["Query.mail"]);
    expect(used(text, {}, "B")).toEqual([]);
  });

  it("comes with its day", () => {
    expect(deprecations.get("Query.mail")).toEqual({
      coordinate: "Query.mail",
      reason: "Use email. Removal 2028-01-01.",
      removal: "2028-01-01",
    });
    expect(deprecations.get("Query.people")).toBeUndefined();
  });
});
