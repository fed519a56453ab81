import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/** Keeps every transaction that appends to a journal from its commit, as a slow disk would. */
export interface HeldCommits extends AsyncDisposable {
  /** Resolves when a transaction that keeps an idempotent result waits at its last statement. */
  waiting(): Promise<void>;
  release(): Promise<void>;
}

const patienceMs = 15_000;

/** `ownerUrl` is a database that nobody else holds commits of. */
export async function holdCommits(ownerUrl: string): Promise<HeldCommits> {
  const [holder, observer] = [
    new pg.Client({ connectionString: ownerUrl }),
    new pg.Client({ connectionString: ownerUrl }),
  ];
  await holder.connect();
  await observer.connect(); // a transaction would see the same activity whenever it looks
  await holder.query("BEGIN");
  await holder.query("SELECT FROM journal_head FOR UPDATE");
  return {
    async waiting() {
      for (const deadline = Date.now() + patienceMs; ; await sleep(5)) {
        const { rows } = await observer.query(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
             AND query LIKE 'INSERT INTO idempotent_result%'`,
        );
        if (rows.length > 0) return;
        if (Date.now() > deadline) throw new Error("no transaction came to its last statement");
      }
    },
    release: async () => void (await holder.query("COMMIT")),
    async [Symbol.asyncDispose]() {
      await holder.end();
      await observer.end();
    },
  };
}
