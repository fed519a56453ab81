import type { Database } from "../db/database.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { record, setStatus, type WaitingList, waitingColumns, type WaitingRow } from "./waiting-list.ts";

/** Offers of one transaction. */
const batch = 100;

/** Ends offers that nobody took, and passes them on. */
export class WaitingListSweep implements Sweep {
  readonly name = "waiting-list";
  readonly everyMinutes = 1;
  readonly #database: Database;
  readonly #journal: JournalService;
  readonly #waiting: WaitingList;

  constructor(database: Database, journal: JournalService, waiting: WaitingList) {
    this.#database = database;
    this.#journal = journal;
    this.#waiting = waiting;
  }

  async runDue(at: Date): Promise<void> {
    const tenants = await this.#database.global((session) =>
      session.query<{ tenant_id: string }>({
        text: "SELECT session_tenants_due AS tenant_id FROM session_tenants_due($1)",
        values: [at],
      }),
    );
    for (const { tenant_id: tenantId } of tenants) {
      const scope = { tenantId, actor: { type: "SYSTEM" }, requestId: this.name } as const;
      let ended: number;
      do {
        ended = (await this.#journal.transaction(scope, (tx) => this.#end(tx, at))).result;
      } while (ended === batch);
    }
  }

  async #end(tx: Transaction, at: Date): Promise<number> {
    const rows = await tx.query<WaitingRow & Record<string, unknown>>({
      text: `SELECT ${waitingColumns} FROM waiting_list_entry
        WHERE tenant_id = nexora_tenant() AND status = 'OFFERED' AND offered_until <= $1
        ORDER BY offered_until LIMIT ${batch} FOR UPDATE SKIP LOCKED`,
      values: [at],
    });
    for (const row of rows) {
      await setStatus(tx, row, "EXPIRED", null);
      record(tx, row, "waiting_list.expired", {});
      await this.#waiting.pass(tx, row, at);
    }
    return rows.length;
  }
}
