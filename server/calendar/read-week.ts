import type { UserErrorData } from "../../schema/errors.ts";
import type { WeeklyHoursInput } from "../../schema/availability-inputs.ts";
import { Weekday } from "../../schema/availability.ts";
import type { RuleTuple } from "./coach-calendar.ts";
import { type HoursCode, readDayHours } from "./read-hours.ts";

const weekdays = Object.keys(Weekday) as Weekday[];
const maxParts = 100;

/** 1 is Monday. */
export function weekdayNumber(weekday: Weekday): number {
  return weekdays.indexOf(weekday) + 1;
}

export function weekdayName(number: number): Weekday {
  return weekdays[number - 1] ?? "MONDAY";
}

/** A whole week as rows, from Monday on; or what is wrong with it. */
export function readWeek(
  inputs: readonly WeeklyHoursInput[],
): { readonly rules: readonly RuleTuple[] } | { readonly userErrors: UserErrorData<HoursCode>[] } {
  const path = ["input", "weeklyHours"];
  if (inputs.length > maxParts) {
    const message = `A week has at most ${maxParts} parts.`;
    return { userErrors: [{ code: "HOURS_INVALID", message, field: path }] };
  }
  const rules: RuleTuple[] = [];
  const userErrors: UserErrorData<HoursCode>[] = [];
  const numbered = inputs.map(({ weekday, from, to }, index) => ({ weekday, from, to, index }));
  for (const [weekday, parts] of Map.groupBy(numbered, (part) => weekdayNumber(part.weekday))) {
    const read = readDayHours(
      parts,
      path,
      parts.map(({ index }) => index),
    );
    if ("userErrors" in read) userErrors.push(...read.userErrors);
    else rules.push(...read.hours.map(({ start, end }): RuleTuple => [weekday, start, end]));
  }
  return userErrors.length > 0 ? { userErrors } : { rules: rules.toSorted(([one], [other]) => one - other) };
}
