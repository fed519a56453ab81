import type { AvailableSlot, AvailableSlots, AvailableSlotsArgs } from "../../schema/available-slots.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { PeopleService } from "../people/people.service.ts";
import { AppError } from "../operations/app-error.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { loadTenantSettings } from "../operations/tenant-settings.ts";
import { readTimeZone } from "../operations/time-zone.ts";
import { bookingWindow } from "./booking-window.ts";
import type { CalendarReader, LoadedCalendar } from "./calendar-reader.ts";
import type { Range } from "./calendar.queries.ts";
import { dayMs, minuteMs } from "./clock-time.ts";
import { findSlots } from "./find-slots.ts";
import { freeForLearners } from "./free-for-learners.ts";
import type { GroupSessions, OpenGroup } from "./group-sessions.port.ts";
import { LocalTimes } from "./local-times.ts";
import { ZoneClock } from "./zone-clock.ts";

const maxRangeMs = 92 * dayMs;

interface SlotData {
  readonly start: number;
  readonly end: number;
  readonly coachIds: readonly string[];
  readonly seatsLeft: number;
}

/** What can be booked, and when. */
export class SlotsService {
  readonly #database: Database;
  readonly #reader: CalendarReader;
  readonly #people: PeopleService;
  #groups: GroupSessions | undefined;

  constructor(database: Database, reader: CalendarReader, people: PeopleService) {
    this.#database = database;
    this.#reader = reader;
    this.#people = people;
  }

  /** Sessions are composed after the calendar that they need; until then there are no workshops to join. */
  connectGroups(groups: GroupSessions): void {
    this.#groups = groups;
  }

  /** Null: there is no such session type, no such coach, or no such learner whom the caller sees. */
  async availableSlots(context: Context, args: AvailableSlotsArgs): Promise<AvailableSlots | null> {
    const { tenantId } = authorizedScope(context, "calendar:read");
    const { now } = context;
    const range = readRange(args);
    const zone = args.zone == null ? undefined : readTimeZone(args.zone);
    if (zone === null) throw badArguments("`zone` is no time zone of the IANA database, such as Africa/Tunis.");
    const sessionTypeId = toUuid("SessionType", args.sessionTypeId);
    const coachId = args.coachId == null ? null : toUuid("Coach", args.coachId);
    if (sessionTypeId === null || (args.coachId != null && coachId === null)) return null;
    const learnerIds = await this.#learnerIds(context, args.learnerId ?? null);
    if (learnerIds === null) return null;
    return this.#database.read(tenantId, async (session) => {
      const [loaded, timeZone] = await Promise.all([
        this.#reader.load(session, { sessionTypeId, coachId, learnerIds, range, now }),
        zone ?? loadTenantSettings(session).then((settings) => settings.timeZone),
      ]);
      if (loaded === null || (coachId !== null && loaded.coaches.length === 0)) return null;
      const slots = await this.#slots(session, loaded, range, now);
      return { __typename: "AvailableSlots", computedAt: now, timeZone, slots: toSlots(slots, timeZone, range) };
    });
  }

  /** Null: the caller sees no such learner. */
  async #learnerIds(context: Context, id: string | null): Promise<string[] | null> {
    if (id === null) return [];
    const uuid = toUuid("Learner", id);
    const learner = uuid === null ? null : await this.#people.learner(context, uuid);
    return uuid === null || learner === null ? null : [uuid];
  }

  async #slots(session: Session, loaded: LoadedCalendar, range: Range, now: Date): Promise<SlotData[]> {
    const { type } = loaded;
    const length = type.durationMin * minuteMs;
    const free = findSlots(loaded, range, now).map(({ start, coachIds }) => ({
      start,
      end: start + length,
      coachIds,
      seatsLeft: type.seats,
    }));
    if (type.kind !== "GROUP" || type.archivedAt !== null || this.#groups === undefined) return free;
    const bookable = bookingWindow(type, now);
    const groups = await this.#groups.openGroups(session, {
      sessionTypeId: type.id,
      coachIds: loaded.calendars.map(({ coachId }) => coachId),
      range: { from: Math.max(range.from, bookable.from), to: Math.min(range.to, bookable.to) },
    });
    const isFree = freeForLearners(type, loaded.learners);
    return [...free, ...groups.filter(({ startsAt }) => isFree(startsAt)).map(joinable)].toSorted(
      (one, other) => one.start - other.start,
    );
  }
}

function joinable({ coachId, startsAt, endsAt, seatsLeft }: OpenGroup): SlotData {
  return { start: startsAt, end: endsAt, coachIds: [coachId], seatsLeft };
}

function toSlots(slots: readonly SlotData[], timeZone: string, range: Range): AvailableSlot[] {
  const local = new LocalTimes(new ZoneClock(timeZone, range.from, range.to + dayMs));
  const publicIds = new Map<string, string>();
  const publicId = (uuid: string) => {
    const known = publicIds.get(uuid) ?? toId("Coach", uuid);
    publicIds.set(uuid, known);
    return known;
  };
  return slots.map(({ start, end, coachIds, seatsLeft }) => ({
    __typename: "AvailableSlot",
    startsAt: new Date(start),
    endsAt: new Date(end),
    localStartsAt: local.write(start),
    localEndsAt: local.write(end),
    coachIds: coachIds.map(publicId),
    seatsLeft,
  }));
}

function readRange({ from, to }: AvailableSlotsArgs): Range {
  const range = { from: from.getTime(), to: to.getTime() };
  if (range.to < range.from) throw badArguments("`to` is before `from`.");
  if (range.to - range.from > maxRangeMs) throw badArguments("Ask for at most 92 days.");
  return range;
}

function badArguments(message: string): AppError {
  return new AppError("BAD_USER_INPUT", message, { reason: "VARIABLES" });
}
