import pg from "pg";
import type { Database } from "../db/database.ts";

export interface StoredEvent {
  readonly tenantId: string;
  /** The row as JSON. */
  readonly text: string;
}

/** SQLSTATE classes that say that a value can't be stored, and not that the database can't work: data, integrity, limits. */
const refusedValue = /^(22|23|54)/;

/** Writes events of many tenants in one statement. */
export class EventStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Returns those that the database refuses for what they are; the others are committed. */
  async append<Event extends StoredEvent>(events: readonly Event[]): Promise<readonly Event[]> {
    try {
      await this.#append(events);
      return [];
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || !refusedValue.test(error.code ?? "")) throw error;
      if (events.length === 1) return events;
      // One of them spoils the statement for all: halves find it in few.
      const half = Math.ceil(events.length / 2);
      return [...(await this.append(events.slice(0, half))), ...(await this.append(events.slice(half)))];
    }
  }

  async #append(events: readonly StoredEvent[]): Promise<void> {
    const tenants = [...new Set(events.map(({ tenantId }) => tenantId))];
    await this.#database.global((session) =>
      session.query({
        name: "append-events",
        text: "SELECT event_append($1::uuid[], $2::jsonb)",
        values: [tenants, `[${events.map(({ text }) => text).join(",")}]`],
      }),
    );
  }
}
