import type { z } from "zod";

/** A kind of job: one file declares it with what its data are, another one registers who does it. */
export interface JobKind<Data> {
  /** The name of its queue: `mail`. */
  readonly name: string;
  /** Ids and instants, no personal data: administrators see jobs, and they are kept for days. */
  readonly data: z.ZodType<Data>;
  /** How many run at once in one process. */
  readonly concurrency: number;
  /** How many of one tenant's run at once in all processes: the others' don't wait behind a tenant that has thousands. */
  readonly perTenant: number;
  /** A job that took longer is given up and tried again. */
  readonly expireSeconds: number;
  /** How often it is tried again before it becomes a dead letter. */
  readonly retryLimit: number;
  /** The first wait; each further one is twice as long, with some chance in it, up to the maximum. */
  readonly retryDelaySeconds: number;
  readonly retryDelayMaxSeconds: number;
  /** Only one that waits and one that runs for each key; by default any number. */
  readonly isSingleton?: boolean;
}

export interface JobOptions {
  /** Not before then; by default at once. */
  readonly startAfter?: Date;
  /** What a singleton is one of. */
  readonly key?: string;
}

/** A job that is being done. */
export interface RunningJob<Data> {
  readonly id: string;
  /** Whose it is; undefined: the installation's. */
  readonly tenantId: string | undefined;
  readonly data: Data;
  /** Aborted when it takes too long or the server stops. */
  readonly signal: AbortSignal;
}

export type JobHandler<Data> = (job: RunningJob<Data>) => Promise<void>;
