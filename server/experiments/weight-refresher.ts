import { setTimeout as sleep } from "node:timers/promises";
import type { JournalService } from "../journal/journal.service.ts";
import type { Log } from "../log.ts";
import { refreshWeights } from "./refresh-weights.ts";

/**
 * Between two refreshes of an experiment's weights, in all processes together. Conversions that come in it wait for its end, and
 * have to be in the weights within a second.
 */
const pauseMs = 800;

interface Running {
  /** Something was counted since the refresh that runs, or ran last. */
  isStale: boolean;
  readonly done: Promise<void>;
}

/** Keeps weights up with conversions. All processes may want to: the row of the weights lets one of them do it at a time. */
export class WeightRefresher {
  readonly #journal: JournalService;
  readonly #log: Log;
  readonly #running = new Map<string, Running>();
  readonly #abort = new AbortController();

  constructor(journal: JournalService, log: Log) {
    this.#journal = journal;
    this.#log = log;
  }

  /** Something was counted for an experiment. */
  touch(tenantId: string, experimentId: string): void {
    if (this.#abort.signal.aborted) return;
    const key = `${tenantId} ${experimentId}`;
    const running = this.#running.get(key);
    if (running !== undefined) {
      running.isStale = true;
      return;
    }
    const started: Running = {
      isStale: true,
      done: Promise.resolve().then(() => this.#keepFresh(key, tenantId, experimentId)),
    };
    this.#running.set(key, started);
  }

  /** Resolves when nothing is being refreshed any more. */
  async stop(): Promise<void> {
    this.#abort.abort();
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  async #keepFresh(key: string, tenantId: string, experimentId: string): Promise<void> {
    const { signal } = this.#abort;
    const running = this.#running.get(key);
    const scope = { tenantId, actor: { type: "SYSTEM" }, requestId: "experiment-weights" } as const;
    try {
      while (running?.isStale === true && !signal.aborted) {
        running.isStale = false;
        const { result: isFresh } = await this.#journal.transaction(scope, (transaction) =>
          refreshWeights(transaction, experimentId, pauseMs),
        );
        if (!isFresh) running.isStale = true;
        // Another process may have refreshed at any time within the pause: not to wait for a second one, look again soon.
        await sleep(isFresh ? pauseMs : pauseMs / 8, undefined, { signal, ref: false }).catch(() => undefined);
      }
    } catch (error) {
      this.#log.warn(
        { err: error, tenantId, experimentId },
        "weights weren't refreshed; the next conversion tries again",
      );
    } finally {
      this.#running.delete(key);
    }
  }
}
