import pg from "pg";

/** PostgreSQL's type text[]: pg's list of types, and so its declarations, has no arrays. */
export const textArrayOid = 1009 as typeof pg.types.builtins.TEXT;

const parseAnyArray = pg.types.getTypeParser(textArrayOid) as (text: string) => (string | null)[];

/**
 * An array as PostgreSQL writes it (PostgreSQL's documentation §8.15.6). Most elements need no quotes, such as tags: then its commas are
 * all that has to be found, which takes a tenth of reading it character by character.
 */
export function parseTextArray(text: string): (string | null)[] {
  if (text === "{}") return [];
  // A quote, an escape, another dimension, or an element that is NULL.
  return /["\\]|^.+\{|\bNULL\b/i.test(text) ? parseAnyArray(text) : text.slice(1, -1).split(",");
}
