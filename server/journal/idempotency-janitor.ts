import type { Database } from "../db/database.ts";
import type { Log } from "../log.ts";

const everyMs = 10 * 60_000;
/** Removed with one statement, so that none runs long. */
const batch = 5_000;

/** Removes results that have been kept for a day. Each process has one; two don't take the same rows. */
export class IdempotencyJanitor {
  readonly #database: Database;
  readonly #log: Log;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<unknown> | undefined;

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  start(): void {
    const sweep = () => {
      this.#sweeping = this.sweep().catch((error: unknown) =>
        this.#log.warn({ err: error }, "old idempotency keys couldn't be removed"),
      );
    };
    sweep();
    this.#timer = setInterval(sweep, everyMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  /** Resolves with the number of results that were removed. The age is the database's business: no process can shorten it. */
  async sweep(): Promise<bigint> {
    let removed = 0n;
    for (;;) {
      const [row] = await this.#database.global((session) =>
        session.query<{ count: bigint }>({
          name: "idempotency-purge",
          text: "SELECT idempotent_results_purge($1) AS count",
          values: [batch],
        }),
      );
      const count = row?.count ?? 0n;
      removed += count;
      if (count < batch) return removed;
    }
  }
}
