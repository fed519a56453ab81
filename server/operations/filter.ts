import { AppError } from "./app-error.ts";
import {
  all,
  any,
  type Condition,
  lookupsOf,
  narrowed,
  plain,
  related,
  type Search,
  searchesOf,
} from "./filter-condition.ts";
import { canFindAtStart, canFindInside } from "./filter-text.ts";
import { isDuration, readInstant } from "./filter-time.ts";
import { type IdType, toUuid } from "./ids.ts";
import { excerpt, SqlValues } from "./sql.ts";

/** How a field of a filter is compared in SQL. Searches (filter-condition.ts) call it by its name. */
export type FilterField =
  | {
      readonly kind: "text";
      readonly column: string;
      readonly normalize?: (text: string) => string;
      /** All values that there are, when they are few: those that contain a text are looked up by their names. */
      readonly values?: readonly string[];
    }
  | { readonly kind: "id"; readonly column: string; readonly type: IdType }
  /** `values` are all that there are: what is left out of them can be looked up, too. */
  | { readonly kind: "enum"; readonly column: string; readonly values?: readonly string[] }
  | { readonly kind: "instant"; readonly column: string }
  | { readonly kind: "texts"; readonly column: string }
  | RelatedRows;

/** Rows of another table that belong to the filtered ones. */
export interface RelatedRows {
  readonly kind: "related";
  /** The table, with the name that `scope`, `link` and the fields' columns call it by. */
  readonly from: string;
  /** SQL condition: the tenant's rows. */
  readonly scope: string;
  /** Column with the id of the row that it belongs to. */
  readonly link: string;
  /** That row's id. */
  readonly id: string;
  readonly fields: FilterFields;
}

export type FilterFields = Readonly<Record<string, FilterField>>;

export interface FilterClock {
  /** "Now", the same for the whole request. */
  readonly now: Date;
  /** IANA zone in which days and months count. */
  readonly timeZone: string;
}

export interface CompiledFilter {
  /** SQL condition, complete. */
  readonly where: string;
  readonly values: SqlValues;
  /** Canonical text: equal filters have equal fingerprints. */
  readonly fingerprint: string;
  /** The fields that it mentions. */
  readonly fields: ReadonlySet<string>;
  /** What an index of texts should be asked first: see `narrow`. */
  readonly searches: readonly Search[];
  /** Statements that select the ids of rows that have certain related ones, maybe more than once: see `narrow`. */
  readonly lookups: readonly { readonly text: string; readonly values: readonly unknown[] }[];
  /** The same filter, with the uuids that its searches and lookups found in the column `id`; null: that one found too many. */
  narrow(id: string, found: readonly FoundIds[], lookedUp?: readonly FoundIds[]): CompiledFilter;
}

type FoundIds = readonly string[] | null;

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
  const condition = filter == null ? plain("true") : compiler.object(filter, 1, []);
  const searches = searchesOf(condition);
  const lookups = lookupsOf(condition);
  const compiled = {
    where: `${scope} AND ${condition.sql}`,
    values: compiler.values,
    fingerprint: filter == null ? "" : JSON.stringify(canonical(filter)),
    fields: compiler.mentioned,
    searches,
    lookups: lookups.map((lookup) => excerpt(lookup, compiler.values)),
    narrow(id: string, found: readonly FoundIds[], lookedUp: readonly FoundIds[] = []): CompiledFilter {
      const values = new SqlValues();
      values.list.push(...compiled.values.list);
      const isOne = (uuids: FoundIds = null) => (uuids === null ? null : `${id} = ANY (${values.add(uuids)}::uuid[])`);
      const bounds = narrowed(condition, {
        bySearch: (search) => isOne(found[searches.indexOf(search)]),
        byLookup: (lookup) => isOne(lookedUp[lookups.indexOf(lookup)]),
      });
      return bounds === null ? compiled : { ...compiled, where: `${compiled.where} AND ${bounds}`, values };
    },
  };
  return compiled;
}

/** Whether compiling needs the tenant's time zone. */
export function mentionsDuration(filter: unknown): boolean {
  if (typeof filter === "string") return isDuration(filter);
  return typeof filter === "object" && filter !== null && Object.values(filter).some(mentionsDuration);
}

/** A field with one value, or one of the values of a list (which is never missing). */
type SingleField =
  Exclude<FilterField, { kind: "texts" | "related" }> | { readonly kind: "element"; readonly column: string };
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

  object(filter: object, level: number, path: Path, fields = this.#fields): Condition {
    if (level > maxLevels) throw refuse(path, `A filter has at most ${maxLevels} levels`);
    return all(
      entriesOf(filter, path).map(([name, operand]) => {
        const at = [...path, name];
        switch (name) {
          case "and":
            return all(this.#objects(operand, level, at, fields));
          case "or":
            return any(this.#objects(operand, level, at, fields));
          case "not":
            // A condition on a missing value is unknown; its opposite holds.
            return plain(`(${this.object(asObject(operand, at), level + 1, at, fields).sql}) IS NOT TRUE`);
          default:
            return this.#field(name, fields, asObject(operand, at), { level, path: at });
        }
      }),
    );
  }

  #objects(operands: unknown, level: number, path: Path, fields: FilterFields): Condition[] {
    // GraphQL lets a single object stand for a list of one.
    const list: unknown[] = Array.isArray(operands) ? operands : [operands];
    this.#count(list.length, path);
    return list.map((operand, index) => {
      const at = [...path, String(index)];
      return this.object(asObject(operand, at), level + 1, at, fields);
    });
  }

  #field(
    name: string,
    fields: FilterFields,
    comparisons: object,
    { level, path }: { readonly level: number; readonly path: Path },
  ): Condition {
    const field = fields[name];
    if (field === undefined) throw refuse(path, "There is no such field");
    if (fields === this.#fields) this.mentioned.add(name);
    const operands = entriesOf(comparisons, path);
    this.#count(operands.length, path);
    if (field.kind === "texts") return this.#elements(name, field.column, operands, path);
    if (field.kind === "related")
      return all(operands.map((operand) => this.#related(field, operand, level + 1, [...path, operand[0]])));
    return this.#comparisons(name, field, operands, path);
  }

  #comparisons(name: string, field: SingleField, operands: Operands, path: Path): Condition {
    return all(
      operands.map(([operator, operand]) => {
        const at = [...path, operator];
        return plain(this.#comparison(field, operator, operand, at), searchedText(name, operator, operand, at));
      }),
    );
  }

  #comparison(field: SingleField, operator: string, operand: unknown, path: Path): string {
    const { column } = field;
    const value = (raw: unknown) => this.#operand(field, raw, path);
    switch (operator) {
      case "eq":
        return `${column} = ${this.#add(field, value(operand))}`;
      case "neq": {
        if (field.kind === "enum" && field.values !== undefined)
          return this.#others(column, field.values, [value(operand)]);
        // An index can find what is on both sides of a value, when that is little.
        const excluded = this.#add(field, value(operand));
        return `(${column} < ${excluded} OR ${column} > ${excluded})`;
      }
      case "in": {
        const values = asList(operand, path).map(value);
        // Only of one value PostgreSQL knows that its rows are in the order of the index.
        if (values.length === 1) return `${column} = ${this.#add(field, values[0])}`;
        return `${column} = ANY (${this.#addList(field, values)})`;
      }
      case "nin":
        if (field.kind === "enum" && field.values !== undefined)
          return this.#others(column, field.values, asList(operand, path).map(value));
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
        if (field.kind === "text" && field.values !== undefined)
          return this.#those(column, field.values, (each) => each.includes(asText(operand, path).toLowerCase()));
        return `strpos(${folded(column)}, ${this.#addFolded(operand, path)}) > 0`;
      case "startsWith":
        if (field.kind === "text" && field.values !== undefined)
          return this.#those(column, field.values, (each) => each.startsWith(asText(operand, path).toLowerCase()));
        // PostgreSQL takes it for rare, and would read and sort all rows for a page of a text that begins many: CASE hides it.
        return `CASE WHEN starts_with(${folded(column)}, ${this.#addFolded(operand, path)}) THEN true ELSE false END`;
      case "isNull":
        if (field.kind === "element") return operand === true ? "false" : "true";
        return operand === true ? `${column} IS NULL` : `${column} IS NOT NULL`;
      default:
        throw refuse(path, "There is no such comparison");
    }
  }

  #others(column: string, values: readonly string[], excluded: readonly unknown[]): string {
    return `${column} = ANY (${this.values.add(values.filter((value) => !excluded.includes(value)))}::text[])`;
  }

  /** `isOne` is asked about a value in lower case. */
  #those(column: string, values: readonly string[], isOne: (value: string) => boolean): string {
    return `${column} = ANY (${this.values.add(values.filter((value) => isOne(value.toLowerCase())))}::text[])`;
  }

  #elements(name: string, column: string, operands: Operands, path: Path): Condition {
    return all(
      operands.map(([quantifier, comparisons]) => {
        const at = [...path, quantifier];
        const inner = entriesOf(asObject(comparisons, at), at);
        this.#count(inner.length, at);
        const [only] = inner;
        if (quantifier === "some" && inner.length === 1 && only?.[0] === "eq") {
          const tag = asText(only[1], at);
          return plain(`${column} @> ARRAY[${this.values.add(tag)}]::text[]`, exactly(name, [tag]));
        }
        const condition = this.#comparisons(name, { kind: "element", column: "element" }, inner, at);
        const matches = (wanted: string) => `EXISTS (SELECT FROM unnest(${column}) AS element WHERE ${wanted})`;
        switch (quantifier) {
          case "some":
            // PostgreSQL would look into each row to find that out.
            if (inner.some(([operator, operand]) => operator === "isNull" && operand === true)) return plain("false");
            return plain(matches(condition.sql), all([condition, ...inner.map(listed(name))]).search);
          case "none":
            return plain(`NOT ${matches(condition.sql)}`);
          case "every":
            return plain(`NOT ${matches(`(${condition.sql}) IS NOT TRUE`)}`);
          default:
            throw refuse(at, "There is no such quantifier");
        }
      }),
    );
  }

  #related(
    { from, scope, link, id, fields }: RelatedRows,
    [quantifier, filter]: Operands[number],
    level: number,
    path: Path,
  ): Condition {
    const { sql } = this.object(asObject(filter, path), level, path, fields);
    // With OFFSET PostgreSQL looks each row's own up by their index, instead of reading the related rows of all.
    const exists = (wanted: string) =>
      `EXISTS (SELECT FROM ${from} WHERE ${scope} AND ${link} = ${id} AND ${wanted} OFFSET 0)`;
    switch (quantifier) {
      case "some":
        return related(exists(sql), `SELECT ${link} AS id FROM ${from} WHERE ${scope} AND ${sql}`);
      case "none":
        return plain(`NOT ${exists(sql)}`);
      case "every":
        return plain(`NOT ${exists(`(${sql}) IS NOT TRUE`)}`);
      default:
        throw refuse(path, "There is no such quantifier");
    }
  }

  #operand(field: SingleField, raw: unknown, path: Path): unknown {
    switch (field.kind) {
      case "text": {
        const text = asText(raw, path);
        return field.normalize === undefined ? text : field.normalize(text);
      }
      case "enum":
      case "element":
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

  #add(field: SingleField, value: unknown): string {
    return `${this.values.add(value)}::${sqlType(field)}`;
  }

  #addFolded(operand: unknown, path: Path): string {
    return folded(`${this.values.add(asText(operand, path))}::text`);
  }

  #addList(field: SingleField, list: readonly unknown[]): string {
    return `${this.values.add(list)}::${sqlType(field)}[]`;
  }

  #count(conditions: number, path: Path): void {
    this.#conditions += conditions;
    if (this.#conditions > maxConditions) throw refuse(path, `A filter has at most ${maxConditions} conditions`);
  }
}

function sqlType(field: SingleField): string {
  switch (field.kind) {
    case "id":
      return "uuid";
    case "instant":
      return "timestamptz";
    case "text":
    case "element":
    case "enum":
      return "text";
  }
}

/** Upper and lower case alike, as Unicode says, whatever the database's locale. */
function folded(sql: string): string {
  return `casefold(${sql} COLLATE pg_unicode_fast)`;
}

/** How an index finds the rows of a comparison; null: it can't. What would read all rows to find some is refused. */
function searchedText(field: string, operator: string, operand: unknown, path: Path): Search | null {
  if (operator !== "contains" && operator !== "startsWith") return null;
  const text = asText(operand, path);
  if (operator === "contains" && !canFindInside(text)) throw refuse(path, "Give three letters or digits in a row");
  if (operator === "startsWith" && !canFindAtStart(text)) throw refuse(path, "Give at least one letter or digit");
  return { field, how: operator, text };
}

/** How an index finds the lists that have one of these elements; null: it can't. */
function exactly(field: string, texts: readonly string[]): Search | null {
  const searches = texts.map((text) => ({ field, how: "equals", text }) as const);
  return searches.length > 0 && texts.every(canFindAtStart) ? { any: searches } : null;
}

/** What `eq` and `in` of a list's element add to the search for the others. */
function listed(field: string): (comparison: readonly [operator: string, operand: unknown]) => Condition {
  return ([operator, operand]) => {
    const texts = operator === "eq" ? [operand] : operator === "in" && Array.isArray(operand) ? operand : [];
    return plain("true", exactly(field, texts.map(String)));
  };
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
