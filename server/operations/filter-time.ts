import { Temporal } from "temporal-polyfill";

/**
 * The instant that a filter's operand means: an RFC 3339 instant, or a signed ISO 8601 duration from now. Days, weeks,
 * months and years count in the zone (a day may have 23 hours), hours and less are exact. Null: it is neither.
 */
export function readInstant(text: string, now: Date, timeZone: string): Date | null {
  return /^[+-]?P/i.test(text) ? addDuration(text, now, timeZone) : parseInstant(text);
}

/** Whether reading it needs to know the zone. */
export function isDuration(text: string): boolean {
  return /^[+-]?P/i.test(text);
}

function addDuration(text: string, now: Date, timeZone: string): Date | null {
  try {
    const start = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
    return storable(start.add(Temporal.Duration.from(text)).epochMilliseconds);
  } catch (error) {
    if (error instanceof RangeError) return null; // malformed, or beyond what a date can be
    throw error;
  }
}

function parseInstant(text: string): Date | null {
  try {
    return storable(Temporal.Instant.from(text).epochMilliseconds);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** PostgreSQL's timestamps and toISOString both hold the years 0 to 9999 without surprises. */
function storable(epochMilliseconds: number): Date | null {
  const date = new Date(epochMilliseconds);
  const year = date.getUTCFullYear();
  return year >= 0 && year <= 9999 ? date : null;
}
