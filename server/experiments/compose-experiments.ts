import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { Log } from "../log.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import { AssignmentsResolver } from "./assignments.resolver.ts";
import { AssignmentsService } from "./assignments.service.ts";
import { ExperimentLifecycleService } from "./experiment-lifecycle.service.ts";
import { ExperimentLoaders } from "./experiment-loaders.ts";
import { ExperimentResolver, ExperimentsResolver } from "./experiments.resolver.ts";
import { ExperimentsService } from "./experiments.service.ts";
import { WeightRefresher } from "./weight-refresher.ts";

export interface ExperimentsParts {
  readonly nodeSources: readonly NodeSource[];
  /** Instances by class, for type-graphql's container. */
  readonly resolvers: ReadonlyMap<unknown, object>;
  stop(): Promise<void>;
}

/** Puts together what belongs to experiments. */
export function composeExperiments(options: {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly log: Log;
}): ExperimentsParts {
  const { database, journal, cursors, log } = options;
  const refresher = new WeightRefresher(journal, log);
  const experiments = new ExperimentsService({ database, journal, cursors });
  const lifecycle = new ExperimentLifecycleService(journal, cursors);
  const assignments = new AssignmentsService({ database, journal, refresher });
  return {
    nodeSources: [
      { type: "Experiment", action: "experiment:read", byIds: (context, ids) => experiments.byIds(context, ids) },
    ],
    resolvers: new Map<unknown, object>([
      [ExperimentsResolver, new ExperimentsResolver(experiments, lifecycle)],
      [ExperimentResolver, new ExperimentResolver(new ExperimentLoaders(database))],
      [AssignmentsResolver, new AssignmentsResolver(assignments)],
    ]),
    stop: () => refresher.stop(),
  };
}
