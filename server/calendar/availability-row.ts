import type { Availability, AvailabilityOverride, DayHours, TimeOff } from "../../schema/availability.ts";
import { toId } from "../operations/ids.ts";
import { writeClockTime, writeDay } from "./clock-time.ts";
import { pairHours, type RuleTuple } from "./coach-calendar.ts";
import type { Hours } from "./open-hours.ts";
import { weekdayName } from "./read-week.ts";

/** A coach's availability without its time off. */
export interface AvailabilityRow {
  readonly coachId: string;
  readonly timeZone: string;
  readonly dayLimit: number | null;
  readonly weekLimit: number | null;
  readonly version: number;
  readonly rules: readonly RuleTuple[];
  readonly overrides: readonly OverrideRow[];
}

export interface OverrideRow {
  readonly id: string;
  readonly coachId: string;
  /** Days since 1970. */
  readonly day: number;
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

export interface TimeOffRow {
  readonly id: string;
  readonly coachId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly reason: string;
}

export function toAvailability(row: AvailabilityRow, timeOff: readonly TimeOffRow[]): Availability {
  return {
    __typename: "Availability",
    id: toId("Availability", row.coachId),
    coachId: toId("Coach", row.coachId),
    timeZone: row.timeZone,
    weeklyHours: row.rules.map(([weekday, start, end]) => ({
      __typename: "WeeklyHours",
      weekday: weekdayName(weekday),
      from: writeClockTime(start),
      to: writeClockTime(end),
    })),
    dayLimit: row.dayLimit,
    weekLimit: row.weekLimit,
    overrides: row.overrides.map(toOverride),
    timeOff: timeOff.map(toTimeOff),
    version: row.version,
  };
}

export function toOverride({ id, coachId, day, starts, ends }: OverrideRow): AvailabilityOverride {
  return {
    __typename: "AvailabilityOverride",
    id: toId("AvailabilityOverride", id),
    coachId: toId("Coach", coachId),
    date: writeDay(day),
    hours: pairHours(starts, ends).map(toDayHours),
  };
}

export function toTimeOff({ id, coachId, startsAt, endsAt, reason }: TimeOffRow): TimeOff {
  return {
    __typename: "TimeOff",
    id: toId("TimeOff", id),
    coachId: toId("Coach", coachId),
    startsAt,
    endsAt,
    reason,
  };
}

function toDayHours({ start, end }: Hours): DayHours {
  return { __typename: "DayHours", from: writeClockTime(start), to: writeClockTime(end) };
}
