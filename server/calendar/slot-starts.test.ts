import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { dayMs, minuteMs, weekdayOf } from "./clock-time.ts";
import { LocalTimes } from "./local-times.ts";
import { type Hours, type OpenHours, openWindows } from "./open-hours.ts";
import { type SlotShape, slotStarts } from "./slot-starts.ts";
import { ZoneClock } from "./zone-clock.ts";

const from2026 = Date.parse("2026-01-01T00:00:00Z");
const to2029 = Date.parse("2029-01-01T00:00:00Z");

interface Change {
  readonly zone: string;
  readonly instant: number;
}

const zones = Intl.supportedValuesOf("timeZone");
const clocks = new Map(zones.map((zone) => [zone, new ZoneClock(zone, from2026 - dayMs, to2029 + dayMs)]));
const changes: readonly Change[] = [...clocks].flatMap(([zone, clock]) =>
  clock.stretches.flatMap(({ to }) => (to >= from2026 && to < to2029 ? [{ zone, instant: to }] : [])),
);

function startsOf(open: OpenHours, shape: SlotShape, range: { from: number; to: number }): number[] {
  const clock = new ZoneClock(open.timeZone, range.from - 3 * dayMs, range.to + 3 * dayMs);
  return slotStarts(openWindows(open, clock, range.from, range.to), clock, shape, range);
}

/** The same by Temporal alone, minute of the grid by minute of the grid. */
function startsByTemporal(open: OpenHours, shape: SlotShape, range: { from: number; to: number }): number[] {
  const { timeZone } = open;
  const first = Math.floor(range.from / dayMs) - 1;
  const last = Math.floor(range.to / dayMs) + 1;
  const at = (day: number, minute: number) =>
    Temporal.PlainDateTime.from("1970-01-01").add({ days: day, minutes: minute });
  const bound = (day: number, minute: number) =>
    at(day, minute).toZonedDateTime(timeZone, { disambiguation: "compatible" }).epochMilliseconds;

  const windows: { day: number; hours: Hours; from: number; to: number }[] = [];
  for (let day = first; day <= last; day += 1) {
    for (const hours of open.overrides.get(day) ?? open.weekly.get(weekdayOf(day)) ?? []) {
      windows.push({ day, hours, from: bound(day, hours.start), to: bound(day, hours.end) });
    }
  }
  const isOpen = (from: number, to: number) => {
    let reached = from;
    for (let moved = true; moved && reached < to;) {
      moved = false;
      for (const window of windows) {
        if (window.from > reached || window.to <= reached) continue;
        reached = window.to;
        moved = true;
      }
    }
    return reached >= to;
  };
  const starts = new Set<number>();
  for (const window of windows) {
    for (let minute = 0; minute < 1_440; minute += shape.gridMin) {
      if (minute < window.hours.start || minute >= window.hours.end) continue;
      if (Math.abs(window.day * dayMs + minute * minuteMs - range.from) > 2 * dayMs) continue; // never in the range
      const local = at(window.day, minute);
      for (const disambiguation of ["earlier", "later"] as const) {
        const zoned = local.toZonedDateTime(timeZone, { disambiguation });
        if (!zoned.toPlainDateTime().equals(local)) continue; // the clocks skip it
        const start = zoned.epochMilliseconds;
        const isIn = start >= window.from && start < window.to && start >= range.from && start < range.to;
        if (isIn && isOpen(start, start + shape.durationMin * minuteMs)) starts.add(start);
      }
    }
  }
  return [...starts].toSorted((one, other) => one - other);
}

const everyDay = (...hours: Hours[]) => new Map([1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, hours]));
const at = (hours: number, minutes = 0) => hours * 60 + minutes;

const show = (zone: string, starts: readonly number[]) => {
  const clock = new ZoneClock(zone, (starts[0] ?? 0) - dayMs, (starts.at(-1) ?? 0) + dayMs);
  const local = new LocalTimes(clock);
  return starts.map((start) => local.write(start).slice(5));
};

describe("the clocks of zones", () => {
  it("are right at every noon of three years, in every zone", () => {
    for (const [zone, clock] of clocks) {
      const format = new Intl.DateTimeFormat("en-US", {
        timeZone: zone,
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
      });
      for (let noon = from2026 + dayMs / 2; noon < to2029; noon += 5 * dayMs) {
        const shown = new Date(clock.localOf(noon)).toISOString().slice(11, 16);
        if (format.format(noon) !== shown) throw new Error(`${zone} ${new Date(noon).toISOString()} shows ${shown}`);
      }
    }
  });

  it("keep Morocco on the time of Greenwich from 2026-09-20 on, and Tunisia an hour ahead all year", () => {
    const offset = (zone: string, day: string) => (clocks.get(zone)?.offsetAt(Date.parse(day)) ?? NaN) / minuteMs;
    expect([
      offset("Africa/Casablanca", "2026-09-19T12:00Z"),
      offset("Africa/Casablanca", "2026-09-21T12:00Z"),
    ]).toEqual([60, 0]);
    expect(offset("Africa/Casablanca", "2027-06-01")).toBe(0);
    expect([offset("Africa/Tunis", "2026-07-01"), offset("Africa/Tunis", "2027-01-01")]).toEqual([60, 60]);
  });
});

describe("starts of sessions", () => {
  const shape = { durationMin: 30, gridMin: 30 };
  const paris = (hours: Hours, day: string) => {
    const from = Date.parse(`${day}T00:00Z`) - dayMs / 12;
    const open = { timeZone: "Europe/Paris", weekly: everyDay(hours), overrides: new Map() };
    return show("Europe/Paris", startsOf(open, shape, { from, to: from + dayMs }));
  };

  it("leave out what the clocks skip", () => {
    expect(paris({ start: at(1), end: at(4) }, "2027-03-28")).toEqual([
      "03-28T01:00:00+01:00",
      "03-28T01:30:00+01:00",
      "03-28T03:00:00+02:00",
      "03-28T03:30:00+02:00",
    ]);
  });

  it("are there twice when the clocks show them twice", () => {
    expect(paris({ start: at(2), end: at(3, 30) }, "2027-10-31")).toEqual([
      "10-31T02:00:00+02:00",
      "10-31T02:30:00+02:00",
      "10-31T02:00:00+01:00",
      "10-31T02:30:00+01:00",
      "10-31T03:00:00+01:00",
    ]);
  });

  it("never stand at a clock time that the rule doesn't name", () => {
    expect(paris({ start: at(2, 15), end: at(2, 45) }, "2027-03-28")).toEqual([]);
    expect(paris({ start: at(2, 30), end: at(3, 30) }, "2027-10-31")).toEqual([
      "10-31T02:30:00+02:00",
      "10-31T02:30:00+01:00",
      "10-31T03:00:00+01:00",
    ]);
  });

  it("may run over midnight where one day's hours meet the next day's", () => {
    const open = {
      timeZone: "UTC",
      weekly: new Map([
        [1, [{ start: at(23), end: at(24) }]],
        [2, [{ start: 0, end: at(1) }]],
      ]),
      overrides: new Map(),
    };
    const from = Date.parse("2026-11-23T00:00Z"); // a Monday
    const starts = startsOf(open, { durationMin: 60, gridMin: 30 }, { from, to: from + 2 * dayMs });
    expect(show("UTC", starts)).toEqual(["11-23T23:00:00+00:00", "11-23T23:30:00+00:00", "11-24T00:00:00+00:00"]);
  });

  it("follow the hours of a date instead of the weekly ones, and a closed date has none", () => {
    const day = Date.parse("2026-11-23T00:00Z") / dayMs;
    const overrides = new Map([
      [day, []],
      [day + 1, [{ start: at(12), end: at(13) }]],
    ]);
    const open = { timeZone: "UTC", weekly: everyDay({ start: at(9), end: at(10) }), overrides };
    const starts = startsOf(open, { durationMin: 60, gridMin: 60 }, { from: day * dayMs, to: (day + 3) * dayMs });
    expect(show("UTC", starts)).toEqual(["11-24T12:00:00+00:00", "11-25T09:00:00+00:00"]);
  });

  it("agree with Temporal around every change of 2026 to 2028 of every zone", () => {
    expect(changes.length).toBeGreaterThan(500);
    const weekly = everyDay({ start: 0, end: at(3, 15) }, { start: at(22, 45), end: at(24) });
    for (const { zone, instant } of changes) {
      const open = { timeZone: zone, weekly, overrides: new Map() };
      const range = { from: instant - dayMs / 6, to: instant + dayMs / 6 };
      const starts = startsOf(open, { durationMin: 45, gridMin: 75 }, range);
      expect({ zone, starts }).toEqual({
        zone,
        starts: startsByTemporal(open, { durationMin: 45, gridMin: 75 }, range),
      });
    }
  });

  it("agree with Temporal for any hours, grid, duration, zone and change", () => {
    const minutes = fc.integer({ min: 0, max: 288 }).map((five) => five * 5);
    const hours = fc
      .uniqueArray(minutes, { minLength: 2, maxLength: 6 })
      .map((bounds) => bounds.toSorted((one, other) => one - other))
      .map((bounds) =>
        bounds.flatMap((start, i) =>
          i % 2 === 0 && bounds[i + 1] !== undefined ? [{ start, end: bounds[i + 1] ?? 0 }] : [],
        ),
      );
    const shapes = fc.record({
      durationMin: fc.constantFrom(5, 20, 45, 60, 90, 200),
      gridMin: fc.constantFrom(15, 20, 30, 50, 60, 90),
    });
    fc.assert(
      fc.property(fc.constantFrom(...changes), hours, hours, shapes, ({ zone, instant }, usual, special, shape) => {
        const day = Math.floor(instant / dayMs);
        const open = { timeZone: zone, weekly: everyDay(...usual), overrides: new Map([[day, special]]) };
        const range = { from: instant - dayMs / 2, to: instant + dayMs / 2 };
        expect(startsOf(open, shape, range)).toEqual(startsByTemporal(open, shape, range));
      }),
      { numRuns: 60 },
    );
  });
});
