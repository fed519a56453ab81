import { Temporal } from "temporal-polyfill";

/** An instant that comes back in local time. */
export type LocalRule =
  | { readonly every: "DAY"; readonly at: string }
  | { readonly every: "WEEK"; readonly at: string; /** 1 is Monday. */ readonly weekday: number }
  | { readonly every: "MONTH"; readonly at: string; /** In a shorter month its last day. */ readonly day: number };

/**
 * The first occurrence after an instant. A local time that a change of clocks leaves out is the one that the clocks show
 * then; of one that comes twice it is the first (Temporal's "compatible").
 */
export function nextOccurrence(rule: LocalRule, timeZone: string, after: Date): Date {
  const from = Temporal.Instant.fromEpochMilliseconds(after.getTime());
  const today = from.toZonedDateTimeISO(timeZone).toPlainDate();
  for (let step = 0; step <= 2; step += 1) {
    const zoned = dayOf(rule, today, step).toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(rule.at) });
    if (Temporal.Instant.compare(zoned.toInstant(), from) > 0) return new Date(zoned.epochMilliseconds);
  }
  throw new Error(`no next occurrence of ${JSON.stringify(rule)} in ${timeZone}`);
}

/** Always reckoned from the first day: adding to a clamped one would drift. */
function dayOf(rule: LocalRule, today: Temporal.PlainDate, step: number): Temporal.PlainDate {
  switch (rule.every) {
    case "DAY":
      return today.add({ days: step });
    case "WEEK":
      return today.add({ days: rule.weekday - today.dayOfWeek + 7 * step });
    case "MONTH": {
      const month = today.toPlainYearMonth().add({ months: step });
      return month.toPlainDate({ day: Math.min(rule.day, month.daysInMonth) });
    }
  }
}
