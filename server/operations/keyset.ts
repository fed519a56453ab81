import type { SqlValues } from "./sql.ts";

/** One key of a list's order. */
export interface OrderKey {
  /** SQL of the column. */
  readonly column: string;
  /** PostgreSQL type that the cursor's text is cast to. */
  readonly type: "text" | "timestamptz" | "uuid" | "bigint";
  readonly isNullable: boolean;
  readonly direction: "ASC" | "DESC";
  /** Where rows without a value stand; counts for nullable columns only. */
  readonly nulls: "FIRST" | "LAST";
}

/** A column with an instant that each row has. */
export function instantKey(column: string, direction: OrderKey["direction"]): OrderKey {
  return { column, type: "timestamptz", isNullable: false, direction, nulls: "LAST" };
}

export function reverse(key: OrderKey): OrderKey {
  return {
    ...key,
    direction: key.direction === "ASC" ? "DESC" : "ASC",
    nulls: key.nulls === "FIRST" ? "LAST" : "FIRST",
  };
}

/** ORDER BY terms. NULLS is said only where it matters: an index on a NOT NULL column serves both directions then. */
export function orderBy(keys: readonly OrderKey[]): string {
  return keys
    .map(({ column, direction, nulls, isNullable }) => `${column} ${direction}${isNullable ? ` NULLS ${nulls}` : ""}`)
    .join(", ");
}

/** Rows that follow each other in an index, and so can be read from a place on. */
export interface KeyRange {
  /** SQL condition; adds its own values, because each range is a statement of its own. */
  readonly where: (values: SqlValues) => string;
  /** Whether the first key has no value in this range; undefined: it makes no difference. */
  readonly isNull: boolean | undefined;
}

export const allRows: KeyRange = { where: () => "true", isNull: undefined };

/**
 * The rows that stand after this row in the order of the keys, of which the last is unique and has a value. Those with a
 * value in the first key and those without stand apart in an index: one condition for both would read it from its
 * beginning. So they are ranges of their own, in the order in which they are to be read.
 */
export function rangesAfter(keys: readonly OrderKey[], row: readonly (string | null)[]): readonly KeyRange[] {
  const [first, ...rest] = keys;
  if (first === undefined) throw new Error("an order has a key");
  const { column, nulls, isNullable } = first;
  if ((row[0] ?? null) === null) {
    const others: KeyRange = { where: () => `${column} IS NOT NULL`, isNull: false };
    const own: KeyRange = {
      where: (values) => `${column} IS NULL AND ${follows(rest, row.slice(1), values)}`,
      isNull: true,
    };
    return nulls === "FIRST" ? [own, others] : [own];
  }
  // In its own range each row has a value.
  const within: OrderKey[] = [{ ...first, isNullable: false }, ...rest];
  const own: KeyRange = { where: (values) => followsFrom(within, row, values), isNull: isNullable ? false : undefined };
  const others: KeyRange = { where: () => `${column} IS NULL`, isNull: true };
  return isNullable && nulls === "LAST" ? [own, others] : [own];
}

/** The rows that are in a range of both lists, as ranges in the order of the first. */
export function intersect(these: readonly KeyRange[], those: readonly KeyRange[]): readonly KeyRange[] {
  return these.flatMap(({ where, isNull }) =>
    those.flatMap((that): KeyRange | [] => {
      if (isNull !== undefined && that.isNull !== undefined && isNull !== that.isNull) return [];
      return { where: (values) => `${where(values)} AND ${that.where(values)}`, isNull: isNull ?? that.isNull };
    }),
  );
}

/** Like follows, with a place for an index to begin at. */
function followsFrom(keys: readonly OrderKey[], row: readonly (string | null)[], values: SqlValues): string {
  const later = follows(keys, row, values);
  const [first] = keys;
  if (isPlainRow(keys) || first === undefined) return later;
  return `${first.column} ${first.direction === "ASC" ? ">=" : "<="} ${values.add(row[0])}::${first.type} AND ${later}`;
}

/** (a, b, c) follows (x, y, z) when a follows x, or a = x and b follows y, or a = x and b = y and c follows z. */
function follows(keys: readonly OrderKey[], row: readonly (string | null)[], values: SqlValues): string {
  const placeholders = keys.map((key, index) => {
    const value = row[index] ?? null;
    return value === null ? null : `${values.add(value)}::${key.type}`;
  });
  if (isPlainRow(keys)) {
    // PostgreSQL compares whole rows with one index condition.
    const operator = keys[0]?.direction === "DESC" ? "<" : ">";
    return `(${keys.map((key) => key.column).join(", ")}) ${operator} (${placeholders.join(", ")})`;
  }
  const alternatives = keys.flatMap((key, index) => {
    const last = followsInOne(key, placeholders[index] ?? null);
    if (last === null) return [];
    const equal = keys.slice(0, index).map((earlier, at) => equals(earlier, placeholders[at] ?? null));
    return [`(${[...equal, last].join(" AND ")})`];
  });
  return `(${alternatives.join(" OR ")})`;
}

/** Whether the order is the order of SQL's row values: no nulls, one direction. */
function isPlainRow(keys: readonly OrderKey[]): boolean {
  return keys.every((key) => !key.isNullable && key.direction === keys[0]?.direction);
}

function equals({ column }: OrderKey, value: string | null): string {
  return value === null ? `${column} IS NULL` : `${column} = ${value}`;
}

/** SQL of "this key alone follows the value"; null when nothing can. */
function followsInOne({ column, direction, nulls, isNullable }: OrderKey, value: string | null): string | null {
  if (value === null) return nulls === "FIRST" ? `${column} IS NOT NULL` : null;
  const compared = `${column} ${direction === "ASC" ? ">" : "<"} ${value}`;
  return isNullable && nulls === "LAST" ? `(${compared} OR ${column} IS NULL)` : compared;
}
