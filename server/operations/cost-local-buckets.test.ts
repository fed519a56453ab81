import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Bucket } from "./cost-buckets.port.ts";
import { unitsOf, waitMs } from "./cost-bucket.ts";
import { LocalBuckets } from "./cost-local-buckets.ts";

const bucket = (name: string, max: number, restoreRate: number): Bucket => ({ name, limits: { max, restoreRate } });

function at(start = 0) {
  const time = { nowMs: start };
  return { time, buckets: new LocalBuckets({ clock: () => time.nowMs }) };
}

describe("the buckets of a process", () => {
  test("are full at first, and fill again with time, up to the brim", () => {
    const { time, buckets } = at();
    const key = bucket("key", 100, 20);
    expect(buckets.take([key], 70).levels.map(unitsOf)).toEqual([30]);
    time.nowMs += 1_000;
    expect(buckets.levels([key]).map(unitsOf)).toEqual([50]);
    time.nowMs += 60_000;
    expect(buckets.levels([key]).map(unitsOf)).toEqual([100]);
  });

  test("give from both or from neither", () => {
    const { buckets } = at();
    const [key, tenant] = [bucket("key", 100, 1), bucket("tenant", 50, 1)];
    expect(buckets.take([key, tenant], 60)).toMatchObject({ isTaken: false });
    expect(buckets.levels([key, tenant]).map(unitsOf)).toEqual([100, 50]);
    expect(buckets.take([key, tenant], 50)).toMatchObject({ isTaken: true });
    expect(buckets.levels([key, tenant]).map(unitsOf)).toEqual([50, 0]);
  });

  test("hold the price after exactly the time that was told", () => {
    const { time, buckets } = at();
    const key = bucket("key", 100, 3);
    buckets.take([key], 100);
    const [level = 0] = buckets.take([key], 10).levels;
    const wait = waitMs(level, 10, key.limits);
    time.nowMs += wait - 1;
    expect(buckets.take([key], 10).isTaken).toBe(false);
    time.nowMs += 1;
    expect(buckets.take([key], 10).isTaken).toBe(true);
  });

  test("restore nothing while a clock goes back", () => {
    const { time, buckets } = at(10_000);
    const key = bucket("key", 100, 10);
    buckets.take([key], 100);
    time.nowMs -= 5_000;
    expect(buckets.levels([key])).toEqual([0]);
    time.nowMs += 6_000;
    expect(buckets.levels([key]).map(unitsOf)).toEqual([10]);
  });

  test("never give more than was in them and came in, and never hold more than they can", () => {
    const step = fc.record({
      waitMs: fc.nat(5_000),
      price: fc.integer({ min: 1, max: 120 }),
      refundPart: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 200 }),
        (steps, rate, max) => {
          const { time, buckets } = at();
          const key = bucket("key", max, rate);
          let spent = 0;
          for (const { waitMs: wait, price, refundPart } of steps) {
            time.nowMs += wait;
            if (!buckets.take([key], price).isTaken) continue;
            const refund = Math.floor(price * refundPart);
            buckets.give([key], refund);
            spent += price - refund;
            const [level = -1] = buckets.levels([key]);
            if (level < 0 || level > max * 1_000) throw new Error(`a level of ${level}`);
          }
          expect(spent).toBeLessThanOrEqual(max + (time.nowMs * rate) / 1_000);
        },
      ),
    );
  });
});
