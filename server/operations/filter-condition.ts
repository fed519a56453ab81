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
  /** Text of a statement that selects the ids of all rows of the condition, and of no others; null: there is none. */
  readonly lookup: string | null;
  readonly join: "AND" | "OR" | null;
  readonly parts: readonly Condition[];
}

export function plain(sql: string, search: Search | null = null): Condition {
  return { sql, search, lookup: null, join: null, parts: [] };
}

/** A condition on rows of another table, which name the rows that they belong to. */
export function related(sql: string, lookup: string | null): Condition {
  return { ...plain(sql), lookup };
}

export function all(parts: readonly Condition[]): Condition {
  const searches = parts.flatMap(({ search }) => search ?? []);
  const [only] = searches;
  return {
    sql: parts.length === 0 ? "true" : `(${parts.map(({ sql }) => sql).join(" AND ")})`,
    search: searches.length > 1 ? { all: searches } : (only ?? null),
    lookup: null,
    join: "AND",
    parts,
  };
}

export function any(parts: readonly Condition[]): Condition {
  const searches = parts.flatMap(({ search }) => search ?? []);
  return {
    sql: parts.length === 0 ? "false" : `(${parts.map(({ sql }) => sql).join(" OR ")})`,
    search: parts.length > 0 && searches.length === parts.length ? { any: searches } : null,
    lookup: null,
    join: "OR",
    parts,
  };
}

/** The searches that narrow a condition down, as few as possible. */
export function searchesOf({ search, parts }: Condition): readonly Search[] {
  return search === null ? parts.flatMap(searchesOf) : [search];
}

/** The lookups that narrow a condition down. */
export function lookupsOf({ lookup, parts }: Condition): readonly string[] {
  return lookup === null ? parts.flatMap(lookupsOf) : [lookup];
}

/** Gives the SQL of what was found; null when that was too much to be of use. */
export interface Found {
  bySearch(search: Search): string | null;
  byLookup(lookup: string): string | null;
}

/**
 * SQL that follows from the condition and can use an index, once the searches and lookups have been made. Null: nothing
 * narrows the condition down.
 */
export function narrowed(condition: Condition, found: Found): string | null {
  const { search, lookup, join, parts } = condition;
  if (lookup !== null) return found.byLookup(lookup);
  const searched = search === null ? null : found.bySearch(search);
  if (join === null) return searched;
  // What a search of all parts together has answered isn't asked of them one by one.
  const inParts = search === null ? found : { ...found, bySearch: () => null };
  if (join === "AND") {
    const bounds = parts.flatMap((part) => narrowed(part, inParts) ?? []);
    return joined(searched === null ? bounds : [searched, ...bounds], " AND ");
  }
  if (searched !== null || !isNarrowable(condition)) return searched;
  // A row may come from any part: one that searches nothing stands for itself, one that found too much spoils it all.
  const alternatives = parts.map((part) => (isNarrowable(part) ? narrowed(part, inParts) : part.sql));
  const known = alternatives.filter((sql) => sql !== null);
  return known.length === alternatives.length ? joined(known, " OR ") : null;
}

function isNarrowable(condition: Condition): boolean {
  return searchesOf(condition).length > 0 || lookupsOf(condition).length > 0;
}

function joined(sql: readonly string[], operator: string): string | null {
  return sql.length > 1 ? `(${sql.join(operator)})` : (sql[0] ?? null);
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
