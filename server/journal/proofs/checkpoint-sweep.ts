import type { Database } from "../../db/database.ts";
import { eachTenant } from "../../jobs/each-tenant.ts";
import type { Sweep } from "../../jobs/sweep.port.ts";
import type { Log } from "../../log.ts";
import type { CheckpointMaker } from "./checkpoint-maker.ts";

/** Signs each journal that has grown since its last checkpoint. */
export class CheckpointSweep implements Sweep {
  readonly name = "checkpoints";
  readonly everyMinutes = 10;
  readonly #database: Database;
  readonly #maker: CheckpointMaker;
  readonly #log: Log;

  constructor(database: Database, maker: CheckpointMaker, log: Log) {
    this.#database = database;
    this.#maker = maker;
    this.#log = log;
  }

  async runDue(at: Date): Promise<void> {
    const tenants = await this.#database.global((session) =>
      session.query<{ tenant_id: string }>({
        name: "tenants-without-checkpoint",
        text: "SELECT tenant_id FROM tenants_without_checkpoint()",
      }),
    );
    await eachTenant(
      tenants.map(({ tenant_id }) => tenant_id),
      (tenantId) => this.#sign(tenantId, at),
    );
  }

  async #sign(tenantId: string, at: Date): Promise<void> {
    const made = await this.#maker.make(tenantId, { at });
    if (made.kind !== "DAMAGED") return;
    this.#log.error({ tenantId, reason: made.reason }, "a journal isn't what it was: no checkpoint is signed");
  }
}
