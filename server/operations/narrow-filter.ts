import type { Session } from "../db/session.ts";
import { spread } from "./filter-condition.ts";
import type { CompiledFilter } from "./filter.ts";
import { named } from "./sql.ts";

/** How a list's texts are looked up. */
export interface TextSearch {
  /** SQL of the list's id column. */
  readonly id: string;
  /** SQL of the uuids that `search` finds, null when they are more than `$2`: a call of a function of the database. */
  readonly call: string;
}

/** More rows than this aren't looked up one by one: so common a text is found soon by walking through the list. */
const maxFound = 2_000;

/** Asks indexes for what the filter searches, so that a list need not read all rows to find a few. */
export async function narrowFilter(
  session: Session,
  filter: CompiledFilter,
  search: TextSearch,
): Promise<CompiledFilter> {
  if (filter.searches.length === 0 && filter.lookups.length === 0) return filter;
  const [found, lookedUp] = await Promise.all([
    searchTexts(session, filter, search),
    Promise.all(filter.lookups.map((lookup) => lookUp(session, lookup))),
  ]);
  return filter.narrow(search.id, found, lookedUp);
}

async function searchTexts(
  session: Session,
  { searches }: CompiledFilter,
  { call }: TextSearch,
): Promise<(string[] | null)[]> {
  if (searches.length === 0) return [];
  const text = `SELECT ${call} AS found FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS each (search, n) ORDER BY n`;
  const rows = await session.query<{ found: string[] | null }>(
    named(text, [JSON.stringify(searches.map(spread)), maxFound]),
  );
  return rows.map(({ found }) => found);
}

/** The statement of a lookup, which ends as soon as it has found too many. */
export function limitLookup({ text, values }: CompiledFilter["lookups"][number]): CompiledFilter["lookups"][number] {
  return { text: `${text} LIMIT ${maxFound + 1}`, values };
}

async function lookUp(session: Session, lookup: CompiledFilter["lookups"][number]): Promise<string[] | null> {
  const { text, values } = limitLookup(lookup);
  const rows = await session.query<{ id: string }>(named(text, values));
  return rows.length > maxFound ? null : [...new Set(rows.map(({ id }) => id))];
}
