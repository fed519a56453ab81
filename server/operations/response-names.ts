import { type GraphQLResolveInfo, Kind, type OperationDefinitionNode, type SelectionSetNode } from "graphql";

const known = new WeakMap<OperationDefinitionNode, ReadonlySet<string>>();

/** The names under which an operation's root fields answer, without introspection. */
export function responseNames({
  operation,
  fragments,
}: Pick<GraphQLResolveInfo, "operation" | "fragments">): ReadonlySet<string> {
  let names = known.get(operation);
  if (names === undefined) {
    names = new Set(namesIn(operation.selectionSet, fragments));
    known.set(operation, names);
  }
  return names;
}

function namesIn({ selections }: SelectionSetNode, fragments: GraphQLResolveInfo["fragments"]): string[] {
  return selections.flatMap((selection) => {
    switch (selection.kind) {
      case Kind.FIELD:
        return selection.name.value.startsWith("__") ? [] : [selection.alias?.value ?? selection.name.value];
      case Kind.INLINE_FRAGMENT:
        return namesIn(selection.selectionSet, fragments);
      case Kind.FRAGMENT_SPREAD: {
        const fragment = fragments[selection.name.value];
        return fragment === undefined ? [] : namesIn(fragment.selectionSet, fragments);
      }
    }
  });
}
