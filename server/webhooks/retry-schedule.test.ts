import { describe, expect, it } from "@jest/globals";
import { defaultDelaysMs, delayAfter, durationOf, pauseAfter, readRetryAfter } from "./retry-schedule.ts";

const schedule = (random: number) => ({ delaysMs: defaultDelaysMs, random: () => random });
const hour = 3_600_000;

describe("the schedule of attempts", () => {
  it("has twelve, within about three days", () => {
    expect(defaultDelaysMs).toHaveLength(12);
    expect(durationOf(schedule(0)) / hour).toBeCloseTo(70.7, 1);
  });

  it.each([
    [1, 5],
    [2, 30],
    [3, 120],
    [4, 600],
    [5, 1_800],
    [6, 3_600],
    [7, 10_800],
    [8, 21_600],
    [9, 43_200],
    [10, 86_400],
    [11, 86_400],
  ])("waits after attempt %i for %i seconds, a fifth more or less", (attempt, seconds) => {
    expect(delayAfter(attempt, schedule(0.5))).toBe(seconds * 1_000);
    expect(delayAfter(attempt, schedule(0))).toBe(seconds * 800);
    expect(delayAfter(attempt, schedule(1))).toBe(seconds * 1_200);
  });

  it("ends after the twelfth", () => {
    expect(delayAfter(12, schedule(0.5))).toBeNull();
    expect(delayAfter(12, schedule(0.5), 5_000)).toBeNull();
  });

  it("waits as long as the receiver asks for, a day at most, and never less than planned", () => {
    expect(delayAfter(1, schedule(0.5), 60_000)).toBe(60_000);
    expect(delayAfter(1, schedule(0.5), 100 * hour)).toBe(24 * hour);
    expect(delayAfter(3, schedule(0.5), 1_000)).toBe(120_000);
  });

  it("spares an endpoint after ten failures in a row, longer and longer up to ten minutes", () => {
    const pauses = [9, 10, 11, 12, 14, 16, 100].map((failures) => pauseAfter(failures, schedule(0.5)));
    expect(pauses).toEqual([0, 5_000, 5_000, 30_000, 120_000, 600_000, 600_000]);
  });
});

describe("Retry-After", () => {
  const now = new Date("2026-11-21T09:00:00Z");
  it.each([
    ["120", 120_000],
    [" 0 ", 0],
    ["Sat, 21 Nov 2026 09:00:30 GMT", 30_000],
    ["Sat, 21 Nov 2026 08:00:00 GMT", 0],
    ["-1", null],
    ["1.5", null],
    ["2026", 2_026_000],
    ["soon", null],
    [undefined, null],
  ])("reads %p", (header, expected) => {
    expect(readRetryAfter(header, now)).toBe(expected);
  });
});
