import { createHmac } from "node:crypto";
import type { Database } from "../db/database.ts";
import { AppError } from "../operations/app-error.ts";
import { deriveKey } from "../operations/derive-key.ts";
import { networkOf } from "../operations/network-address.ts";

export interface ThrottleLimits {
  /** Attempts that cost no wait. */
  readonly free: number;
  /** The wait after that; it doubles with each further failure. */
  readonly firstWaitMs: number;
}

const accountLimits: ThrottleLimits = { free: 5, firstWaitMs: 1_000 };
/** Higher: a whole office can stand behind one address. */
const addressLimits: ThrottleLimits = { free: 30, firstWaitMs: 1_000 };
/** A sign-up costs a password's hash and a tenant; nobody makes a hundred in an hour by hand. */
const signUpLimits: ThrottleLimits = { free: 100, firstWaitMs: 1_000 };
const longestWaitMs = 15 * 60_000;
/** Failures are forgotten when none has followed for this long. */
const windowMs = 60 * 60_000;
const cleaningIntervalMs = 60_000;

// Of a row whose free attempts are used up: when the next one may begin. ends_at is the last attempt's time and the window.
const nextAttemptAt = `t.ends_at + (least($6::float8, $5::float8 * power(2, least(t.failures - $4::int, 30))) - $3::float8)
  * interval '1 ms'`;

// Counts the attempt before the password is looked at, in one statement: a hundred attempts at once count as a hundred.
const take = `INSERT INTO throttle AS t (key, failures, ends_at)
  VALUES ($1, 1, $2::timestamptz + $3::float8 * interval '1 ms')
  ON CONFLICT (key) DO UPDATE
    SET failures = CASE WHEN t.ends_at <= $2 THEN 1 ELSE t.failures + 1 END, ends_at = greatest(t.ends_at, excluded.ends_at)
    WHERE t.ends_at <= $2 OR t.failures < $4::int OR ${nextAttemptAt} <= $2
  RETURNING 1`;

const wait = `SELECT extract(epoch FROM ${nextAttemptAt} - $2::timestamptz) * 1000 AS wait_ms FROM throttle t WHERE t.key = $1`;

/** Makes guessing passwords slow: per account over all tenants, and per address. Shared by all processes. */
export class SignInThrottle {
  readonly #database: Database;
  readonly #key: Buffer;
  #cleanedAt = 0;

  constructor(database: Database, secret: string) {
    this.#database = database;
    this.#key = deriveKey(secret, "throttle");
  }

  /** Counts an attempt as failed until `succeeded` says otherwise. Throws RATE_LIMITED when it comes too early. */
  async attempt(email: string, address: string | null, now: Date): Promise<void> {
    if (address !== null) await this.#take(this.#addressKey(address), addressLimits, now);
    await this.#take(this.#accountKey(email), accountLimits, now);
    await this.#clean(now);
  }

  /** Counts a sign-up from this address. Throws RATE_LIMITED when there were too many. */
  async signUp(address: string | null, now: Date): Promise<void> {
    if (address !== null) await this.#take(this.#hashOf(`sign-up:${networkOf(address)}`), signUpLimits, now, "SIGN_UP");
    await this.#clean(now);
  }

  /** Forgets the account's failures, and this attempt of the address: one good sign-in doesn't excuse its other guesses. */
  async succeeded(email: string, address: string | null): Promise<void> {
    await this.#database.global(async (session) => {
      await session.query({ text: "DELETE FROM throttle WHERE key = $1", values: [this.#accountKey(email)] });
      if (address === null) return;
      await session.query({
        text: "UPDATE throttle SET failures = failures - 1 WHERE key = $1 AND failures > 0",
        values: [this.#addressKey(address)],
      });
    });
  }

  async #take(
    key: string,
    { free, firstWaitMs }: ThrottleLimits,
    now: Date,
    reason: "SIGN_IN" | "SIGN_UP" = "SIGN_IN",
  ): Promise<void> {
    const values = [key, now, windowMs, free, firstWaitMs, longestWaitMs];
    const waitMs = await this.#database.global(async (session) => {
      const taken = await session.query({ name: "throttle-take", text: take, values });
      if (taken.length > 0) return null;
      const [row] = await session.query<{ wait_ms: string }>({ name: "throttle-wait", text: wait, values });
      return Math.max(1, Math.ceil(Number(row?.wait_ms ?? 0)));
    });
    if (waitMs === null) return;
    const what = reason === "SIGN_IN" ? "failed sign-ins" : "sign-ups from this address";
    throw new AppError("RATE_LIMITED", `Too many ${what}. Wait before the next one.`, {
      reason,
      details: { retryAfterMs: waitMs },
    });
  }

  async #clean(now: Date): Promise<void> {
    if (now.getTime() - this.#cleanedAt < cleaningIntervalMs) return;
    this.#cleanedAt = now.getTime();
    await this.#database.global((session) =>
      session.query({ text: "DELETE FROM throttle WHERE ends_at <= $1", values: [now] }),
    );
  }

  #accountKey(email: string): string {
    return this.#hashOf(`account:${email}`);
  }

  #addressKey(address: string): string {
    return this.#hashOf(`address:${networkOf(address)}`);
  }

  /** Keyed, so that the table doesn't tell who tried to sign in. */
  #hashOf(text: string): string {
    return createHmac("sha256", this.#key).update(text).digest("base64url");
  }
}
