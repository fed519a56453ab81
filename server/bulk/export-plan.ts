import {
  type FieldNode,
  getNamedType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLObjectType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  isUnionType,
  Kind,
  OperationTypeNode,
  type VariableDefinitionNode,
} from "graphql";
import type { Action } from "../operations/actions.ts";
import { type PlainSelection, readDocument, responseName, withoutFragments } from "./bulk-document.ts";
import type { BulkEngine } from "./bulk-engine.ts";
import { DocumentRefused } from "./document-refused.ts";

/** A connection that is walked to its end. */
export interface ConnectionPlan {
  /** As the caller wrote it. */
  readonly field: FieldNode;
  /** Its name in an answer. */
  readonly key: string;
  /** Name of the type that has the field. */
  readonly parentType: string;
  /** `nodes`, or `edges` with the `node` of each. */
  readonly list: FieldNode;
  readonly node: FieldNode | null;
  /** What the caller selects of a row. */
  readonly row: readonly PlainSelection[];
  /** Connections of a row, by their fields in `row`. */
  readonly children: ReadonlyMap<FieldNode, ConnectionPlan>;
}

export interface ExportPlan {
  readonly root: ConnectionPlan;
  readonly action: Action;
  readonly variables: readonly VariableDefinitionNode[];
}

const maxLevels = 5;
const pagingArguments: ReadonlySet<string> = new Set(["first", "after", "last", "before"]);

/** What a query asks to be exported, or throws DocumentRefused. */
export function planExport(engine: BulkEngine, text: string): ExportPlan {
  const { operation, field, definition, action, plain } = readDocument(engine, text, OperationTypeNode.QUERY);
  if (!isConnection(definition)) throw new DocumentRefused(`${field.name.value} isn't a connection.`);
  const planner = new Planner(engine);
  const [inlined] = plain([field]);
  if (inlined?.kind !== Kind.FIELD) throw new Error("a field is a field");
  const query = engine.schema.getQueryType();
  if (query == null) throw new Error("a schema has queries");
  const root = planner.connection(inlined, definition, query, 1);
  return { root, action, variables: operation.variableDefinitions ?? [] };
}

/** Whether a field is a list in pages. */
export function isConnection(field: GraphQLField<unknown, unknown>): boolean {
  const type = getNamedType(field.type);
  return isObjectType(type) && type.name.endsWith("Connection") && "pageInfo" in type.getFields();
}

class Planner {
  readonly #engine: BulkEngine;

  constructor(engine: BulkEngine) {
    this.#engine = engine;
  }

  connection(
    field: FieldNode,
    definition: GraphQLField<unknown, unknown>,
    parent: GraphQLCompositeType,
    level: number,
  ): ConnectionPlan {
    const name = field.name.value;
    if (level > maxLevels) throw new DocumentRefused(`More than ${maxLevels} connections stand in one another.`);
    const paging = field.arguments?.find((argument) => pagingArguments.has(argument.name.value));
    if (paging !== undefined) {
      throw new DocumentRefused(`All pages are walked: leave out "${paging.name.value}" of ${name}.`);
    }
    const type = getNamedType(definition.type) as GraphQLObjectType; // isConnection has said so
    const list = only(name, field, ["nodes", "edges"]);
    const node = list.name.value === "edges" ? only(`${name}.edges`, list, ["node"]) : null;
    const rowType = getNamedType(type.getFields()["nodes"]?.type);
    const row = (node ?? list).selectionSet?.selections as PlainSelection[] | undefined; // inlined
    if (!isCompositeType(rowType) || row === undefined) throw new DocumentRefused(`${name} has no rows.`);
    const children = new Map<FieldNode, ConnectionPlan>();
    this.#findConnections(rowType, row, level, children);
    const keys = [...children.values()].map(({ key }) => key);
    if (new Set(keys).size < keys.length) throw new DocumentRefused(`A connection of ${name} is selected twice.`);
    if (children.size > 0 && !selectsId(row)) {
      throw new DocumentRefused(`Select the "id" of ${name}: the rows below it refer to it as __parentId.`);
    }
    return { field, key: responseName(field), parentType: parent.name, list, node, row, children };
  }

  #findConnections(
    type: GraphQLCompositeType,
    selections: readonly PlainSelection[],
    level: number,
    found: Map<FieldNode, ConnectionPlan>,
  ): void {
    for (const selection of selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        this.#findConnections(this.#conditionOf(type, selection), below(selection), level, found);
        continue;
      }
      const definition = fieldOf(type, selection);
      if (definition === undefined) continue;
      if (isConnection(definition)) {
        found.set(selection, this.connection(selection, definition, type, level + 1));
      } else {
        this.#refuseConnections(getNamedType(definition.type), selection);
      }
    }
  }

  /** Below an object that is no row there is nothing that a row of the file could refer to. */
  #refuseConnections(type: unknown, selection: PlainSelection): void {
    if (!isObjectType(type) && !isInterfaceType(type) && !isUnionType(type)) return;
    for (const inner of below(selection)) {
      if (inner.kind === Kind.INLINE_FRAGMENT) {
        this.#refuseConnections(this.#conditionOf(type, inner), inner);
        continue;
      }
      const definition = fieldOf(type, inner);
      if (definition === undefined) continue;
      if (isConnection(definition)) {
        throw new DocumentRefused(`${inner.name.value} stands in ${type.name}, which is no row of a connection.`);
      }
      this.#refuseConnections(getNamedType(definition.type), inner);
    }
  }

  #conditionOf(type: GraphQLCompositeType, selection: PlainSelection): GraphQLCompositeType {
    const name = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition?.name.value : undefined;
    const condition = name === undefined ? type : this.#engine.schema.getType(name);
    return isCompositeType(condition) ? condition : type;
  }
}

function below(selection: PlainSelection): PlainSelection[] {
  return (selection.selectionSet?.selections ?? []) as PlainSelection[]; // inlined with the field at the root
}

function fieldOf(type: GraphQLCompositeType, { name }: FieldNode): GraphQLField<unknown, unknown> | undefined {
  return isUnionType(type) ? undefined : type.getFields()[name.value];
}

/** The one field that may be selected here: everything else of a connection has no meaning in a file of rows. */
function only(place: string, field: FieldNode, names: readonly string[]): FieldNode {
  const fields = withoutFragments(below(field));
  const [first] = fields;
  if (first === undefined || fields.length > 1 || !names.includes(first.name.value)) {
    throw new DocumentRefused(`Of ${place} select ${names.join(" or ")} and nothing else.`);
  }
  if ((first.directives?.length ?? 0) > 0) throw new DocumentRefused(`${first.name.value} can't have directives.`);
  return first;
}

function selectsId(selections: readonly PlainSelection[]): boolean {
  return selections.some((selection) =>
    selection.kind === Kind.FIELD ? responseName(selection) === "id" : selectsId(below(selection)),
  );
}
