import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../db/database.ts";
import { EndpointRun, type EndpointRunOptions } from "./endpoint-run.ts";

export interface WebhookWorkerOptions extends Omit<EndpointRunOptions, "room" | "signal"> {
  readonly database: Database;
}

/** Nothing says that another process's journal moved or that a delivery has come due: one small query finds out. */
const everyMs = 500;
/** Deliveries that one process sends at once, to all endpoints together. */
const maxRunning = 256;
/** How long a stop waits for what is being sent, before it is broken off to be sent again by another process. */
const graceMs = 5_000;

/** Finds the endpoints of all tenants that have something to do, and runs them. Each process has one. */
export class WebhookWorker {
  readonly #options: WebhookWorkerOptions;
  readonly #runs = new Map<string, { readonly run: EndpointRun; readonly ended: Promise<void> }>();
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #isWoken = false;
  #isStopped = true;
  #hadFailure = false;

  constructor(options: WebhookWorkerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#isStopped = false;
    this.wake();
    this.#timer = setInterval(() => this.wake(), everyMs);
    this.#timer.unref();
  }

  /** Looks now: something has changed. */
  wake(): void {
    if (this.#isStopped) return;
    if (this.#looking !== undefined) {
      this.#isWoken = true;
      return;
    }
    this.#looking = this.#look().finally(() => {
      this.#looking = undefined;
      if (!this.#isWoken) return;
      this.#isWoken = false;
      this.wake();
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#looking;
    const runs = [...this.#runs.values()];
    for (const { run } of runs) run.stop();
    const ended = Promise.all(runs.map((each) => each.ended));
    const grace = new AbortController();
    const patience = sleep(graceMs, undefined, { signal: grace.signal }).then(
      () => this.#abort.abort(),
      () => undefined,
    );
    await ended;
    grace.abort();
    await patience;
  }

  async #look(): Promise<void> {
    const { database, log } = this.#options;
    try {
      const rows = await database.global((session) =>
        session.query<{ tenant_id: string; id: string }>({
          name: "webhooks-with-work",
          text: "SELECT tenant_id, id FROM webhooks_with_work()",
        }),
      );
      this.#hadFailure = false;
      for (const { tenant_id: tenantId, id } of rows) this.#run(tenantId, id);
    } catch (error) {
      if (!this.#hadFailure) log.warn({ err: error }, "webhooks have to wait");
      this.#hadFailure = true;
    }
  }

  #run(tenantId: string, endpointId: string): void {
    const existing = this.#runs.get(endpointId);
    if (existing !== undefined) {
      existing.run.wake();
      return;
    }
    if (this.#isStopped || this.#room() === 0) return;
    const options = { ...this.#options, room: () => this.#room(), signal: this.#abort.signal };
    const run = new EndpointRun(options, tenantId, endpointId);
    const ended = run.run().finally(() => this.#runs.delete(endpointId));
    this.#runs.set(endpointId, { run, ended });
  }

  #room(): number {
    let running = 0;
    for (const { run } of this.#runs.values()) running += run.running;
    return Math.max(0, maxRunning - running);
  }
}
