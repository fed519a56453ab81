import type { LeadImportDelimiter } from "../../schema/lead-import-text.ts";

export type Delimiter = Exclude<LeadImportDelimiter, "AUTO">;

export const delimiters = { COMMA: ",", SEMICOLON: ";", TAB: "\t", BAR: "|" } as const satisfies Record<
  Delimiter,
  string
>;

const names = Object.keys(delimiters) as Delimiter[];

/** The delimiter that stands most often outside quotes in a file's first line. With one column there is none: a comma. */
export function detectDelimiter(start: string): Delimiter {
  const counts: Record<Delimiter, number> = { COMMA: 0, SEMICOLON: 0, TAB: 0, BAR: 0 };
  let isQuoted = false;
  for (const character of start) {
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (character === "\n" || character === "\r") break;
    const name = names.find((each) => delimiters[each] === character);
    if (name !== undefined) counts[name] += 1;
  }
  return names.reduce((best, name) => (counts[name] > counts[best] ? name : best));
}

/** Whether the first line is in there as a whole, so that the delimiter can be told. */
export function hasWholeLine(start: string): boolean {
  let isQuoted = false;
  for (const character of start) {
    if (character === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (character === "\n" || character === "\r")) return true;
  }
  return false;
}
