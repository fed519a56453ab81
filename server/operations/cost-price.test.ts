import { describe, expect, test } from "@jest/globals";
import { buildSchema, getOperationAST, type GraphQLSchema, parse } from "graphql";
import { planCost } from "./cost-plan.ts";
import { compileCost, pricesByPath } from "./cost-price.ts";
import { CostPricer } from "./cost-pricer.ts";
import { coerceVariables } from "./executor.ts";

const schema = buildSchema(`
  interface Node { id: ID! }
  interface UserError { message: String! }
  type SaveError implements UserError { message: String! }
  type Owner implements Node { id: ID!  name: String! }
  type Note { body: String!  author: Owner }
  type Lead implements Node {
    id: ID!  name: String  tags: [String!]!  owner: Owner
    notes(first: Int, last: Int): NoteConnection!
    consents: [Consent!]!
    history: [Consent!]!
  }
  type Consent { purpose: String! }
  type NoteConnection { nodes: [Note!]!  edges: [NoteEdge!]!  totalCount: Int! }
  type NoteEdge { cursor: String!  node: Note! }
  type LeadConnection { nodes: [Lead!]!  edges: [LeadEdge!]!  pageInfo: PageInfo!  totalCount: Int! }
  type LeadEdge { cursor: String!  node: Lead! }
  type PageInfo { endCursor: String }
  type SavePayload { lead: Lead  userErrors: [SaveError!]! }
  type Query {
    place: String!
    lead(id: ID!): Lead
    leads(first: Int, last: Int): LeadConnection!
    node(id: ID!): Node
    nodes(ids: [ID!]!): [Node]!
    verify: Owner!
  }
  type Mutation { save(name: String): SavePayload!  touch: Boolean }
`);
const declare = (type: string, field: string, cost: object) => {
  const found = schema.getType(type);
  if (found === undefined || !("getFields" in found)) throw new Error(`no ${type}`);
  const { extensions } = found.getFields()[field] ?? {};
  Object.assign(extensions ?? {}, { cost });
};
declare("Query", "verify", { price: 100 });
declare("Lead", "consents", { size: 3 });

const leadIds = (count: number) => Array.from({ length: count }, (_, index) => `lead_${index}`);

function price(text: string, raw: Record<string, unknown> = {}, using: GraphQLSchema = schema) {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (operation == null) throw new Error("no operation");
  const variables = coerceVariables(using, operation, raw) as Record<string, unknown>;
  const plan = planCost(using, document, operation, variables);
  const compiled = compileCost(plan);
  const byPath = pricesByPath(plan, variables);
  return {
    requested: compiled.requested(variables),
    actual: (result: unknown) => compiled.actual(result),
    byPath: Object.fromEntries(byPath.map((each) => [each.path, each.price])),
  };
}

describe("the price before", () => {
  test.each([
    ["a leaf costs nothing, an operation at least 1", "{ place }", 1],
    ["introspection is free", "{ __schema { types { name fields { name } } } __typename }", 1],
    ["an object is 1", `{ lead(id: "a") { id name tags } }`, 1],
    ["an object in an object is 1 more", `{ lead(id: "a") { owner { name } } }`, 2],
    ["a page is a connection, a list, and each row", "{ leads(first: 10) { nodes { id } } }", 1 + 1 + 10],
    ["a page without a size has 50 rows", "{ leads { nodes { id } } }", 1 + 1 + 50],
    ["`last` counts as `first` does", "{ leads(last: 5) { nodes { id } } }", 1 + 1 + 5],
    ["no page is larger than 250: the list refuses it", "{ leads(first: 100000) { nodes { id } } }", 252],
    ["an empty page is legal", "{ leads(first: 0) { nodes { id owner { id } } } }", 2],
    ["an edge is an object", "{ leads(first: 10) { edges { node { id } } } }", 1 + 1 + 10 * 2],
    ["a row's objects count per row", "{ leads(first: 10) { nodes { owner { id } } } }", 2 + 10 * 2],
    [
      "lists in lists multiply",
      "{ leads(first: 10) { nodes { notes(first: 4) { nodes { author { id } } } } } }",
      2 + 10 * (1 + 2 + 4 * 2),
    ],
    ["a total is 10", "{ leads(first: 1) { totalCount } }", 11],
    ["`ids` say how many", `{ nodes(ids: ["a", "b", "c"]) { id } }`, 1 + 3],
    ["a declared price holds", "{ verify { id } }", 100],
    ["a declared size holds", `{ lead(id: "a") { consents { purpose } } }`, 1 + 1 + 3],
    ["a list that says nothing counts as 10", `{ lead(id: "a") { history { purpose } } }`, 1 + 1 + 10],
    ["a root field of a mutation is 10", "mutation { save { lead { id } userErrors { message } } }", 10 + 1 + 1],
    ["so is one without fields", "mutation { a: touch b: touch }", 20],
    ["equal fields are one field", `{ lead(id: "a") { owner { id } owner { name } } lead(id: "a") { name } }`, 2],
    ["other names are other fields", `{ a: lead(id: "a") { id } b: lead(id: "a") { id } }`, 2],
    ["fragments count expanded", `query { leads(first: 2) { nodes { ...l } } } fragment l on Lead { owner { id } }`, 6],
    ["the dearest type counts", `{ node(id: "a") { id ... on Lead { owner { id } } ... on Owner { name } } }`, 2],
    ["what is left out is free", `{ lead(id: "a") { owner @skip(if: true) { id } } }`, 1],
  ])("%s", (_, text, expected) => {
    expect(price(text).requested).toBe(expected);
  });

  test("variables and their defaults say how many", () => {
    const text = "query ($first: Int = 20) { leads(first: $first) { nodes { id } } }";
    expect(price(text).requested).toBe(22);
    expect(price(text, { first: 7 }).requested).toBe(9);
    expect(price(text, { first: null }).requested).toBe(52);
    expect(price("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", { ids: leadIds(40) }).requested).toBe(41);
  });

  test("@include by a variable is priced for its value, and each value once", () => {
    const document = parse(`query ($with: Boolean!) { lead(id: "a") { owner @include(if: $with) { id } } }`);
    const operation = getOperationAST(document);
    if (operation == null) throw new Error("no operation");
    const pricer = new CostPricer(schema);
    const planFor = (isWith: boolean) => pricer.planOf(document, operation, { with: isWith });
    expect(planFor(true).requested({ with: true })).toBe(2);
    expect(planFor(false).requested({ with: false })).toBe(1);
    expect(planFor(true)).toBe(planFor(true));
  });

  test("the prices of the paths add up to the whole", () => {
    const { requested, byPath } = price(
      "{ leads(first: 10) { totalCount nodes { owner { id } notes(first: 4) { edges { node { author { id } } } } } } }",
    );
    expect(byPath).toEqual({
      leads: 1,
      "leads.totalCount": 10,
      "leads.nodes": 11,
      "leads.nodes.owner": 10,
      "leads.nodes.notes": 10,
      "leads.nodes.notes.edges": 10 + 40,
      "leads.nodes.notes.edges.node": 40,
      "leads.nodes.notes.edges.node.author": 40,
    });
    expect(Object.values(byPath).reduce((sum, each) => sum + each)).toBe(requested);
  });

  test("a document that unfolds without end is refused instead of counted", () => {
    const depth = 24;
    const deep = buildSchema(`
      type Query { a: A }
      type A { x: A y: A }
    `);
    const text = `{ a { ...f0 } } ${Array.from({ length: depth }, (_, level) =>
      level === depth - 1
        ? `fragment f${level} on A { __typename }`
        : `fragment f${level} on A { x { ...f${level + 1} } y { ...f${level + 1} } }`,
    ).join(" ")}`;
    const startedAt = performance.now();
    expect(() => price(text, {}, deep)).toThrow("too much to be counted");
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});

describe("the price after", () => {
  test("counts the rows that there were", () => {
    const { requested, actual } = price("{ leads(first: 50) { nodes { id owner { id } } } }");
    expect(requested).toBe(102);
    expect(actual({ leads: { nodes: [{}, {}, {}] } })).toBe(2 + 3 * 2);
    expect(actual({ leads: { nodes: [] } })).toBe(2);
  });

  test("counts rows of rows", () => {
    const { actual } = price("{ all: leads(first: 5) { edges { node { notes { nodes { body } } } } } }");
    const row = (notes: number) => ({ node: { notes: { nodes: Array.from({ length: notes }, () => ({})) } } });
    expect(actual({ all: { edges: [row(2), row(0), row(1)] } })).toBe(2 + 3 * (1 + 1 + 1 + 1) + 3);
  });

  test("what came to nothing has no rows", () => {
    const { actual } = price(`{ lead(id: "a") { notes(first: 50) { nodes { body } } } }`);
    expect(actual({ lead: null })).toBe(3);
    expect(actual(null)).toBe(3);
    expect(actual(undefined)).toBe(3);
  });

  test("user errors are counted when there are any", () => {
    const { requested, actual } = price("mutation { save { lead { id } userErrors { message } } }");
    expect(actual({ save: { lead: {}, userErrors: [] } })).toBe(requested);
    expect(actual({ save: { lead: null, userErrors: [{}, {}] } })).toBe(requested + 2);
  });

  test("is at least 1", () => {
    expect(price("{ place }").actual({ place: "x" })).toBe(1);
  });
});
