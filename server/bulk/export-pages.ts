import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type ValueNode,
  type VariableDefinitionNode,
} from "graphql";
import { maxPageSize } from "../operations/paginate.ts";
import { named, type PlainSelection, selectionSet } from "./bulk-document.ts";
import { ownPrefix } from "./document-refused.ts";
import type { ConnectionPlan, ExportPlan } from "./export-plan.ts";

/** Names in our queries and their answers. */
export const own = {
  page: `${ownPrefix}page`,
  parent: `${ownPrefix}parent`,
  after: `${ownPrefix}after`,
  parentId: `${ownPrefix}parentId`,
} as const;

/** Rows below rows that one page may have, per row of the page: more are read parent by parent. */
const rowsBelow = 10;

/** A query for one page of the connection at the root. */
export function rootPage({ root, variables }: ExportPlan): DocumentNode {
  return query([...variables, definition(own.after, "Cursor")], [pageField(root, maxPageSize, true)]);
}

/** A query for one page of a connection of one row. */
export function childPage(plan: ConnectionPlan, { variables }: ExportPlan): DocumentNode {
  const parent: FieldNode = {
    kind: Kind.FIELD,
    alias: named(own.parent),
    name: named("node"),
    arguments: [argument("id", variable(own.parentId))],
    selectionSet: selectionSet([
      {
        kind: Kind.INLINE_FRAGMENT,
        typeCondition: { kind: Kind.NAMED_TYPE, name: named(plan.parentType) },
        selectionSet: selectionSet([pageField(plan, maxPageSize, true)]),
      },
    ]),
  };
  return query([...variables, definition(own.parentId, "ID", true), definition(own.after, "Cursor")], [parent]);
}

/** The connection with its rows, the page's place, and the first rows of the connections below. */
function pageField(plan: ConnectionPlan, first: number, isTop: boolean): FieldNode {
  const { field, list, node } = plan;
  const below = isTop ? Math.max(2, Math.floor(rowsBelow ** (1 / Math.max(1, levelsBelow(plan))))) : first;
  const row = selectionSet(rowOf(plan, plan.row, below));
  const rows: FieldNode =
    node === null
      ? { ...list, selectionSet: row }
      : { ...list, selectionSet: selectionSet([{ ...node, selectionSet: row }]) };
  const place: FieldNode = {
    kind: Kind.FIELD,
    alias: named(own.page),
    name: named("pageInfo"),
    selectionSet: selectionSet(["hasNextPage", "endCursor"].map((name) => ({ kind: Kind.FIELD, name: named(name) }))),
  };
  const paging = [
    argument("first", { kind: Kind.INT, value: String(first) }),
    ...(isTop ? [argument("after", variable(own.after))] : []),
  ];
  return { ...field, arguments: [...(field.arguments ?? []), ...paging], selectionSet: selectionSet([rows, place]) };
}

function rowOf(plan: ConnectionPlan, selections: readonly PlainSelection[], first: number): SelectionNode[] {
  return selections.map((selection) => {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      const inner = selection.selectionSet.selections as PlainSelection[]; // inlined when it was planned
      return { ...selection, selectionSet: selectionSet(rowOf(plan, inner, first)) };
    }
    const child = plan.children.get(selection);
    return child === undefined ? selection : pageField(child, first, false);
  });
}

function levelsBelow({ children }: ConnectionPlan): number {
  return Math.max(0, ...[...children.values()].map((child) => 1 + levelsBelow(child)));
}

function query(variables: readonly VariableDefinitionNode[], selections: readonly SelectionNode[]): DocumentNode {
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        kind: Kind.OPERATION_DEFINITION,
        operation: OperationTypeNode.QUERY,
        variableDefinitions: variables,
        selectionSet: selectionSet(selections),
      },
    ],
  };
}

function definition(name: string, type: string, isRequired = false): VariableDefinitionNode {
  const plain = { kind: Kind.NAMED_TYPE, name: named(type) } as const;
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: variable(name),
    type: isRequired ? { kind: Kind.NON_NULL_TYPE, type: plain } : plain,
  };
}

function variable(name: string) {
  return { kind: Kind.VARIABLE, name: named(name) } as const;
}

function argument(name: string, value: ValueNode): ArgumentNode {
  return { kind: Kind.ARGUMENT, name: named(name), value };
}
