import { expect, it } from "@jest/globals";
import { zoneShiftMs } from "./zone-shift.ts";

it("tells by how much clocks show another time than they were thought to", () => {
  const shiftOf = (localStart: string, timeZone = "Europe/Paris", instant = "2027-03-28T12:00:00Z") =>
    zoneShiftMs(timeZone, new Date(instant), localStart) / 60_000;
  expect(shiftOf("2027-03-28T14:00:00+02:00")).toBe(0);
  expect(shiftOf("2027-03-28T13:00:00+01:00")).toBe(60);
  expect(shiftOf("2027-03-28T15:00:00+03:00")).toBe(-60);
  // Morocco keeps UTC from 2026-09-20 on: data before 2026c thought it an hour ahead.
  expect(shiftOf("2026-10-15T11:00:00+01:00", "Africa/Casablanca", "2026-10-15T10:00:00Z")).toBe(-60);
});
