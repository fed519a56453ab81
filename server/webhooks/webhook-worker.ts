import { setTimeout as sleep } from "node:timers/promises";
import type { Database } from "../db/database.ts";
import type { HintBus } from "../journal/hints.port.ts";
import { findBehind } from "./endpoint-store.ts";
import { EndpointRun, type EndpointRunOptions } from "./endpoint-run.ts";
import { JournalFollower } from "./journal-follower.ts";

export interface WebhookWorkerOptions extends Omit<EndpointRunOptions, "room" | "signal"> {
  readonly database: Database;
  /** Say that a journal moved. */
  readonly hints: HintBus;
  /** How often all endpoints are looked at: no hint may be needed for what another process left, or one was lost. */
  readonly pollMs: number;
}

/** An endpoint waits this long when the process can't send more. */
const crowdedMs = 500;
/** Timers can't be set to more than 24 days; a longer wait is looked at again. */
const maxTimerMs = 86_400_000;
/** Deliveries that one process sends at once, to all endpoints together. */
const maxRunning = 256;
/** How long a stop waits for what is being sent, before it is broken off to be sent again by another process. */
const graceMs = 5_000;

/** Finds the endpoints of all tenants that have something to do, and runs them. Each process has one. */
export class WebhookWorker {
  readonly #options: WebhookWorkerOptions;
  readonly #follower: JournalFollower;
  readonly #runs = new Map<string, { readonly run: EndpointRun; readonly ended: Promise<void> }>();
  /** By endpoint: when its next delivery comes due. */
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #abort = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #isWoken = false;
  #isStopped = true;
  #hadFailure = false;

  constructor(options: WebhookWorkerOptions) {
    this.#options = options;
    const { hints, log } = options;
    this.#follower = new JournalFollower({ hints, log, onMoved: (tenantId) => this.#moved(tenantId) });
  }

  start(): void {
    this.#isStopped = false;
    this.#options.hints.onReconnect(() => this.wake());
    this.wake();
    this.#timer = setInterval(() => this.wake(), this.#options.pollMs);
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
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    await this.#looking;
    await this.#follower.stop();
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
    await this.#reading(async () => {
      const [tenants, endpoints] = await this.#options.database.global((session) =>
        Promise.all([
          session.query<{ tenant_id: string }>({
            name: "webhook-tenants",
            text: "SELECT webhook_tenants() AS tenant_id",
          }),
          session.query<{ tenant_id: string; id: string }>({
            name: "webhooks-with-work",
            text: "SELECT tenant_id, id FROM webhooks_with_work()",
          }),
        ]),
      );
      this.#follower.follow(new Set(tenants.map(({ tenant_id: tenantId }) => tenantId)));
      for (const { tenant_id: tenantId, id } of endpoints) this.#run(tenantId, id);
    });
  }

  async #moved(tenantId: string): Promise<void> {
    const { database, slots } = this.#options;
    await this.#reading(async () => {
      const ids = await slots.use(() => database.read(tenantId, findBehind));
      for (const id of ids) this.#run(tenantId, id);
    });
  }

  /** A failure waits for the next look; an outage is told once. */
  async #reading(read: () => Promise<void>): Promise<void> {
    try {
      await read();
      this.#hadFailure = false;
    } catch (error) {
      if (!this.#hadFailure) this.#options.log.warn({ err: error }, "webhooks have to wait");
      this.#hadFailure = true;
    }
  }

  #run(tenantId: string, endpointId: string): void {
    if (this.#isStopped || this.#runs.get(endpointId)?.run.wake() === true) return;
    if (this.#room() === 0) return this.#runLater(tenantId, endpointId, crowdedMs);
    clearTimeout(this.#timers.get(endpointId));
    this.#timers.delete(endpointId);
    const options = { ...this.#options, room: () => this.#room(), signal: this.#abort.signal };
    const run = new EndpointRun(options, tenantId, endpointId);
    const ended = run.run().then((dueInMs) => {
      if (this.#runs.get(endpointId)?.run === run) this.#runs.delete(endpointId);
      if (dueInMs !== null) this.#runLater(tenantId, endpointId, dueInMs);
    });
    this.#runs.set(endpointId, { run, ended });
  }

  /** Another process may do it before: then there is nothing to do. */
  #runLater(tenantId: string, endpointId: string, inMs: number): void {
    if (this.#isStopped) return;
    clearTimeout(this.#timers.get(endpointId));
    const timer = setTimeout(
      () => {
        this.#timers.delete(endpointId);
        this.#run(tenantId, endpointId);
      },
      Math.min(inMs, maxTimerMs),
    );
    this.#timers.set(endpointId, timer.unref());
  }

  #room(): number {
    let running = 0;
    for (const { run } of this.#runs.values()) running += run.running;
    return Math.max(0, maxRunning - running);
  }
}
