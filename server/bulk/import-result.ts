/**
 * What became of a line. DONE: its change is written. REPLAYED: it was written before under the same key, and this is what came
 * of it then. REFUSED: by its user errors, or because it can't be read. FAILED: by an error. NOT_WRITTEN: it was good, but with
 * ALL_OR_NOTHING others weren't.
 */
export type LineStatus = "DONE" | "REPLAYED" | "REFUSED" | "FAILED" | "NOT_WRITTEN";

/** A line of the result: one for each line of the file, in its order. */
export interface LineResult {
  readonly line: number;
  readonly key: string | null;
  readonly status: LineStatus;
  /** What the document selects. */
  readonly data?: unknown;
  readonly userErrors?: readonly unknown[];
  readonly errors?: readonly { readonly message: string; readonly code: string }[];
}

export function hasFailed({ status }: LineResult): boolean {
  return status === "REFUSED" || status === "FAILED";
}

export function toText(results: readonly LineResult[]): string {
  return results.map((result) => `${JSON.stringify(result)}\n`).join("");
}

/** The results of lines whose changes were undone. */
export function undone(results: readonly LineResult[]): LineResult[] {
  return results.map((result) =>
    hasFailed(result) ? result : { line: result.line, key: result.key, status: "NOT_WRITTEN" },
  );
}
