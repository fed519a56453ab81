import type { Database } from "../db/database.ts";
import { NoLongerRunning } from "./bulk-failure.ts";
import { type Holding, keepAlive } from "./bulk-store.ts";

const everyMs = 400;

/**
 * Keeps an operation ours while we work on it, a few times a second, and finds out when it isn't any more: then `signal` is
 * aborted with NoLongerRunning.
 */
export class Lease implements AsyncDisposable {
  readonly #database: Database;
  readonly #holding: Holding;
  readonly #progress: (() => number) | undefined;
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #beating: Promise<void> | undefined;

  /** `progress` is stored with the heartbeat, for operations whose rows nothing else counts. */
  constructor(database: Database, holding: Holding, progress?: () => number) {
    this.#database = database;
    this.#holding = holding;
    this.#progress = progress;
    this.#timer = setInterval(() => {
      this.#beating ??= this.#beat().finally(() => (this.#beating = undefined));
    }, everyMs);
    this.#timer.unref();
  }

  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer);
    await this.#beating;
  }

  async #beat(): Promise<void> {
    const { tenantId } = this.#holding;
    try {
      const isOurs = await this.#database.read(tenantId, (session) =>
        keepAlive(session, this.#holding, this.#progress?.() ?? null),
      );
      if (!isOurs) this.#lost.abort(new NoLongerRunning());
    } catch {
      // The database is away for the moment: the work itself will notice, and the next beat tries again.
    }
  }
}
