import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseInstant } from "./parse-instant.ts";

describe("parseInstant", () => {
  it.each([
    ["2026-11-21 10:02:38.625+00", "2026-11-21T10:02:38.625Z"],
    ["2026-11-21 10:02:38.6+00", "2026-11-21T10:02:38.600Z"],
    ["2026-11-21 10:02:38+00", "2026-11-21T10:02:38.000Z"],
    ["2026-11-21 10:02:38.625999+00", "2026-11-21T10:02:38.625Z"],
    ["2026-11-21 12:02:38.625+02", "2026-11-21T10:02:38.625Z"],
    ["2026-11-21 15:32:38.625+05:30", "2026-11-21T10:02:38.625Z"],
    ["0001-01-01 00:00:00+00", "0001-01-01T00:00:00.000Z"],
    ["0044-03-15 12:00:00+00 BC", "-000043-03-15T12:00:00.000Z"],
    ["12026-01-01 00:00:00+00", "+012026-01-01T00:00:00.000Z"],
  ])("reads %s", (text, instant) => {
    expect(parseInstant(text).toISOString()).toBe(instant);
  });

  it("reads every instant of a timestamptz(3) back", () => {
    const years = {
      min: new Date("1970-01-01T00:00:00Z"),
      max: new Date("9999-12-31T23:59:59.999Z"),
      noInvalidDate: true,
    };
    fc.assert(
      fc.property(fc.date(years), (date) => {
        const text = date
          .toISOString()
          .replace("T", " ")
          .replace(/\.?0*Z$/, "+00");
        expect(parseInstant(text)).toEqual(date);
      }),
    );
  });
});
