import { Temporal } from "temporal-polyfill";

/** A day of a zone, and the instant it begins at. */
export interface ClickDay {
  readonly day: string;
  readonly startsAt: Date;
}

/** The days of a zone that a period touches, the first of them begun maybe before it. */
export function daysBetween(from: Date, to: Date, timeZone: string): ClickDay[] {
  const days: ClickDay[] = [];
  const first = dateOf(from, timeZone);
  for (let n = 0; ; n += 1) {
    const date = first.add({ days: n });
    const startsAt = new Date(date.toZonedDateTime({ timeZone }).epochMilliseconds);
    if (startsAt >= to) return days;
    days.push({ day: date.toString(), startsAt });
  }
}

function dateOf(instant: Date, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
}
