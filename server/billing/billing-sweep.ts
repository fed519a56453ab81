import type { Database } from "../db/database.ts";
import { eachDue } from "../jobs/each-due.ts";
import { type Attempt, eachTenant } from "../jobs/each-tenant.ts";
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

const actor = { type: "SYSTEM" } as const;

interface DueRow {
  readonly id: string;
  readonly client_id: string;
}

interface DueKind {
  readonly tenantId: string;
  readonly at: Date;
  readonly attempt: Attempt;
  readonly kind: string;
  readonly find: (tx: Transaction, at: Date, most: number) => Promise<DueRow[]>;
  readonly run: (tx: Transaction, parts: BillingParts, id: string, at: Date) => Promise<void>;
}

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
    const tenantIds = tenants.map(({ tenant_id }) => tenant_id);
    await eachTenant(tenantIds, async (tenantId, attempt) => {
      const all = { tenantId, at, attempt };
      await this.#all({ ...all, kind: "subscription", find: findDueSubscriptions, run: turn });
      await this.#all({ ...all, kind: "payment", find: findDuePayments, run: expirePayment });
    });
  }

  /** What a process is at work on waits for it, and finds it done. */
  async #all({ tenantId, at, attempt, kind, find, run }: DueKind): Promise<void> {
    const { journal } = this.#options;
    const scope = { tenantId, actor, requestId: this.name } as const;
    await eachDue(
      async (most) => (await journal.transaction(scope, (tx) => find(tx, at, most))).result,
      ({ id, client_id: clientId }) =>
        attempt(`${kind} ${id}`, () =>
          journal.transaction(scope, async (tx) => {
            await lockClient(tx, clientId);
            await run(tx, this.#options, id, at);
          }),
        ),
    );
  }
}

async function turn(tx: Transaction, parts: BillingParts, id: string, at: Date): Promise<void> {
  const [subscription] = await findSubscriptions(tx, [id]);
  if (subscription?.due_at == null || subscription.due_at > at) return;
  await turnSubscription(tx, parts, subscription, { at, actor });
}

function findDuePayments(tx: Transaction, at: Date, most: number): Promise<DueRow[]> {
  return tx.query<DueRow & Record<string, unknown>>({
    name: "billing-due-payments",
    text: `SELECT id, client_id FROM payment
           WHERE tenant_id = $1 AND state IN ('CREATED', 'PENDING') AND received_minor = 0 AND expires_at <= $2
             AND transfer_state IS DISTINCT FROM 'MISMATCH'
           ORDER BY expires_at LIMIT $3`,
    values: [tx.tenantId, at, most],
  });
}
