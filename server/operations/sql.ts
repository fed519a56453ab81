import { createHash } from "node:crypto";
import type { Statement } from "../db/session.ts";

/** Collects a statement's values while its text is written, so that no value ever stands in the text. */
export class SqlValues {
  readonly list: unknown[] = [];

  /** The placeholder of a value. */
  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}

/** A part of a statement's text as a statement of its own, with the values that it mentions. */
export function excerpt(
  text: string,
  { list }: SqlValues,
): { readonly text: string; readonly values: readonly unknown[] } {
  const own = new SqlValues();
  const places = new Map<string, string>();
  const excerpted = text.replaceAll(/\$(\d+)/g, (place: string, number: string) => {
    const known = places.get(place) ?? own.add(list[Number(number) - 1]);
    places.set(place, known);
    return known;
  });
  return { text: excerpted, values: own.list };
}

/** Prepared statements live on each connection until it closes, and callers choose filters: so only this many get a name. */
const maxNames = 500;

const names = new Map<string, string>();
const seenOnce = new Set<string>();

/** A composed statement, kept prepared if it comes up again and again. */
export function named(text: string, values: readonly unknown[]): Statement {
  const name = statementName(text);
  return name === undefined ? { text, values } : { text, values, name };
}

/** The name under which a composed statement is kept prepared, from its second use on; undefined: not kept. */
function statementName(text: string): string | undefined {
  const name = names.get(text);
  if (name !== undefined || names.size >= maxNames) return name;
  if (!seenOnce.has(text)) {
    if (seenOnce.size >= maxNames) seenOnce.clear();
    seenOnce.add(text);
    return undefined;
  }
  seenOnce.delete(text);
  const created = `c-${createHash("sha256").update(text).digest("base64url").slice(0, 22)}`;
  names.set(text, created);
  return created;
}
