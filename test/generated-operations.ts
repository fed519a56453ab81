import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from "graphql";

export interface GeneratedOperation {
  readonly field: string;
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

export interface GenerateOptions {
  readonly kind: "query" | "mutation" | "subscription";
  /** Stands in every argument and input field of type ID. */
  readonly id: string;
  /** Stands in every argument of type Cursor; without it those are left out. */
  readonly cursor?: string;
  /** Objects in objects, this deep; default 4. */
  readonly depth?: number;
}

/** One operation for each root field: every id and cursor that it takes is given, and everything that it offers is selected. */
export function generateOperations(schema: GraphQLSchema, options: GenerateOptions): GeneratedOperation[] {
  const type = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  }[options.kind];
  return Object.values(type?.getFields() ?? {}).map((field) => generateOperation(field, options));
}

function generateOperation(field: GraphQLField<unknown, unknown>, options: GenerateOptions): GeneratedOperation {
  const variables: Record<string, unknown> = {};
  const given = field.args.filter((argument) => {
    const value = argument.name === "first" ? pageSize : valueFor(argument, options, 0);
    if (value === undefined) return false;
    variables[argument.name] = value;
    return true;
  });
  const definitions = given.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
  const passed = given.map(({ name }) => `${name}: $${name}`).join(", ");
  const query = `${options.kind} ${definitions === "" ? "" : `(${definitions})`} {
    ${field.name}${passed === "" ? "" : `(${passed})`} ${selectionOf(field.type, [], options.depth)}
  }`;
  return { field: field.name, query, variables };
}

/** All that there is to select, with 50 rows of each, would be too dear. */
const pageSize = 1;

/** All that a type offers without required arguments. `within`: the types around it. None is entered twice on one way down: that would ask for the same again, many times over. */
export function selectionOf(type: GraphQLOutputType, within: readonly string[], depth = 4): string {
  if (isNonNullType(type) || isListType(type)) return selectionOf(type.ofType as GraphQLOutputType, within, depth);
  if (isLeafType(type)) return "";
  if (isUnionType(type)) {
    const members = type.getTypes().map((member) => `... on ${member.name} ${selectionOf(member, within, depth)}`);
    return `{ __typename ${members.join(" ")} }`;
  }
  if (!isObjectType(type) && !isInterfaceType(type)) return "";
  const fields = Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some((argument) => isNonNullType(argument.type))) return [];
    const inner = getNamedType(field.type).name;
    if (isComposite(field.type) && (within.length >= depth || inner === type.name || within.includes(inner))) return [];
    const page = field.args.some(({ name }) => name === "first") ? `(first: ${pageSize})` : "";
    return [`${field.name}${page} ${selectionOf(field.type, [...within, type.name], depth)}`];
  });
  return `{ __typename ${fields.join(" ")} }`;
}

function isComposite(type: GraphQLOutputType): boolean {
  if (isNonNullType(type) || isListType(type)) return isComposite(type.ofType as GraphQLOutputType);
  return !isLeafType(type);
}

/** Undefined: leave it out. Ids are given wherever there is a place for one, other values only where they are required. */
function valueFor(
  { name, type }: GraphQLArgument | GraphQLInputField,
  options: GenerateOptions,
  depth: number,
): unknown {
  return valueOfType(type, name, options, depth, isNonNullType(type));
}

function valueOfType(
  type: GraphQLInputType,
  name: string,
  options: GenerateOptions,
  depth: number,
  isRequired: boolean,
): unknown {
  if (isNonNullType(type)) return valueOfType(type.ofType as GraphQLInputType, name, options, depth, true);
  if (isListType(type)) {
    const item = valueOfType(getNullableType(type.ofType as GraphQLInputType), name, options, depth, false);
    return item === undefined ? (isRequired ? [] : undefined) : [item];
  }
  if (isInputObjectType(type)) return inputObject(type.getFields(), options, depth, isRequired);
  if (isEnumType(type)) return isRequired ? type.getValues()[0]?.name : undefined;
  return scalarValue(type.name, name, options, isRequired);
}

function inputObject(
  fields: Record<string, GraphQLInputField>,
  options: GenerateOptions,
  depth: number,
  isRequired: boolean,
): Record<string, unknown> | undefined {
  if (depth > 1) return isRequired ? {} : undefined;
  const entries = Object.values(fields).flatMap((field) => {
    const value = valueFor(field, options, depth + 1);
    return value === undefined ? [] : [[field.name, value] as const];
  });
  return entries.length === 0 && !isRequired ? undefined : Object.fromEntries(entries);
}

function scalarValue(type: string, name: string, { id, cursor }: GenerateOptions, isRequired: boolean): unknown {
  if (type === "ID") return id;
  if (type === "Cursor") return cursor;
  if (!isRequired) return undefined;
  switch (type) {
    case "Boolean":
      return true;
    case "Int":
    case "Float":
    case "BigInt":
      return 1;
    case "JSONObject":
    case "JSON":
      return {};
    case "DateTime":
      return "2030-01-01T00:00:00.000Z";
    default:
      return /e-?mail/i.test(name) ? "somebody@example.com" : "a text that is long enough";
  }
}
