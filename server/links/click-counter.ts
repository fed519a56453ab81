import type { Database } from "../db/database.ts";
import type { Log } from "../log.ts";
import type { ClickSource } from "./click-source.ts";

/** One redirect that somebody took. */
export interface Click extends ClickSource {
  readonly tenantId: string;
  readonly linkId: string;
  readonly at: Date;
}

interface Counted extends ClickSource {
  readonly tenantId: string;
  readonly linkId: string;
  readonly quarter: string;
  clicks: number;
}

const quarterMs = 15 * 60_000;
const flushMs = 1_000;
/** Different rows between two flushes; beyond that clicks lose their source, and beyond twice as many they aren't counted. */
const maxWaiting = 10_000;
/** Different sources of a link in a quarter of an hour: who invents new ones all the time mustn't fill the database. */
const maxSourcesOfLink = 500;
const maxLinksWatched = 10_000;

/**
 * Counts clicks in memory and writes them down once a second, all of them with one statement: a row for each click would cost
 * more than the redirect. Who clicked isn't kept, and the journal doesn't tell of it. A process that is killed loses what it
 * has counted in its last second.
 */
export class ClickCounter {
  readonly #database: Pick<Database, "global">;
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;
  #waiting = new Map<string, Counted>();
  /** Sources of each link in the quarter of an hour that it is. */
  #sources = new Map<string, Set<string>>();
  #quarter = "";
  #flushing: Promise<void> = Promise.resolve();

  constructor(database: Pick<Database, "global">, log: Log) {
    this.#database = database;
    this.#log = log;
    this.#timer = setInterval(() => void this.flush(), flushMs);
    this.#timer.unref();
  }

  count(click: Click): void {
    const quarter = new Date(Math.floor(click.at.getTime() / quarterMs) * quarterMs).toISOString();
    const known = this.#isKnownSource(click, quarter) && this.#waiting.size < maxWaiting;
    const { tenantId, linkId, device } = click;
    const { referrer, source, country } = known ? click : { referrer: "", source: "", country: "" };
    const key = [linkId, quarter, device, country, referrer, source].join("\n");
    const counted = this.#waiting.get(key);
    if (counted !== undefined) counted.clicks += 1;
    else if (this.#waiting.size < 2 * maxWaiting)
      this.#waiting.set(key, { tenantId, linkId, quarter, referrer, source, device, country, clicks: 1 });
  }

  /** Writes down what was counted so far; what can't be written waits for the next time. */
  flush(): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#write());
    return this.#flushing;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.flush();
  }

  /** Whether this source may have a row of its own. */
  #isKnownSource({ linkId, referrer, source, country, device }: Click, quarter: string): boolean {
    if (quarter !== this.#quarter) {
      this.#quarter = quarter;
      this.#sources.clear();
    }
    let sources = this.#sources.get(linkId);
    if (sources === undefined) {
      if (this.#sources.size >= maxLinksWatched) return false;
      this.#sources.set(linkId, (sources = new Set()));
    }
    const name = [referrer, source, country, device].join("\n");
    if (sources.has(name)) return true;
    if (sources.size >= maxSourcesOfLink) return false;
    sources.add(name);
    return true;
  }

  async #write(): Promise<void> {
    if (this.#waiting.size === 0) return;
    const waiting = this.#waiting;
    this.#waiting = new Map();
    try {
      await this.#database.global((session) =>
        session.query({
          name: "link-clicks-add",
          text: "SELECT link_clicks_add($1::jsonb)",
          values: [JSON.stringify([...waiting.values()])],
        }),
      );
    } catch (error) {
      this.#log.warn({ err: error }, "clicks on links couldn't be written down yet");
      this.#putBack(waiting);
    }
  }

  #putBack(waiting: ReadonlyMap<string, Counted>): void {
    for (const [key, counted] of waiting) {
      const newer = this.#waiting.get(key);
      if (newer !== undefined) newer.clicks += counted.clicks;
      else if (this.#waiting.size < 2 * maxWaiting) this.#waiting.set(key, counted);
    }
  }
}
