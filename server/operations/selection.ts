import { type FieldNode, type GraphQLResolveInfo, Kind, type SelectionSetNode } from "graphql";

/**
 * The fields that a query selects below a field, by name, through all fragments. It ignores @skip, @include and type
 * conditions: what it names is all that may be read, not what will be.
 */
export function selectedBelow(
  fields: readonly FieldNode[],
  fragments: GraphQLResolveInfo["fragments"],
): ReadonlyMap<string, FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  const visit = (selectionSet: SelectionSetNode | undefined) => {
    for (const selection of selectionSet?.selections ?? []) {
      switch (selection.kind) {
        case Kind.FIELD:
          found.set(selection.name.value, [...(found.get(selection.name.value) ?? []), selection]);
          break;
        case Kind.INLINE_FRAGMENT:
          visit(selection.selectionSet);
          break;
        case Kind.FRAGMENT_SPREAD:
          visit(fragments[selection.name.value]?.selectionSet);
          break;
      }
    }
  };
  for (const field of fields) visit(field.selectionSet);
  return found;
}

/** The fields that a query selects of a connection's rows, as `nodes` or as `edges { node }`. */
export function selectedOfRows({ fieldNodes, fragments }: GraphQLResolveInfo): ReadonlyMap<string, FieldNode[]> {
  const connection = selectedBelow(fieldNodes, fragments);
  const edges = selectedBelow(connection.get("edges") ?? [], fragments);
  return selectedBelow([...(connection.get("nodes") ?? []), ...(edges.get("node") ?? [])], fragments);
}
