import { Temporal } from "temporal-polyfill";

/**
 * So many months later at the same local time, in the tenant's zone. In a shorter month it is its last day, always reckoned
 * from the first instant: adding to a clamped one would drift.
 */
export function expiryOf(effectiveAt: Date, months: number, timeZone: string): Date {
  const start = Temporal.Instant.fromEpochMilliseconds(effectiveAt.getTime()).toZonedDateTimeISO(timeZone);
  return new Date(start.add({ months }).epochMilliseconds);
}
