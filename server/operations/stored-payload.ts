import {
  getNullableType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isObjectType,
} from "graphql";

/** Reads an object again by its id, as it is now; null when it is gone. */
type Reload = (id: string) => Promise<unknown>;

/**
 * A mutation's payload as JSON, as its type in the schema says: scalars as they are, of objects that have an id the id alone.
 * So nothing is kept that the schema doesn't show, no personal data of an object that may be erased meanwhile, and no field
 * that is shown once.
 */
export function encodePayload(schema: GraphQLSchema, type: GraphQLObjectType, payload: object): string {
  return JSON.stringify(encodeFields(schema, type, payload));
}

/** The payload of a stored result, for another selection of fields to be resolved on. */
export function decodePayload(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  stored: object,
  reload: Reload,
): Promise<Record<string, unknown>> {
  return decodeFields(schema, type, stored, reload);
}

function encodeFields(schema: GraphQLSchema, type: GraphQLObjectType, value: object): Record<string, unknown> {
  const encoded: Record<string, unknown> = {};
  for (const field of Object.values(type.getFields())) {
    const member: unknown = Reflect.get(value, field.name);
    if (member === undefined || field.extensions["isShownOnce"] === true) continue;
    encoded[field.name] = encode(schema, field.type, member);
  }
  return encoded;
}

function encode(schema: GraphQLSchema, outputType: GraphQLOutputType, value: unknown): unknown {
  const type = getNullableType(outputType);
  if (value == null) return null;
  if (isListType(type)) return Array.from(value as Iterable<unknown>, (item) => encode(schema, type.ofType, item));
  if (isLeafType(type)) return type.serialize(value);
  const object = objectTypeOf(schema, type, value);
  const typename = isAbstractType(type) ? { __typename: object.name } : {};
  if (isNode(object)) return { ...typename, id: String(Reflect.get(value, "id")) };
  return { ...typename, ...encodeFields(schema, object, value) };
}

async function decodeFields(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  stored: object,
  reload: Reload,
): Promise<Record<string, unknown>> {
  const fields = Object.values(type.getFields()).filter((field) => Object.hasOwn(stored, field.name));
  const entries = await Promise.all(
    fields.map(async (field) => {
      const value: unknown = Reflect.get(stored, field.name);
      return [field.name, await decode(schema, field.type, value, reload)] as const;
    }),
  );
  return { __typename: type.name, ...Object.fromEntries(entries) };
}

async function decode(
  schema: GraphQLSchema,
  outputType: GraphQLOutputType,
  value: unknown,
  reload: Reload,
): Promise<unknown> {
  const type = getNullableType(outputType);
  if (value == null) return null;
  if (isListType(type)) {
    return Promise.all((value as unknown[]).map((item) => decode(schema, type.ofType, item, reload)));
  }
  if (isLeafType(type)) return type.parseValue(value);
  const object = objectTypeOf(schema, type, value);
  return isNode(object)
    ? reload(String(Reflect.get(value, "id")))
    : decodeFields(schema, object, value as object, reload);
}

function objectTypeOf(schema: GraphQLSchema, type: GraphQLOutputType, value: unknown): GraphQLObjectType {
  if (isObjectType(type)) return type;
  const named = schema.getType(String(Reflect.get(value as object, "__typename")));
  if (!isObjectType(named)) throw new Error(`an object of ${String(type)} doesn't name its type`);
  return named;
}

function isNode(type: GraphQLObjectType): boolean {
  return type.getInterfaces().some(({ name }) => name === "Node");
}
