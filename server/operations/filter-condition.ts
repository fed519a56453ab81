/**
 * What an index of texts can look up: it finds all rows that a condition means, and maybe others. (Under row-level security
 * the condition itself can't use an index: docs/decisions/0005.)
 */
export type Search = SearchedText | { readonly all: readonly Search[] } | { readonly any: readonly Search[] };

export interface SearchedText {
  /** The filter's field. */
  readonly field: string;
  readonly how: "contains" | "startsWith" | "equals";
  readonly text: string;
}

/** A condition in SQL, with what is known of how to find its rows. */
export interface Condition {
  readonly sql: string;
  /** Finds all rows of the condition; null: no search does. */
  readonly search: Search | null;
  readonly join: "AND" | "OR" | null;
  readonly parts: readonly Condition[];
}

export function plain(sql: string, search: Search | null = null): Condition {
  return { sql, search, join: null, parts: [] };
}

export function all(parts: readonly Condition[]): Condition {
  const searches = parts.flatMap(({ search }) => search ?? []);
  const [only] = searches;
  return {
    sql: parts.length === 0 ? "true" : `(${parts.map(({ sql }) => sql).join(" AND ")})`,
    search: searches.length > 1 ? { all: searches } : (only ?? null),
    join: "AND",
    parts,
  };
}

export function any(parts: readonly Condition[]): Condition {
  const searches = parts.flatMap(({ search }) => search ?? []);
  return {
    sql: parts.length === 0 ? "false" : `(${parts.map(({ sql }) => sql).join(" OR ")})`,
    search: parts.length > 0 && searches.length === parts.length ? { any: searches } : null,
    join: "OR",
    parts,
  };
}

/** The searches that narrow a condition down, as few as possible. */
export function searchesOf({ search, parts }: Condition): readonly Search[] {
  return search === null ? parts.flatMap(searchesOf) : [search];
}

/**
 * SQL that follows from the condition and can use an index, once the searches have been made: `foundBy` gives the SQL of what
 * one of them found, null when it found too much to be of use. Null: nothing narrows the condition down.
 */
export function narrowed(condition: Condition, foundBy: (search: Search) => string | null): string | null {
  const { search, join, parts } = condition;
  if (search !== null) return foundBy(search);
  if (join === null || searchesOf(condition).length === 0) return null;
  if (join === "AND")
    return joined(
      parts.flatMap((part) => narrowed(part, foundBy) ?? []),
      " AND ",
    );
  // A row may come from any part: one that searches nothing stands for itself, one that found too much spoils it all.
  const alternatives = parts.map((part) => (searchesOf(part).length === 0 ? part.sql : narrowed(part, foundBy)));
  const known = alternatives.filter((sql) => sql !== null);
  return known.length === alternatives.length ? joined(known, " OR ") : null;
}

function joined(sql: readonly string[], operator: string): string | null {
  return sql.length === 0 ? null : `(${sql.join(operator)})`;
}

/** So many alternatives are looked up one by one; a search that has more is left as it was asked. */
const maxAlternatives = 256;

/**
 * The same search, with "any" outside and "all" inside: then the index is asked for all texts of an alternative at once. The
 * other way round PostgreSQL may ask for one of them only, however many rows have it, and compare the others row by row.
 */
export function spread(search: Search): Search {
  const alternatives = alternativesOf(search);
  if (alternatives === null) return search;
  return { any: alternatives.map((texts) => ({ all: texts })) };
}

function alternativesOf(search: Search): readonly (readonly SearchedText[])[] | null {
  if ("field" in search) return [[search]];
  let found: readonly (readonly SearchedText[])[] = "any" in search ? [] : [[]];
  for (const part of "any" in search ? search.any : search.all) {
    const others = alternativesOf(part);
    if (others === null) return null;
    if (found.length * ("any" in search ? 1 : others.length) > maxAlternatives) return null;
    found =
      "any" in search
        ? [...found, ...others]
        : found.flatMap((texts) => others.map((further) => [...texts, ...further]));
  }
  return found.length > maxAlternatives ? null : found;
}
