import { type DocumentNode, type FieldNode, getNamedType, isObjectType, Kind, OperationTypeNode } from "graphql";
import { type Action, scopes } from "../operations/actions.ts";
import { named, readDocument, responseName, selectionSet } from "./bulk-document.ts";
import type { BulkEngine } from "./bulk-engine.ts";
import { DocumentRefused, ownPrefix } from "./document-refused.ts";

export interface ImportPlan {
  /** The caller's mutation, which also asks for what was wrong. */
  readonly document: DocumentNode;
  readonly action: Action;
  /** Name of the variable that is each line's input. */
  readonly variable: string;
  /** Name of the mutation's field in an answer. */
  readonly key: string;
  /** Whether the mutation can be run for many lines at once. */
  readonly isGathered: boolean;
}

/** Name of the user errors in an answer to our document. */
export const ownUserErrors = `${ownPrefix}userErrors`;

/** Actions of mutations that start or end bulk operations: one isn't run by another. */
const bulkActions: ReadonlySet<string> = new Set(["bulk:read", "bulk:export", "bulk:import"]);

/** Which mutation is to be run for each line, or throws DocumentRefused. */
export function planImport(engine: BulkEngine, text: string): ImportPlan {
  const { operation, field, definition, action, plain } = readDocument(engine, text, OperationTypeNode.MUTATION);
  if (!scopes.includes(action) || bulkActions.has(action)) {
    // Signing in, or making keys and members, is for people; their answers may hold what must not lie in a file.
    throw new DocumentRefused(`${field.name.value} can't be run in bulk.`, "NOT_ALLOWED");
  }
  const [variable, ...others] = operation.variableDefinitions ?? [];
  const [argument] = field.arguments ?? [];
  const isPassedOn =
    argument?.name.value === "input" &&
    argument.value.kind === Kind.VARIABLE &&
    argument.value.name.value === variable?.variable.name.value;
  if (variable === undefined || others.length > 0 || !isPassedOn) {
    throw new DocumentRefused("The mutation needs one variable, which is its field's input: name(input: $input).");
  }
  const payload = getNamedType(definition.type);
  if (!isObjectType(payload) || !("userErrors" in payload.getFields())) {
    throw new DocumentRefused(`${field.name.value} has no user errors.`);
  }
  return {
    document: {
      kind: Kind.DOCUMENT,
      definitions: [
        {
          ...operation,
          selectionSet: selectionSet(plain([withUserErrors(field)])),
        },
      ],
    },
    action,
    variable: variable.variable.name.value,
    key: responseName(field),
    isGathered: definition.extensions["isGathered"] === true,
  };
}

function withUserErrors(field: FieldNode): FieldNode {
  const userErrors: FieldNode = {
    kind: Kind.FIELD,
    alias: named(ownUserErrors),
    name: named("userErrors"),
    selectionSet: selectionSet(["code", "message", "field"].map((name) => ({ kind: Kind.FIELD, name: named(name) }))),
  };
  return { ...field, selectionSet: selectionSet([...(field.selectionSet?.selections ?? []), userErrors]) };
}
