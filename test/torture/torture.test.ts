import { expect, test } from "@jest/globals";
import { torture } from "./torture.ts";

const seconds = 120;

test(
  "every subscriber sees each committed entry once and in order, whatever happens to sockets, Redis and servers",
  async () => {
    const seed = Math.floor(Math.random() * 2 ** 32);
    console.log(`torture: start value ${seed}`);
    const report = await torture({ seed, seconds, cuts: 300, redisKills: 30, serverKills: 15 });
    expect(report.violations).toEqual([]);
    expect(report).toMatchObject({ cuts: 300, redisKills: 30, serverKills: 15 });
    expect(report.entries).toBeGreaterThan(500);
    expect(report.rolledBack).toBeGreaterThan(50);
  },
  (seconds + 240) * 1_000,
);
