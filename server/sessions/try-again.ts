import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { BookingRefusal } from "./booking-refusal.ts";

const attempts = 4;
/** PostgreSQL gave the transaction up so that others can go on: deadlock_detected, serialization_failure. */
const passing = ["40P01", "40001"];

/** Runs a transaction again, up to three times, when it was in the way of others. */
export async function tryAgain<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt === attempts || !(error instanceof pg.DatabaseError) || !passing.includes(error.code ?? ""))
        throw error;
      await sleep(Math.random() * 20 * 2 ** attempt);
    }
  }
}

/** Who met somebody else's change looks again: his own may still be possible, or be done already. */
export async function untilSettled<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await tryAgain(run);
    } catch (error) {
      if (attempt === attempts || !(error instanceof BookingRefusal) || error.code !== "CHANGED") throw error;
    }
  }
}
