// The index of texts knows the three-letter pieces of words (pg_trgm), where a word is a run of letters and digits and its
// beginning and end count as blanks. A letter beyond ASCII stands for its bytes (migration lead_search).
const bytes = new TextEncoder();

/** The text's words, each letter beyond ASCII as so many letters as it has bytes. */
function shape(text: string): string {
  return text.replace(/\P{ASCII}/gu, (letter) => "x".repeat(bytes.encode(letter).length));
}

/** Whether the index can find what contains this text: it has a whole piece of a word. */
export function canFindInside(text: string): boolean {
  return /[a-z0-9]{3}|[^a-z0-9][a-z0-9]|[a-z0-9]{2}[^a-z0-9]/i.test(shape(text));
}

/** Whether the index can find what begins with this text: it has the beginning of a word. */
export function canFindAtStart(text: string): boolean {
  return /[a-z0-9]/i.test(shape(text));
}
