import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { Log } from "../log.ts";

export interface WebhookJanitorOptions {
  readonly database: Database;
  readonly log: Log;
  /** How long the log keeps what is done. */
  readonly keepMs: number;
}

const everyMs = 3_600_000;
const atOnce = 1_000;

/** Forgets deliveries that ended long ago, and secrets whose time is over. Each process has one. */
export class WebhookJanitor {
  readonly #options: WebhookJanitorOptions;
  #timer: NodeJS.Timeout | undefined;
  #sweeping: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: WebhookJanitorOptions) {
    this.#options = options;
  }

  start(): void {
    this.#sweepOnce();
    this.#timer = setInterval(() => this.#sweepOnce(), everyMs);
    this.#timer.unref();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#sweeping;
  }

  async sweep(now: Date = new Date()): Promise<void> {
    const { database, keepMs } = this.#options;
    const before = new Date(now.getTime() - keepMs);
    const endpoints = await database.global((session) =>
      session.query<{ tenant_id: string; id: string }>({
        name: "webhooks-to-clean",
        text: "SELECT tenant_id, id FROM webhooks_to_clean($1)",
        values: [before],
      }),
    );
    for (const { tenant_id: tenantId, id } of endpoints) {
      let isMore = true;
      while (isMore && !this.#isStopped)
        isMore = await database.read(tenantId, (session) => forget(session, id, before));
    }
  }

  #sweepOnce(): void {
    this.#sweeping ??= this.sweep()
      .catch((error: unknown) => this.#options.log.warn({ err: error }, "old deliveries couldn't be forgotten"))
      .finally(() => (this.#sweeping = undefined));
  }
}

/** Little at a time: others want the rows, too. True: there is more. */
async function forget(session: Session, endpointId: string, before: Date): Promise<boolean> {
  const { tenantId } = session;
  await session.query({
    name: "webhook-forget-secret",
    text: `UPDATE webhook_endpoint SET previous_secret = NULL, previous_secret_expires_at = NULL
           WHERE tenant_id = $1 AND id = $2 AND previous_secret_expires_at <= now()`,
    values: [tenantId, endpointId],
  });
  const rows = await session.query({
    name: "webhook-forget-deliveries",
    text: `DELETE FROM webhook_delivery d USING (
             SELECT o.id FROM webhook_delivery o
             WHERE o.tenant_id = $1 AND o.endpoint_id = $2 AND o.finished_at < $3 ORDER BY o.finished_at LIMIT ${atOnce}
           ) AS old WHERE d.tenant_id = $1 AND d.id = old.id RETURNING d.id`,
    values: [tenantId, endpointId, before],
  });
  return rows.length === atOnce;
}
