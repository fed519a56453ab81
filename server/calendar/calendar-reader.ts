import type { Session } from "../db/session.ts";
import type { CoachRow, PeopleService } from "../people/people.service.ts";
import { type Range, readHours } from "./calendar.queries.ts";
import { readClaims } from "./claims.queries.ts";
import type { Claim, CoachCalendar, RoomClaims } from "./coach-calendar.ts";
import { offers } from "./offers.ts";
import { findSessionTypes, type SessionTypeRow } from "./session-type-row.ts";
import { marginMs } from "./zone-clocks.ts";

/** What there is to know of a type's slots in a range. */
export interface LoadedCalendar {
  readonly type: SessionTypeRow;
  /** The coaches who were asked for and exist, bookable or not. */
  readonly coaches: readonly CoachRow[];
  /** Of those who can be booked for the type and have said when. */
  readonly calendars: readonly CoachCalendar[];
  /** The rooms that the type may take. */
  readonly rooms: readonly RoomClaims[];
  /** When the learners have sessions already, of each by himself. */
  readonly learners: readonly (readonly Claim[])[];
}

export interface CalendarRequest {
  readonly sessionTypeId: string;
  /** Null: all who give sessions of the type. */
  readonly coachId: string | null;
  /** Who is to take part. */
  readonly learnerIds?: readonly string[];
  readonly range: Range;
  readonly now: Date;
  /** Taken as if it weren't there: it is about to be moved. */
  readonly ignoreSessionId?: string | null;
}

/** Reads calendars: for any number of coaches with the same few statements, in two round trips. */
export class CalendarReader {
  readonly #people: PeopleService;

  constructor(people: PeopleService) {
    this.#people = people;
  }

  /** Null: there is no such type. */
  async load(session: Session, request: CalendarRequest): Promise<LoadedCalendar | null> {
    const { sessionTypeId, coachId, range, now, ignoreSessionId = null, learnerIds = [] } = request;
    const [[type], everybody] = await Promise.all([
      findSessionTypes(session, [sessionTypeId]),
      coachId === null ? coachesWithHours(session) : [coachId],
    ]);
    if (type === undefined) return null;
    const { coachIds, openRoomIds } = type;
    const ids = coachId === null && coachIds.length > 0 ? coachIds : everybody;
    // Limits count whole weeks of the coach's own clock.
    const around = { from: range.from - marginMs, to: range.to + marginMs };
    const [coaches, hours, claims] = await Promise.all([
      this.#people.coaches(session, ids),
      readHours(session, ids, range),
      readClaims(session, {
        resourceIds: [...ids, ...openRoomIds, ...learnerIds],
        range: around,
        now,
        ignoreSessionId,
      }),
    ]);
    const claimsOf = (resourceId: string) => claims.get(resourceId) ?? [];
    const bookable = new Set(
      coaches.filter((coach) => coach.status === "ACTIVE" && offers(type, coach)).map(({ id }) => id),
    );
    return {
      type,
      coaches,
      calendars: hours
        .filter((each) => bookable.has(each.coachId))
        .map((each) => ({ ...each, claims: claimsOf(each.coachId) })),
      rooms: openRoomIds.map((roomId) => ({ roomId, claims: claimsOf(roomId) })),
      learners: learnerIds.map(claimsOf),
    };
  }
}

async function coachesWithHours(session: Session): Promise<string[]> {
  const rows = await session.query<{ coach_id: string }>({
    name: "calendar-coaches",
    text: "SELECT coach_id FROM availability WHERE tenant_id = nexora_tenant() ORDER BY coach_id",
  });
  return rows.map(({ coach_id: id }) => id);
}
