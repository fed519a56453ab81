import type { UserErrorData } from "../../schema/errors.ts";
import { readClockTime } from "./clock-time.ts";
import type { Hours } from "./open-hours.ts";

export type HoursCode = "HOURS_INVALID" | "HOURS_OVERLAP";

interface HoursText {
  readonly from: string;
  readonly to: string;
}

/** Parts of a day as minutes, in their order; or what is wrong with which of them. `path` leads to the list in the input. */
export function readDayHours(
  texts: readonly HoursText[],
  path: readonly string[],
  indexes: readonly number[] = [...texts.keys()],
): { readonly hours: readonly Hours[] } | { readonly userErrors: UserErrorData<HoursCode>[] } {
  const parts: { readonly start: number; readonly end: number; readonly field: string[] }[] = [];
  const userErrors: UserErrorData<HoursCode>[] = [];
  for (const [number, { from, to }] of texts.entries()) {
    const field = [...path, String(indexes[number] ?? number)];
    const start = readClockTime(from);
    const end = readClockTime(to);
    if (start !== null && end !== null && start < end) parts.push({ start, end, field });
    else userErrors.push({ code: "HOURS_INVALID", message: `${from} to ${to} is no part of a day.`, field });
  }
  const hours = parts.toSorted((one, other) => one.start - other.start);
  for (const [number, { start, field }] of hours.entries()) {
    if (start >= (hours[number - 1]?.end ?? 0)) continue;
    userErrors.push({ code: "HOURS_OVERLAP", message: "Two parts of the day overlap.", field });
  }
  return userErrors.length > 0 ? { userErrors } : { hours: hours.map(({ start, end }) => ({ start, end })) };
}
