import type { AddOverrideInput, RemoveOverrideInput, SetAvailabilityInput } from "../../schema/availability-inputs.ts";
import type {
  AddOverridePayload,
  RemoveOverridePayload,
  SetAvailabilityPayload,
} from "../../schema/availability-payloads.ts";
import type { Availability, AvailabilityOverride } from "../../schema/availability.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { readTimeZone } from "../operations/time-zone.ts";
import type { CoachRow } from "../people/people.service.ts";
import { type AvailabilityRow, toAvailability, toOverride } from "./availability-row.ts";
import {
  deleteOverride,
  ensureAvailability,
  findAvailability,
  findOverrides,
  lockAvailability,
  replaceAvailability,
  writeOverride,
} from "./availability-store.ts";
import { dayMs, readDay } from "./clock-time.ts";
import type { OwnCoaches } from "./own-coaches.ts";
import { readDayHours } from "./read-hours.ts";
import { readWeek } from "./read-week.ts";
import { findTimeOffOf } from "./time-off-store.ts";
import { ZoneClock } from "./zone-clock.ts";

export interface AvailabilityOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly own: OwnCoaches;
}

const maxDayLimit = 100;
const maxWeekLimit = 500;
const maxOverrides = 400;
const maxDayParts = 20;
const maxDaysAhead = 731;

const coachNotFound = {
  code: "COACH_NOT_FOUND",
  message: "There is no such coach.",
  field: ["input", "coachId"],
} as const;

/** When coaches can be booked: their weeks and the dates that are different. */
export class AvailabilityService {
  readonly #options: AvailabilityOptions;

  constructor(options: AvailabilityOptions) {
    this.#options = options;
  }

  async availability(context: Context, coachId: string): Promise<Availability | null> {
    const uuid = toUuid("Coach", coachId);
    return uuid === null ? null : ((await this.byIds(context, [uuid])).get(uuid) ?? null);
  }

  /** By the coaches' uuids. */
  async byIds(context: Context, uuids: readonly string[]): Promise<Map<string, Availability>> {
    const { tenantId, principal } = authorizedScope(context, "availability:read");
    return this.#options.database.read(tenantId, async (session) => {
      const coaches = await this.#options.own.among(session, principal, uuids);
      return read(session, coaches, context.now);
    });
  }

  async setAvailability(context: Context, input: SetAvailabilityInput): Promise<SetAvailabilityPayload> {
    const scope = authorizedScope(context, "availability:write");
    const timeZone = input.timeZone == null ? undefined : readTimeZone(input.timeZone);
    const week = readWeek(input.weeklyHours);
    const userErrors: SetAvailabilityPayload["userErrors"] = [];
    if (timeZone === null) {
      const message = "The time zone is none of the IANA database, such as Africa/Tunis.";
      userErrors.push({ code: "TIME_ZONE_INVALID", message, field: ["input", "timeZone"] });
    }
    if ("userErrors" in week) userErrors.push(...week.userErrors);
    for (const [field, limit] of [
      ["dayLimit", maxDayLimit],
      ["weekLimit", maxWeekLimit],
    ] as const) {
      const value = input[field];
      if (value == null || (value >= 1 && value <= limit)) continue;
      userErrors.push({ code: "LIMIT_INVALID", message: `The limit is 1 to ${limit}.`, field: ["input", field] });
    }
    if (userErrors.length > 0 || "userErrors" in week || timeZone === null) {
      return { availability: null, cursor: null, userErrors };
    }
    const { result, position } = await this.#options.journal.mutate(scope, async (transaction) => {
      const coach = await this.#options.own.one(transaction, scope.principal, input.coachId);
      if (coach === undefined) return { availability: null, userErrors: [coachNotFound] };
      await lockAvailability(transaction, coach.id);
      const [before] = await findAvailability(transaction, [coach.id], context.now);
      const version = before?.version ?? 0;
      const isExpected = input.expectedVersion == null || input.expectedVersion === version;
      const after = {
        coachId: coach.id,
        timeZone: timeZone ?? before?.timeZone ?? coach.time_zone,
        dayLimit: input.dayLimit ?? null,
        weekLimit: input.weekLimit ?? null,
        rules: week.rules,
      };
      const isWritten = isExpected && (await replaceAvailability(transaction, after, version));
      const availability = (await read(transaction, [coach], context.now)).get(coach.id) ?? null;
      if (!isWritten) return { availability, userErrors: [conflict] };
      recordChange(transaction, coach.id, {
        part: "HOURS",
        before: before === undefined ? null : described(before),
        after: described(after),
      });
      return { availability, userErrors: [] };
    });
    return { cursor: cursorAfter(this.#options.cursors, scope.tenantId, position), ...result };
  }

  async addOverride(context: Context, input: AddOverrideInput): Promise<AddOverridePayload> {
    const scope = authorizedScope(context, "availability:write");
    const read = readDayHours(input.hours, ["input", "hours"]);
    if ("userErrors" in read) return { override: null, cursor: null, userErrors: read.userErrors };
    if (read.hours.length > maxDayParts) {
      const message = `A day has at most ${maxDayParts} parts.`;
      const error = { code: "HOURS_INVALID" as const, message, field: ["input", "hours"] };
      return { override: null, cursor: null, userErrors: [error] };
    }
    const { result, position } = await this.#options.journal.mutate(scope, async (transaction) => {
      const coach = await this.#options.own.one(transaction, scope.principal, input.coachId);
      if (coach === undefined) return { override: null, userErrors: [coachNotFound] };
      await lockAvailability(transaction, coach.id);
      const [before] = await findAvailability(transaction, [coach.id], context.now);
      const today = todayIn(before?.timeZone ?? coach.time_zone, context.now);
      const day = readDay(input.date);
      if (day === null || day < today || day > today + maxDaysAhead) {
        const message = "The date is no day from today on, such as 2026-12-24, within two years.";
        return { override: null, userErrors: [{ code: "DATE_INVALID" as const, message, field: ["input", "date"] }] };
      }
      const coming = (before?.overrides ?? []).filter((each) => each.day >= today);
      const replaced = coming.find((each) => each.day === day);
      if (coming.length >= maxOverrides && replaced === undefined) {
        const message = `There are ${maxOverrides} overrides already. Remove some, or change the weekly hours.`;
        return { override: null, userErrors: [{ code: "TOO_MANY" as const, message, field: null }] };
      }
      await ensureAvailability(transaction, coach.id, coach.time_zone);
      const row = await writeOverride(transaction, {
        coachId: coach.id,
        day,
        starts: read.hours.map(({ start }) => start),
        ends: read.hours.map(({ end }) => end),
      });
      const override = toOverride(row);
      recordChange(transaction, coach.id, {
        part: "OVERRIDE",
        before: replaced === undefined ? null : describedOverride(toOverride(replaced)),
        after: describedOverride(override),
      });
      return { override, userErrors: [] };
    });
    return { cursor: cursorAfter(this.#options.cursors, scope.tenantId, position), ...result };
  }

  async removeOverride(context: Context, { id }: RemoveOverrideInput): Promise<RemoveOverridePayload> {
    const scope = authorizedScope(context, "availability:write");
    const uuid = toUuid("AvailabilityOverride", id);
    const { result, position } = await this.#options.journal.mutate(scope, async (transaction) => {
      const [row] = uuid === null ? [] : await findOverrides(transaction, [uuid]);
      const coaches =
        row === undefined ? [] : await this.#options.own.among(transaction, scope.principal, [row.coachId]);
      const isGone = row !== undefined && coaches.length > 0 && (await deleteOverride(transaction, row.id));
      if (!isGone) {
        const message = "There is no such override.";
        return { deletedId: null, userErrors: [{ code: "NOT_FOUND" as const, message, field: ["input", "id"] }] };
      }
      recordChange(transaction, row.coachId, {
        part: "OVERRIDE",
        before: describedOverride(toOverride(row)),
        after: null,
      });
      return { deletedId: toId("AvailabilityOverride", row.id), userErrors: [] };
    });
    return { cursor: cursorAfter(this.#options.cursors, scope.tenantId, position), ...result };
  }

  async overridesByIds(context: Context, uuids: readonly string[]): Promise<Map<string, AvailabilityOverride>> {
    const { tenantId, principal } = authorizedScope(context, "availability:read");
    return this.#options.database.read(tenantId, async (session) => {
      const rows = await findOverrides(session, uuids);
      const own = await this.#options.own.among(
        session,
        principal,
        rows.map(({ coachId }) => coachId),
      );
      const visible = rows.filter(({ coachId }) => own.some((coach) => coach.id === coachId));
      return new Map(visible.map((row) => [row.id, toOverride(row)]));
    });
  }
}

/** The availability of each coach; who has set none has an empty one. */
async function read(session: Session, coaches: readonly CoachRow[], now: Date): Promise<Map<string, Availability>> {
  const ids = coaches.map(({ id }) => id);
  const [rows, timeOff] = await Promise.all([findAvailability(session, ids, now), findTimeOffOf(session, ids, now)]);
  return new Map(
    coaches.map(({ id: coachId, time_zone: timeZone }) => {
      const none = { coachId, timeZone, dayLimit: null, weekLimit: null, version: 0, rules: [], overrides: [] };
      const row = rows.find((each) => each.coachId === coachId) ?? none;
      return [
        coachId,
        toAvailability(
          row,
          timeOff.filter((each) => each.coachId === coachId),
        ),
      ];
    }),
  );
}

/** Days since 1970 of the date that a zone's calendars show. */
function todayIn(timeZone: string, now: Date): number {
  return Math.floor(new ZoneClock(timeZone, now.getTime(), now.getTime()).localOf(now.getTime()) / dayMs);
}

function described(row: Omit<AvailabilityRow, "version" | "overrides">): Record<string, unknown> {
  const { timeZone, dayLimit, weekLimit, weeklyHours } = toAvailability({ ...row, version: 0, overrides: [] }, []);
  return {
    timeZone,
    dayLimit,
    weekLimit,
    hours: weeklyHours.map(({ weekday, from, to }) => `${weekday} ${from}-${to}`),
  };
}

function describedOverride({ date, hours }: AvailabilityOverride): Record<string, unknown> {
  return { date, hours: hours.map(({ from, to }) => `${from}-${to}`) };
}

function recordChange(transaction: Transaction, coachId: string, data: Readonly<Record<string, unknown>>): void {
  transaction.record({ type: "availability.changed", subjectType: "Coach", subjectId: coachId, data });
}

const conflict = {
  code: "CONFLICT",
  message: "Somebody else has changed the availability meanwhile.",
  field: ["input", "expectedVersion"],
} as const;
