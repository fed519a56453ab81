import {
  type FieldNode,
  getNamedType,
  type GraphQLField,
  type GraphQLOutputType,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  Kind,
} from "graphql";
import { defaultPageSize, maxPageSize } from "./paginate.ts";

/** What a field declares of its price: `@Extensions({ cost: { price: 100 } })`. */
export interface DeclaredCost {
  /** Instead of the object's 1 (or a leaf's 0). */
  readonly price?: number;
  /** How many items a list without `first`, `last` or `ids` counts as before it is known. */
  readonly size?: number;
}

/** An operation that would cost more is refused, whoever asks. */
export const maxOperationPrice = 5_000;
/** The same for publishable keys, which everybody can read. */
export const maxPublishablePrice = 500;
/** What any operation costs at least, also one that is refused. */
export const minOperationPrice = 1;
/** A root field of a mutation, instead of the object's 1. */
export const mutationPrice = 10;
const totalCountPrice = 10;
const objectPrice = 1;
/** A list that says nothing of its size. */
const defaultListSize = 10;

type Variables = Readonly<Record<string, unknown>>;

/** How many items a list is counted as: a number, or what the variables say. */
export type Size = number | ((variables: Variables) => number);

/** The price of a field itself, without what is selected below it. */
export function ownPrice(field: GraphQLField<unknown, unknown>, isRootMutation: boolean): number {
  const { price } = declaredCost(field);
  if (price !== undefined) return price;
  if (isRootMutation) return mutationPrice;
  if (isLeafType(getNamedType(field.type))) return field.name === "totalCount" ? totalCountPrice : 0;
  return objectPrice;
}

export function isListOfObjects({ type }: GraphQLField<unknown, unknown>): boolean {
  return isListType(nullable(type)) && !isLeafType(getNamedType(type));
}

/**
 * The size that a field's own arguments give; undefined when it has none. More than a page can have counts as a full page:
 * the field itself refuses it.
 */
export function sizeByArguments(field: GraphQLField<unknown, unknown>, node: FieldNode): Size | undefined {
  const names = new Set(field.args.map(({ name }) => name));
  if (names.has("ids")) return sizeOf(node, ["ids"], listLength, 0);
  if (!names.has("first") && !names.has("last")) return undefined;
  const defaultSize = field.args.find(({ name }) => name === "first")?.defaultValue;
  return sizeOf(node, ["first", "last"], pageSize, typeof defaultSize === "number" ? defaultSize : defaultPageSize);
}

/** The size of a list that no argument limits. `pageOfParent`: that of the connection whose rows it is. */
export function sizeByDeclaration(field: GraphQLField<unknown, unknown>, pageOfParent: Size | undefined): Size {
  const { size } = declaredCost(field);
  if (size !== undefined) return size;
  if (pageOfParent !== undefined && (field.name === "nodes" || field.name === "edges")) return pageOfParent;
  // A change that goes well has no user errors.
  return isUserError(field.type) ? 0 : defaultListSize;
}

function declaredCost({ extensions }: GraphQLField<unknown, unknown>): DeclaredCost {
  const declared: unknown = extensions["cost"];
  return typeof declared === "object" && declared !== null ? declared : {};
}

function sizeOf(
  node: FieldNode,
  names: readonly string[],
  read: (value: unknown) => number | undefined,
  otherwise: number,
): Size {
  const given = node.arguments?.filter(({ name }) => names.includes(name.value)) ?? [];
  const constants: number[] = [];
  const variableNames: string[] = [];
  for (const { value } of given) {
    if (value.kind === Kind.VARIABLE) variableNames.push(value.name.value);
    else if (value.kind === Kind.INT) constants.push(read(Number(value.value)) ?? otherwise);
    else if (value.kind === Kind.LIST) constants.push(read(value.values) ?? otherwise);
    else if (value.kind !== Kind.NULL) constants.push(1); // a single value where a list is expected
  }
  const [constant] = constants;
  const [variable] = variableNames;
  if (variable === undefined) return constant ?? otherwise;
  return (variables) => {
    const fallback = constant ?? otherwise;
    for (const name of variableNames) {
      const size = read(variables[name]);
      if (size !== undefined) return size;
    }
    return fallback;
  };
}

function pageSize(value: unknown): number | undefined {
  return typeof value === "number" ? Math.min(Math.max(value, 0), maxPageSize) : undefined;
}

function listLength(value: unknown): number | undefined {
  return Array.isArray(value) ? Math.min(value.length, maxPageSize) : undefined;
}

function isUserError(type: GraphQLOutputType): boolean {
  const named = getNamedType(type);
  if (isAbstractType(named)) return named.name === "UserError";
  return "getInterfaces" in named && named.getInterfaces().some(({ name }) => name === "UserError");
}

function nullable(type: GraphQLOutputType): GraphQLOutputType {
  return isNonNullType(type) ? type.ofType : type;
}
