import type { Transaction } from "../journal/journal.service.ts";
import { captureBatch } from "./capture-batch.ts";
import type { Candidate } from "./capture-candidate.ts";
import type { RowProblem } from "./lead-import-problem.ts";

/** A good row of a file. */
export interface GoodRow {
  readonly row: number;
  readonly line: number;
  readonly candidate: Candidate;
}

export interface BatchOutcome {
  readonly createdLeads: number;
  readonly mergedLeads: number;
  /** Rows whose lead can't take what they bring. */
  readonly refused: readonly { readonly row: number; readonly line: number; readonly problem: RowProblem }[];
}

/** Rows that go to the database together: few statements for each row, and a transaction that is over soon. */
export const batchSize = 500;

/** Captures the rows of one batch in their order. */
export async function captureRows(
  transaction: Transaction,
  rows: readonly GoodRow[],
  options: { readonly now: Date; readonly isWithoutLocks: boolean },
): Promise<BatchOutcome> {
  const outcomes = await captureBatch(
    transaction,
    rows.map(({ candidate }) => candidate),
    { isTrusted: true, address: null, ...options },
  );
  let createdLeads = 0;
  let mergedLeads = 0;
  const refused: { row: number; line: number; problem: RowProblem }[] = [];
  outcomes.forEach((outcome, index) => {
    const row = rows[index];
    if (row === undefined) return;
    if (outcome.kind === "REFUSED") refused.push({ row: row.row, line: row.line, problem: tooLarge });
    else if (outcome.isNew) createdLeads += 1;
    else mergedLeads += 1;
  });
  return { createdLeads, mergedLeads, refused };
}

const tooLarge: RowProblem = {
  code: "ATTRIBUTES_TOO_LARGE",
  message: "With these attributes the lead would have more than 100 of them or more than 16 kB.",
  field: ["attributes"],
};
