import {
  type DocumentNode,
  type FieldNode,
  getArgumentValues,
  type GraphQLSchema,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { defaultPageSize } from "./paginate.ts";

interface PagedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly coerced: Readonly<Record<string, unknown>>;
}

/**
 * The page size to try next for an operation that took too long: half of its largest page. Undefined when it reads no
 * pages, or the largest has one row already.
 */
export function suggestedFirst(
  schema: GraphQLSchema,
  { document, operation, coerced }: PagedOperation,
): number | undefined {
  const typeInfo = new TypeInfo(schema);
  let largest = 0;
  const visitor = visitWithTypeInfo(typeInfo, {
    OperationDefinition: (node) => (node === operation ? undefined : false),
    Field: (node) => {
      const size = pageSize(typeInfo, node, coerced);
      if (size !== undefined) largest = Math.max(largest, size);
    },
  });
  visit(document, visitor);
  const half = Math.floor(largest / 2);
  return half === 0 ? undefined : half;
}

/** How many rows a field asks for; undefined when it isn't a list with pages. */
function pageSize(typeInfo: TypeInfo, node: FieldNode, variables: PagedOperation["coerced"]): number | undefined {
  const field = typeInfo.getFieldDef();
  if (field == null || !field.args.some(({ name }) => name === "first")) return undefined;
  const { first, last } = getArgumentValues(field, node, variables);
  const size = first ?? last;
  return typeof size === "number" ? size : defaultPageSize;
}
