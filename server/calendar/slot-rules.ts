import type { Session } from "../db/session.ts";
import { bookingWindow } from "./booking-window.ts";
import type { CalendarReader, LoadedCalendar } from "./calendar-reader.ts";
import type { Range } from "./calendar.queries.ts";
import { dayMs, minuteMs } from "./clock-time.ts";
import type { CoachCalendar } from "./coach-calendar.ts";
import { findSlots } from "./find-slots.ts";
import { sessionStarts } from "./free-slots.ts";
import { type BrokenRule, freeRooms, judgeSlot } from "./judge-slot.ts";
import { readLocalStart } from "./local-start.ts";
import { LocalTimes } from "./local-times.ts";
import { offers } from "./offers.ts";
import type { SessionTypeRow } from "./session-type-row.ts";
import { mostTelling, refuseByRule, refuseSlot, type SlotRefusal } from "./slot-refusal.ts";
import { slotRuleOf } from "./slot-rule.ts";
import { ZoneClocks } from "./zone-clocks.ts";

/** What somebody wants to book. Ids are uuids. */
export interface SlotRequest {
  readonly sessionTypeId: string;
  /** Null: anybody who is free. */
  readonly coachId: string | null;
  /** An instant, or what a clock shows. */
  readonly start: Date | { readonly local: string; readonly timeZone: string };
  /** Null: one that is free, if the type needs a room. */
  readonly roomId?: string | null;
  /** Whose own sessions leave a slot out of the alternatives; in the way of a booking they are to the claims' constraint. */
  readonly learnerIds?: readonly string[];
  /** A session that is moved, or a workshop that is joined: its own claims are taken as if they weren't there. */
  readonly ignoreSessionId?: string | null;
  /** Of a session that is moved: what was booked stays, whatever has become of its type meanwhile. */
  readonly moved?: MovedSession | null;
  readonly now: Date;
}

export interface MovedSession {
  readonly durationMs: number;
  /** Its room, if that is free; null: it had none. */
  readonly roomId: string | null;
}

/** A slot that obeys every rule: what to claim, and for whom. */
export interface CheckedSlot {
  readonly kind: "FREE";
  readonly type: SessionTypeRow;
  readonly coachId: string;
  /** Null: the type needs none. */
  readonly roomId: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** With the buffers: what the coach's, the room's and the learner's claims take. */
  readonly busyFrom: Date;
  readonly busyTo: Date;
  /** The zone of the coach's hours, and what its clocks show at the start: "2027-03-28T14:00:00+02:00". */
  readonly timeZone: string;
  readonly localStart: string;
}

export interface Alternative {
  readonly coachId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

const firstLookMs = 14 * dayMs;
/** How many coaches with a limit are tried for who takes anybody. */
const maxAttempts = 5;
const oneLimit = "one_limit";

/**
 * Holds a request against the rules of the calendar, whoever made it and however: what availableSlots doesn't offer is
 * refused. Call it in the transaction that books, before anything is written; whether the slot is still free at the end is
 * for the claims' constraint to say.
 */
export class SlotRules {
  readonly #reader: CalendarReader;

  constructor(reader: CalendarReader) {
    this.#reader = reader;
  }

  async check(session: Session, request: SlotRequest): Promise<CheckedSlot | SlotRefusal> {
    const start = readStart(request.start);
    if (typeof start !== "number") return start;
    const range = { from: start, to: start + 1 };
    for (let attempt = 1; ; attempt += 1) {
      const loaded = await this.#reader.load(session, { ...request, range });
      const decided = decide(loaded, request, start);
      if (decided.kind === "REFUSED" || !hasLimit(loaded, decided.coachId)) return decided;
      // The constraint can't count: bookings of a coach who has a limit follow each other, and the later one counts anew.
      const { coachId } = decided;
      if (request.coachId === null) await session.query({ text: `SAVEPOINT ${oneLimit}` });
      await lockLimits(session, coachId);
      const locked = { ...request, coachId };
      const again = decide(await this.#reader.load(session, { ...locked, range }), locked, start);
      if (again.kind === "FREE" || request.coachId !== null || attempt === maxAttempts) return again;
      // Lets go of this coach's lock: who waits for another one's while he has it could wait in a ring.
      await session.query({ text: `ROLLBACK TO SAVEPOINT ${oneLimit}` });
    }
  }

  /**
   * Makes who changes these coaches' time wait for each other until the transaction's end. It is the first lock of a
   * transaction (docs/decisions/0022): who will call `check` after he has written anything locks its coach by this before.
   */
  async lockCoaches(session: Session, coachIds: readonly string[]): Promise<void> {
    for (const coachId of [...new Set(coachIds)].toSorted()) await lockLimits(session, coachId);
  }

  /** The next free slots from an instant on: with this coach, and as far as he has none, with others. */
  async alternatives(
    session: Session,
    {
      sessionTypeId,
      coachId,
      learnerIds = [],
      after,
      now,
      count = 3,
    }: Pick<SlotRequest, "sessionTypeId" | "coachId" | "learnerIds" | "now"> & {
      readonly after: Date;
      readonly count?: number;
    },
  ): Promise<Alternative[]> {
    const found: Alternative[] = [];
    for (const wanted of coachId === null ? [null] : [coachId, null]) {
      const missing = count - found.length;
      if (missing <= 0) break;
      const more = await this.#next(session, { sessionTypeId, coachId: wanted, learnerIds, after, now, count });
      const isNew = (one: Alternative) => !found.some(({ startsAt }) => startsAt.getTime() === one.startsAt.getTime());
      found.push(...more.filter(isNew).slice(0, missing));
    }
    return found;
  }

  async #next(
    session: Session,
    wanted: {
      sessionTypeId: string;
      coachId: string | null;
      learnerIds: readonly string[];
      after: Date;
      now: Date;
      count: number;
    },
  ): Promise<Alternative[]> {
    const { after, now, count } = wanted;
    let from = Math.max(after.getTime(), now.getTime());
    let range: Range = { from, to: from + firstLookMs };
    for (let look = 0; look < 3; look += 1) {
      const loaded = await this.#reader.load(session, { ...wanted, range });
      if (loaded === null) return [];
      const slots = findSlots(loaded, range, now).slice(0, count);
      const bookable = bookingWindow(loaded.type, now);
      // Few in the first fortnight: look through the whole booking window; none after the start: look before it.
      if (slots.length >= count || look === 2) return slots.map((slot) => alternativeOf(slot, loaded.type));
      if (look === 1 && slots.length > 0) return slots.map((slot) => alternativeOf(slot, loaded.type));
      if (look === 1) from = bookable.from;
      range = { from, to: Math.max(bookable.to, from + 1) };
    }
    return [];
  }
}

function alternativeOf({ start, coachIds }: { start: number; coachIds: readonly string[] }, type: SessionTypeRow) {
  return {
    coachId: coachIds[0] ?? "",
    startsAt: new Date(start),
    endsAt: new Date(start + type.durationMin * minuteMs),
  };
}

function readStart(start: SlotRequest["start"]): number | SlotRefusal {
  if (start instanceof Date) return start.getTime();
  const read = readLocalStart(start.local, start.timeZone);
  switch (read.kind) {
    case "INSTANT":
      return read.instant.getTime();
    case "GAP":
      return refuseSlot("START_IN_GAP");
    case "FOLD":
      return refuseSlot("START_AMBIGUOUS", { instants: read.instants });
    case "MALFORMED":
      return refuseSlot("START_INVALID");
  }
}

function decide(loaded: LoadedCalendar | null, request: SlotRequest, start: number): CheckedSlot | SlotRefusal {
  const { coachId, roomId = null, moved = null, now } = request;
  if (loaded === null) return refuseSlot("TYPE_NOT_FOUND");
  const { type, calendars } = loaded;
  if (type.archivedAt !== null && moved === null) return refuseSlot("TYPE_ARCHIVED");
  if (roomId !== null && !loaded.rooms.some((room) => room.roomId === roomId)) return refuseSlot("ROOM_NOT_FOUND");
  if (coachId !== null && calendars.length === 0) return refuseCoach(loaded, coachId);
  const rooms = roomId === null ? loaded.rooms : loaded.rooms.filter((room) => room.roomId === roomId);
  const clocks = new ZoneClocks({ from: start, to: start });
  const rule = moved === null ? slotRuleOf(type) : { ...slotRuleOf(type), durationMin: moved.durationMs / minuteMs };
  const broken: BrokenRule[] = [];
  const free: CoachCalendar[] = [];
  for (const calendar of calendars) {
    const rules = judgeSlot(rule, calendar, rooms, { start, now, clocks });
    if (rules === null) free.push(calendar);
    else broken.push(rules);
  }
  const chosen = leastBusy(free);
  if (chosen === undefined) return refuseByRule(mostTelling(broken), type, now);
  const end = start + rule.durationMin * minuteMs;
  const busyFrom = start - type.bufferBeforeMin * minuteMs;
  const busyTo = end + type.bufferAfterMin * minuteMs;
  const { timeZone } = chosen.open;
  return {
    kind: "FREE",
    type,
    coachId: chosen.coachId,
    roomId: rule.needsRoom ? chooseRoom(freeRooms(rooms, busyFrom, busyTo), moved) : null,
    startsAt: new Date(start),
    endsAt: new Date(end),
    busyFrom: new Date(busyFrom),
    busyTo: new Date(busyTo),
    timeZone,
    localStart: new LocalTimes(clocks.of(timeZone)).write(start),
  };
}

/** A session that is moved stays in its room if it can. */
function chooseRoom(free: readonly string[], moved: MovedSession | null): string | null {
  return free.find((roomId) => roomId === moved?.roomId) ?? free[0] ?? null;
}

function refuseCoach({ coaches, type }: LoadedCalendar, coachId: string): SlotRefusal {
  const coach = coaches.find(({ id }) => id === coachId);
  if (coach === undefined) return refuseSlot("COACH_NOT_FOUND");
  if (coach.status !== "ACTIVE") return refuseSlot("COACH_INACTIVE");
  return refuseSlot(offers(type, coach) ? "OUTSIDE_HOURS" : "COACH_NOT_OFFERING");
}

/** Who has fewest sessions in the weeks around it, so that work is shared. */
function leastBusy(calendars: readonly CoachCalendar[]): CoachCalendar | undefined {
  return calendars
    .map((calendar) => ({ calendar, sessions: [...sessionStarts(calendar.claims)].length }))
    .toSorted((one, other) => one.sessions - other.sessions)[0]?.calendar;
}

function hasLimit(loaded: LoadedCalendar | null, coachId: string): boolean {
  const limits = loaded?.calendars.find((calendar) => calendar.coachId === coachId)?.limits;
  return limits !== undefined && (limits.dayLimit !== null || limits.weekLimit !== null);
}

/** Until the transaction's end. Taken before any other lock of it, of several coaches in ascending order. */
async function lockLimits(session: Session, coachId: string): Promise<void> {
  await session.query({
    name: "calendar-lock-limits",
    text: "SELECT pg_advisory_xact_lock(hashtextextended('calendar-limits:' || $1::text, 0))",
    values: [coachId],
  });
}
