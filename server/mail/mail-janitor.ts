import type { Database } from "../db/database.ts";
import { eachTenant } from "../jobs/each-tenant.ts";
import type { Sweep } from "../jobs/sweep.port.ts";

const dayMs = 86_400_000;

/** Forgets mail that has ended: addresses and names aren't kept longer than the operator wants. */
export class MailJanitor implements Sweep {
  readonly name = "mail-log";
  readonly everyMinutes = 60;
  readonly #database: Database;
  readonly #keptDays: number;

  constructor(database: Database, keptDays: number) {
    this.#database = database;
    this.#keptDays = keptDays;
  }

  async runDue(at: Date): Promise<void> {
    const endedBefore = new Date(at.getTime() - this.#keptDays * dayMs);
    const tenants = await this.#database.global((session) =>
      session.query<{ tenant_id: string }>({
        name: "tenants-with-old-mail",
        text: "SELECT tenants_with_old_mail AS tenant_id FROM tenants_with_old_mail($1)",
        values: [endedBefore],
      }),
    );
    const tenantIds = tenants.map(({ tenant_id }) => tenant_id);
    await eachTenant(tenantIds, (tenantId) =>
      this.#database.transaction(tenantId, async (session) => {
        await session.query({
          name: "forget-mail",
          text: `DELETE FROM mail WHERE tenant_id = $1 AND state NOT IN ('QUEUED', 'SENDING') AND updated_at < $2`,
          values: [tenantId, endedBefore],
        });
      }),
    );
  }
}
