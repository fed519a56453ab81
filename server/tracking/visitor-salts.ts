import { createHmac, randomBytes } from "node:crypto";
import type { Database } from "../db/database.ts";
import type { DailyVisitor } from "./read-event.ts";

/**
 * Ids for visitors whose browsers keep none: the same all day, on one site, and another one tomorrow. They are made with a salt of
 * the tenant's day, which is destroyed the day after; from then on nobody can tell whose an id was.
 */
export class VisitorSalts {
  readonly #database: Database;
  #day = "";
  #salts = new Map<string, Promise<Buffer>>();

  constructor(database: Database) {
    this.#database = database;
  }

  async dailyId(tenantId: string, { site, network, userAgent }: DailyVisitor, at: Date): Promise<string> {
    const salt = await this.#saltOf(tenantId, at.toISOString().slice(0, 10));
    const digest = createHmac("sha256", salt)
      .update(JSON.stringify([site, network, userAgent]))
      .digest();
    return `d_${digest.subarray(0, 16).toString("base64url")}`;
  }

  /** Destroys those of days before the instant's. */
  async destroyOld(at: Date): Promise<void> {
    const day = at.toISOString().slice(0, 10);
    if (this.#day < day) this.#forget(day);
    await this.#database.global((session) =>
      session.query({ name: "destroy-visitor-salts", text: "SELECT visitor_salts_destroy($1)", values: [day] }),
    );
  }

  #saltOf(tenantId: string, day: string): Promise<Buffer> {
    if (this.#day !== day) this.#forget(day);
    let salt = this.#salts.get(tenantId);
    if (salt === undefined) {
      salt = this.#read(tenantId, day);
      this.#salts.set(tenantId, salt);
      salt.catch(() => this.#salts.delete(tenantId));
    }
    return salt;
  }

  #forget(day: string): void {
    this.#day = day;
    this.#salts = new Map();
  }

  async #read(tenantId: string, day: string): Promise<Buffer> {
    const [row] = await this.#database.read(tenantId, async (session) => {
      await session.query({
        name: "make-visitor-salt",
        text: "INSERT INTO visitor_salt (tenant_id, day, salt) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        values: [tenantId, day, randomBytes(32)],
      });
      return session.query<{ salt: Buffer }>({
        name: "read-visitor-salt",
        text: "SELECT salt FROM visitor_salt WHERE tenant_id = $1 AND day = $2",
        values: [tenantId, day],
      });
    });
    if (row === undefined) throw new Error("a salt was destroyed as it was made");
    return row.salt;
  }
}
