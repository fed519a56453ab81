import {
  type FieldNode,
  getArgumentValues,
  getVariableValues,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  visit,
} from "graphql";
import type { PreparedOperation } from "./prepare-operation.ts";

export interface FeedSelection {
  /** Name of the subscription field. */
  readonly field: string;
  /** Its coerced arguments. */
  readonly args: Readonly<Record<string, unknown>>;
  /** The variable that carries the cursor and nothing else: it makes no difference to what is delivered. */
  readonly cursorVariable: string | undefined;
}

/** What a subscription selects: validation has seen to it that it is one field. */
export function readSelection(schema: GraphQLSchema, prepared: PreparedOperation): FeedSelection {
  const { operation, variables } = prepared;
  const node = findField(prepared, operation.selectionSet);
  const field = node === undefined ? undefined : schema.getSubscriptionType()?.getFields()[node.name.value];
  if (node === undefined || field === undefined) throw new Error("a subscription without a field");
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  return {
    field: field.name,
    args: getArgumentValues(field, node, coerced),
    cursorVariable: cursorVariable(prepared, node),
  };
}

function findField(prepared: PreparedOperation, { selections }: SelectionSetNode): FieldNode | undefined {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) return selection;
    const selectionSet =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection.selectionSet
        : fragmentNamed(prepared, selection.name.value)?.selectionSet;
    const found = selectionSet === undefined ? undefined : findField(prepared, selectionSet);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fragmentNamed({ document }: PreparedOperation, name: string) {
  return document.definitions.find(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
  ) as { selectionSet: SelectionSetNode } | undefined;
}

function cursorVariable({ document }: PreparedOperation, node: FieldNode): string | undefined {
  const value = node.arguments?.find(({ name }) => name.value === "after")?.value;
  if (value?.kind !== Kind.VARIABLE) return undefined;
  const name = value.name.value;
  let uses = 0;
  visit(document, {
    VariableDefinition: () => false,
    Variable: (variable) => {
      if (variable.name.value === name) uses += 1;
    },
  });
  return uses === 1 ? name : undefined;
}
