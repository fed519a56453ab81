import type { Hours, OpenHours } from "./open-hours.ts";
import type { SessionLimits } from "./session-limits.ts";

export type ClaimKind = "BOOKING" | "HOLD" | "TIMEOFF" | "EXTERNAL";

/** A time that a coach or a room is taken, in milliseconds since 1970. */
export interface Claim {
  readonly kind: ClaimKind;
  /** Without the buffers. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** With the buffers. */
  readonly from: number;
  readonly to: number;
}

/** All that says when a coach can be booked. */
export interface CoachCalendar {
  readonly coachId: string;
  readonly open: OpenHours;
  readonly limits: SessionLimits;
  /** In order; none overlaps another. */
  readonly claims: readonly Claim[];
}

/** A coach's hours without what is booked. */
export type CoachHours = Omit<CoachCalendar, "claims">;

export interface RoomClaims {
  readonly roomId: string;
  readonly claims: readonly Claim[];
}

/** Weekday, start and end in minutes. */
export type RuleTuple = readonly [number, number, number];
/** Day since 1970, starts, ends. */
export type OverrideTuple = readonly [number, readonly number[], readonly number[]];

export function readOpenHours(
  timeZone: string,
  rules: readonly RuleTuple[],
  overrides: readonly OverrideTuple[],
): OpenHours {
  const weekly = new Map<number, Hours[]>();
  for (const [weekday, start, end] of rules) {
    const hours = weekly.get(weekday);
    if (hours === undefined) weekly.set(weekday, [{ start, end }]);
    else hours.push({ start, end });
  }
  return {
    timeZone,
    weekly,
    overrides: new Map(overrides.map(([day, starts, ends]) => [day, pairHours(starts, ends)])),
  };
}

export function pairHours(starts: readonly number[], ends: readonly number[]): Hours[] {
  return starts.map((start, index) => ({ start, end: ends[index] ?? start }));
}
