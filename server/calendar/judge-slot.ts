import { bookingWindow } from "./booking-window.ts";
import { minuteMs } from "./clock-time.ts";
import type { Claim, CoachCalendar, RoomClaims } from "./coach-calendar.ts";
import { sessionStarts, type SlotRule } from "./free-slots.ts";
import { joinSpans, openWindows } from "./open-hours.ts";
import { SessionCounts } from "./session-limits.ts";
import { isOnGrid, slotStarts } from "./slot-starts.ts";
import type { ZoneClocks } from "./zone-clocks.ts";

/** Which rule a start breaks. */
export type BrokenRule =
  | "IN_THE_PAST"
  | "NOTICE_TOO_SHORT"
  | "TOO_FAR_AHEAD"
  | "OFF_GRID"
  | "OUTSIDE_HOURS"
  | "SLOT_TAKEN"
  | "INSIDE_BUFFER"
  | "DAY_LIMIT"
  | "WEEK_LIMIT"
  | "NO_ROOM";

/** Whether a session may start at this instant, by the same rules as freeSlots; null: it may. */
export function judgeSlot(
  rule: SlotRule,
  coach: CoachCalendar,
  rooms: readonly RoomClaims[],
  { start, now, clocks }: { readonly start: number; readonly now: Date; readonly clocks: ZoneClocks },
): BrokenRule | null {
  if (start < now.getTime()) return "IN_THE_PAST";
  const bookable = bookingWindow(rule, now);
  if (start < bookable.from) return "NOTICE_TOO_SHORT";
  if (start >= bookable.to) return "TOO_FAR_AHEAD";

  const clock = clocks.of(coach.open.timeZone);
  const end = start + rule.durationMin * minuteMs;
  const windows = openWindows(coach.open, clock, start, end);
  if (slotStarts(windows, clock, rule, { from: start, to: start + 1 }).length === 0) {
    const isOpen = joinSpans(windows).some(({ from, to }) => from <= start && end <= to);
    return isOpen && !isOnGrid(start, clock, rule.gridMin) ? "OFF_GRID" : "OUTSIDE_HOURS";
  }
  const busyFrom = start - rule.bufferBeforeMin * minuteMs;
  const busyTo = end + rule.bufferAfterMin * minuteMs;
  const hit = coach.claims.filter(({ from, to }) => from < busyTo && busyFrom < to);
  if (hit.length > 0) return nameHit(hit, start, end);
  const passed = new SessionCounts(coach.limits, clock, sessionStarts(coach.claims)).passedBy(start);
  if (passed !== null) return passed;
  return rule.needsRoom && freeRooms(rooms, busyFrom, busyTo).length === 0 ? "NO_ROOM" : null;
}

/** Rooms that nothing takes in [from, to). */
export function freeRooms(rooms: readonly RoomClaims[], from: number, to: number): string[] {
  return rooms
    .filter(({ claims }) => !claims.some((claim) => claim.from < to && from < claim.to))
    .map(({ roomId }) => roomId);
}

function nameHit(hit: readonly Claim[], start: number, end: number): BrokenRule {
  if (hit.some(({ kind }) => kind === "TIMEOFF" || kind === "EXTERNAL")) return "OUTSIDE_HOURS";
  return hit.some(({ startsAt, endsAt }) => startsAt < end && start < endsAt) ? "SLOT_TAKEN" : "INSIDE_BUFFER";
}
