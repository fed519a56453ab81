import { randomUUID } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Redis } from "ioredis";
import { testRedisUrl } from "../../../test/redis.ts";
import { startRedisServer } from "../../../test/redis-server.ts";
import type { Bucket } from "../../operations/cost-buckets.port.ts";
import { LocalBuckets } from "../../operations/cost-local-buckets.ts";
import { bucketScript } from "./bucket-script.ts";
import { RedisBuckets } from "./redis-buckets.ts";

const ready: Bucket = { name: "ready", limits: { max: 1, restoreRate: 1 } };

const untilReady = async (buckets: RedisBuckets) => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    try {
      return await buckets.give([ready], 0);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  throw new Error("Redis isn't there");
};

describe("buckets in Redis", () => {
  test("do the same sums as those of a process", async () => {
    const time = { nowMs: 0 };
    // The one difference to the real script: the clock, which goes through a key that the test sets.
    const clockKey = `clock:${randomUUID()}`;
    const redis = new RedisBuckets(testRedisUrl(), bucketScript(`tonumber(redis.call("HGET", "${clockKey}", "at"))`));
    const setClock = clockSetter(clockKey);
    await setClock(0);
    await untilReady(redis);
    const step = fc.record({
      waitMs: fc.integer({ min: -200, max: 3_000 }),
      amount: fc.integer({ min: 1, max: 150 }),
      isGift: fc.boolean(),
      which: fc.constantFrom<readonly number[]>([0], [1], [0, 1]),
    });
    const limits = fc.record({ max: fc.integer({ min: 1, max: 200 }), restoreRate: fc.integer({ min: 1, max: 50 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), limits, limits, async (steps, one, other) => {
        time.nowMs = 1_763_000_000_000;
        const group = randomUUID();
        const local = new LocalBuckets({ clock: () => time.nowMs });
        const all: Bucket[] = [
          { name: `{${group}}:key`, limits: one },
          { name: `{${group}}:tenant`, limits: other },
        ];
        for (const { waitMs, amount, isGift, which } of steps) {
          time.nowMs += waitMs;
          await setClock(time.nowMs);
          const buckets = all.filter((_, index) => which.includes(index));
          const [inRedis, here] = isGift
            ? [await redis.give(buckets, amount), local.give(buckets, amount)]
            : [await redis.take(buckets, amount), local.take(buckets, amount)];
          expect(inRedis).toEqual(here);
        }
      }),
      { numRuns: 60 },
    );
    await redis.close();
    await setClock.close();
  }, 60_000);

  test("fill by Redis' own clock", async () => {
    const redis = new RedisBuckets(testRedisUrl());
    await untilReady(redis);
    const group = randomUUID();
    const key: Bucket = { name: `{${group}}:key`, limits: { max: 100, restoreRate: 100 } };
    expect(await redis.take([key], 100)).toEqual({ isTaken: true, levels: [0] });
    expect((await redis.take([key], 100)).isTaken).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 300));
    const [level = 0] = (await redis.take([key], 1)).levels;
    expect(level).toBeGreaterThan(25_000);
    expect(level).toBeLessThan(99_000);
    await redis.close();
  });

  test("hold for two hundred takers at once what they hold for one", async () => {
    const processes = [new RedisBuckets(testRedisUrl()), new RedisBuckets(testRedisUrl())];
    await Promise.all(processes.map(untilReady));
    const group = randomUUID();
    const limits = { max: 1_000, restoreRate: 1 };
    const buckets: Bucket[] = [
      { name: `{${group}}:key`, limits },
      { name: `{${group}}:tenant`, limits },
    ];
    const taken = await Promise.all(
      processes.flatMap((each) => Array.from({ length: 100 }, () => each.take(buckets, 10))),
    );
    expect(taken.filter(({ isTaken }) => isTaken)).toHaveLength(100);
    await Promise.all(processes.map((each) => each.close()));
  });

  test("reject at once while Redis is away, and answer again when it is back", async () => {
    let server = await startRedisServer();
    const redis = new RedisBuckets(server.url);
    await untilReady(redis);
    await server.stop("SIGKILL");
    const key: Bucket = { name: "key", limits: { max: 100, restoreRate: 1 } };
    const startedAt = performance.now();
    await expect(redis.take([key], 1)).rejects.toThrow();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    server = await startRedisServer({ port: server.port });
    await untilReady(redis);
    expect((await redis.take([key], 1)).isTaken).toBe(true);
    await redis.close();
    await server.stop();
  });
});

function clockSetter(key: string) {
  const redis = new Redis(testRedisUrl());
  const set = (nowMs: number) => redis.hset(key, "at", String(nowMs));
  return Object.assign(set, { close: () => redis.quit() });
}
