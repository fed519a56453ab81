import { LRUCache } from "lru-cache";
import { changedLevel, fullLevel, holds, restoredLevel } from "./cost-bucket.ts";
import type { Bucket, Taken } from "./cost-buckets.port.ts";

interface Entry {
  level: number;
  atMs: number;
}

export interface LocalBucketsOptions {
  /** Milliseconds; it may start anywhere. */
  readonly clock: () => number;
  /** More names than this at a time, and the one that was used longest ago is forgotten. */
  readonly maxBuckets?: number;
}

/** The buckets of this process. Nothing in here waits, so a take from several is one step. */
export class LocalBuckets {
  readonly #clock: () => number;
  readonly #entries: LRUCache<string, Entry>;

  constructor({ clock, maxBuckets = 100_000 }: LocalBucketsOptions) {
    this.#clock = clock;
    this.#entries = new LRUCache({ max: maxBuckets });
  }

  /** Takes the price from all buckets or from none. */
  take(buckets: readonly Bucket[], price: number): Taken {
    const nowMs = this.#clock();
    const levels = buckets.map((bucket) => this.#level(bucket, nowMs));
    if (!levels.every((level) => holds(level, price))) return { isTaken: false, levels };
    return { isTaken: true, levels: this.#change(buckets, levels, price, nowMs) };
  }

  /** Changes all levels by an amount. */
  give(buckets: readonly Bucket[], amount: number): Taken {
    const nowMs = this.#clock();
    const levels = buckets.map((bucket) => this.#level(bucket, nowMs));
    return { isTaken: true, levels: this.#change(buckets, levels, -amount, nowMs) };
  }

  /** How full they are. */
  levels(buckets: readonly Bucket[]): number[] {
    const nowMs = this.#clock();
    return buckets.map((bucket) => this.#level(bucket, nowMs));
  }

  /** Takes over what shared buckets were found to hold. */
  set(buckets: readonly Bucket[], levels: readonly number[]): void {
    this.#change(buckets, levels, 0, this.#clock());
  }

  /** One that nobody has used, or that was forgotten, is full. */
  #level({ name, limits }: Bucket, nowMs: number): number {
    const entry = this.#entries.get(name);
    return entry === undefined ? fullLevel(limits) : restoredLevel(entry, limits, nowMs);
  }

  #change(buckets: readonly Bucket[], levels: readonly number[], taken: number, nowMs: number): number[] {
    return buckets.map(({ name, limits }, index) => {
      const level = changedLevel(levels[index] ?? 0, taken, limits);
      const entry = this.#entries.peek(name);
      if (entry === undefined) this.#entries.set(name, { level, atMs: nowMs });
      else {
        entry.level = level;
        entry.atMs = Math.max(entry.atMs, nowMs);
      }
      return level;
    });
  }
}
