import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { GraphQLBigInt, GraphQLDateTime, GraphQLJSONObject } from "graphql-scalars";

/** An opaque string scalar: only its own producer reads it. */
function opaqueString(name: string, description: string): GraphQLScalarType<string, string> {
  const parse = (value: unknown): string => {
    if (typeof value !== "string") throw new GraphQLError(`${name} must be a string.`);
    return value;
  };
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: parse,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

export const Cursor = opaqueString(
  "Cursor",
  "An opaque, signed place in a list or in the journal. Store it and hand it back; a changed or foreign one is BAD_CURSOR.",
);

export const DateTimeOrDuration = opaqueString(
  "DateTimeOrDuration",
  'An RFC 3339 instant ("2026-11-21T09:00:00Z"), or a signed ISO 8601 duration from now ("-P7D"), counted in the tenant\'s time zone.',
);

export { GraphQLBigInt as BigIntScalar, GraphQLDateTime as DateTime, GraphQLJSONObject as JsonObject };
