import type { JournalType } from "../journal/journal-types.ts";
import type { Transaction } from "../journal/journal.service.ts";
import type { ExperimentRow } from "./experiment-row.ts";

/** Tells the journal what became of an experiment. */
export function recordExperiment(
  transaction: Transaction,
  { id }: Pick<ExperimentRow, "id">,
  type: JournalType & `experiment.${string}`,
  data: Readonly<Record<string, unknown>>,
): void {
  transaction.record({ type, subjectType: "Experiment", subjectId: id, data });
}
