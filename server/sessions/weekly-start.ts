import type { CheckedSlot, SlotRequest } from "../calendar/slot-rules.ts";
import { readDay, writeDay } from "../calendar/clock-time.ts";
import { readLocalStart } from "../calendar/local-start.ts";

/**
 * The start of a series' later session: so many weeks after the first one at the same time on the clocks of the coach's
 * zone, whatever they do in between. The first week is planned first.
 */
export function weeklyStart(first: CheckedSlot | undefined, week: number): SlotRequest["start"] {
  if (first === undefined) throw new Error("a series begins with its first session");
  const [date = "", time = ""] = first.localStart.split("T");
  const day = (readDay(date) ?? 0) + 7 * week;
  return { local: `${writeDay(day)}T${time.slice(0, 5)}`, timeZone: first.timeZone };
}

/** The instant that a start is; null when the clocks show it twice or never, or it is no time at all. */
export function instantOf(start: SlotRequest["start"]): Date | null {
  if (start instanceof Date) return start;
  const read = readLocalStart(start.local, start.timeZone);
  return read.kind === "INSTANT" ? read.instant : null;
}
