import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import pg from "pg";
import { startApp, type TestApp } from "../../test/app.ts";
import { createCoach, createRoom, createSessionType, everyDay, mutate, setWeek } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { recordStatements } from "../../test/recorded-statements.ts";
import { openDatabase } from "../../test/tenant-rows.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import { toUuid } from "../operations/ids.ts";
import { PeopleService } from "../people/people.service.ts";
import { CalendarReader } from "./calendar-reader.ts";
import { type CheckedSlot, type SlotRequest, SlotRules } from "./slot-rules.ts";

const now = new Date("2026-11-23T08:00:00Z"); // a Monday
let app: TestApp;
let graphql: TestApp["graphql"];
let database: Database & AsyncDisposable;
let tenantId: string;
let reader: CalendarReader;
let rules: SlotRules;

beforeAll(async () => {
  app = await startApp({ clock: new TestClock(now) });
  graphql = (...request) => app.graphql(...request);
  database = openDatabase(app.database.appUrl, 16);
  tenantId = uuid("Tenant", app.tenant.tenantId);
  reader = new CalendarReader(new PeopleService(database));
  rules = new SlotRules(reader);
});
afterAll(async () => {
  await database[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

function uuid(type: Parameters<typeof toUuid>[0], id: string): string {
  const found = toUuid(type, id);
  if (found === null) throw new Error(`${id} is no ${type}`);
  return found;
}

const inTransaction = <T>(work: (session: Session) => Promise<T>) =>
  database.transaction(tenantId, work).then(({ result }) => result);

const check = (request: Omit<SlotRequest, "now"> & { now?: Date }) =>
  inTransaction((session) => rules.check(session, { now, ...request }));

interface Setting {
  readonly hours?: [string, string];
  readonly type?: object;
  readonly week?: object;
  readonly timeZone?: string;
}

async function setting({ hours = ["09:00", "12:00"], type = {}, week = {}, timeZone = "UTC" }: Setting = {}) {
  const publicId = await createCoach(graphql, { timeZone });
  await setWeek(graphql, publicId, everyDay(...hours), week);
  const typeId = await createSessionType(graphql, { coachIds: [publicId], ...type });
  return { publicId, typeId, coachId: uuid("Coach", publicId), sessionTypeId: uuid("SessionType", typeId) };
}

/** Claims the coach's time as a booking does. False: somebody was faster. */
async function book(session: Session, slot: CheckedSlot): Promise<boolean> {
  const claimed = await session.query({
    text: `INSERT INTO slot_claim (tenant_id, resource_id, kind, starts_at, ends_at, busy_from, busy_to, hold_until)
      VALUES (nexora_tenant(), $1, 'HOLD', $2, $3, $4, $5, '2030-01-01')
      ON CONFLICT ON CONSTRAINT slot_claim_no_overlap DO NOTHING RETURNING id`,
    values: [slot.coachId, slot.startsAt, slot.endsAt, slot.busyFrom, slot.busyTo],
  });
  return claimed.length > 0;
}

const at = (text: string) => new Date(`2026-11-${text}:00Z`);

describe("a request made by hand", () => {
  it("gets what to claim when it obeys the rules", async () => {
    const type = { bufferBeforeMin: 5, bufferAfterMin: 10 };
    const { coachId, sessionTypeId } = await setting({ type, hours: ["10:00", "13:00"], timeZone: "Africa/Tunis" });
    expect(await check({ sessionTypeId, coachId, start: at("24T09:30") })).toMatchObject({
      kind: "FREE",
      coachId,
      roomId: null,
      startsAt: at("24T09:30"),
      endsAt: at("24T10:30"),
      busyFrom: at("24T09:25"),
      busyTo: at("24T10:40"),
      timeZone: "Africa/Tunis",
      localStart: "2026-11-24T10:30:00+01:00",
    });
  });

  it("is refused for each rule that it breaks, with what to do", async () => {
    const type = { minimumNoticeMin: 120, bookingWindowDays: 10, bufferAfterMin: 30 };
    const { coachId, sessionTypeId, typeId, publicId } = await setting({ type });
    const taken = await check({ sessionTypeId, coachId, start: at("26T10:00") });
    if (taken.kind !== "FREE" || !(await inTransaction((session) => book(session, taken))))
      throw new Error("not booked");
    const codeAt = async (start: SlotRequest["start"]) => {
      const verdict = await check({ sessionTypeId, coachId, start });
      return verdict.kind === "FREE" ? "FREE" : verdict.code;
    };
    expect({
      past: await codeAt(at("22T09:00")),
      short: await codeAt(at("23T09:30")),
      far: await codeAt(new Date("2026-12-03T09:00:00Z")),
      grid: await codeAt(at("24T09:10")),
      second: await codeAt(new Date("2026-11-24T09:00:01Z")),
      early: await codeAt(at("24T08:30")),
      overEnd: await codeAt(at("24T11:30")),
      night: await codeAt(at("24T03:10")),
      taken: await codeAt(at("26T10:30")),
      buffer: await codeAt(at("26T11:00")),
      ownBuffer: await codeAt(at("26T09:00")),
      free: await codeAt(at("24T11:00")),
    }).toEqual({
      past: "IN_THE_PAST",
      short: "NOTICE_TOO_SHORT",
      far: "TOO_FAR_AHEAD",
      grid: "OFF_GRID",
      second: "OFF_GRID",
      early: "OUTSIDE_HOURS",
      overEnd: "OUTSIDE_HOURS",
      night: "OUTSIDE_HOURS",
      taken: "SLOT_TAKEN",
      buffer: "INSIDE_BUFFER",
      ownBuffer: "INSIDE_BUFFER",
      free: "FREE",
    });
    const short = await check({ sessionTypeId, coachId, start: at("23T09:30") });
    expect(short).toMatchObject({ earliest: at("23T10:00"), latest: new Date("2026-12-03T08:00:00Z") });

    const away = { coachId: publicId, startsAt: at("25T00:00"), endsAt: at("26T00:00") };
    await mutate(graphql, "addTimeOff", away, "cursor");
    expect(await codeAt(at("25T10:00"))).toBe("OUTSIDE_HOURS");
    await mutate(graphql, "archiveSessionType", { id: typeId }, "cursor");
    expect(await codeAt(at("24T11:00"))).toBe("TYPE_ARCHIVED");
  });

  it("may name a clock time; one that the clocks skip is refused, one that they show twice needs an instant", async () => {
    const type = { bookingWindowDays: 700, gridMin: 30 };
    const { coachId, sessionTypeId } = await setting({ type, hours: ["00:00", "24:00"], timeZone: "Europe/Paris" });
    const on = (local: string, timeZone = "Europe/Paris") =>
      check({ sessionTypeId, coachId, start: { local, timeZone } });
    expect(await on("2027-03-28T03:30")).toMatchObject({ kind: "FREE", startsAt: new Date("2027-03-28T01:30:00Z") });
    expect(await on("2027-03-28T02:30")).toMatchObject({ kind: "REFUSED", code: "START_IN_GAP" });
    const instants = [new Date("2027-10-31T00:30:00Z"), new Date("2027-10-31T01:30:00Z")];
    expect(await on("2027-10-31T02:30")).toMatchObject({ code: "START_AMBIGUOUS", instants });
    for (const start of instants)
      expect(await check({ sessionTypeId, coachId, start })).toMatchObject({ kind: "FREE" });
    expect(await on("2027-10-31T02:30", "Mars/Olympus")).toMatchObject({ code: "START_INVALID" });
    expect(await on("yesterday")).toMatchObject({ code: "START_INVALID" });
  });

  it("is refused for a type or a coach that isn't there, was deactivated, or doesn't give it", async () => {
    const { coachId, sessionTypeId, publicId } = await setting();
    const stranger = await setting();
    const start = at("24T10:00");
    const unknown = "019a0000-0000-7000-8000-000000000000";
    expect(await check({ sessionTypeId: unknown, coachId, start })).toMatchObject({ code: "TYPE_NOT_FOUND" });
    expect(await check({ sessionTypeId, coachId: unknown, start })).toMatchObject({ code: "COACH_NOT_FOUND" });
    expect(await check({ sessionTypeId, coachId: stranger.coachId, start })).toMatchObject({
      code: "COACH_NOT_OFFERING",
    });
    expect(await check({ sessionTypeId, coachId, start, roomId: unknown })).toMatchObject({ code: "ROOM_NOT_FOUND" });
    await mutate(graphql, "deactivateCoach", { id: publicId }, "cursor");
    expect(await check({ sessionTypeId, coachId, start })).toMatchObject({ code: "COACH_INACTIVE" });
  });

  it("for anybody gets who has least to do, and a free room", async () => {
    const subject = "Greek";
    const coaches = [await setting(), await setting()];
    const rooms = [await createRoom(graphql), await createRoom(graphql)];
    const typeId = await createSessionType(graphql, {
      kind: "ON_SITE",
      subjects: [subject],
      coachIds: coaches.map(({ publicId }) => publicId),
      roomIds: rooms,
    });
    const sessionTypeId = uuid("SessionType", typeId);
    const request = { sessionTypeId, coachId: null };
    const first = await check({ ...request, start: at("24T09:00") });
    if (first.kind !== "FREE") throw new Error(first.code);
    await inTransaction((session) => book(session, first));
    const second = await check({ ...request, start: at("24T10:00") });
    expect(second).toMatchObject({ kind: "FREE", roomId: expect.any(String) });
    expect(coaches.map(({ coachId }) => coachId).toSorted()).toEqual(
      [first.coachId, second.kind === "FREE" ? second.coachId : ""].toSorted(),
    );
    const room = uuid("Room", rooms[1] ?? "");
    expect(await check({ ...request, start: at("24T10:00"), roomId: room })).toMatchObject({ roomId: room });
  });

  it("to move a session doesn't meet the session itself", async () => {
    const { coachId, sessionTypeId } = await setting();
    const sessionId = "019a0000-0000-7000-8000-00000000000a";
    // The session itself doesn't matter here, so its foreign key isn't checked.
    const owner = new pg.Client({ connectionString: app.database.ownerUrl });
    await owner.connect();
    await owner.query("SET session_replication_role = replica");
    await owner.query(
      `INSERT INTO slot_claim (tenant_id, resource_id, session_id, kind, starts_at, ends_at, busy_from, busy_to)
        VALUES ($1, $2, $3, 'BOOKING', $4, $5, $4, $5)`,
      [tenantId, coachId, sessionId, at("24T10:00"), at("24T11:00")],
    );
    await owner.end();
    const start = at("24T10:30");
    expect(await check({ sessionTypeId, coachId, start })).toMatchObject({ code: "SLOT_TAKEN" });
    expect(await check({ sessionTypeId, coachId, start, ignoreSessionId: sessionId })).toMatchObject({ kind: "FREE" });
  });

  it("passes no limit, whatever others book at the same time", async () => {
    const { coachId, sessionTypeId } = await setting({ hours: ["00:00", "24:00"], week: { dayLimit: 3 } });
    const starts = Array.from({ length: 12 }, (_, hour) => new Date(at("24T00:00").getTime() + hour * 7_200_000));
    const outcomes = await Promise.all(
      starts.map((start) =>
        inTransaction(async (session) => {
          const verdict = await rules.check(session, { sessionTypeId, coachId, start, now });
          if (verdict.kind === "REFUSED") return verdict.code;
          return (await book(session, verdict)) ? "BOOKED" : "TAKEN";
        }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "BOOKED")).toHaveLength(3);
    expect(outcomes.filter((outcome) => outcome === "DAY_LIMIT")).toHaveLength(9);
  });

  it("is free exactly when availableSlots offers it", async () => {
    const type = {
      gridMin: 20,
      durationMin: 50,
      bufferBeforeMin: 10,
      bufferAfterMin: 5,
      minimumNoticeMin: 300,
      bookingWindowDays: 9,
    };
    const week = { dayLimit: 4, weekLimit: 9 };
    const { coachId, sessionTypeId, publicId } = await setting({
      type,
      week,
      hours: ["07:00", "21:00"],
      timeZone: "Asia/Kolkata",
    });
    await mutate(graphql, "addOverride", { coachId: publicId, date: "2026-11-25" }, "cursor");
    for (const start of ["24T02:00", "24T05:00", "26T02:00", "26T04:00", "26T06:00", "26T08:00"]) {
      const slot = await check({ sessionTypeId, coachId, start: at(start) });
      if (slot.kind === "FREE") await inTransaction((session) => book(session, slot));
    }
    const query =
      "query ($type: ID!, $coach: ID!, $from: DateTime!, $to: DateTime!) { availableSlots(sessionTypeId: $type, coachId: $coach, from: $from, to: $to) { slots { startsAt } } }";
    const from = at("22T00:00");
    const to = new Date("2026-12-05T00:00:00Z");
    const typeId = (await graphql("{ sessionTypes(last: 1) { nodes { id } } }")).data as {
      sessionTypes: { nodes: { id: string }[] };
    };
    const answer = await graphql(query, { type: typeId.sessionTypes.nodes[0]?.id, coach: publicId, from, to });
    const { slots } = (answer.data as { availableSlots: { slots: { startsAt: string }[] } }).availableSlots;
    const offered = new Set(slots.map(({ startsAt }) => Date.parse(startsAt)));
    expect(offered.size).toBeGreaterThan(50);
    const steps = (to.getTime() - from.getTime()) / 600_000;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.constantFrom(...offered),
          fc.integer({ min: 0, max: steps }).map((step) => from.getTime() + step * 600_000),
        ),
        async (start) => {
          const verdict = await check({ sessionTypeId, coachId, start: new Date(start) });
          expect([new Date(start), verdict.kind === "FREE"]).toEqual([new Date(start), offered.has(start)]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("alternatives", () => {
  it("are the coach's next free slots, then other coaches'", async () => {
    const mine = await setting({ hours: ["09:00", "10:00"], type: { bookingWindowDays: 4 } });
    const other = await setting({ hours: ["08:00", "09:00"] });
    const coachIds = [mine.publicId, other.publicId];
    await mutate(graphql, "updateSessionType", { id: mine.typeId, coachIds }, "cursor");
    const request = { sessionTypeId: mine.sessionTypeId, coachId: mine.coachId, now };
    const found = await inTransaction((session) => rules.alternatives(session, { ...request, after: at("24T09:30") }));
    expect(found).toEqual([
      { coachId: mine.coachId, startsAt: at("25T09:00"), endsAt: at("25T10:00") },
      { coachId: mine.coachId, startsAt: at("26T09:00"), endsAt: at("26T10:00") },
      { coachId: other.coachId, startsAt: at("25T08:00"), endsAt: at("25T09:00") },
    ]);
    // After the last one: those before it.
    const before = await inTransaction((session) => rules.alternatives(session, { ...request, after: at("29T00:00") }));
    expect(before.map(({ startsAt }) => startsAt)).toEqual([at("23T09:00"), at("24T09:00"), at("25T09:00")]);
  });

  it("are looked for up to the end of the booking window", async () => {
    const { publicId, coachId, sessionTypeId } = await setting({ type: { bookingWindowDays: 60 } });
    await setWeek(graphql, publicId, []);
    const hours = [{ from: "10:00", to: "11:00" }];
    await mutate(graphql, "addOverride", { coachId: publicId, date: "2027-01-10", hours }, "cursor");
    const found = await inTransaction((session) =>
      rules.alternatives(session, { sessionTypeId, coachId, after: now, now }),
    );
    expect(found.map(({ startsAt }) => startsAt)).toEqual([new Date("2027-01-10T10:00:00Z")]);
  });
});

describe("reading calendars", () => {
  it("takes the same statements for many coaches and claims as for one", async () => {
    const one = await setting();
    const coaches = await Promise.all(Array.from({ length: 12 }, () => setting()));
    const typeId = await createSessionType(graphql, { coachIds: coaches.map(({ publicId }) => publicId) });
    const range = { from: at("24T00:00").getTime(), to: at("24T00:00").getTime() + 5 * 86_400_000 };
    const statements = (sessionTypeId: string) =>
      recordStatements(() =>
        database.read(tenantId, (session) => reader.load(session, { sessionTypeId, coachId: null, range, now })),
      );
    await statements(one.sessionTypeId); // the connection knows the tenant then
    const forOne = await statements(one.sessionTypeId);
    const forMany = await statements(uuid("SessionType", typeId));
    expect(forMany).toHaveLength(forOne.length);
    expect(forMany.length).toBeLessThanOrEqual(5);
  });
});
