import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { Log } from "../log.ts";
import { endImport, findImport } from "./lead-import-store.ts";

const everyMs = 10_000;
/** Longer than any statement may run, so that a process that only waits for the database isn't taken for dead. */
const silenceMs = 30_000;

export interface JanitorOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly log: Log;
}

/** Ends imports that nobody works on: their process was killed, or their file never came. Each process has one. */
export class LeadImportJanitor {
  readonly #options: JanitorOptions;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> | undefined;

  constructor(options: JanitorOptions) {
    this.#options = options;
  }

  start(): void {
    const sweep = () => void this.#sweepOnce();
    sweep();
    this.#timer = setInterval(sweep, everyMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  /** Ends what was lost by this time. Two processes that find the same import end it once. */
  async sweep(now: Date = new Date()): Promise<void> {
    const { database } = this.#options;
    const silentSince = new Date(now.getTime() - silenceMs);
    const lost = await database.global((session) =>
      session.query<{ tenant_id: string; id: string }>({
        name: "lead-imports-lost",
        text: "SELECT tenant_id, id FROM lead_imports_lost($1, $2)",
        values: [silentSince, now],
      }),
    );
    for (const { tenant_id: tenantId, id } of lost) await this.#end(tenantId, id, silentSince);
  }

  async #end(tenantId: string, id: string, silentSince: Date): Promise<void> {
    const scope = { tenantId, actor: { type: "SYSTEM" }, requestId: "lead-import-janitor" } as const;
    await this.#options.journal.transaction(scope, async (transaction) => {
      const rows = await transaction.query({
        name: "lead-import-still-lost",
        text: `SELECT id FROM lead_import WHERE tenant_id = $1 AND id = $2 AND finished_at IS NULL
                 AND (status = 'AWAITING_UPLOAD' OR heartbeat_at < $3) FOR UPDATE`,
        values: [tenantId, id, silentSince],
      });
      if (rows.length === 0) return;
      const row = await findImport(transaction, id);
      const failure = row?.status === "RUNNING" ? "SERVER_STOPPED" : "UPLOAD_EXPIRED";
      await endImport(transaction, id, { status: "FAILED", failure }, null);
    });
  }

  #sweepOnce(): Promise<void> {
    return (this.#sweeping ??= this.sweep()
      .catch((error: unknown) => this.#options.log.warn({ err: error }, "lost imports couldn't be ended"))
      .finally(() => (this.#sweeping = undefined)));
  }
}
