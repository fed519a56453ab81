import { Temporal } from "temporal-polyfill";
import { readLocalStart } from "./local-start.ts";

interface LocalSlot {
  readonly timeZone: string;
  /** What the zone's clocks show at the start: "2027-03-28T14:00:00+02:00". */
  readonly localStart: string;
}

/**
 * By how much a start goes forward on the clocks of the slot's own zone, in milliseconds; null when the new start isn't one
 * instant.
 */
export function localShift(
  { timeZone, localStart }: LocalSlot,
  start: Date | { readonly local: string; readonly timeZone: string },
): number | null {
  const read =
    start instanceof Date
      ? ({ kind: "INSTANT", instant: start } as const)
      : readLocalStart(start.local, start.timeZone);
  if (read.kind !== "INSTANT") return null;
  const shown = Temporal.Instant.fromEpochMilliseconds(read.instant.getTime()).toZonedDateTimeISO(timeZone);
  return wall(shown.toPlainDateTime().toString({ smallestUnit: "second" })) - wall(localStart);
}

/** The start that lies so much later on the clocks of the slot's zone, whatever they do in between. */
export function shiftLocal({ timeZone, localStart }: LocalSlot, shiftMs: number) {
  const local = new Date(wall(localStart) + shiftMs).toISOString().slice(0, "2027-03-28T14:00".length);
  return { local, timeZone };
}

/** A clock time as the milliseconds that UTC would have with the same digits. */
function wall(local: string): number {
  return Date.parse(`${local.slice(0, "2027-03-28T14:00:00".length)}Z`);
}
