import type { Database } from "../../db/database.ts";
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
    for (const { tenant_id: tenantId } of tenants) await this.#sign(tenantId, at);
  }

  /** One tenant's trouble is no other's. */
  async #sign(tenantId: string, at: Date): Promise<void> {
    try {
      const made = await this.#maker.make(tenantId, { at });
      if (made.kind !== "DAMAGED") return;
      this.#log.error({ tenantId, reason: made.reason }, "a journal isn't what it was: no checkpoint is signed");
    } catch (error) {
      this.#log.error({ err: error, tenantId }, "a checkpoint couldn't be made");
    }
  }
}
