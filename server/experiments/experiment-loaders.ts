import DataLoader from "dataloader";
import type { Experiment, ExperimentResults } from "../../schema/experiment.ts";
import type { Database } from "../db/database.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { readCounts } from "./experiment-counts.ts";
import { experimentResults } from "./experiment-results.ts";
import { findExperiments } from "./experiment-store.ts";

/** Reads what belongs to experiments: for all of a page at once. */
export class ExperimentLoaders {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  results(context: Context, { uuid }: Experiment): Promise<ExperimentResults> {
    return context.loaders.get(this.#results, context).load(uuid);
  }

  readonly #results = (context: Context) =>
    new DataLoader<string, ExperimentResults>(async (ids) => {
      const { tenantId } = authorizedScope(context, "experiment:read");
      const [rows, counts] = await this.#database.read(tenantId, (session) =>
        Promise.all([findExperiments(session, ids), readCounts(session, ids)]),
      );
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => {
        const row = found.get(id);
        return row === undefined
          ? new Error("results without their experiment")
          : experimentResults(row, counts, context.now);
      });
    });
}
