import type { LoadedCalendar } from "./calendar-reader.ts";
import type { Range } from "./calendar.queries.ts";
import { freeForLearners } from "./free-for-learners.ts";
import { freeSlots } from "./free-slots.ts";
import { slotRuleOf } from "./slot-rule.ts";
import { ZoneClocks } from "./zone-clocks.ts";

/** A start that can be booked, and with whom. */
export interface FoundSlot {
  /** In milliseconds since 1970. */
  readonly start: number;
  readonly coachIds: readonly string[];
}

/** The slots of all loaded coaches in one order. */
export function findSlots(calendar: LoadedCalendar, range: Range, now: Date): FoundSlot[] {
  const { type, calendars, rooms, learners } = calendar;
  if (type.archivedAt !== null) return [];
  const rule = slotRuleOf(type);
  const clocks = new ZoneClocks(range);
  const coachesByStart = new Map<number, string[]>();
  for (const coach of calendars) {
    for (const start of freeSlots(rule, coach, { rooms, range, now, clocks })) {
      const coachIds = coachesByStart.get(start);
      if (coachIds === undefined) coachesByStart.set(start, [coach.coachId]);
      else coachIds.push(coach.coachId);
    }
  }
  const isFree = freeForLearners(type, learners);
  return Array.from(coachesByStart, ([start, coachIds]) => ({ start, coachIds }))
    .toSorted((one, other) => one.start - other.start)
    .filter(({ start }) => isFree(start));
}
