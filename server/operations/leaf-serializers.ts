import { type GraphQLSchema, isScalarType } from "graphql";

const twoDigits = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, "0"));

/** As toISOString and JSON.stringify write it, in a quarter of the time: a page of rows has hundreds of instants. */
export function instantText(date: Date): string {
  const year = date.getUTCFullYear();
  if (!(year >= 1_000 && year <= 9_999)) return date.toISOString();
  const day = `${year}-${twoDigits[date.getUTCMonth() + 1]}-${twoDigits[date.getUTCDate()]}`;
  const time = `${twoDigits[date.getUTCHours()]}:${twoDigits[date.getUTCMinutes()]}:${twoDigits[date.getUTCSeconds()]}`;
  return `${day}T${time}.${String(date.getUTCMilliseconds()).padStart(3, "0")}Z`;
}

/**
 * Serializers for compiled operations that take the usual value as it is and leave any other to the scalar itself, so that
 * answers and errors stay the scalar's.
 */
export function leafSerializers(schema: GraphQLSchema): Record<string, (value: unknown) => unknown> {
  const ownOf = (name: string): ((value: unknown) => unknown) => {
    const type = schema.getType(name);
    return isScalarType(type) ? (value) => type.serialize(value) : (value) => value;
  };
  const [string, id, dateTime] = [ownOf("String"), ownOf("ID"), ownOf("DateTime")];
  return {
    String: (value) => (typeof value === "string" ? value : string(value)),
    ID: (value) => (typeof value === "string" ? value : id(value)),
    DateTime: (value) =>
      value instanceof Date && !Number.isNaN(value.getTime()) ? instantText(value) : dateTime(value),
  };
}
