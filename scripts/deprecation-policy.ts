import { type GraphQLSchema, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from "graphql";
import { readDeprecationReason } from "../server/operations/deprecation-reason.ts";

/** A year from the release that deprecates to the one that removes. */
const noticeMonths = 12;

/**
 * What is wrong with the deprecations of a schema, measured against the one released last: a reason says what to use and
 * when the member goes; the date keeps its distance, never comes nearer, and isn't anticipated.
 */
export function deprecationProblems(released: GraphQLSchema, current: GraphQLSchema, today: Date): string[] {
  const before = deprecations(released);
  const now = deprecations(current);
  const members = coordinates(current);
  return [
    ...[...now].flatMap(([coordinate, reason]) => problemsOf(coordinate, reason, before.get(coordinate), today)),
    ...[...before].flatMap(([coordinate, reason]) => {
      if (members.has(coordinate)) return [];
      const removal = readDeprecationReason(reason)?.removal;
      return removal !== undefined && isoDay(today) < removal ? [`${coordinate} was promised until ${removal}.`] : [];
    }),
  ];
}

function problemsOf(coordinate: string, reason: string, released: string | undefined, today: Date): string[] {
  const promise = readDeprecationReason(reason);
  if (promise === undefined) {
    return [`${coordinate}: its reason has to read "Use …. Removal <first day of a quarter, YYYY-MM-DD>."`];
  }
  const earliest = (released === undefined ? undefined : readDeprecationReason(released)?.removal) ?? noticeEnds(today);
  return promise.removal < earliest ? [`${coordinate} can't be removed before ${earliest}.`] : [];
}

function noticeEnds(today: Date): string {
  const end = new Date(today);
  end.setUTCMonth(end.getUTCMonth() + noticeMonths);
  return isoDay(end);
}

function isoDay(day: Date): string {
  return day.toISOString().slice(0, 10);
}

/** Members that are deprecated, by their coordinate, with their reasons. */
function deprecations(schema: GraphQLSchema): Map<string, string> {
  return new Map(
    [...coordinates(schema)].flatMap(([coordinate, reason]) => (reason == null ? [] : [[coordinate, reason]])),
  );
}

/** Every field, argument, input field and enum value, by its coordinate, with the reason of its deprecation if it has one. */
function coordinates(schema: GraphQLSchema): Map<string, string | null | undefined> {
  const found = new Map<string, string | null | undefined>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isEnumType(type)) {
      for (const { name, deprecationReason } of type.getValues()) found.set(`${type.name}.${name}`, deprecationReason);
    } else if (isInputObjectType(type)) {
      for (const { name, deprecationReason } of Object.values(type.getFields()))
        found.set(`${type.name}.${name}`, deprecationReason);
    } else if (isObjectType(type) || isInterfaceType(type)) {
      for (const field of Object.values(type.getFields())) {
        const coordinate = `${type.name}.${field.name}`;
        found.set(coordinate, field.deprecationReason);
        for (const { name, deprecationReason } of field.args) found.set(`${coordinate}(${name}:)`, deprecationReason);
      }
    }
  }
  return found;
}
