import {
  type DocumentNode,
  type FieldNode,
  GraphQLError,
  type GraphQLField,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
  type SelectionNode,
} from "graphql";
import type { Action } from "../operations/actions.ts";
import { checkDocumentTexts } from "../operations/text-check.ts";
import type { BulkEngine } from "./bulk-engine.ts";
import { DocumentRefused, ownPrefix } from "./document-refused.ts";

/** A selection without named fragments. */
export type PlainSelection = FieldNode | InlineFragmentNode;

/** A valid document of one operation with one field at its root. */
export interface BulkDocument {
  readonly operation: OperationDefinitionNode;
  readonly field: FieldNode;
  readonly definition: GraphQLField<unknown, unknown>;
  readonly action: Action;
  /** Puts named fragments in their places. */
  readonly plain: (selections: readonly SelectionNode[]) => PlainSelection[];
}

/** Reads a document that is to be run in bulk, or throws DocumentRefused. */
export function readDocument(engine: BulkEngine, text: string, type: OperationTypeNode): BulkDocument {
  if (text.includes(ownPrefix)) throw new DocumentRefused(`Names with "${ownPrefix}" are ours.`);
  const document = parse(engine, text);
  checkDocumentTexts(document);
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const [operation] = operations;
  if (operation === undefined || operations.length > 1 || operation.operation !== type) {
    throw new DocumentRefused(`The document has to be one ${type}.`);
  }
  const plain = inliner(document);
  const [field, ...others] = withoutFragments(plain(operation.selectionSet.selections));
  if (field === undefined || others.length > 0) {
    throw new DocumentRefused(`The ${type} has to have one field at its root.`);
  }
  if ((field.directives?.length ?? 0) > 0) throw new DocumentRefused("The field at the root can't have directives.");
  const definition = engine.schema.getRootType(type)?.getFields()[field.name.value];
  const action = definition?.extensions["action"];
  if (definition === undefined || typeof action !== "string") {
    throw new DocumentRefused(`${field.name.value} can't be run in bulk.`);
  }
  return { operation, field, definition, action: action as Action, plain };
}

/** The fields of selections that are on one type whatever fragments they stand in. */
export function withoutFragments(selections: readonly PlainSelection[]): FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if ((selection.directives?.length ?? 0) > 0) throw new DocumentRefused("A fragment here can't have directives.");
    return withoutFragments(selection.selectionSet.selections as PlainSelection[]); // inlined with its parent
  });
}

function parse(engine: BulkEngine, text: string): DocumentNode {
  try {
    return engine.parse(text);
  } catch (error) {
    if (!(error instanceof AggregateError)) throw error;
    const messages = error.errors.map((each) => (each instanceof GraphQLError ? each.message : "invalid"));
    throw new DocumentRefused(messages.join(" "));
  }
}

/** Puts named fragments in their places. Validation has made sure that they exist and don't contain themselves. */
function inliner(document: DocumentNode): BulkDocument["plain"] {
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const plain = (selections: readonly SelectionNode[]): PlainSelection[] =>
    selections.flatMap((selection): PlainSelection[] => {
      switch (selection.kind) {
        case Kind.FIELD:
          if (selection.selectionSet === undefined) return [selection];
          return [{ ...selection, selectionSet: selectionSet(plain(selection.selectionSet.selections)) }];
        case Kind.INLINE_FRAGMENT:
          return [{ ...selection, selectionSet: selectionSet(plain(selection.selectionSet.selections)) }];
        case Kind.FRAGMENT_SPREAD: {
          const fragment = fragments.get(selection.name.value);
          if (fragment === undefined) return [];
          const { typeCondition } = fragment;
          const inner = selectionSet(plain(fragment.selectionSet.selections));
          const directives = selection.directives ?? [];
          return [{ kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet: inner }];
        }
      }
    });
  return plain;
}

export function selectionSet(selections: readonly SelectionNode[]) {
  return { kind: Kind.SELECTION_SET, selections } as const;
}

export function named(value: string) {
  return { kind: Kind.NAME, value } as const;
}

/** The name of a field in an answer. */
export function responseName({ alias, name }: FieldNode): string {
  return alias?.value ?? name.value;
}
