import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../log.ts";
import type { AttemptSend, ClaimedDelivery } from "./attempt-send.ts";
import { type EndedAttempt, stepEndpoint, type StepOptions, type StepOutcome } from "./endpoint-step.ts";
import type { Slots } from "./slots.ts";
import type { EndpointRow } from "./webhook-row.ts";

export interface EndpointRunOptions extends StepOptions {
  readonly attempts: AttemptSend;
  /** Bounds how many of the process's connections to the database webhooks take. */
  readonly slots: Slots;
  /** How many deliveries of one endpoint are sent at once by one process. */
  readonly concurrency: number;
  /** How many more the process may send now. */
  readonly room: () => number;
  /** Deliveries are waited for no longer: the process is stopping. */
  readonly signal: AbortSignal;
  readonly log: Log;
}

const retryMs = 1_000;
/** Whatever the clocks say: as long is waited at least. */
const minimumMs = 10;
/** A run that can't send because the process has no room looks again after this time. */
const crowdedMs = 500;
const maxWaitMs = 60_000;

/**
 * Delivers to one endpoint as long as there is something to do: one transaction (stepEndpoint) for all that has ended and all
 * that begins, then again when something has ended. A slow delivery holds back none but its subject's.
 */
export class EndpointRun {
  readonly #options: EndpointRunOptions;
  readonly #tenantId: string;
  readonly #endpointId: string;
  #ended: EndedAttempt[] = [];
  #running = 0;
  #isStopping = false;
  #isWoken = false;
  #isOver = false;
  #moved = Promise.withResolvers<void>();

  constructor(options: EndpointRunOptions, tenantId: string, endpointId: string) {
    this.#options = options;
    this.#tenantId = tenantId;
    this.#endpointId = endpointId;
  }

  /** How many deliveries are being sent. */
  get running(): number {
    return this.#running;
  }

  /** There may be more to do. False: the run is over, and doesn't hear. */
  wake(): boolean {
    this.#isWoken = true;
    this.#moved.resolve();
    return !this.#isOver;
  }

  /** Begins nothing more; what is being sent is finished. */
  stop(): void {
    this.#isStopping = true;
    this.wake();
  }

  /** Resolves when there is nothing to do, with the milliseconds until there is; null: nobody knows of anything. */
  async run(): Promise<number | null> {
    for (;;) {
      this.#isWoken = false;
      this.#moved = Promise.withResolvers();
      const step = await this.#step();
      for (const claimed of step?.claimed ?? []) this.#start(claimed, step?.endpoint);
      const isBehind = step?.isBehind === true;
      const hasMore = (isBehind || this.#isWoken) && !this.#isStopping;
      if (this.#running === 0 && this.#ended.length === 0 && !hasMore) {
        this.#isOver = true;
        return step?.dueInMs == null ? null : Math.max(step.dueInMs, minimumMs);
      }
      // What the step planned may be due: look again before waiting, if there is room.
      const isIdle = !isBehind || this.#free() === 0;
      if (isIdle && this.#ended.length === 0) await this.#moveOrDue(step?.dueInMs ?? null);
    }
  }

  async #moveOrDue(dueInMs: number | null): Promise<void> {
    const waitMs = this.#free() > 0 ? dueInMs : this.#running === 0 ? crowdedMs : null;
    const timer =
      waitMs === null
        ? undefined
        : setTimeout(() => this.wake(), Math.min(Math.max(waitMs, minimumMs), maxWaitMs)).unref();
    await this.#moved.promise;
    clearTimeout(timer);
  }

  async #step(): Promise<StepOutcome | undefined> {
    const { tenantId, endpointId } = { tenantId: this.#tenantId, endpointId: this.#endpointId };
    const ended = this.#ended;
    this.#ended = [];
    const free = this.#isStopping ? 0 : this.#free();
    try {
      return await this.#options.slots.use(() => stepEndpoint(this.#options, { tenantId, endpointId, ended, free }));
    } catch (error) {
      this.#options.log.warn({ err: error, tenantId, endpointId }, "deliveries of a webhook have to wait");
      // What has ended is written down later; after a stop its lease ends instead, and another process sends it again.
      if (!this.#isStopping) this.#ended = [...ended, ...this.#ended];
      await sleep(retryMs, undefined, { ref: false });
      return undefined;
    }
  }

  #free(): number {
    const { concurrency, room } = this.#options;
    return Math.max(0, Math.min(concurrency - this.#running, room()));
  }

  #start(claimed: ClaimedDelivery, endpoint: EndpointRow | undefined): void {
    if (endpoint === undefined) return;
    this.#running += 1;
    const startedAt = performance.now();
    const { attempts, signal } = this.#options;
    void attempts
      .send(endpoint, claimed, signal)
      .catch((error: unknown) => {
        this.#options.log.error({ err: error, endpointId: this.#endpointId }, "a delivery couldn't be made");
        const nothing = { statusCode: null, answer: null, retryAfterMs: null };
        return { outcome: "PAYLOAD_FAILED", error: "Something went wrong on our side.", ...nothing } as const;
      })
      .then((result) => {
        this.#running -= 1;
        const durationMs = Math.round(performance.now() - startedAt);
        this.#ended.push({ delivery: claimed.delivery, result, durationMs });
        this.wake();
      });
  }
}
