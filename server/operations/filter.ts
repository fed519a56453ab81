import { AppError } from "./app-error.ts";
import { isDuration, readInstant } from "./filter-time.ts";
import { type IdType, toUuid } from "./ids.ts";
import { SqlValues } from "./sql.ts";

/** How a field of a filter is compared in SQL. */
export type FilterField =
  | { readonly kind: "text"; readonly column: string; readonly normalize?: (text: string) => string }
  | { readonly kind: "id"; readonly column: string; readonly type: IdType }
  | { readonly kind: "enum"; readonly column: string }
  | { readonly kind: "instant"; readonly column: string }
  | { readonly kind: "texts"; readonly column: string };

export type FilterFields = Readonly<Record<string, FilterField>>;

export interface FilterClock {
  /** "Now", the same for the whole request. */
  readonly now: Date;
  /** IANA zone in which days and months count. */
  readonly timeZone: string;
}

export interface CompiledFilter {
  /** SQL condition. */
  readonly where: string;
  readonly values: SqlValues;
  /** Canonical text: equal filters have equal fingerprints. */
  readonly fingerprint: string;
  /** The fields that it mentions. */
  readonly fields: ReadonlySet<string>;
}

const maxConditions = 50;
const maxLevels = 5;
const maxListLength = 250;
const maxTextLength = 1_000;

/**
 * Compiles a filter of the API's grammar to SQL. The schema has checked types and names; what it can't say (no null
 * operand, at most 50 conditions and 5 levels, ids and instants that can be read) is checked here: BAD_USER_INPUT.
 */
export function compileFilter(
  filter: object | null | undefined,
  fields: FilterFields,
  clock: FilterClock,
  scope = "true",
): CompiledFilter {
  const compiler = new Compiler(fields, clock);
  const condition = filter == null ? "true" : compiler.object(filter, 1, []);
  return {
    where: `${scope} AND ${condition}`,
    values: compiler.values,
    fingerprint: filter == null ? "" : JSON.stringify(canonical(filter)),
    fields: compiler.mentioned,
  };
}

/** Whether compiling needs the tenant's time zone. */
export function mentionsDuration(filter: unknown): boolean {
  if (typeof filter === "string") return isDuration(filter);
  return typeof filter === "object" && filter !== null && Object.values(filter).some(mentionsDuration);
}

type Path = readonly string[];
type Operands = readonly (readonly [operator: string, operand: unknown])[];

class Compiler {
  readonly values = new SqlValues();
  readonly mentioned = new Set<string>();
  readonly #fields: FilterFields;
  readonly #clock: FilterClock;
  #conditions = 0;

  constructor(fields: FilterFields, clock: FilterClock) {
    this.#fields = fields;
    this.#clock = clock;
  }

  object(filter: object, level: number, path: Path): string {
    if (level > maxLevels) throw refuse(path, `A filter has at most ${maxLevels} levels`);
    return all(
      entriesOf(filter, path).map(([name, operand]) => {
        const at = [...path, name];
        switch (name) {
          case "and":
            return all(this.#objects(operand, level, at));
          case "or":
            return any(this.#objects(operand, level, at));
          case "not":
            // A condition on a missing value is unknown; its opposite holds.
            return `(${this.object(asObject(operand, at), level + 1, at)}) IS NOT TRUE`;
          default:
            return this.#field(name, asObject(operand, at), at);
        }
      }),
    );
  }

  #objects(operands: unknown, level: number, path: Path): string[] {
    // GraphQL lets a single object stand for a list of one.
    const list: unknown[] = Array.isArray(operands) ? operands : [operands];
    this.#count(list.length, path);
    return list.map((operand, index) => {
      const at = [...path, String(index)];
      return this.object(asObject(operand, at), level + 1, at);
    });
  }

  #field(name: string, comparisons: object, path: Path): string {
    const field = this.#fields[name];
    if (field === undefined) throw refuse(path, "There is no such field");
    this.mentioned.add(name);
    const operands = entriesOf(comparisons, path);
    this.#count(operands.length, path);
    if (field.kind === "texts") return this.#elements(field.column, operands, path);
    return this.#comparisons(field, operands, path);
  }

  #comparisons(field: Exclude<FilterField, { kind: "texts" }>, operands: Operands, path: Path): string {
    return all(operands.map(([operator, operand]) => this.#comparison(field, operator, operand, [...path, operator])));
  }

  #comparison(field: Exclude<FilterField, { kind: "texts" }>, operator: string, operand: unknown, path: Path): string {
    const { column } = field;
    const value = (raw: unknown) => this.#operand(field, raw, path);
    switch (operator) {
      case "eq":
        return `${column} = ${this.#add(field, value(operand))}`;
      case "neq":
        return `${column} <> ${this.#add(field, value(operand))}`;
      case "in":
        return `${column} = ANY (${this.#addList(field, asList(operand, path).map(value))})`;
      case "nin":
        return `${column} IS NOT NULL AND ${column} <> ALL (${this.#addList(field, asList(operand, path).map(value))})`;
      case "gt":
        return `${column} > ${this.#add(field, value(operand))}`;
      case "gte":
        return `${column} >= ${this.#add(field, value(operand))}`;
      case "lt":
        return `${column} < ${this.#add(field, value(operand))}`;
      case "lte":
        return `${column} <= ${this.#add(field, value(operand))}`;
      case "contains":
        return `${column} ILIKE ${this.values.add(`%${escapeLike(asText(operand, path))}%`)}`;
      case "startsWith":
        return `${column} ILIKE ${this.values.add(`${escapeLike(asText(operand, path))}%`)}`;
      case "isNull":
        return operand === true ? `${column} IS NULL` : `${column} IS NOT NULL`;
      default:
        throw refuse(path, "There is no such comparison");
    }
  }

  #elements(column: string, operands: Operands, path: Path): string {
    return all(
      operands.map(([quantifier, comparisons]) => {
        const at = [...path, quantifier];
        const inner = entriesOf(asObject(comparisons, at), at);
        this.#count(inner.length, at);
        const [only] = inner;
        if (quantifier === "some" && inner.length === 1 && only?.[0] === "eq") {
          return `${column} @> ARRAY[${this.values.add(asText(only[1], at))}]::text[]`;
        }
        const condition = this.#comparisons({ kind: "text", column: "element" }, inner, at);
        const matches = (wanted: string) => `EXISTS (SELECT FROM unnest(${column}) AS element WHERE ${wanted})`;
        switch (quantifier) {
          case "some":
            return matches(condition);
          case "none":
            return `NOT ${matches(condition)}`;
          case "every":
            return `NOT ${matches(`(${condition}) IS NOT TRUE`)}`;
          default:
            throw refuse(at, "There is no such quantifier");
        }
      }),
    );
  }

  #operand(field: Exclude<FilterField, { kind: "texts" }>, raw: unknown, path: Path): unknown {
    switch (field.kind) {
      case "text": {
        const text = asText(raw, path);
        return field.normalize === undefined ? text : field.normalize(text);
      }
      case "enum":
        return asText(raw, path);
      case "id":
        // An id that can't exist is one that nothing has: never a hint at what exists.
        return toUuid(field.type, asText(raw, path)) ?? "00000000-0000-0000-0000-000000000000";
      case "instant": {
        const instant = readInstant(asText(raw, path), this.#clock.now, this.#clock.timeZone);
        if (instant === null) throw refuse(path, "That is neither an RFC 3339 instant nor an ISO 8601 duration");
        return instant.toISOString();
      }
    }
  }

  #add(field: FilterField, value: unknown): string {
    return `${this.values.add(value)}::${sqlType(field)}`;
  }

  #addList(field: FilterField, list: readonly unknown[]): string {
    return `${this.values.add(list)}::${sqlType(field)}[]`;
  }

  #count(conditions: number, path: Path): void {
    this.#conditions += conditions;
    if (this.#conditions > maxConditions) throw refuse(path, `A filter has at most ${maxConditions} conditions`);
  }
}

function sqlType(field: FilterField): string {
  switch (field.kind) {
    case "id":
      return "uuid";
    case "instant":
      return "timestamptz";
    case "text":
    case "texts":
    case "enum":
      return "text";
  }
}

function all(conditions: readonly string[]): string {
  return conditions.length === 0 ? "true" : `(${conditions.join(" AND ")})`;
}

function any(conditions: readonly string[]): string {
  return conditions.length === 0 ? "false" : `(${conditions.join(" OR ")})`;
}

/** `%`, `_` and `\` stand for themselves. */
function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/** The members that the caller wrote. (type-graphql's input objects also have those he didn't, as undefined.) */
function entriesOf(object: object, path: Path): Operands {
  const entries = Object.entries(object).filter(([, operand]) => operand !== undefined);
  for (const [name, operand] of entries)
    if (operand === null) throw refuse([...path, name], "null is no operand; use `isNull`");
  return entries;
}

function asObject(value: unknown, path: Path): object {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw refuse(path, "An object is needed here");
  return value;
}

function asList(value: unknown, path: Path): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length > maxListLength) throw refuse(path, `At most ${maxListLength} values`);
  return list;
}

function asText(value: unknown, path: Path): string {
  if (typeof value !== "string") throw refuse(path, "null is no operand; use `isNull`");
  if (value.length > maxTextLength) throw refuse(path, `A text has at most ${maxTextLength} characters`);
  return value;
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, member]) => [name, canonical(member)]),
  );
}

function refuse(path: Path, message: string): AppError {
  return new AppError("BAD_USER_INPUT", `${message} (at filter${path.map((part) => `.${part}`).join("")}).`, {
    reason: "VARIABLES",
    details: { path: ["filter", ...path] },
  });
}
