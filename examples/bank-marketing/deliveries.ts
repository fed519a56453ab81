import type { JournalSubscription } from "@nexora/sdk";

type Update = JournalSubscription["journal"];

/** What the subscription delivered, held against what was sent. */
export class Deliveries {
  /** Cursors of captures that haven't been delivered yet, and of deliveries whose capture hasn't been answered yet. */
  readonly #awaited = new Set<string>();
  readonly #early = new Set<string>();
  readonly #latenciesMs: number[] = [];
  readonly #importRequestId: string;
  #lastPosition: number | undefined;
  #captured = 0;
  #matched = 0;
  #importedSeen = 0;
  #importedExpected = 0;
  #created = 0;
  duplicates = 0;
  /** Positions that were passed over: the journal has none itself, and the subscription is to all of it. */
  gaps = 0;

  constructor(importRequestId: string) {
    this.#importRequestId = importRequestId;
  }

  /** A capture was accepted; its entry stands just before this cursor. */
  expect(cursor: string): void {
    this.#captured += 1;
    if (this.#early.delete(cursor)) this.#matched += 1;
    else this.#awaited.add(cursor);
  }

  /** The import has written so many rows. */
  expectImported(rows: number): void {
    this.#importedExpected = rows;
  }

  receive(update: Update, now: number): void {
    if (update.__typename === "Lagged") {
      this.gaps += update.missed;
      this.#lastPosition = undefined;
      return;
    }
    const { position, cursor, type, requestId, occurredAt, data } = update;
    if (this.#lastPosition !== undefined && position <= this.#lastPosition) {
      this.duplicates += 1; // all before it was seen already
      return;
    }
    if (this.#lastPosition !== undefined) this.gaps += position - this.#lastPosition - 1;
    this.#lastPosition = position;
    if (type !== "lead.captured") return;
    // Captures of other clients are seen as well, and not asked for in the end.
    if (requestId === this.#importRequestId) this.#importedSeen += 1;
    else if (this.#awaited.delete(cursor)) this.#matched += 1;
    else this.#early.add(cursor);
    if (data["created"] === true) this.#created += 1;
    this.#latenciesMs.push(now - Date.parse(occurredAt));
  }

  get captured(): number {
    return this.#importedExpected + this.#captured;
  }

  get received(): number {
    return this.#importedSeen + this.#matched;
  }

  get lost(): number {
    return this.captured - this.received;
  }

  /** How many leads were new, of those that were received. */
  get created(): number {
    return this.#created;
  }

  /** The latency that so much of the deliveries stayed below. */
  latencyMs(share: number): number {
    const sorted = this.#latenciesMs.toSorted((one, other) => one - other);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  }
}
