import { Temporal } from "temporal-polyfill";

/**
 * How much later a zone's clocks show an instant by the rules that are in force, than they were thought to when it was written
 * down as "2027-03-28T14:00:00+02:00". In milliseconds; 0 as long as the rules didn't change.
 */
export function zoneShiftMs(timeZone: string, instant: Date, localStart: string): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
  const now = instant.getTime() + zoned.offsetNanoseconds / 1e6;
  const then = Date.parse(`${localStart.slice(0, "2027-03-28T14:00:00".length)}Z`);
  return now - then;
}
