import { Temporal } from "temporal-polyfill";

/**
 * The instant at which a month of a subscription begins: so many months after the first day, at the same local time. In a
 * shorter month it is the last day, always reckoned from the first one: 31 January, 28 February, 31 March.
 */
export function monthStart(anchor: Date, timeZone: string, months: number): Date {
  const first = Temporal.Instant.fromEpochMilliseconds(anchor.getTime()).toZonedDateTimeISO(timeZone);
  return new Date(first.add({ months }).epochMilliseconds);
}
