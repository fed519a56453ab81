/** Longest line, in characters. */
export const maxLineLength = 256 * 1024;

export interface FileLine {
  /** From 1. */
  readonly line: number;
  /** Null: it is longer than a line may be. */
  readonly text: string | null;
}

/** The lines of a text that arrives in pieces; blank ones are left out, and of one that is too long nothing is kept. */
export async function* readLines(texts: AsyncIterable<string>): AsyncGenerator<FileLine> {
  let rest = "";
  let isTooLong = false;
  let line = 0;
  const take = (text: string): FileLine | null => {
    line += 1;
    const whole = isTooLong || text.length > maxLineLength ? null : text;
    isTooLong = false;
    return whole?.trim() === "" ? null : { line, text: whole };
  };
  for await (const text of texts) {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const taken = take(part);
      if (taken !== null) yield taken;
    }
    if (rest.length > maxLineLength) {
      isTooLong = true;
      rest = "";
    }
  }
  const last = rest === "" && !isTooLong ? null : take(rest);
  if (last !== null) yield last;
}
