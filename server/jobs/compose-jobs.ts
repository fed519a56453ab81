import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { Log } from "../log.ts";
import { prepareQueues } from "./job-queues.ts";
import { JobWorkers } from "./job-workers.ts";
import { Jobs } from "./jobs.ts";
import { Sweeps } from "./sweeps.ts";
import { TenantSchedules } from "./tenant-schedules.ts";

export interface ComposeJobsOptions {
  readonly database: Database;
  readonly journal: JournalService;
  /** Of the server's own role. */
  readonly appUrl: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly stopTimeoutMs: number;
}

export interface JobsParts {
  readonly jobs: Jobs;
  readonly workers: JobWorkers;
  readonly sweeps: Sweeps;
  readonly schedules: TenantSchedules;
  /** Once all kinds are registered: their queues are there before anybody makes a job. */
  prepare(): Promise<void>;
}

/** Puts together what belongs to background work. */
export function composeJobs({ database, journal, appUrl, log, clock, stopTimeoutMs }: ComposeJobsOptions): JobsParts {
  const sweeps = new Sweeps(clock);
  const schedules = new TenantSchedules(database, journal);
  sweeps.register(schedules);
  const workers = new JobWorkers({ url: appUrl, sweeps, log, stopTimeoutMs });
  return { jobs: new Jobs(), workers, sweeps, schedules, prepare: () => prepareQueues(database, workers.kinds) };
}
