import { describe, expect, it } from "@jest/globals";
import { buildSchema, parse, validate } from "graphql";
import { structuralRules } from "./structural-rules.ts";

const schema = buildSchema(`
  directive @idempotent(key: String!) on FIELD
  directive @note(text: String) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT | FRAGMENT_DEFINITION | QUERY
  type Query { node: Node  leaf: Int }
  type Node { node: Node  leaf: Int }
  type Mutation { change: Int  other: Node }
`);

const refusals = (text: string) => validate(schema, parse(text), structuralRules).map(({ message }) => message);

const nested = (levels: number, inner: string): string =>
  levels === 0 ? inner : `node { ${nested(levels - 1, inner)} }`;
const times = (count: number, part: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => part(index)).join(" ");

describe("an operation", () => {
  it("may be 12 levels deep and no deeper", () => {
    expect(refusals(`{ ${nested(11, "leaf")} }`)).toEqual([]);
    expect(refusals(`{ ${nested(12, "leaf")} }`)).toEqual(["Fields are nested 13 levels deep; 12 are allowed."]);
  });

  it("hides no depth in fragments", () => {
    const query = `{ ${nested(6, "...a")} } fragment a on Node { ... on Node { ${nested(6, "leaf")} } }`;
    expect(refusals(query)).toEqual(["Fields are nested 13 levels deep; 12 are allowed."]);
  });

  it("introspects as deep as it likes", () => {
    const type = (levels: number): string => (levels === 0 ? "name" : `ofType { ${type(levels - 1)} }`);
    expect(refusals(`{ __schema { types { fields { type { ${type(20)} } } } } }`)).toEqual([]);
  });

  it("has 30 aliases at most, fragments expanded", () => {
    expect(refusals(`{ ${times(30, (index) => `a${index}: leaf`)} }`)).toEqual([]);
    expect(refusals(`{ ${times(31, (index) => `a${index}: leaf`)} }`)).toEqual([
      "The operation has 31 aliases; 30 are allowed.",
    ]);
    const fragment = `fragment a on Node { ${times(16, (index) => `a${index}: leaf`)} }`;
    expect(refusals(`{ node { ...a node { ...a } } } ${fragment}`)).toEqual([
      "The operation has 32 aliases; 30 are allowed.",
    ]);
  });

  it("has 8 directives at most, wherever they stand, keys of idempotency left out", () => {
    const query = (count: number) =>
      `query ($yes: Boolean!) @note { ...a @note node @note { ... on Node @note { leaf } }
        ${times(count, (index) => `leaf @include(if: $yes) @skip(if: ${index % 2 === 0})`)} }
       fragment a on Query @note { leaf @note }`;
    expect(refusals(query(1))).toEqual([]);
    expect(refusals(query(2))).toEqual(["The operation has 10 directives; 8 are allowed."]);
    expect(refusals(`mutation { ${times(10, (index) => `a${index}: change @idempotent(key: "${index}")`)} }`)).toEqual(
      [],
    );
  });

  it("has 10 mutations at most", () => {
    expect(refusals(`mutation { ${times(10, (index) => `a${index}: change`)} }`)).toEqual([]);
    expect(
      refusals(`mutation { ...a change } fragment a on Mutation { ${times(10, (index) => `a${index}: change`)} }`),
    ).toEqual(["The operation has 11 mutations; 10 are allowed."]);
    expect(refusals(`{ ${times(20, () => "leaf")} }`)).toEqual([]);
  });

  it("is measured alone: another operation of the document doesn't count", () => {
    const operation = (name: string) => `query ${name} { ${times(30, (index) => `a${index}: leaf`)} }`;
    expect(refusals(`${operation("A")} ${operation("B")}`)).toEqual([]);
  });

  it("is measured in no time, however its fragments multiply", () => {
    const fragments = times(
      60,
      (index) => `fragment f${index} on Node { a: node { ...f${index + 1} } b: node { ...f${index + 1} } }`,
    );
    const started = performance.now();
    expect(refusals(`{ node { ...f0 } } ${fragments} fragment f60 on Node { leaf }`)).toHaveLength(2);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it("whose fragments spread themselves is left to the rule that says so", () => {
    expect(refusals("{ node { ...a } } fragment a on Node { leaf ...b } fragment b on Node { leaf ...a }")).toEqual([]);
    expect(refusals("{ node { ...missing } }")).toEqual([]);
  });
});
