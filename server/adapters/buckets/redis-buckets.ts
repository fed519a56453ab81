import { Redis } from "ioredis";
import type { Bucket, SharedBuckets, Taken } from "../../operations/cost-buckets.port.ts";
import { bucketScript } from "./bucket-script.ts";

// A Redis that is slower than this is of no use to a request that waits for it.
const commandTimeoutMs = 250;

interface WithScript {
  changeBuckets(keyCount: number, ...args: (string | number)[]): Promise<[number, ...string[]]>;
}

/** Buckets in Redis: a hash per bucket, one script for all buckets of a caller. */
export class RedisBuckets implements SharedBuckets {
  readonly #redis: Redis & WithScript;

  /** `script` is another one in the test that compares the sums, with a clock of its own. */
  constructor(url: string, script = bucketScript()) {
    const redis = new Redis(url, {
      enableOfflineQueue: false, // a request can't wait until Redis comes back
      maxRetriesPerRequest: 0,
      commandTimeout: commandTimeoutMs,
      retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
    });
    redis.on("error", () => undefined); // who asks is told
    redis.defineCommand("changeBuckets", { lua: script });
    this.#redis = redis as Redis & WithScript;
  }

  take(buckets: readonly Bucket[], price: number): Promise<Taken> {
    return this.#change(buckets, price, true);
  }

  give(buckets: readonly Bucket[], amount: number): Promise<Taken> {
    return this.#change(buckets, -amount, false);
  }

  close(): Promise<void> {
    this.#redis.disconnect(); // not quit(): it would wait for a Redis that is away
    return Promise.resolve();
  }

  async #change(buckets: readonly Bucket[], taken: number, isCareful: boolean): Promise<Taken> {
    const keys = buckets.map(({ name }) => `nexora:cost:${name}`);
    const limits = buckets.flatMap(({ limits: { max, restoreRate } }) => [max * 1_000, restoreRate]);
    const [isTaken, ...levels] = await this.#redis.changeBuckets(
      keys.length,
      ...keys,
      taken * 1_000,
      isCareful ? 1 : 0,
      ...limits,
    );
    return { isTaken: isTaken === 1, levels: levels.map(Number) };
  }
}
