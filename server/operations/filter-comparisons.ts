import type { FilterClock, FilterField } from "./filter-fields.ts";
import { asList, asText, type FilterPath, refuse } from "./filter-operands.ts";
import { readInstant } from "./filter-time.ts";
import { toUuid } from "./ids.ts";
import type { SqlValues } from "./sql.ts";

/** A field with one value, or one of the values of a list (which is never missing). */
export type SingleField =
  Exclude<FilterField, { kind: "texts" | "related" }> | { readonly kind: "element"; readonly column: string };

/** Writes comparisons of a column with what the caller gave, which stands among the statement's values. */
export class FilterComparisons {
  readonly #values: SqlValues;
  readonly #clock: FilterClock;

  constructor(values: SqlValues, clock: FilterClock) {
    this.#values = values;
    this.#clock = clock;
  }

  /** SQL of one comparison. */
  compare(field: SingleField, operator: string, operand: unknown, path: FilterPath): string {
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
    return `${column} = ANY (${this.#values.add(values.filter((value) => !excluded.includes(value)))}::text[])`;
  }

  /** `isOne` is asked about a value in lower case. */
  #those(column: string, values: readonly string[], isOne: (value: string) => boolean): string {
    return `${column} = ANY (${this.#values.add(values.filter((value) => isOne(value.toLowerCase())))}::text[])`;
  }

  #operand(field: SingleField, raw: unknown, path: FilterPath): unknown {
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
    return `${this.#values.add(value)}::${sqlType(field)}`;
  }

  #addFolded(operand: unknown, path: FilterPath): string {
    return folded(`${this.#values.add(asText(operand, path))}::text`);
  }

  #addList(field: SingleField, list: readonly unknown[]): string {
    return `${this.#values.add(list)}::${sqlType(field)}[]`;
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
