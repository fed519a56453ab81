import { describe, expect, it } from "@jest/globals";
import { buildSchema, execute, type GraphQLSchema } from "graphql";
import { Executor } from "../operations/executor.ts";
import { BulkEngine } from "./bulk-engine.ts";
import { planExport } from "./export-plan.ts";
import { ExportWalk } from "./export-walk.ts";

// A tree of items, each with items below it: deeper than any list of our schema is today.

interface Item {
  readonly __typename: "Item";
  readonly id: string;
  items(args: PageArgs): object;
}

interface PageArgs {
  readonly first?: number | null;
  readonly after?: string | null;
}

const items = new Map<string, Item>();

/** `widths` says how many items each level has below one of the level above. */
function children(parent: string, widths: readonly number[]): Item[] {
  const [width = 0, ...below] = widths;
  return Array.from({ length: width }, (_, index) => {
    const id = parent === "" ? `${index}` : `${parent}.${index}`;
    const inner = children(id, below);
    const item: Item = { __typename: "Item", id, items: (args) => page(inner, args) };
    items.set(id, item);
    return item;
  });
}

let largestPage = 0;

function page(all: readonly Item[], { first, after }: PageArgs): object {
  const start = after == null ? 0 : Number(after) + 1;
  const nodes = all.slice(start, start + (first ?? 50));
  largestPage = Math.max(largestPage, nodes.length);
  const last = start + nodes.length - 1;
  return {
    nodes,
    edges: nodes.map((node) => ({ node })),
    pageInfo: { hasNextPage: last + 1 < all.length, endCursor: `${last}` },
  };
}

function treeSchema(): GraphQLSchema {
  const schema = buildSchema(`
    scalar Cursor
    interface Node { id: ID! }
    type PageInfo { hasNextPage: Boolean!  endCursor: Cursor }
    type ItemEdge { node: Item! }
    type ItemConnection { nodes: [Item!]!  edges: [ItemEdge!]!  pageInfo: PageInfo! }
    type Item implements Node { id: ID!  items(first: Int, after: Cursor): ItemConnection! }
    type Query { node(id: ID!): Node  items(first: Int, after: Cursor): ItemConnection! }
  `);
  const fields = schema.getQueryType()?.getFields();
  if (fields?.["items"] === undefined || fields["node"] === undefined) throw new Error("no fields");
  fields["items"].extensions = { action: "lead:read" };
  return schema;
}

interface Walked {
  readonly rows: { readonly id: string; readonly __parentId?: string }[];
  readonly pages: number;
  readonly largestAnswer: number;
}

async function walk(document: string, widths: readonly number[]): Promise<Walked> {
  items.clear();
  largestPage = 0;
  const roots = children("", widths);
  const schema = treeSchema();
  const executor = new Executor(schema);
  const engine = new BulkEngine();
  engine.connect(schema, executor);
  const rootValue = {
    items: (args: PageArgs) => page(roots, args),
    node: ({ id }: { id: string }) => items.get(id) ?? null,
  };
  const rows: Walked["rows"] = [];
  let [pages, largestAnswer] = [0, 0];
  await new ExportWalk({
    plan: planExport(engine, document),
    variables: {},
    async read(page, variables) {
      pages += 1;
      // By graphql-js: the compiler does not call methods of plain values.
      const { data, errors } = await execute({ schema, document: page, rootValue, variableValues: variables });
      if (data == null || errors !== undefined) throw new Error(JSON.stringify(errors));
      largestAnswer = Math.max(largestAnswer, JSON.stringify(data).split('"id"').length - 1);
      return data;
    },
    async write(lines) {
      rows.push(...lines.map((line) => JSON.parse(line) as Walked["rows"][number]));
      await Promise.resolve();
    },
  }).run();
  return { rows, pages, largestAnswer };
}

const fiveLevels =
  "{ items { nodes { id items { edges { node { id items { nodes { id items { nodes { id items { nodes { id } } } } } } } } } } } }";

describe("the walk of an export", () => {
  it.each([
    [[3, 4, 2, 3, 5]],
    [[2, 1, 260, 1, 2]],
    [[1, 30, 0, 0, 0]],
    [[700, 1, 1, 0, 0]],
    [[1, 1, 1, 1, 600]],
    [[0, 0, 0, 0, 0]],
  ])("yields every row of five levels once, behind its parent: %p", async (widths) => {
    const { rows, largestAnswer } = await walk(fiveLevels, widths);
    expect(rows.map(({ id }) => id).toSorted()).toEqual([...items.keys()].toSorted());
    const seen = new Set<string>();
    for (const { id, __parentId } of rows) {
      const parent = id.includes(".") ? id.slice(0, id.lastIndexOf(".")) : undefined;
      expect(__parentId).toBe(parent);
      if (parent !== undefined) expect(seen.has(parent)).toBe(true);
      seen.add(id);
    }
    expect(largestPage).toBeLessThanOrEqual(250);
    expect(largestAnswer).toBeLessThan(10_000);
  });

  it("reads a flat list in pages of 250", async () => {
    const { rows, pages } = await walk("{ items { nodes { id } } }", [1_001]);
    expect([rows.length, pages]).toEqual([1_001, 5]);
  });

  it("refuses six levels", async () => {
    const sixLevels = fiveLevels.replace("{ id } }", "{ id items { nodes { id } } } }");
    await expect(walk(sixLevels, [1])).rejects.toThrow(/levels deep/);
  });
});
