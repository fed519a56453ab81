import { describe, expect, it } from "@jest/globals";
import { judge, readAnswer } from "./attempt-verdict.ts";
import { healthAfter, healthy, isDead } from "./endpoint-health.ts";
import { defaultDelaysMs, durationOf } from "./retry-schedule.ts";

const schedule = { delaysMs: defaultDelaysMs, random: () => 0.5 };
const now = new Date("2026-11-21T09:00:00Z");

const answered = (statusCode: number, retryAfter?: string) =>
  readAnswer({ kind: "ANSWERED", statusCode, retryAfter, text: "" }, now);

describe("what follows from an attempt", () => {
  const first = { attempt: 1, isOnce: false };

  it.each([200, 201, 202, 204, 299])("%i has succeeded", (status) => {
    expect(judge(answered(status), first, schedule)).toEqual({ next: "SUCCEEDED" });
  });

  it.each([408, 409, 425, 429, 500, 502, 503, 504, 599])("%i is tried again", (status) => {
    expect(judge(answered(status), first, schedule)).toEqual({ next: "RETRY", afterMs: 5_000 });
  });

  it.each([301, 302, 303, 307, 308, 304, 400, 401, 403, 404, 410, 413, 422])("%i fails at once", (status) => {
    expect(judge(answered(status), first, schedule)).toEqual({ next: "FAILED" });
  });

  it.each(["NETWORK_ERROR", "TIMEOUT"] as const)("%s is tried again", (kind) => {
    const result = readAnswer({ kind, message: "" }, now);
    expect(judge(result, first, schedule)).toEqual({ next: "RETRY", afterMs: 5_000 });
  });

  it("an address that isn't public fails at once, an interruption is tried again at once", () => {
    expect(judge(readAnswer({ kind: "ADDRESS_REFUSED", message: "" }, now), first, schedule).next).toBe("FAILED");
    const interrupted = readAnswer({ kind: "INTERRUPTED", message: "" }, now);
    expect(judge(interrupted, first, schedule)).toEqual({ next: "RETRY", afterMs: 0 });
  });

  it("honours Retry-After", () => {
    expect(judge(answered(429, "60"), first, schedule)).toEqual({ next: "RETRY", afterMs: 60_000 });
    expect(judge(answered(503, "Sat, 21 Nov 2026 09:01:00 GMT"), first, schedule)).toEqual({
      next: "RETRY",
      afterMs: 60_000,
    });
  });

  it("gives up after the twelfth attempt, and a test after the first", () => {
    expect(judge(answered(500), { attempt: 11, isOnce: false }, schedule).next).toBe("RETRY");
    expect(judge(answered(500), { attempt: 12, isOnce: false }, schedule).next).toBe("EXHAUSTED");
    expect(judge(answered(500), { attempt: 1, isOnce: true }, schedule).next).toBe("FAILED");
  });
});

describe("an endpoint's health", () => {
  const failing = (times: number) =>
    Array.from({ length: times }).reduce<typeof healthy>(
      (health) => healthAfter(health, false, now, schedule),
      healthy,
    );

  it("opens the circuit after ten failures in a row, and one success closes it", () => {
    expect(failing(9)).toEqual({ failures: 9, failingSince: now, pausedUntil: null });
    expect(failing(10).pausedUntil).toEqual(new Date(now.getTime() + 5_000));
    expect(healthAfter(failing(30), true, now, schedule)).toEqual(healthy);
  });

  const later = (part: number) => new Date(now.getTime() + part * durationOf(schedule));

  it("is given up when many failed in a row for as long as a delivery is tried", () => {
    expect(isDead(failing(10), false, later(0.99), schedule)).toBe(false);
    expect(isDead(failing(10), false, later(1), schedule)).toBe(true);
    expect(isDead(failing(9), false, later(2), schedule)).toBe(false);
    expect(isDead(healthy, false, later(2), schedule)).toBe(false);
  });

  it("is given up when a delivery has used up its attempts and nothing else got through meanwhile", () => {
    expect(isDead(failing(12), true, later(0.8), schedule)).toBe(true);
    expect(isDead(failing(12), true, later(0.5), schedule)).toBe(false);
  });
});
