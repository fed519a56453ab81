import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import { batchesOrEach } from "../jobs/batches-or-each.ts";
import { eachTenant } from "../jobs/each-tenant.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { tenantsDue } from "./credit-tenants.ts";
import { expire, expireHolds } from "./ledger.ts";

/** Lots or holds of one transaction. */
const most = 500;

/** Books what has ended: holds first, whose credits may go back into lots that have ended too. When it runs changes no right. */
export class CreditExpirySweep implements Sweep {
  readonly name = "credit-expiry";
  readonly everyMinutes = 1;
  readonly #database: Database;
  readonly #journal: JournalService;

  constructor(database: Database, journal: JournalService) {
    this.#database = database;
    this.#journal = journal;
  }

  async runDue(at: Date): Promise<void> {
    const tenantIds = await tenantsDue(this.#database, at, at);
    await eachTenant(tenantIds, async (tenantId, attempt) => {
      const scope = { tenantId, actor: { type: "SYSTEM" }, requestId: this.name } as const;
      for (const { book, find, kind } of kinds) {
        const run = async (clientId: string | null) =>
          (await this.#journal.transaction(scope, (tx) => book(tx, { at, most, clientId }))).result.length;
        await batchesOrEach({
          batch: () => run(null), // what somebody works on is left for the next run
          find: (clients) => this.#database.read(tenantId, (session) => find(session, at, clients)),
          each: ({ id }) => attempt(`${kind} of client ${id}`, () => run(id)),
        });
      }
    });
  }
}

const kinds = [
  { kind: "holds", book: expireHolds, find: clientsWithEndedHolds },
  { kind: "credits", book: expire, find: clientsWithExpiredLots },
] as const;

function clientsWithEndedHolds(session: Session, at: Date, clients: number): Promise<{ id: string }[]> {
  return session.query<{ id: string }>({
    name: "credit-ended-holds",
    text: `SELECT DISTINCT account_id AS id FROM credit_hold WHERE tenant_id = $1 AND state = 'HELD' AND ends_at <= $2
           ORDER BY account_id LIMIT $3`,
    values: [session.tenantId, at, clients],
  });
}

function clientsWithExpiredLots(session: Session, at: Date, clients: number): Promise<{ id: string }[]> {
  return session.query<{ id: string }>({
    name: "credit-expired-lots",
    text: `SELECT DISTINCT account_id AS id FROM credit_lot WHERE tenant_id = $1 AND is_open AND expires_at <= $2
           ORDER BY account_id LIMIT $3`,
    values: [session.tenantId, at, clients],
  });
}
