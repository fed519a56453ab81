import type { RowProblem } from "./lead-import-problem.ts";

/** What has become of a file's rows so far. */
export interface Tally {
  readonly processedRows: number;
  readonly committedRows: number;
  readonly createdLeads: number;
  readonly mergedLeads: number;
  readonly failedRows: number;
}

export const emptyTally: Tally = { processedRows: 0, committedRows: 0, createdLeads: 0, mergedLeads: 0, failedRows: 0 };

export function add(tally: Tally, change: Partial<Tally>): Tally {
  return {
    processedRows: tally.processedRows + (change.processedRows ?? 0),
    committedRows: tally.committedRows + (change.committedRows ?? 0),
    createdLeads: tally.createdLeads + (change.createdLeads ?? 0),
    mergedLeads: tally.mergedLeads + (change.mergedLeads ?? 0),
    failedRows: tally.failedRows + (change.failedRows ?? 0),
  };
}

/** One error of one row, numbered within its import. */
export interface NumberedError extends RowProblem {
  readonly number: number;
  readonly row: number;
  readonly line: number;
}

/** How many errors of an import are kept. All are counted. */
const maxErrors = 1_000;

/** Errors that wait to be stored: bounded, since a file can be wrong in every row. */
export class ErrorLog {
  #count = 0;
  #waiting: NumberedError[] = [];

  add({ row, line }: { readonly row: number; readonly line: number }, problems: readonly RowProblem[]): void {
    for (const problem of problems) {
      if (this.#count >= maxErrors) return;
      this.#count += 1;
      this.#waiting.push({ ...problem, number: this.#count, row, line });
    }
  }

  /** What is to be stored now. Call `stored` when it is. */
  waiting(): readonly NumberedError[] {
    return this.#waiting;
  }

  stored(errors: readonly NumberedError[]): void {
    const last = errors.at(-1)?.number ?? 0;
    this.#waiting = this.#waiting.filter(({ number }) => number > last);
  }
}
