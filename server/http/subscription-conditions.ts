import { type DocumentNode, Kind, OperationTypeNode, visit } from "graphql";

/**
 * The document without conditions in its subscriptions. graphql-js 16 throws while it validates one whose root depends on a
 * variable, and Apollo takes that for a failure of its own. Over HTTP subscriptions are refused anyway.
 */
export function withoutConditions(document: DocumentNode): DocumentNode {
  if (!document.definitions.some(isOfSubscription)) return document;
  const definitions = document.definitions.map((definition) =>
    isOfSubscription(definition) ? visit(definition, { Directive: () => null }) : definition,
  );
  return { ...document, definitions };
}

function isOfSubscription(definition: DocumentNode["definitions"][number]): boolean {
  if (definition.kind === Kind.FRAGMENT_DEFINITION) return definition.typeCondition.name.value === "Subscription";
  return definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.SUBSCRIPTION;
}
