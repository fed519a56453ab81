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
  /** The same again: callers keep their buckets, and this is asked several times for each operation. */
  readonly #known = new WeakMap<Bucket, Entry>();

  constructor({ clock, maxBuckets = 100_000 }: LocalBucketsOptions) {
    this.#clock = clock;
    this.#entries = new LRUCache({ max: maxBuckets });
  }

  /** Takes the price from all buckets or from none. */
  take(buckets: readonly Bucket[], price: number): Taken {
    const nowMs = this.#clock();
    const levels = this.#levels(buckets, nowMs);
    for (const level of levels) if (!holds(level, price)) return { isTaken: false, levels };
    return { isTaken: true, levels: this.#change(buckets, levels, price, nowMs) };
  }

  /** Changes all levels by an amount. */
  give(buckets: readonly Bucket[], amount: number): Taken {
    const nowMs = this.#clock();
    return { isTaken: true, levels: this.#change(buckets, this.#levels(buckets, nowMs), -amount, nowMs) };
  }

  /** How full they are. */
  levels(buckets: readonly Bucket[]): number[] {
    return this.#levels(buckets, this.#clock());
  }

  /** Takes over what shared buckets were found to hold. */
  set(buckets: readonly Bucket[], levels: readonly number[]): void {
    this.#change(buckets, levels, 0, this.#clock());
  }

  #levels(buckets: readonly Bucket[], nowMs: number): number[] {
    const levels: number[] = [];
    for (const bucket of buckets) levels.push(restoredLevel(this.#entryOf(bucket, nowMs), bucket.limits, nowMs));
    return levels;
  }

  #change(buckets: readonly Bucket[], levels: readonly number[], taken: number, nowMs: number): number[] {
    const changed: number[] = [];
    for (const [index, bucket] of buckets.entries()) {
      const entry = this.#entryOf(bucket, nowMs);
      entry.level = changedLevel(levels[index] ?? 0, taken, bucket.limits);
      entry.atMs = Math.max(entry.atMs, nowMs);
      changed.push(entry.level);
    }
    return changed;
  }

  /** One that nobody has used, or that was forgotten, is full. */
  #entryOf(bucket: Bucket, nowMs: number): Entry {
    const known = this.#known.get(bucket);
    if (known !== undefined) return known;
    let entry = this.#entries.get(bucket.name);
    if (entry === undefined) {
      entry = { level: fullLevel(bucket.limits), atMs: nowMs };
      this.#entries.set(bucket.name, entry);
    }
    this.#known.set(bucket, entry);
    return entry;
  }
}
