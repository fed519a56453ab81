import type { Database } from "../db/database.ts";
import type { Sweep } from "../jobs/sweep.port.ts";
import type { VisitorSalts } from "./visitor-salts.ts";

export interface EventRetentionOptions {
  readonly database: Database;
  readonly salts: VisitorSalts;
  /** How many whole months are kept. */
  readonly months: number;
}

const monthsAhead = 3;

/** Makes room for the months to come, forgets those that are over for long, and whose the ids of yesterday were. */
export class EventRetentionSweep implements Sweep {
  readonly name = "events";
  readonly everyMinutes = 60;
  readonly #options: EventRetentionOptions;

  constructor(options: EventRetentionOptions) {
    this.#options = options;
  }

  async runDue(at: Date): Promise<void> {
    const { database, salts, months } = this.#options;
    await salts.destroyOld(at);
    await database.global(async (session) => {
      await session.query({
        text: "SELECT event_create_partitions($1, $2)",
        values: [monthOf(at, -1), monthOf(at, monthsAhead)],
      });
      await session.query({ text: "SELECT event_drop_partitions($1)", values: [monthOf(at, -months)] });
    });
  }
}

/** The first day of a month before or after the instant's. */
function monthOf(at: Date, offset: number): string {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + offset, 1)).toISOString().slice(0, 10);
}
