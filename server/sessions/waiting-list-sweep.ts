import type { Database } from "../db/database.ts";
import { eachDue } from "../jobs/each-due.ts";
import { eachTenant } from "../jobs/each-tenant.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { tryAgain } from "./try-again.ts";
import { record, setStatus, type WaitingList, waitingColumns, type WaitingRow } from "./waiting-list.ts";

interface Ended extends Record<string, unknown> {
  readonly id: string;
  readonly coach_id: string;
}

/** Ends offers that nobody took, and passes them on: each in a transaction of its own, as it asks for others' time. */
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
    const tenantIds = tenants.map(({ tenant_id }) => tenant_id);
    await eachTenant(tenantIds, async (tenantId, attempt) => {
      const scope = { tenantId, actor: { type: "SYSTEM" }, requestId: this.name } as const;
      await eachDue(
        (most) => this.#database.read(tenantId, (session) => findEnded(session, at, most)),
        (ended) =>
          attempt(`offer ${ended.id}`, () =>
            tryAgain(() => this.#journal.transaction(scope, (tx) => this.#end(tx, ended, at))),
          ),
      );
    });
  }

  /** What another process or its learner is at work on is left. */
  async #end(tx: Transaction, { id, coach_id: coachId }: Ended, at: Date): Promise<void> {
    await this.#waiting.lock(tx, [coachId]);
    const [row] = await tx.query<WaitingRow & Record<string, unknown>>({
      name: "waiting-ended",
      text: `SELECT ${waitingColumns} FROM waiting_list_entry
        WHERE tenant_id = nexora_tenant() AND id = $1 AND status = 'OFFERED' AND offered_until <= $2 FOR UPDATE SKIP LOCKED`,
      values: [id, at],
    });
    if (row === undefined) return;
    await setStatus(tx, row, "EXPIRED", null);
    record(tx, row, "waiting_list.expired", {});
    await this.#waiting.pass(tx, row, at);
  }
}

function findEnded(session: Pick<Transaction, "query">, at: Date, most: number): Promise<Ended[]> {
  return session.query<Ended>({
    name: "waiting-all-ended",
    text: `SELECT id, coach_id FROM waiting_list_entry WHERE tenant_id = nexora_tenant() AND status = 'OFFERED' AND offered_until <= $1
      ORDER BY offered_until, id LIMIT $2`,
    values: [at, most],
  });
}
