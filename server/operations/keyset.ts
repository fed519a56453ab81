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

/**
 * The condition "stands after this row" in the order of the keys, of which the last is unique and has a value.
 * (a, b, c) follows (x, y, z) when a follows x, or a = x and b follows y, or a = x and b = y and c follows z.
 */
export function follows(keys: readonly OrderKey[], row: readonly (string | null)[], values: SqlValues): string {
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
