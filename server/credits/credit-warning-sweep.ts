import type { Database } from "../db/database.ts";
import { batchesOrEach } from "../jobs/batches-or-each.ts";
import { eachTenant } from "../jobs/each-tenant.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { toId } from "../operations/ids.ts";
import type { PeopleService } from "../people/people.service.ts";
import type { CreditMails } from "./credit-mail.port.ts";
import { tenantsDue } from "./credit-tenants.ts";
import { clientsToWarn, firstWarningDays, recordWarnings, type Warning } from "./credit-warnings.ts";
import type { DueInput } from "./ledger.ts";

export interface CreditWarningOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly people: PeopleService;
  readonly mails: CreditMails;
}

/** Lots of one transaction. */
const most = 500;
const dayMs = 86_400_000;
const noHolds = new Date(0);

/** Tells clients of credits that expire in 30, 7 and 1 days: an entry of the journal and a mail for each, once. */
export class CreditWarningSweep implements Sweep {
  readonly name = "credits-expiring";
  readonly everyMinutes = 10;
  readonly #options: CreditWarningOptions;

  constructor(options: CreditWarningOptions) {
    this.#options = options;
  }

  async runDue(at: Date): Promise<void> {
    const { database, journal } = this.#options;
    const horizon = new Date(at.getTime() + firstWarningDays * dayMs);
    await eachTenant(await tenantsDue(database, horizon, noHolds), async (tenantId, attempt) => {
      const scope = { tenantId, actor: { type: "SYSTEM" }, requestId: this.name } as const;
      const warn = async (clientId: string | null) =>
        (await journal.transaction(scope, (tx) => this.#warn(tx, { at, most, clientId }))).result;
      await batchesOrEach({
        batch: () => warn(null),
        find: (clients) => database.read(tenantId, (session) => clientsToWarn(session, at, clients)),
        each: ({ id }) => attempt(`client ${id}`, () => warn(id)),
      });
    });
  }

  async #warn(tx: Transaction, due: DueInput): Promise<number> {
    const { people, mails } = this.#options;
    const warnings = await recordWarnings(tx, due);
    if (warnings.length === 0) return 0;
    const clients = await people.clients(
      tx,
      warnings.map(({ account_id }) => account_id),
    );
    const byId = new Map(clients.map((client) => [client.id, client]));
    for (const warning of warnings) {
      record(tx, warning);
      const client = byId.get(warning.account_id);
      if (client === undefined) throw new Error("credits without their client");
      const { name, email: to, locale, time_zone: timeZone } = client;
      const { days: daysLeft, credits, expires_at, lot_ids } = warning;
      await mails.queue(tx, {
        kind: "CREDITS_EXPIRING",
        cause: `credits-expiring:${lot_ids[0]}:${daysLeft}`,
        to,
        toName: name,
        locale,
        timeZone,
        data: { name, credits: Number(credits), expiresAt: expires_at.toISOString(), daysLeft },
      });
    }
    return warnings.length;
  }
}

function record(tx: Transaction, { account_id, days, credits, expires_at, lot_ids }: Warning): void {
  tx.record({
    type: "credits.expiring",
    subjectType: "CreditAccount",
    subjectId: account_id,
    data: {
      days,
      amount: Number(credits),
      expiresAt: expires_at,
      lotIds: lot_ids.map((id) => toId("CreditLot", id)),
    },
  });
}
