import { describe, expect, it } from "@jest/globals";
import { type LocalRule, nextOccurrence } from "./local-rule.ts";

const next = (rule: LocalRule, timeZone: string, after: string) =>
  nextOccurrence(rule, timeZone, new Date(after)).toISOString();

describe("a rule in local time", () => {
  const daily: LocalRule = { every: "DAY", at: "08:00" };

  it("is told in the zone's own offset of that day", () => {
    expect(next(daily, "Africa/Tunis", "2026-11-21T06:59:00Z")).toBe("2026-11-21T07:00:00.000Z");
    expect(next(daily, "Africa/Tunis", "2026-11-21T07:00:00Z")).toBe("2026-11-22T07:00:00.000Z");
    expect(next(daily, "Europe/Paris", "2026-10-24T07:00:00Z")).toBe("2026-10-25T07:00:00.000Z"); // winter time from 3:00 on
    expect(next(daily, "Africa/Casablanca", "2026-10-15T00:00:00Z")).toBe("2026-10-15T08:00:00.000Z"); // +00:00 since September
  });

  it("has an occurrence on the day that leaves its time out, and one on the day that has it twice", () => {
    const early: LocalRule = { every: "DAY", at: "02:30" };
    expect(next(early, "Europe/Paris", "2026-03-28T12:00:00Z")).toBe("2026-03-29T01:30:00.000Z"); // 3:30 there
    expect(next(early, "Europe/Paris", "2026-10-24T12:00:00Z")).toBe("2026-10-25T00:30:00.000Z");
    expect(next(early, "Europe/Paris", "2026-10-25T00:30:00Z")).toBe("2026-10-26T01:30:00.000Z");
  });

  it("comes once a week on its day", () => {
    const monday: LocalRule = { every: "WEEK", weekday: 1, at: "09:00" };
    expect(next(monday, "UTC", "2026-11-21T00:00:00Z")).toBe("2026-11-23T09:00:00.000Z");
    expect(next(monday, "UTC", "2026-11-23T09:00:00Z")).toBe("2026-11-30T09:00:00.000Z");
  });

  it("comes once a month, on the last day where there is no such day", () => {
    const last: LocalRule = { every: "MONTH", day: 31, at: "00:00" };
    expect(next(last, "UTC", "2027-01-31T00:00:00Z")).toBe("2027-02-28T00:00:00.000Z");
    expect(next(last, "UTC", "2027-02-28T00:00:00Z")).toBe("2027-03-31T00:00:00.000Z");
    const first: LocalRule = { every: "MONTH", day: 1, at: "08:00" };
    expect(next(first, "America/New_York", "2026-12-01T12:59:59Z")).toBe("2026-12-01T13:00:00.000Z");
    expect(next(first, "America/New_York", "2026-12-01T13:00:00Z")).toBe("2027-01-01T13:00:00.000Z");
  });
});
