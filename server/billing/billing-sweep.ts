import type { Database } from "../db/database.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import type { BillingParts } from "./billing-parts.ts";
import { lockClient } from "./client-lock.ts";
import { expirePayment } from "./expire-payment.ts";
import { findDueSubscriptions, findSubscriptions } from "./subscription-row.ts";
import { turnSubscription } from "./turn-subscription.ts";

export interface BillingSweepOptions extends BillingParts {
  readonly database: Database;
  readonly journal: JournalService;
}

const batch = 100;
const actor = { type: "SYSTEM" } as const;

/** Turns months and periods, and lets payments expire that nobody has paid. One transaction for each client. */
export class BillingSweep implements Sweep {
  readonly name = "billing";
  readonly everyMinutes = 1;
  readonly #options: BillingSweepOptions;

  constructor(options: BillingSweepOptions) {
    this.#options = options;
  }

  async runDue(at: Date): Promise<void> {
    const tenants = await this.#options.database.global((session) =>
      session.query<{ tenant_id: string }>({
        name: "billing-tenants-due",
        text: "SELECT billing_tenants_due AS tenant_id FROM billing_tenants_due($1)",
        values: [at],
      }),
    );
    for (const { tenant_id: tenantId } of tenants) {
      await this.#all(tenantId, at, (session) => findDueSubscriptions(session, at, batch), turn);
      await this.#all(tenantId, at, (session) => findDuePayments(session, at), expirePayment);
    }
  }

  /** Until nothing is due any more. What a process is at work on waits for it, and finds it done. */
  async #all(
    tenantId: string,
    at: Date,
    find: (tx: Transaction) => Promise<{ id: string; client_id: string }[]>,
    run: (tx: Transaction, parts: BillingParts, id: string, at: Date) => Promise<void>,
  ): Promise<void> {
    const { journal } = this.#options;
    const scope = { tenantId, actor, requestId: this.name } as const;
    const done = new Set<string>();
    for (;;) {
      const { result } = await journal.transaction(scope, find);
      const due = result.filter(({ id }) => !done.has(id));
      if (due.length === 0) return;
      for (const { id, client_id: clientId } of due) {
        done.add(id); // once: what can't be moved on isn't tried for ever
        await journal.transaction(scope, async (tx) => {
          await lockClient(tx, clientId);
          await run(tx, this.#options, id, at);
        });
      }
    }
  }
}

async function turn(tx: Transaction, parts: BillingParts, id: string, at: Date): Promise<void> {
  const [subscription] = await findSubscriptions(tx, [id]);
  if (subscription?.due_at == null || subscription.due_at > at) return;
  await turnSubscription(tx, parts, subscription, { at, actor });
}

function findDuePayments(tx: Transaction, at: Date): Promise<{ id: string; client_id: string }[]> {
  return tx.query<{ id: string; client_id: string }>({
    name: "billing-due-payments",
    text: `SELECT id, client_id FROM payment
           WHERE tenant_id = $1 AND state IN ('CREATED', 'PENDING') AND received_minor = 0 AND expires_at <= $2
             AND transfer_state IS DISTINCT FROM 'MISMATCH'
           ORDER BY expires_at LIMIT $3`,
    values: [tx.tenantId, at, batch],
  });
}
