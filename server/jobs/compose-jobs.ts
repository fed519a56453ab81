import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { Log } from "../log.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { NodeSource } from "../operations/node-registry.ts";
import { prepareQueues } from "./job-queues.ts";
import { JobWorkers } from "./job-workers.ts";
import { JobsResolver } from "./jobs.resolver.ts";
import { JobsService } from "./jobs.service.ts";
import { Jobs } from "./jobs.ts";
import { Sweeps } from "./sweeps.ts";
import { TenantSchedules } from "./tenant-schedules.ts";

export interface ComposeJobsOptions {
  readonly database: Database;
  readonly journal: JournalService;
  /** Of the server's own role. */
  readonly appUrl: string;
  readonly cursors: CursorCodec;
  readonly log: Log;
  readonly clock: Clock;
  readonly stopTimeoutMs: number;
}

export interface JobsParts {
  readonly jobs: Jobs;
  readonly workers: JobWorkers;
  readonly sweeps: Sweeps;
  readonly schedules: TenantSchedules;
  readonly nodeSources: readonly NodeSource[];
  /** Instances by class, for type-graphql's container. */
  readonly resolvers: ReadonlyMap<unknown, object>;
  /** Once all kinds are registered: their queues are there before anybody makes a job. */
  prepare(): Promise<void>;
}

/** Puts together what belongs to background work. */
export function composeJobs(options: ComposeJobsOptions): JobsParts {
  const { database, journal, cursors, appUrl, log, clock, stopTimeoutMs } = options;
  const sweeps = new Sweeps(clock, log);
  const schedules = new TenantSchedules(database, journal);
  sweeps.register(schedules);
  const workers = new JobWorkers({ url: appUrl, sweeps, log, stopTimeoutMs });
  const service = new JobsService({ database, journal, cursors });
  return {
    jobs: new Jobs(),
    workers,
    sweeps,
    schedules,
    nodeSources: [{ type: "Job", action: "job:read", byIds: (context, uuids) => service.byIds(context, uuids) }],
    resolvers: new Map<unknown, object>([[JobsResolver, new JobsResolver(service)]]),
    prepare: () => prepareQueues(database, workers.kinds),
  };
}
