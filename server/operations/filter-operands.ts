import { AppError } from "./app-error.ts";

/** Where in the filter something stands: the names of the fields around it. */
export type FilterPath = readonly string[];

/** What the caller wrote into an object of the filter. */
export type FilterOperands = readonly (readonly [operator: string, operand: unknown])[];

const maxListLength = 250;
const maxTextLength = 1_000;

/** The members that the caller wrote. (type-graphql's input objects also have those he didn't, as undefined.) */
export function entriesOf(object: object, path: FilterPath): FilterOperands {
  const entries = Object.entries(object).filter(([, operand]) => operand !== undefined);
  for (const [name, operand] of entries)
    if (operand === null) throw refuse([...path, name], "null is no operand; use `isNull`");
  return entries;
}

export function asObject(value: unknown, path: FilterPath): object {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw refuse(path, "An object is needed here");
  return value;
}

export function asList(value: unknown, path: FilterPath): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > maxListLength) throw refuse(path, `At most ${maxListLength} values`);
  return list;
}

export function asText(value: unknown, path: FilterPath): string {
  if (typeof value !== "string") throw refuse(path, "null is no operand; use `isNull`");
  if (value.length > maxTextLength) throw refuse(path, `A text has at most ${maxTextLength} characters`);
  return value;
}

export function refuse(path: FilterPath, message: string): AppError {
  return new AppError("BAD_USER_INPUT", `${message} (at filter${path.map((part) => `.${part}`).join("")}).`, {
    reason: "VARIABLES",
    details: { path: ["filter", ...path] },
  });
}
