import { LRUCache } from "lru-cache";
import type { Log } from "../log.ts";
import { holds, unitsOf } from "./cost-bucket.ts";
import type { Bucket, SharedBuckets, Taken } from "./cost-buckets.port.ts";
import { LocalBuckets } from "./cost-local-buckets.ts";

export interface BucketsOptions {
  /** Those that all processes share; without them each process counts for itself. */
  readonly shared?: SharedBuckets | undefined;
  readonly log: Log;
  readonly clock?: () => number;
}

/** What this process last heard of shared buckets holds this long for refusals. */
const trustMs = 250;
/** After a failure the shared buckets are left alone for so long. */
const pauseMs = 1_000;
const maxHeard = 10_000;

/**
 * The buckets of all callers. This process always has its own account of them: it is the only one without Redis, goes on
 * from where it stood when Redis is away (nobody gets a full bucket from that), and refuses those who were just
 * refused without asking Redis again.
 */
export class Buckets {
  readonly #shared: SharedBuckets | undefined;
  readonly #log: Log;
  readonly #clock: () => number;
  readonly #local: LocalBuckets;
  /** When the shared buckets last told of a caller's first bucket. */
  readonly #heardAt = new LRUCache<string, number>({ max: maxHeard });
  #awayUntilMs = -Infinity;

  constructor({ shared, log, clock = () => Math.floor(performance.now()) }: BucketsOptions) {
    this.#shared = shared;
    this.#log = log;
    this.#clock = clock;
    this.#local = new LocalBuckets({ clock });
  }

  /** Takes the price from all buckets or from none. */
  take(buckets: readonly Bucket[], price: number): Taken | Promise<Taken> {
    if (this.#shared === undefined || this.#isAway) return this.#local.take(buckets, price);
    const levels = this.#local.levels(buckets);
    if (this.#hasJustHeard(buckets) && !levels.every((level) => holds(level, price))) return { isTaken: false, levels };
    return this.#takeShared(this.#shared, buckets, price);
  }

  /** Gives an amount back; what it answers is this process' account. */
  give(buckets: readonly Bucket[], amount: number): readonly number[] {
    if (amount === 0) return this.#local.levels(buckets);
    const { levels } = this.#local.give(buckets, amount);
    if (this.#shared !== undefined && !this.#isAway) void this.#giveShared(this.#shared, buckets, amount);
    return levels;
  }

  /** Takes what is there, up to an amount; returns how much that was. */
  takeUpTo(buckets: readonly Bucket[], amount: number): number {
    const there = Math.min(amount, unitsOf(Math.min(...this.#local.levels(buckets))));
    this.give(buckets, -there);
    return there;
  }

  /** How much they hold now, by this process' account. */
  levels(buckets: readonly Bucket[]): readonly number[] {
    return this.#local.levels(buckets);
  }

  async #takeShared(shared: SharedBuckets, buckets: readonly Bucket[], price: number): Promise<Taken> {
    try {
      const taken = await shared.take(buckets, price);
      this.#heard(buckets, taken);
      return taken;
    } catch (error) {
      this.#failed(error);
      return this.#local.take(buckets, price);
    }
  }

  async #giveShared(shared: SharedBuckets, buckets: readonly Bucket[], amount: number): Promise<void> {
    try {
      this.#heard(buckets, await shared.give(buckets, amount));
    } catch (error) {
      this.#failed(error); // what isn't given back comes back with time
    }
  }

  #heard(buckets: readonly Bucket[], { levels }: Taken): void {
    this.#local.set(buckets, levels);
    const [first] = buckets;
    if (first !== undefined) this.#heardAt.set(first.name, this.#clock());
  }

  #hasJustHeard([first]: readonly Bucket[]): boolean {
    const atMs = first === undefined ? undefined : this.#heardAt.get(first.name);
    return atMs !== undefined && this.#clock() - atMs < trustMs;
  }

  get #isAway(): boolean {
    return this.#clock() < this.#awayUntilMs;
  }

  #failed(error: unknown): void {
    if (this.#isAway) return;
    this.#awayUntilMs = this.#clock() + pauseMs;
    this.#log.warn({ err: error }, "Redis is away: each process counts its callers' cost for itself");
  }
}
