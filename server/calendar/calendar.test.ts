import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import {
  createCoach,
  createRoom,
  createSessionType,
  everyDay,
  mutate,
  setWeek,
  slotsOf,
  startsOf,
} from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { toUuid } from "../operations/ids.ts";

const monday = "2026-11-23T08:00:00Z";
const clock = new TestClock(monday);
let app: TestApp;
let owner: pg.Client;
let graphql: TestApp["graphql"];

beforeAll(async () => {
  app = await startApp({ clock });
  graphql = (...request) => app.graphql(...request);
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
});
beforeEach(() => clock.set(monday));
afterAll(async () => {
  await owner.end();
  await app[Symbol.asyncDispose]();
});

/** Takes a time of a coach or a room, as a session or another calendar would. */
async function claim(
  id: string,
  from: string,
  to: string,
  { kind = "EXTERNAL", bufferMin = 0, holdUntil = null as string | null } = {},
) {
  const uuid = toUuid("Coach", id) ?? toUuid("Room", id);
  await owner.query(
    `INSERT INTO slot_claim (tenant_id, resource_id, kind, starts_at, ends_at, busy_from, busy_to, hold_until)
     SELECT tenant_id, id, $2, $3, $4, $3::timestamptz - $5 * interval '1 minute', $4::timestamptz + $5 * interval '1 minute', $6
     FROM resource WHERE id = $1`,
    [uuid, kind, from, to, bufferMin, holdUntil],
  );
}

const hold = { kind: "HOLD", holdUntil: "2027-01-01T00:00:00Z" };
const tuesday = { from: "2026-11-24T00:00:00Z", to: "2026-11-25T00:00:00Z" };

async function teacher(hours: [string, string] = ["09:00", "11:00"], type: object = {}, week: object = {}) {
  const coachId = await createCoach(graphql, { timeZone: "UTC" });
  await setWeek(graphql, coachId, everyDay(...hours), week);
  const sessionTypeId = await createSessionType(graphql, { coachIds: [coachId], ...type });
  return { coachId, sessionTypeId };
}

describe("available slots", () => {
  it("are read with a publishable key, as instants and as the viewer's clock shows them", async () => {
    const coachId = await createCoach(graphql, { timeZone: "Africa/Tunis" });
    await setWeek(graphql, coachId, [{ weekday: "TUESDAY", from: "09:00", to: "10:00" }]);
    const sessionTypeId = await createSessionType(graphql, { coachIds: [coachId] });
    const viewed = await slotsOf(
      graphql,
      { sessionTypeId, ...tuesday, zone: "America/New_York" },
      app.tenant.publishableKey,
    );
    expect(viewed).toEqual({
      computedAt: "2026-11-23T08:00:00.000Z",
      timeZone: "America/New_York",
      slots: [
        {
          startsAt: "2026-11-24T08:00:00.000Z",
          endsAt: "2026-11-24T09:00:00.000Z",
          localStartsAt: "2026-11-24T03:00:00-05:00",
          localEndsAt: "2026-11-24T04:00:00-05:00",
          coachIds: [coachId],
          seatsLeft: 1,
        },
      ],
    });
  });

  it("leave out what is taken, with the buffers of both, and what a hold that has ended had taken comes back", async () => {
    const { coachId, sessionTypeId } = await teacher(["09:00", "14:00"], { gridMin: 30, bufferAfterMin: 30 });
    await claim(coachId, "2026-11-24T11:00:00Z", "2026-11-24T11:30:00Z", {
      ...hold,
      holdUntil: "2026-11-23T09:00:00Z",
      bufferMin: 15,
    });
    const wanted = { sessionTypeId, ...tuesday };
    expect(await startsOf(graphql, wanted)).toEqual(["11-24T09:00", "11-24T12:00", "11-24T12:30", "11-24T13:00"]);
    clock.set("2026-11-23T09:00:00Z");
    expect(await startsOf(graphql, wanted)).toHaveLength(9);
  });

  it("keep to notice, booking window, day limit and week limit", async () => {
    const { coachId, sessionTypeId } = await teacher(
      ["09:00", "11:00"],
      { gridMin: 60, minimumNoticeMin: 25 * 60 + 30, bookingWindowDays: 8 },
      { dayLimit: 1, weekLimit: 2 },
    );
    const wanted = { sessionTypeId, from: monday, to: "2026-12-20T00:00:00Z" };
    // 24 November is a Tuesday; the window ends on 1 December at 8:00.
    const days = async () => (await startsOf(graphql, wanted)).map((start) => start.slice(3, 8));
    expect(await days()).toEqual([
      "24T10",
      ...["25", "26", "27", "28", "29", "30"].flatMap((day) => [`${day}T09`, `${day}T10`]),
    ]);
    await claim(coachId, "2026-11-26T09:00:00Z", "2026-11-26T10:00:00Z", hold);
    expect(await days()).not.toContain("26T10");
    await claim(coachId, "2026-11-23T05:00:00Z", "2026-11-23T06:00:00Z", hold);
    expect(await days()).toEqual(["30T09", "30T10"]);
  });

  it("follow overrides, and time off, which is a claim", async () => {
    const { coachId, sessionTypeId } = await teacher(["09:00", "10:00"]);
    const wanted = { sessionTypeId, from: tuesday.from, to: "2026-11-28T00:00:00Z" };
    const closed = await mutate<{ override: { id: string } }>(
      graphql,
      "addOverride",
      { coachId, date: "2026-11-24" },
      "override { id }",
    );
    const hours = [{ from: "20:00", to: "21:00" }];
    await mutate(graphql, "addOverride", { coachId, date: "2026-11-25", hours }, "cursor");
    const away = { coachId, startsAt: "2026-11-26T00:00:00Z", endsAt: "2026-11-27T00:00:00Z", reason: "dentist" };
    const { timeOff } = await mutate<{ timeOff: { id: string } }>(graphql, "addTimeOff", away, "timeOff { id reason }");
    expect(await startsOf(graphql, wanted)).toEqual(["11-25T20:00", "11-27T09:00"]);

    expect(await mutate(graphql, "removeOverride", closed.override, "deletedId")).toEqual({
      deletedId: closed.override.id,
      userErrors: [],
    });
    expect(await mutate(graphql, "removeTimeOff", { id: timeOff.id }, "deletedId")).toEqual({
      deletedId: timeOff.id,
      userErrors: [],
    });
    expect(await startsOf(graphql, wanted)).toEqual(["11-24T09:00", "11-25T20:00", "11-26T09:00", "11-27T09:00"]);
    expect(await mutate(graphql, "removeTimeOff", { id: timeOff.id }, "deletedId")).toMatchObject({
      userErrors: [{ code: "NOT_FOUND" }],
    });
  });

  it("are those of all coaches who teach the subject the same way, each start once", async () => {
    const subject = "Latin";
    const early = await createCoach(graphql, { timeZone: "UTC", subjects: [subject] });
    const late = await createCoach(graphql, { timeZone: "UTC", subjects: [subject] });
    const elsewhere = await createCoach(graphql, { timeZone: "UTC", subjects: [subject], modes: ["ON_SITE"] });
    await setWeek(graphql, early, everyDay("09:00", "11:00"));
    await setWeek(graphql, late, everyDay("10:00", "12:00"));
    await setWeek(graphql, elsewhere, everyDay("07:00", "08:00"));
    const sessionTypeId = await createSessionType(graphql, { subjects: [subject], gridMin: 60 });
    const { slots } = await slotsOf(graphql, { sessionTypeId, ...tuesday });
    expect(
      slots.map(({ startsAt, coachIds }) => [startsAt.slice(11, 16), coachIds.length, coachIds.includes(late)]),
    ).toEqual([
      ["09:00", 1, false],
      ["10:00", 2, true],
      ["11:00", 1, true],
    ]);
    expect(slots[0]?.coachIds).toEqual([early]);
    await mutate(graphql, "deactivateCoach", { id: early }, "cursor");
    expect(await startsOf(graphql, { sessionTypeId, ...tuesday })).toEqual(["11-24T10:00", "11-24T11:00"]);
  });

  it("need a free room where the type names rooms", async () => {
    const rooms = [await createRoom(graphql), await createRoom(graphql)];
    const { sessionTypeId } = await teacher(["09:00", "12:00"], { kind: "ON_SITE", gridMin: 60, roomIds: rooms });
    await claim(rooms[0] ?? "", "2026-11-24T09:00:00Z", "2026-11-24T11:00:00Z");
    await claim(rooms[1] ?? "", "2026-11-24T10:00:00Z", "2026-11-24T11:30:00Z");
    expect(await startsOf(graphql, { sessionTypeId, ...tuesday })).toEqual(["11-24T09:00", "11-24T11:00"]);
    await mutate(graphql, "archiveRoom", { id: rooms[0] }, "cursor");
    expect(await startsOf(graphql, { sessionTypeId, ...tuesday })).toEqual(["11-24T09:00"]);
  });

  it("are none of an archived type, and null for what doesn't exist", async () => {
    const { coachId, sessionTypeId } = await teacher();
    await mutate(graphql, "archiveSessionType", { id: sessionTypeId }, "sessionType { isArchived }");
    expect(await startsOf(graphql, { sessionTypeId, coachId, ...tuesday })).toEqual([]);
    const query = `query ($type: ID!, $coach: ID) { availableSlots(sessionTypeId: $type, coachId: $coach, from: "${tuesday.from}", to: "${tuesday.to}") { timeZone } }`;
    const unknownType = await graphql(query, { type: "sessiontype_01k00000000000000000000000" });
    const unknownCoach = await graphql(query, { type: sessionTypeId, coach: "coach_01k00000000000000000000000" });
    expect([unknownType.data, unknownCoach.data]).toEqual([{ availableSlots: null }, { availableSlots: null }]);
  });

  it("are refused for too long a range, a range that ends before it begins, and an unknown zone", async () => {
    const { sessionTypeId } = await teacher();
    for (const wrong of [{ to: "2027-11-24T00:00:00Z" }, { to: "2026-11-20T00:00:00Z" }, { zone: "Mars/Olympus" }]) {
      const query =
        "query ($id: ID!, $from: DateTime!, $to: DateTime!, $zone: String) { availableSlots(sessionTypeId: $id, from: $from, to: $to, zone: $zone) { timeZone } }";
      const { errors } = await graphql(query, { id: sessionTypeId, ...tuesday, ...wrong });
      expect(errors?.[0]?.extensions["code"]).toBe("BAD_USER_INPUT");
    }
  });
});

describe("a coach's week", () => {
  const selection =
    "availability { version timeZone dayLimit weeklyHours { weekday from to } overrides { date hours { from to } } timeOff { reason } }";

  it("takes the place of the week before as a whole, and is told in the journal", async () => {
    const coachId = await createCoach(graphql, { timeZone: "Africa/Tunis" });
    const query = "query ($coachId: ID!) { availability(coachId: $coachId) { version timeZone weeklyHours { from } } }";
    const never = await graphql(query, { coachId });
    expect(never.data).toEqual({ availability: { version: 0, timeZone: "Africa/Tunis", weeklyHours: [] } });
    await setWeek(graphql, coachId, everyDay("09:00", "12:00"), { dayLimit: 3 });
    const weeklyHours = [
      { weekday: "FRIDAY", from: "14:00", to: "24:00" },
      { weekday: "MONDAY", from: "00:00", to: "08:30" },
    ];
    const set = await mutate(graphql, "setAvailability", { coachId, weeklyHours, expectedVersion: 1 }, selection);
    expect(set).toEqual({
      availability: {
        version: 2,
        timeZone: "Africa/Tunis",
        dayLimit: null,
        weeklyHours: weeklyHours.toReversed(),
        overrides: [],
        timeOff: [],
      },
      userErrors: [],
    });
    const { rows } = await owner.query<{ data: { after: unknown } }>(
      "SELECT data FROM journal_entry WHERE type = 'availability.changed' AND subject_id = $1 ORDER BY position DESC LIMIT 1",
      [toUuid("Coach", coachId)],
    );
    expect(rows[0]?.data.after).toMatchObject({ hours: ["MONDAY 00:00-08:30", "FRIDAY 14:00-24:00"] });
  });

  it("is refused with what to do, and then nothing has changed", async () => {
    const coachId = await createCoach(graphql);
    await setWeek(graphql, coachId, everyDay("09:00", "12:00"));
    const part = (from: string, to: string) => ({ weekday: "MONDAY", from, to });
    const cases: [object, string, string[]][] = [
      [{ weeklyHours: [part("09:00", "09:00")] }, "HOURS_INVALID", ["input", "weeklyHours", "0"]],
      [{ weeklyHours: [part("9:00", "10:00")] }, "HOURS_INVALID", ["input", "weeklyHours", "0"]],
      [{ weeklyHours: [part("22:00", "25:00")] }, "HOURS_INVALID", ["input", "weeklyHours", "0"]],
      [
        { weeklyHours: [part("09:00", "11:00"), part("10:30", "12:00")] },
        "HOURS_OVERLAP",
        ["input", "weeklyHours", "1"],
      ],
      [
        { weeklyHours: Array.from({ length: 101 }, () => part("09:00", "10:00")) },
        "HOURS_INVALID",
        ["input", "weeklyHours"],
      ],
      [{ timeZone: "+01:00" }, "TIME_ZONE_INVALID", ["input", "timeZone"]],
      [{ dayLimit: 0 }, "LIMIT_INVALID", ["input", "dayLimit"]],
      [{ weekLimit: 501 }, "LIMIT_INVALID", ["input", "weekLimit"]],
      [{ expectedVersion: 7 }, "CONFLICT", ["input", "expectedVersion"]],
      [{ coachId: "coach_01k00000000000000000000000" }, "COACH_NOT_FOUND", ["input", "coachId"]],
    ];
    for (const [wrong, code, field] of cases) {
      const answer = await mutate(graphql, "setAvailability", { coachId, weeklyHours: [], ...wrong }, "cursor");
      expect(answer).toMatchObject({ cursor: null, userErrors: [{ code, field }] });
    }
    const now = await graphql(
      "query ($coachId: ID!) { availability(coachId: $coachId) { version weeklyHours { from } } }",
      { coachId },
    );
    expect(now.data).toMatchObject({ availability: { version: 1, weeklyHours: Array(7).fill({ from: "09:00" }) } });
  });

  it("has overrides of dates to come only", async () => {
    const coachId = await createCoach(graphql, { timeZone: "Pacific/Kiritimati" }); // there it is the 23rd, too, at 22:00
    for (const date of ["2026-11-22", "2026-02-30", "tomorrow", "2029-01-01"]) {
      expect(await mutate(graphql, "addOverride", { coachId, date }, "cursor")).toMatchObject({
        userErrors: [{ code: "DATE_INVALID" }],
      });
    }
    const overlapping = [
      { from: "10:00", to: "12:00" },
      { from: "09:00", to: "10:01" },
    ];
    const refused = await mutate(graphql, "addOverride", { coachId, date: "2026-11-24", hours: overlapping }, "cursor");
    expect(refused).toMatchObject({ userErrors: [{ code: "HOURS_OVERLAP" }] });
    expect(await mutate(graphql, "addOverride", { coachId, date: "2026-11-23" }, "cursor")).toMatchObject({
      userErrors: [],
    });
  });
});

describe("time off", () => {
  it("is refused where sessions are booked, and says which", async () => {
    const { coachId } = await teacher();
    await claim(coachId, "2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z", { ...hold, bufferMin: 15 });
    const away = { coachId, startsAt: "2026-11-24T10:10:00Z", endsAt: "2026-11-25T00:00:00Z" };
    const refused = await mutate(graphql, "addTimeOff", away, "cursor timeOff { id } conflicts { startsAt endsAt }");
    expect(refused).toMatchObject({
      cursor: null,
      timeOff: null,
      conflicts: [{ startsAt: "2026-11-24T09:00:00.000Z", endsAt: "2026-11-24T10:00:00.000Z" }],
      userErrors: [{ code: "SESSIONS_BOOKED" }],
    });
    // The buffer's end is free again.
    const later = await mutate(
      graphql,
      "addTimeOff",
      { ...away, startsAt: "2026-11-24T10:15:00Z" },
      "conflicts { startsAt }",
    );
    expect(later).toEqual({ conflicts: [], userErrors: [] });
    expect(await mutate(graphql, "addTimeOff", away, "conflicts { startsAt }")).toMatchObject({
      userErrors: [{ code: "SESSIONS_BOOKED" }],
    });
    const overlapping = { coachId, startsAt: "2026-11-24T23:00:00Z", endsAt: "2026-11-26T00:00:00Z" };
    expect(await mutate(graphql, "addTimeOff", overlapping, "cursor")).toMatchObject({
      userErrors: [{ code: "OVERLAPS_TIME_OFF" }],
    });
  });

  it("releases holds that have ended", async () => {
    const { coachId } = await teacher();
    await claim(coachId, "2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z", {
      ...hold,
      holdUntil: "2026-11-23T07:00:00Z",
    });
    const away = { coachId, startsAt: "2026-11-24T00:00:00Z", endsAt: "2026-11-25T00:00:00Z" };
    expect(await mutate(graphql, "addTimeOff", away, "conflicts { startsAt }")).toEqual({
      conflicts: [],
      userErrors: [],
    });
  });

  it("ends after it begins, and isn't over", async () => {
    const coachId = await createCoach(graphql);
    const at = (startsAt: string, endsAt: string) => ({ coachId, startsAt, endsAt });
    for (const wrong of [
      at("2026-11-25T00:00:00Z", "2026-11-25T00:00:00Z"),
      at("2026-11-22T00:00:00Z", "2026-11-23T08:00:00Z"),
      at("2026-11-24T00:00:00Z", "2029-11-24T00:00:00Z"),
    ]) {
      expect(await mutate(graphql, "addTimeOff", wrong, "cursor")).toMatchObject({
        userErrors: [{ code: "TIME_INVALID" }],
      });
    }
  });
});

describe("a coach who signs in", () => {
  it("keeps his own calendar, and others' don't exist for him", async () => {
    const [mine, other] = [await createCoach(graphql), await createCoach(graphql)];
    const { ownerEmail: email, ownerPassword: password } = app.tenant;
    const token = async (input: object) =>
      (await mutate<{ tokens: { accessToken: string } }>(graphql, "signIn", input, "tokens { accessToken }")).tokens
        .accessToken;
    const ownerToken = await token({ email, password });
    const invited = await mutate<{ token: string }>(
      graphql,
      "inviteMember",
      { email: "helios@example.com", role: "COACH" },
      "token",
      ownerToken,
    );
    const joining = { token: invited.token, name: "Hélios", password: "correct horse battery staple" };
    const joined = await mutate<{ member: { id: string }; tokens: { accessToken: string } }>(
      graphql,
      "acceptInvite",
      joining,
      "member { id } tokens { accessToken }",
    );
    await owner.query("UPDATE coach SET member_id = $2 WHERE id = $1", [
      toUuid("Coach", mine),
      toUuid("Member", joined.member.id),
    ]);
    const { accessToken } = joined.tokens;

    const set = (coachId: string) =>
      mutate(graphql, "setAvailability", { coachId, weeklyHours: [] }, "cursor", accessToken);
    expect(await set(mine)).toMatchObject({ userErrors: [] });
    expect(await set(other)).toMatchObject({ cursor: null, userErrors: [{ code: "COACH_NOT_FOUND" }] });
    const theirs = { coachId: other, startsAt: "2026-11-25T00:00:00Z", endsAt: "2026-11-26T00:00:00Z" };
    const added = await mutate<{ timeOff: { id: string } }>(graphql, "addTimeOff", theirs, "timeOff { id }");
    expect(await mutate(graphql, "addTimeOff", theirs, "cursor", accessToken)).toMatchObject({
      userErrors: [{ code: "COACH_NOT_FOUND" }],
    });
    expect(await mutate(graphql, "removeTimeOff", added.timeOff, "cursor", accessToken)).toMatchObject({
      userErrors: [{ code: "NOT_FOUND" }],
    });
    const seen = await graphql(
      "query ($mine: ID!, $other: ID!, $off: ID!) { mine: availability(coachId: $mine) { version } other: availability(coachId: $other) { version } node(id: $off) { id } }",
      { mine, other, off: added.timeOff.id },
      accessToken,
    );
    expect(seen.data).toEqual({ mine: { version: 1 }, other: null, node: null });
    const refused = await graphql('mutation { createRoom(input: { name: "Mine" }) { room { id } } }', {}, accessToken);
    expect(refused.errors?.[0]?.extensions["code"]).toBe("FORBIDDEN");
  });
});

describe("session types", () => {
  it("are made, changed and archived", async () => {
    const coachId = await createCoach(graphql);
    const input = {
      kind: "GROUP",
      name: " Grand  Oral ",
      durationMin: 90,
      seats: 8,
      creditCost: 2,
      coachIds: [coachId],
      subjects: ["French", "French"],
    };
    const selection =
      "sessionType { id version name gridMin seats subjects coachIds roomIds bookingWindowDays isArchived }";
    const made = await mutate<{ sessionType: { id: string } }>(graphql, "createSessionType", input, selection);
    const { id } = made.sessionType;
    expect(made.sessionType).toEqual({
      id,
      version: 1,
      name: "Grand  Oral",
      gridMin: 90,
      seats: 8,
      subjects: ["French"],
      coachIds: [coachId],
      roomIds: [],
      bookingWindowDays: 60,
      isArchived: false,
    });
    const changed = await mutate(
      graphql,
      "updateSessionType",
      { id, expectedVersion: 1, seats: 10, coachIds: [] },
      selection,
    );
    expect(changed).toMatchObject({
      sessionType: { version: 2, seats: 10, coachIds: [], gridMin: 90 },
      userErrors: [],
    });
    const late = await mutate(graphql, "updateSessionType", { id, expectedVersion: 1, seats: 11 }, selection);
    expect(late).toMatchObject({ sessionType: { version: 2, seats: 10 }, userErrors: [{ code: "CONFLICT" }] });
    const unchanged = await mutate(graphql, "updateSessionType", { id, seats: 10 }, `cursor ${selection}`);
    expect(unchanged).toMatchObject({ cursor: null, sessionType: { version: 2 }, userErrors: [] });
    await mutate(graphql, "archiveSessionType", { id }, "cursor");
    const listed = async (includeArchived: boolean) => {
      const answer = await graphql(
        "query ($all: Boolean!) { sessionTypes(first: 250, includeArchived: $all) { nodes { id } } }",
        { all: includeArchived },
      );
      return payload<{ nodes: { id: string }[] }>(answer, "sessionTypes").nodes.some((node) => node.id === id);
    };
    expect([await listed(false), await listed(true)]).toEqual([false, true]);
    const { rows } = await owner.query("SELECT type FROM journal_entry WHERE subject_id = $1 ORDER BY position", [
      toUuid("SessionType", id),
    ]);
    expect(rows.map(({ type }) => type)).toEqual([
      "session_type.created",
      "session_type.updated",
      "session_type.archived",
    ]);
  });

  it("are refused with a code for each thing that is wrong", async () => {
    const right = { kind: "ONLINE", name: "Lesson", durationMin: 60, creditCost: 1 };
    const cases: [object, string][] = [
      [{ name: " " }, "NAME_INVALID"],
      [{ description: "x".repeat(2_001) }, "DESCRIPTION_INVALID"],
      [{ subjects: [""] }, "SUBJECTS_INVALID"],
      [{ durationMin: 4, gridMin: 15 }, "DURATION_INVALID"],
      [{ durationMin: -5 }, "DURATION_INVALID"], // once, though the grid follows the duration
      [{ gridMin: 1_441 }, "DURATION_INVALID"],
      [{ bufferAfterMin: -1 }, "BUFFER_INVALID"],
      [{ minimumNoticeMin: -1 }, "NOTICE_INVALID"],
      [{ bookingWindowDays: 0 }, "WINDOW_INVALID"],
      [{ seats: 2 }, "SEATS_INVALID"],
      [{ creditCost: -1 }, "COST_INVALID"],
      [{ coachIds: ["coach_01k00000000000000000000000"] }, "COACH_NOT_FOUND"],
      [{ roomIds: [await createCoach(graphql)] }, "ROOM_NOT_FOUND"],
    ];
    for (const [wrong, code] of cases) {
      const answer = await mutate(graphql, "createSessionType", { ...right, ...wrong }, "sessionType { id }");
      expect(answer).toMatchObject({ sessionType: null, userErrors: [{ code }] });
    }
  });
});
