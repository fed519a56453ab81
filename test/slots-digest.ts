import { hash } from "node:crypto";
import { dayMs } from "../server/calendar/clock-time.ts";
import { LocalTimes } from "../server/calendar/local-times.ts";
import { openWindows } from "../server/calendar/open-hours.ts";
import { slotStarts } from "../server/calendar/slot-starts.ts";
import { ZoneClock } from "../server/calendar/zone-clock.ts";

// Prints what a year of slots comes to in a few zones: slots-zone.test.ts runs it in processes of different TZ.

const from = Date.parse("2026-11-21T00:00:00Z");
const to = from + 365 * dayMs;
const weekly = new Map([1, 2, 3, 4, 5, 6, 7].map((weekday) => [weekday, [{ start: 0, end: 1_440 }]]));
const lines = ["Africa/Casablanca", "Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"].flatMap(
  (timeZone) => {
    const clock = new ZoneClock(timeZone, from - dayMs, to + dayMs);
    const local = new LocalTimes(clock);
    const windows = openWindows({ timeZone, weekly, overrides: new Map() }, clock, from, to);
    return slotStarts(windows, clock, { durationMin: 60, gridMin: 30 }, { from, to }).map((start) =>
      local.write(start),
    );
  },
);
console.log(`${lines.length} ${hash("sha256", lines.join("\n"))}`);
