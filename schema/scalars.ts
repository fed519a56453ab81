import { GraphQLError, GraphQLScalarType, Kind } from "graphql";
import { GraphQLDateTime, GraphQLJSONObject } from "graphql-scalars";

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

const wholeNumber = /^-?\d{1,19}$/;

function parseBigInt(value: unknown): bigint {
  if (typeof value === "bigint") return value;
  if (Number.isSafeInteger(value)) return BigInt(value as number);
  if (typeof value === "string" && wholeNumber.test(value)) {
    const whole = BigInt(value);
    if (BigInt.asIntN(64, whole) === whole) return whole;
  }
  throw new GraphQLError("A BigInt is a whole number of at most 64 bits; beyond 2^53 write it as a string.");
}

/** graphql-scalars has one, which warns on the console about each value it parses. */
export const BigIntScalar = new GraphQLScalarType<bigint, number | string>({
  name: "BigInt",
  description: "A whole number of at most 64 bits: a JSON number up to 2^53, a string of digits beyond.",
  serialize: (value) => {
    const whole = parseBigInt(value);
    const number = Number(whole);
    return Number.isSafeInteger(number) ? number : whole.toString();
  },
  parseValue: parseBigInt,
  parseLiteral: (node) => parseBigInt(node.kind === Kind.INT || node.kind === Kind.STRING ? node.value : undefined),
});

export const DateTimeOrDuration = opaqueString(
  "DateTimeOrDuration",
  'An RFC 3339 instant ("2026-11-21T09:00:00Z"), or a signed ISO 8601 duration from now ("-P7D"), counted in the tenant\'s time zone.',
);

export { GraphQLDateTime as DateTime, GraphQLJSONObject as JsonObject };
