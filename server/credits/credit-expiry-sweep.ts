import type { Database } from "../db/database.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { tenantsDue } from "./credit-tenants.ts";
import { expire, expireHolds } from "./ledger.ts";

/** Lots or holds of one transaction. */
const batch = 500;

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
    for (const tenantId of await tenantsDue(this.#database, at, at)) {
      const scope = { tenantId, actor: { type: "SYSTEM" }, requestId: this.name } as const;
      for (const book of [expireHolds, expire]) {
        let booked: number;
        do {
          const { result } = await this.#journal.transaction(scope, (tx) => book(tx, at, batch));
          booked = result.length;
        } while (booked > 0); // what somebody works on is left for the next run
      }
    }
  }
}
