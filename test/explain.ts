import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLInputField, GraphQLInputObjectType } from "graphql";
import type { Session } from "../server/db/session.ts";

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Actual Rows": number;
  readonly "Actual Loops": number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Rows Removed by Index Recheck"?: number;
  readonly Plans?: readonly PlanNode[];
}

/** What a statement did when it ran. */
export interface Explained {
  /** Rows that come out. */
  readonly found: number;
  /** Rows of tables that the plan reads, found or thrown away. */
  readonly read: number;
  readonly nodes: readonly string[];
}

/** Runs a statement and tells how PostgreSQL did it. Only these tables are counted, or those whose names begin like this. */
export async function explain(
  session: Session,
  tables: string | ReadonlySet<string>,
  { text, values }: { readonly text: string; readonly values: readonly unknown[] },
): Promise<Explained> {
  const [row] = await session.query<{ "QUERY PLAN": readonly { Plan: PlanNode }[] }>({
    text: `EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`,
    values,
  });
  const isCounted = (table = "") => (typeof tables === "string" ? table.startsWith(tables) : tables.has(table));
  const nodes: string[] = [];
  let read = 0;
  const visit = (node: PlanNode) => {
    nodes.push([node["Node Type"], node["Relation Name"], node["Index Name"]].filter(Boolean).join(" "));
    if (isCounted(node["Relation Name"]) || node["Node Type"] === "Bitmap Index Scan") {
      const { "Rows Removed by Filter": filtered = 0, "Rows Removed by Index Recheck": rechecked = 0 } = node;
      read += (node["Actual Rows"] + filtered + rechecked) * node["Actual Loops"];
    }
    node.Plans?.forEach(visit);
  };
  const plan = row?.["QUERY PLAN"][0]?.Plan;
  if (plan === undefined) throw new Error("there is no plan");
  visit(plan);
  return { found: plan["Actual Rows"], read, nodes };
}

/** Several statements as one. */
export function explainedTogether(all: readonly Explained[]): Explained {
  return {
    found: all.reduce((sum, { found }) => sum + found, 0),
    read: all.reduce((sum, { read }) => sum + read, 0),
    nodes: all.flatMap(({ nodes }) => nodes),
  };
}

const quantifiers = ["some", "every", "none"];

/**
 * Each comparison that an input type of the schema offers, once per operand. `field` is the path to it without quantifiers,
 * such as `consents.purpose`.
 */
export function offeredFilters(
  filterType: string,
  operandsOf: (field: string, operator: string) => readonly unknown[],
): unknown[] {
  const schema = buildSchema(readFileSync("schema.graphql", "utf8"));
  const fieldsOf = (name: string): GraphQLInputField[] => {
    const type = schema.getType(name);
    if (!(type instanceof GraphQLInputObjectType)) return [];
    return Object.values(type.getFields()).filter((field) => !["and", "or", "not"].includes(field.name));
  };
  const ofType = (type: string, path: readonly string[]): unknown[] => {
    const inner = fieldsOf(type);
    if (inner.length > 0)
      return inner.flatMap((field) =>
        ofType(String(field.type), [...path, field.name]).map((operand) => ({ [field.name]: operand })),
      );
    const field = path.slice(0, -1).filter((name) => !quantifiers.includes(name));
    return [...operandsOf(field.join("."), path.at(-1) ?? "")];
  };
  return ofType(filterType, []);
}
