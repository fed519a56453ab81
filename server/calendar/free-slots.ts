import { BusyTimes } from "./busy-times.ts";
import { bookingWindow, type BookingWindowRule } from "./booking-window.ts";
import { minuteMs } from "./clock-time.ts";
import type { CoachCalendar, RoomClaims } from "./coach-calendar.ts";
import type { Range } from "./calendar.queries.ts";
import { openWindows } from "./open-hours.ts";
import { SessionCounts } from "./session-limits.ts";
import { slotStarts, type SlotShape } from "./slot-starts.ts";
import type { ZoneClocks } from "./zone-clocks.ts";

/** What of a session type decides when it can begin. */
export interface SlotRule extends SlotShape, BookingWindowRule {
  readonly bufferBeforeMin: number;
  readonly bufferAfterMin: number;
  /** Whether it needs one of the rooms. */
  readonly needsRoom: boolean;
}

/** When sessions of this kind can be booked with a coach: their starts in the range, in order. */
export function freeSlots(
  rule: SlotRule,
  { open, limits, claims }: CoachCalendar,
  {
    rooms,
    range,
    now,
    clocks,
  }: {
    readonly rooms: readonly RoomClaims[];
    readonly range: Range;
    readonly now: Date;
    readonly clocks: ZoneClocks;
  },
): number[] {
  const bookable = bookingWindow(rule, now);
  const from = Math.max(range.from, bookable.from);
  const to = Math.min(range.to, bookable.to);
  if (from >= to) return [];
  const clock = clocks.of(open.timeZone);
  const starts = slotStarts(openWindows(open, clock, from, to), clock, rule, { from, to });
  const busy = new BusyTimes(claims);
  const counts = new SessionCounts(limits, clock, sessionStarts(claims));
  const taken = rooms.map((room) => new BusyTimes(room.claims));
  return starts.filter((start) => {
    const begin = start - rule.bufferBeforeMin * minuteMs;
    const end = start + (rule.durationMin + rule.bufferAfterMin) * minuteMs;
    return (
      busy.isFree(begin, end) &&
      counts.passedBy(start) === null &&
      (!rule.needsRoom || taken.some((room) => room.isFree(begin, end)))
    );
  });
}

/** Of what counts towards a coach's limits. */
export function* sessionStarts(claims: CoachCalendar["claims"]): Generator<number> {
  for (const { kind, startsAt } of claims) if (kind === "BOOKING" || kind === "HOLD") yield startsAt;
}
