import type { Database } from "../db/database.ts";
import type { Log } from "../log.ts";
import { hashOfId } from "../operations/document-id.ts";

export interface FreeText {
  readonly tenantId: string;
  readonly keyId: string;
  readonly documentId: string;
  readonly text: string;
}

interface Counted extends FreeText {
  uses: number;
  readonly firstUsedAt: Date;
  lastUsedAt: Date;
}

const flushMs = 5_000;
/** Between two flushes; what comes beyond isn't counted. Whoever holds a publishable key chooses the texts. */
const maxWaiting = 1_000;
const maxPerKey = 1_000;
const maxCharacters = 10_000;

/**
 * Counts which free texts keys send, in memory first: a row for each request would cost more than the request. It is no
 * change of the tenant's, so the journal doesn't tell of it.
 */
export class FreeTextLog {
  readonly #database: Database;
  readonly #log: Log;
  readonly #clock: () => Date;
  readonly #timer: NodeJS.Timeout;
  #waiting = new Map<string, Counted>();

  constructor(database: Database, log: Log, clock: () => Date = () => new Date()) {
    this.#database = database;
    this.#log = log;
    this.#clock = clock;
    this.#timer = setInterval(() => void this.flush(), flushMs);
    this.#timer.unref();
  }

  count(freeText: FreeText): void {
    const now = this.#clock();
    const key = `${freeText.tenantId}/${freeText.keyId}/${freeText.documentId}`;
    const counted = this.#waiting.get(key);
    if (counted !== undefined) {
      counted.uses += 1;
      counted.lastUsedAt = now;
    } else if (this.#waiting.size < maxWaiting) {
      this.#waiting.set(key, { ...freeText, uses: 1, firstUsedAt: now, lastUsedAt: now });
    }
  }

  /** Writes down what was counted so far. */
  async flush(): Promise<void> {
    const counted = [...this.#waiting.values()];
    this.#waiting = new Map();
    for (const each of counted) {
      try {
        await this.#write(each);
      } catch (error) {
        this.#log.warn({ err: error }, "the use of a free text couldn't be counted");
      }
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  async #write({ tenantId, keyId, documentId, text, uses, firstUsedAt, lastUsedAt }: Counted): Promise<void> {
    await this.#database.read(tenantId, (session) =>
      session.query({
        text: `INSERT INTO free_text_document AS known (tenant_id, key_id, hash, text, uses, first_used_at, last_used_at)
          SELECT $1, $2, $3, $4, $5, $6, $7
          WHERE (SELECT count(*) FROM free_text_document WHERE tenant_id = $1 AND key_id = $2 AND hash <> $3) < $8
          ON CONFLICT (tenant_id, key_id, hash) DO UPDATE
          SET uses = least(known.uses::bigint + excluded.uses, 2147483647), last_used_at = excluded.last_used_at`,
        values: [
          ...[tenantId, keyId, hashOfId(documentId), text.slice(0, maxCharacters).toWellFormed()],
          ...[uses, firstUsedAt, lastUsedAt, maxPerKey],
        ],
      }),
    );
  }
}
