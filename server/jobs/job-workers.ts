import { setTimeout as sleep } from "node:timers/promises";
import { type Job, type JobResult, PgBoss } from "pg-boss";
import type { Log } from "../log.ts";
import { publicReason } from "./job-failure.ts";
import type { JobHandler, JobKind } from "./job-kind.ts";
import { cronOf, sweepJob } from "./sweep-job.ts";
import type { Sweeps } from "./sweeps.ts";

export interface JobWorkersOptions {
  /** Of the server's own role. */
  readonly url: string;
  readonly sweeps: Sweeps;
  readonly log: Log;
  /** How long running jobs may go on when the server stops. What isn't done then is done by whoever comes next. */
  readonly stopTimeoutMs: number;
  /** How often lost jobs are looked for. */
  readonly superviseSeconds?: number;
  /** How often each worker looks for jobs. */
  readonly pollSeconds?: number;
}

interface Work {
  readonly kind: JobKind<unknown>;
  readonly handle: JobHandler<unknown>;
}

/** How often workers look that aren't the first of their kind: it wakes them when it finds something. */
const idlePollSeconds = 30;
/** Fetching, settling and looking after the queues of a process; jobs themselves use the server's connections. */
const connections = 3;
const longestStartPauseMs = 30_000;

/** Does the jobs of all tenants, with pg-boss. */
export class JobWorkers {
  readonly #options: JobWorkersOptions;
  readonly #work = new Map<string, Work>();
  #boss: PgBoss | undefined;
  #starting: Promise<void> | undefined;
  #isClosing = false;
  readonly #stop = new AbortController();

  constructor(options: JobWorkersOptions) {
    this.#options = options;
    this.register(sweepJob, ({ data }) => options.sweeps.run(data.sweep));
  }

  /** Before the start. */
  register<Data>(kind: JobKind<Data>, handle: JobHandler<Data>): void {
    if (this.#work.has(kind.name)) throw new Error(`two kinds of jobs are named ${kind.name}`);
    this.#work.set(kind.name, { kind, handle: (job) => handle({ ...job, data: kind.data.parse(job.data) }) });
  }

  get kinds(): readonly JobKind<unknown>[] {
    return [...this.#work.values()].map(({ kind }) => kind);
  }

  /** Begins in the background, and again until it succeeds: nobody's request waits for it. */
  start(): void {
    this.#starting ??= this.#startPatiently();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#starting;
    const boss = this.#boss;
    if (boss === undefined) return;
    // pg-boss's own graceful stop looks twice a second whether the jobs are done; this one knows.
    const done = Promise.all([...this.#work.keys()].map((name) => boss.offWork(name, { wait: true })));
    await Promise.race([done, sleep(this.#options.stopTimeoutMs, undefined, { ref: false })]);
    this.#isClosing = true; // how its connections end from here on is no news
    await boss.stop({ graceful: false });
    await done;
  }

  async #startPatiently(): Promise<void> {
    for (let pauseMs = 500; !this.#stop.signal.aborted; pauseMs = Math.min(pauseMs * 2, longestStartPauseMs)) {
      const boss = this.#createBoss();
      try {
        await boss.start();
        this.#boss = boss;
        await this.#schedule(boss);
        for (const work of this.#work.values()) await this.#workOn(boss, work);
        return;
      } catch (error) {
        this.#boss = undefined;
        this.#options.log.warn({ err: error }, "jobs can't be worked on yet");
        await boss.stop({ graceful: false }).catch(() => undefined);
        await sleep(pauseMs, undefined, { signal: this.#stop.signal }).catch(() => undefined);
      }
    }
  }

  #createBoss(): PgBoss {
    const { url, log, superviseSeconds = 15 } = this.#options;
    const boss = new PgBoss({
      connectionString: url,
      application_name: "nexora-jobs",
      max: connections,
      migrate: false, // our migrations do that, as the owner
      createSchema: false,
      reindex: false, // the owner's, too
      superviseIntervalSeconds: superviseSeconds,
      monitorIntervalSeconds: superviseSeconds,
    });
    boss.on("error", (error) => {
      if (!this.#isClosing) log.warn({ err: error }, "jobs");
    });
    boss.on("warning", (warning) => log.info({ warning }, "jobs"));
    return boss;
  }

  /** The schedules of the sweeps: pg-boss makes one job for each occurrence, however many processes there are. */
  async #schedule(boss: PgBoss): Promise<void> {
    const known = new Map((await boss.getSchedules(sweepJob.name)).map(({ key, cron }) => [key, cron]));
    for (const sweep of this.#options.sweeps.all) {
      const cron = cronOf(sweep);
      if (known.get(sweep.name) === cron) continue;
      const data = { sweep: sweep.name };
      await boss.schedule(sweepJob.name, cron, data, { key: sweep.name, singletonKey: sweep.name });
    }
  }

  /**
   * Workers that take one job each: so a tenant that has as many running as it may is passed over, and the next tenant's
   * jobs are taken. Whoever takes one wakes the others and looks again at once when it is done, so that a backlog isn't
   * worked off at the pace of polling, while an idle server asks for each kind once a second.
   */
  async #workOn(boss: PgBoss, { kind, handle }: Work): Promise<void> {
    const ids: string[] = [];
    const wakeAll = () => {
      for (const id of ids) boss.notifyWorker(id);
    };
    for (let number = 0; number < kind.concurrency; number += 1) {
      const options = {
        batchSize: 1,
        groupConcurrency: kind.perTenant,
        pollingIntervalSeconds: number === 0 ? (this.#options.pollSeconds ?? 1) : idlePollSeconds,
        perJobResults: true,
      } as const;
      const id = await boss.work(kind.name, options, async (jobs: Job<unknown>[]) => {
        wakeAll();
        const results = await Promise.all(jobs.map((job) => this.#run(kind, handle, job)));
        wakeAll(); // this one looks again, and so do those that passed over the tenant that has room now
        return results;
      });
      ids.push(id);
    }
  }

  async #run(kind: JobKind<unknown>, handle: JobHandler<unknown>, job: Job<unknown>): Promise<JobResult> {
    const { id, data, signal } = job;
    const tenantId = job.groupId ?? undefined;
    try {
      await handle({ id, tenantId, data, signal });
      return { id, status: "completed" };
    } catch (error) {
      const attempt = job.retryCount + 1;
      this.#options.log.warn({ err: error, job: id, kind: kind.name, tenantId, attempt }, "a job failed");
      return { id, status: "failed", output: { message: publicReason(error) } };
    }
  }
}
