import { randomUUID } from "node:crypto";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import { deriveKey } from "../operations/derive-key.ts";

export interface SigningKey {
  readonly id: string;
  readonly key: Buffer;
  readonly createdAt: Date;
  readonly retiredAt: Date | null;
}

export interface SigningKeysOptions {
  readonly database: Database;
  readonly secret: string;
  readonly clock: () => Date;
  /** How long the longest token lives that a key signs. */
  readonly tokenLifetimeMs: number;
}

interface Row {
  id: string;
  created_at: Date;
  retired_at: Date | null;
}

const reloadAfterMs = 60_000;
/** An unknown key id may be one that another process made a moment ago; strangers can't make us ask more often. */
const reloadForUnknownAfterMs = 1_000;
const rotateAfterMs = 30 * 24 * 3_600_000;

/**
 * The keys of access tokens. The database knows their ids only; the keys are derived from the installation's secret. A
 * new key signs from its creation on; the one before verifies until the last token signed by it has expired. All
 * processes agree because all read the same table.
 */
export class SigningKeys {
  readonly #options: SigningKeysOptions;
  #keys: readonly SigningKey[] = [];
  #loadedAt = -Infinity;
  #loading: Promise<void> | undefined;

  constructor(options: SigningKeysOptions) {
    this.#options = options;
  }

  /** The key to sign with. Makes one when there is none, or when the newest has served for a month. */
  async current(): Promise<SigningKey> {
    await this.#reloadAfter(reloadAfterMs);
    const found = this.#newest();
    if (found !== undefined && this.#now() - found.createdAt.getTime() < rotateAfterMs) return found;
    await this.#rotate(rotateAfterMs);
    const made = this.#newest();
    if (made === undefined) throw new Error("no signing key could be made");
    return made;
  }

  /** The key with this id while it may verify, else null. */
  async find(id: string): Promise<SigningKey | null> {
    await this.#reloadAfter(reloadAfterMs);
    if (!this.#keys.some((key) => key.id === id)) await this.#reloadAfter(reloadForUnknownAfterMs);
    const key = this.#keys.find((candidate) => candidate.id === id);
    return key !== undefined && this.#verifiesUntil(key) > this.#now() ? key : null;
  }

  /** Retires the current key and makes the next one. */
  rotate(): Promise<void> {
    return this.#rotate(0);
  }

  #now(): number {
    return this.#options.clock().getTime();
  }

  #newest(): SigningKey | undefined {
    return this.#keys.findLast((key) => key.retiredAt === null);
  }

  /** Other processes learn of a rotation when they reload, and may sign with the old key until then. */
  #verifiesUntil({ retiredAt }: Pick<SigningKey, "retiredAt">): number {
    return retiredAt === null ? Infinity : retiredAt.getTime() + reloadAfterMs + this.#options.tokenLifetimeMs;
  }

  async #reloadAfter(ageMs: number): Promise<void> {
    if (this.#now() - this.#loadedAt < ageMs) return;
    this.#loading ??= this.#options.database
      .global((session) => this.#load(session))
      .finally(() => {
        this.#loading = undefined;
      });
    await this.#loading;
  }

  async #load(session: Session): Promise<void> {
    const rows = await session.query<Row>({
      text: "SELECT id, created_at, retired_at FROM signing_key ORDER BY created_at, id",
    });
    this.#keys = rows.map((row) => ({
      id: row.id,
      key: deriveKey(this.#options.secret, `access-token:${row.id}`),
      createdAt: row.created_at,
      retiredAt: row.retired_at,
    }));
    this.#loadedAt = this.#now();
  }

  async #rotate(whenOlderThanMs: number): Promise<void> {
    const now = this.#options.clock();
    await this.#options.database.transaction("", async (session) => {
      await session.query({ text: "SELECT pg_advisory_xact_lock(hashtext('nexora.signing_key'))" });
      await this.#load(session);
      const newest = this.#newest();
      if (newest !== undefined && now.getTime() - newest.createdAt.getTime() < whenOlderThanMs) return; // another process did
      await session.query({ text: "UPDATE signing_key SET retired_at = $1 WHERE retired_at IS NULL", values: [now] });
      await session.query({
        text: "INSERT INTO signing_key (id, created_at) VALUES ($1, $2)",
        values: [randomUUID(), now],
      });
      const expired = this.#keys.filter((key) => this.#verifiesUntil(key) <= now.getTime()).map((key) => key.id);
      await session.query({ text: "DELETE FROM signing_key WHERE id = ANY ($1)", values: [expired] });
    });
    this.#loadedAt = -Infinity;
    await this.#reloadAfter(0);
  }
}
