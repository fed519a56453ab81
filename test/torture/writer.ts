import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Random } from "./random.ts";

export interface TortureWriterOptions {
  readonly urls: readonly string[];
  readonly credential: string;
  /** The server's own login. */
  readonly appUrl: string;
  /** Its uuid. */
  readonly tenantId: string;
  readonly random: Random;
}

/**
 * Changes the tenant's rows again and again: through the servers, which may die at any moment; and past them, like a server
 * that is killed before its COMMIT (rolled back), or between COMMIT and hint.
 */
export class TortureWriter {
  readonly #options: TortureWriterOptions;
  readonly #client: pg.Client;
  readonly #running: Promise<void>;
  captured = 0;
  withoutHint = 0;
  rolledBack = 0;
  #isStopped = false;

  constructor(options: TortureWriterOptions) {
    this.#options = options;
    this.#client = new pg.Client({ connectionString: options.appUrl });
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    const { random, tenantId } = this.#options;
    await this.#client.connect();
    await this.#client.query("SELECT set_config('nexora.tenant_id', $1, false)", [tenantId]);
    while (!this.#isStopped) {
      const dice = random.next();
      if (dice < 0.6) await this.#capture();
      else await this.#append(dice < 0.8);
      await sleep(random.between(0, 40));
    }
    await this.#client.end();
  }

  async #capture(): Promise<void> {
    const { random, urls, credential } = this.#options;
    try {
      const response = await fetch(`${random.pick(urls)}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${credential}` },
        body: JSON.stringify({
          query: `mutation ($email: String!) { captureLead(input: { email: $email }) { accepted } }`,
          variables: { email: `${randomUUID()}@example.com` },
        }),
      });
      const answer = (await response.json()) as { data?: { captureLead?: { accepted: boolean } } | null };
      if (answer.data?.captureLead?.accepted === true) this.captured += 1;
    } catch {
      // Nobody knows whether it was committed: the journal does.
    }
  }

  /** Some entries, and either COMMIT or ROLLBACK after the database has numbered them. */
  async #append(commits: boolean): Promise<void> {
    const { random } = this.#options;
    const entries = Array.from({ length: 1 + Math.floor(random.next() * 3) }, () => ({
      type: random.next() < 0.5 ? "torture.even" : "torture.odd",
      subjectType: "Lead",
      subjectId: randomUUID(),
      actor: { type: "SYSTEM" },
      requestId: "torture",
      data: { text: "x".repeat(Math.floor(random.next() * 500)) },
    }));
    await this.#client.query("BEGIN");
    await this.#client.query("SELECT journal_append($1)", [JSON.stringify(entries)]);
    if (random.next() < 0.3) await sleep(random.between(0, 10));
    await this.#client.query(commits ? "COMMIT" : "ROLLBACK");
    if (commits) this.withoutHint += entries.length;
    else this.rolledBack += entries.length;
  }
}
