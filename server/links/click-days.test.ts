import { expect, it } from "@jest/globals";
import { daysBetween } from "./click-days.ts";

const told = (from: string, to: string, zone: string) =>
  daysBetween(new Date(from), new Date(to), zone).map(({ day, startsAt }) => [day, startsAt.toISOString()]);

it("knows a zone's days, also those of 23 and 25 hours and those that begin at an odd minute", () => {
  expect(told("2026-10-24T12:00:00Z", "2026-10-26T00:00:00Z", "Europe/Paris")).toEqual([
    ["2026-10-24", "2026-10-23T22:00:00.000Z"],
    ["2026-10-25", "2026-10-24T22:00:00.000Z"],
    ["2026-10-26", "2026-10-25T23:00:00.000Z"],
  ]);
  expect(told("2026-01-01T00:00:00Z", "2026-01-01T18:15:00Z", "Asia/Kathmandu")).toEqual([
    ["2026-01-01", "2025-12-31T18:15:00.000Z"],
  ]);
});
