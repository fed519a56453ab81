import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { everyDay, mutate, setWeek } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { type Mailbox, openMailbox } from "../../test/people.ts";
import { book, booked, createFamily, createOffer, type Family } from "../../test/sessions.ts";
import { toUuid } from "../operations/ids.ts";

const clock = new TestClock("2026-11-23T10:00:00Z"); // a Monday
const in3Days = "2026-11-26T14:00:00Z";

let app: TestApp;
let graphql: TestApp["graphql"];
let owner: pg.Client;
let mailbox: Mailbox;

beforeAll(async () => {
  app = await startApp({ clock });
  graphql = (query, variables, credential) => app.graphql(query, variables, credential);
  mailbox = await openMailbox(app);
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await mailbox[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

async function creditsOf({ clientId }: Family): Promise<{ balance: number; held: number; usable: number }> {
  const answer = await graphql("query ($id: ID!) { client(id: $id) { creditAccount { balance held usable } } }", {
    id: clientId,
  });
  return payload<{ creditAccount: { balance: number; held: number; usable: number } }>(answer, "client").creditAccount;
}

async function mailsOf(cause: string): Promise<{ kind: string; state: string; due_at: Date; attachments: unknown }[]> {
  const { rows } = await owner.query<{ kind: string; state: string; due_at: Date; attachments: unknown }>(
    "SELECT kind, state, due_at, attachments FROM mail WHERE cause LIKE $1 ORDER BY id",
    [cause],
  );
  return rows;
}

describe("a booking", () => {
  it("holds the credits, takes the time, is told by mail and journal, and gives all back when it is cancelled in time", async () => {
    const family = await createFamily(graphql, 4);
    const { coachId, sessionTypeId } = await createOffer(graphql);
    const request = { learnerId: family.learnerId, sessionTypeId, coachId, startsAt: in3Days };
    const { session, userErrors } = await book(graphql, request);
    expect(userErrors).toEqual([]);
    expect(session).toMatchObject({
      status: "CONFIRMED",
      version: 1,
      bookings: [{ status: "BOOKED", payment: "HELD" }],
    });
    expect(await creditsOf(family)).toMatchObject({ usable: 3 });
    const booking = toUuid("Booking", session?.bookings[0]?.id ?? "");
    const told = await mailsOf(`booking:${booking}:%`);
    expect(told.map(({ kind }) => kind).toSorted()).toEqual([
      ...Array<string>(3).fill("BOOKING_CONFIRMED"),
      ...Array<string>(3).fill("SESSION_REMINDER"),
    ]);
    expect(told.filter(({ kind }) => kind === "SESSION_REMINDER").map(({ due_at: due }) => due.toISOString())).toEqual(
      Array(3).fill("2026-11-25T14:00:00.000Z"),
    );
    const cancelled = await mutate(graphql, "cancelSession", { id: session?.id, reason: "ill" }, cancelSelection);
    expect(cancelled).toEqual({
      refundedCredits: 1,
      deadline: null,
      session: { status: "CANCELLED", version: 2, bookings: [{ status: "CANCELLED", payment: "RETURNED" }] },
      userErrors: [],
    });
    expect(await creditsOf(family)).toMatchObject({ usable: 4 });
    const again = await mutate(graphql, "cancelSession", { id: session?.id }, "refundedCredits cursor");
    expect(again).toEqual({ refundedCredits: 0, cursor: null, userErrors: [] });
    const left = await mailsOf(`booking:${booking}:reminder:%`);
    expect(left.map(({ state }) => state)).toEqual(["CANCELLED", "CANCELLED", "CANCELLED"]);
    const { rows } = await owner.query<{ type: string }>(
      "SELECT type FROM journal_entry WHERE subject_id = ANY ($1) ORDER BY position",
      [[toUuid("Session", session?.id ?? ""), toUuid("Client", family.clientId)]],
    );
    expect(rows.map(({ type }) => type).slice(-4)).toEqual([
      "credits.held",
      "session.booked",
      "credits.voided",
      "session.cancelled",
    ]);
    expect((await book(graphql, request)).userErrors).toEqual([]); // the time is free again
  });

  it("is cancelled twice at once, and refunded once", async () => {
    const family = await createFamily(graphql, 1);
    const { sessionTypeId } = await createOffer(graphql);
    const id = await booked(graphql, { learnerId: family.learnerId, sessionTypeId, startsAt: in3Days });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        mutate<{ refundedCredits: number }>(graphql, "cancelSession", { id }, "refundedCredits"),
      ),
    );
    expect(answers.reduce((sum, { refundedCredits }) => sum + refundedCredits, 0)).toBe(1);
    expect(await creditsOf(family)).toMatchObject({ usable: 1, held: 0 });
  });
});

describe("a request that can't be booked", () => {
  it("is refused with what to do, and changes nothing", async () => {
    const family = await createFamily(graphql, 2);
    const stranger = await createFamily(graphql, 2);
    const { coachId, sessionTypeId } = await createOffer(graphql, { bufferAfterMin: 30, minimumNoticeMin: 60 });
    await booked(graphql, { learnerId: stranger.learnerId, sessionTypeId, coachId, startsAt: in3Days });
    const token = await mailbox.join(family.clientEmail);
    const right = { learnerId: family.learnerId, sessionTypeId, coachId };
    const zone = "Europe/Paris";
    const cases: [object, string][] = [
      [{ startsAt: "2026-11-22T14:00:00Z" }, "IN_THE_PAST"],
      [{ startsAt: "2026-11-23T10:30:00Z" }, "NOTICE_TOO_SHORT"],
      [{ startsAt: "2027-11-23T10:00:00Z" }, "TOO_FAR_AHEAD"],
      [{ startsAt: "2026-11-25T14:05:00Z" }, "OFF_GRID"],
      [{ startsAt: "2026-11-25T22:00:00Z" }, "OUTSIDE_HOURS"],
      [{ startsAt: in3Days }, "SLOT_TAKEN"],
      [{ startsAt: "2026-11-26T15:00:00Z" }, "INSIDE_BUFFER"],
      [{}, "START_INVALID"],
      [{ startsAt: in3Days, localStart: { local: "2026-11-26T14:00", timeZone: zone } }, "START_INVALID"],
      [{ localStart: { local: "2027-03-28T02:30", timeZone: zone } }, "START_IN_GAP"],
      [{ localStart: { local: "2027-10-31T02:30", timeZone: zone } }, "START_AMBIGUOUS"],
      [{ startsAt: in3Days, learnerId: stranger.learnerId }, "LEARNER_NOT_FOUND"],
      [{ startsAt: "2026-11-27T14:00:00Z", clientId: stranger.clientId }, "CLIENT_NOT_FOUND"],
      [{ startsAt: in3Days, coachId: "coach_01k00000000000000000000000" }, "COACH_NOT_FOUND"],
      [{ startsAt: in3Days, sessionTypeId: "sessiontype_01k00000000000000000000000" }, "TYPE_NOT_FOUND"],
    ];
    const rows = () => owner.query("SELECT count(*) FROM session UNION ALL SELECT count(*) FROM ledger_txn");
    const before = (await rows()).rows;
    for (const [wrong, code] of cases) {
      const answer = await book(graphql, { ...right, ...wrong }, token);
      expect({ wrong, codes: answer.userErrors.map((error) => error.code) }).toEqual({ wrong, codes: [code] });
      if (code === "SLOT_TAKEN") {
        expect(answer.alternatives.map(({ startsAt }) => startsAt)).toEqual([
          "2026-11-26T15:30:00.000Z",
          "2026-11-26T16:00:00.000Z",
          "2026-11-26T16:30:00.000Z",
        ]);
      }
    }
    expect((await rows()).rows).toEqual(before);
  });

  it("is told which part of its start is wrong", async () => {
    const family = await createFamily(graphql, 2);
    const offer = await createOffer(graphql);
    const id = await booked(graphql, { learnerId: family.learnerId, ...offer, startsAt: in3Days });
    const right = { local: "2026-11-27T14:00", timeZone: "Europe/Paris" };
    const one = "Give exactly one of startsAt and localStart.";
    const none = "The start is no local time like 2027-03-28T14:00 in a zone of the IANA database.";
    const cases: [object, string, string[]][] = [
      [{}, one, ["input", "startsAt"]],
      [{ startsAt: in3Days, localStart: right }, one, ["input", "startsAt"]],
      [{ localStart: { ...right, local: "tomorrow" } }, none, ["input", "localStart", "local"]],
      [{ localStart: { ...right, timeZone: "Europe/Atlantis" } }, none, ["input", "localStart", "timeZone"]],
    ];
    for (const [start, message, field] of cases) {
      const userErrors = [{ code: "START_INVALID", message, field }];
      expect(await book(graphql, { learnerId: family.learnerId, ...offer, ...start })).toMatchObject({ userErrors });
      expect(await mutate(graphql, "rescheduleSession", { id, ...start }, "cursor")).toMatchObject({ userErrors });
    }
  });

  it("tells how many credits are missing", async () => {
    const family = await createFamily(graphql, 1);
    const { coachId, sessionTypeId } = await createOffer(graphql, { creditCost: 3 });
    const request = { learnerId: family.learnerId, sessionTypeId, coachId, startsAt: in3Days };
    expect(await book(graphql, request)).toMatchObject({
      session: null,
      required: 3,
      usable: 1,
      shortfall: 2,
      userErrors: [{ code: "INSUFFICIENT_CREDITS" }],
    });
    expect(await creditsOf(family)).toEqual({ balance: 1, held: 0, usable: 1 });
    const penniless = await createFamily(graphql, 0);
    expect(await book(graphql, { ...request, learnerId: penniless.learnerId })).toMatchObject({
      required: 3,
      usable: 0,
      shortfall: 3,
      userErrors: [{ code: "INSUFFICIENT_CREDITS" }],
    });
  });

  it("names what to buy for them: a plan without packs, the smallest pack that is enough, the largest several times", async () => {
    const family = await createFamily(graphql, 1);
    const { coachId, sessionTypeId } = await createOffer(graphql, { creditCost: 3 });
    const input = { learnerId: family.learnerId, sessionTypeId, coachId, startsAt: in3Days };
    const offer = "required usable shortfall nextPack { id key } packCount nextPlan { id key }";
    expect(await mutate(graphql, "bookSession", input, offer)).toMatchObject({ nextPack: null, nextPlan: null });

    const price = { amountMinor: 179_000, currency: "TND" };
    await mutate(graphql, "createPlan", { key: "MONTHLY", name: "Monthly", price, creditsPerMonth: 4 }, "plan { id }");
    expect(await mutate(graphql, "bookSession", input, offer)).toMatchObject({
      nextPack: null,
      nextPlan: { key: "MONTHLY" },
    });

    for (const credits of [1, 5, 2]) {
      await mutate(graphql, "createPack", { key: `PACK_${credits}`, name: "A pack", price, credits }, "pack { id }");
    }
    expect(await mutate(graphql, "bookSession", input, offer)).toMatchObject({
      shortfall: 2,
      nextPack: { key: "PACK_2" },
      packCount: 1,
      nextPlan: null,
    });
    const series = { ...input, startsAt: "2026-11-27T14:00:00Z", weeks: 3 };
    const refused = await mutate<{ nextPack: { id: string } }>(graphql, "bookSeries", series, offer);
    expect(refused).toMatchObject({
      ...{ required: 9, usable: 1, shortfall: 8, nextPack: { key: "PACK_5" }, packCount: 2 },
      userErrors: [{ code: "INSUFFICIENT_CREDITS" }],
    });
    const purchase = { clientId: family.clientId, packId: refused.nextPack.id, provider: "LOCAL" };
    const bought = await mutate(graphql, "purchasePack", purchase, "payment { credits }");
    expect(bought).toMatchObject({ payment: { credits: 5 }, userErrors: [] });
  });

  it("is of a learner who has another session then, or a coach who was deactivated", async () => {
    const family = await createFamily(graphql);
    const one = await createOffer(graphql);
    const other = await createOffer(graphql);
    const { learnerId } = family;
    await booked(graphql, { learnerId, ...one, startsAt: in3Days });
    expect((await book(graphql, { learnerId, ...other, startsAt: in3Days })).userErrors).toMatchObject([
      { code: "LEARNER_BUSY" },
    ]);
    await mutate(graphql, "deactivateCoach", { id: other.coachId }, "cursor");
    const late = await book(graphql, { learnerId, ...other, startsAt: "2026-11-27T14:00:00Z" });
    expect(late.userErrors).toMatchObject([{ code: "COACH_INACTIVE" }]);
  });

  it("is offered what others have, and at no time at which the learner has another session", async () => {
    const { learnerId } = await createFamily(graphql);
    const gone = await createOffer(graphql);
    const { coachId } = await createOffer(graphql);
    const shared = { sessionTypeId: gone.sessionTypeId, learnerId };
    const coachIds = [gone.coachId, coachId];
    await mutate(graphql, "updateSessionType", { id: gone.sessionTypeId, coachIds }, "cursor");
    const elsewhere = await createOffer(graphql);
    await booked(graphql, { learnerId, ...elsewhere, startsAt: "2026-11-27T14:00:00Z" });
    await mutate(graphql, "deactivateCoach", { id: gone.coachId }, "cursor");
    const startsAt = "2026-11-27T14:00:00Z";
    const refused = await book(graphql, { ...shared, coachId: gone.coachId, startsAt });
    expect(refused.userErrors).toMatchObject([{ code: "COACH_INACTIVE" }]);
    const free = ["15:00", "15:30", "16:00"].map((time) => ({ coachId, startsAt: `2026-11-27T${time}:00.000Z` }));
    expect(refused.alternatives).toEqual(free);
    const busy = await book(graphql, { ...shared, coachId, startsAt });
    expect(busy).toMatchObject({ userErrors: [{ code: "LEARNER_BUSY" }], alternatives: free });
    const range = { from: "2026-11-27T13:00:00Z", to: "2026-11-27T15:30:00Z" };
    const slots = async (learner: string | null, credential?: string) => {
      const answer = await graphql(
        `
          query ($type: ID!, $learner: ID, $from: DateTime!, $to: DateTime!) {
            availableSlots(sessionTypeId: $type, learnerId: $learner, from: $from, to: $to) {
              slots {
                startsAt
              }
            }
          }
        `,
        { type: gone.sessionTypeId, learner, ...range },
        credential,
      );
      return (answer.data?.["availableSlots"] as { slots: { startsAt: string }[] } | null)?.slots.map((slot) =>
        slot.startsAt.slice(11, 16),
      );
    };
    expect(await slots(null)).toEqual(["13:00", "13:30", "14:00", "14:30", "15:00"]);
    expect(await slots(learnerId)).toEqual(["13:00", "15:00"]);
    expect(await slots(learnerId, app.tenant.publishableKey)).toBeUndefined();
  });

  it("is sent by two tabs: one of them books, and the credits are held once", async () => {
    const family = await createFamily(graphql, 5);
    const { coachId, sessionTypeId } = await createOffer(graphql);
    const request = { learnerId: family.learnerId, sessionTypeId, coachId, startsAt: in3Days };
    const answers = await Promise.all([book(graphql, request), book(graphql, request)]);
    const codes = answers.map(({ userErrors }) => userErrors[0]?.code ?? "BOOKED");
    expect(codes.filter((code) => code === "BOOKED")).toHaveLength(1);
    expect(codes.every((code) => ["BOOKED", "SLOT_TAKEN", "LEARNER_BUSY"].includes(code))).toBe(true);
    expect(await creditsOf(family)).toMatchObject({ usable: 4 });
  });
});

describe("a series", () => {
  it("keeps its local time over a change of clocks", async () => {
    const family = await createFamily(graphql, 5);
    const { coachId, sessionTypeId } = await createOffer(graphql, { bookingWindowDays: 300 });
    await setWeek(graphql, coachId, everyDay("08:00", "20:00"), { timeZone: "Europe/Paris" });
    const localStart = { local: "2027-03-21T14:00", timeZone: "Europe/Paris" };
    const series = await mutate(
      graphql,
      "bookSeries",
      { learnerId: family.learnerId, sessionTypeId, coachId, localStart, weeks: 3 },
      "sessions { startsAt seriesId }",
    );
    expect(series).toMatchObject({
      userErrors: [],
      sessions: [
        { startsAt: "2027-03-21T13:00:00.000Z" },
        { startsAt: "2027-03-28T12:00:00.000Z" },
        { startsAt: "2027-04-04T12:00:00.000Z" },
      ],
    });
    expect(await creditsOf(family)).toMatchObject({ usable: 2, held: 3 });
  });

  it("is booked as a whole or not at all", async () => {
    const family = await createFamily(graphql, 5);
    const stranger = await createFamily(graphql, 5);
    const { coachId, sessionTypeId } = await createOffer(graphql);
    const taken = "2026-12-10T14:00:00.000Z";
    await booked(graphql, { learnerId: stranger.learnerId, sessionTypeId, coachId, startsAt: taken });
    const input = { learnerId: family.learnerId, sessionTypeId, coachId, startsAt: in3Days };
    const refused = await mutate(graphql, "bookSeries", { ...input, weeks: 4 }, "sessions { id } refusedStart");
    expect(refused).toMatchObject({ sessions: [], refusedStart: taken, userErrors: [{ code: "SLOT_TAKEN" }] });
    const poor = await mutate(
      graphql,
      "bookSeries",
      { ...input, startsAt: "2026-11-27T14:00:00Z", weeks: 6 },
      "sessions { id } refusedStart required usable",
    );
    expect(poor).toMatchObject({ sessions: [], userErrors: [{ code: "INSUFFICIENT_CREDITS" }] });
    expect(poor).toMatchObject({ refusedStart: "2027-01-01T14:00:00.000Z", required: 6, usable: 5 });
    const poorer = await mutate(
      graphql,
      "bookSeries",
      { ...input, startsAt: "2026-11-27T14:00:00Z", weeks: 8 },
      "refusedStart",
    );
    expect(poorer).toMatchObject({
      refusedStart: "2027-01-01T14:00:00.000Z",
      userErrors: [{ code: "INSUFFICIENT_CREDITS" }],
    });
    const elsewhere = await createOffer(graphql);
    const second = "2026-12-04T14:00:00.000Z";
    const other = await booked(graphql, { learnerId: family.learnerId, ...elsewhere, startsAt: second });
    const busy = await mutate(
      graphql,
      "bookSeries",
      { ...input, startsAt: "2026-11-27T14:00:00Z", weeks: 3 },
      "refusedStart",
    );
    expect(busy).toMatchObject({ refusedStart: second, userErrors: [{ code: "LEARNER_BUSY" }] });
    await mutate(graphql, "cancelSession", { id: other }, "cursor");
    const far = await mutate<{ latest: string; refusedStart: string }>(
      graphql,
      "bookSeries",
      { ...input, startsAt: "2026-11-27T14:00:00Z", weeks: 20 },
      "refusedStart latest",
    );
    expect(far).toMatchObject({ userErrors: [{ code: "TOO_FAR_AHEAD" }] });
    // The first one that isn't before it.
    const overMs = Date.parse(far.refusedStart) - Date.parse(far.latest);
    expect(overMs).toBeGreaterThanOrEqual(0);
    expect(overMs).toBeLessThan(7 * 24 * 3_600_000);
    expect(await creditsOf(family)).toEqual({ balance: 5, held: 0, usable: 5 });
    expect((await book(graphql, input)).userErrors).toEqual([]);
    const wrong = await mutate(graphql, "bookSeries", { ...input, weeks: 1 }, "sessions { id }");
    expect(wrong).toMatchObject({ userErrors: [{ code: "WEEKS_INVALID" }] });
  });
});

describe("a workshop", () => {
  it("has as many learners as seats, each with a place of his own", async () => {
    const { coachId, sessionTypeId } = await createOffer(graphql, { kind: "GROUP", seats: 2 });
    const families = await Promise.all([createFamily(graphql), createFamily(graphql), createFamily(graphql)]);
    const [one, two, three] = families;
    const request = (family?: Family) => ({ learnerId: family?.learnerId, sessionTypeId, coachId, startsAt: in3Days });
    const id = await booked(graphql, request(one));
    expect(await booked(graphql, request(two))).toBe(id);
    expect((await book(graphql, request(two))).userErrors).toMatchObject([{ code: "SESSION_FULL" }]);
    expect((await book(graphql, request(three))).userErrors).toMatchObject([{ code: "SESSION_FULL" }]);
    const token = await mailbox.join(one?.clientEmail ?? "");
    const seen = await graphql(
      "query ($id: ID!) { session(id: $id) { seatsLeft bookings { learner { id } } } }",
      { id },
      token,
    );
    expect(seen.data).toEqual({ session: { seatsLeft: 0, bookings: [{ learner: { id: one?.learnerId } }] } });
    const left = await mutate(graphql, "cancelSession", { id }, "session { status seatsLeft } refundedCredits", token);
    expect(left).toEqual({ session: { status: "CONFIRMED", seatsLeft: 1 }, refundedCredits: 1, userErrors: [] });
    expect(await booked(graphql, request(three))).toBe(id);
  });
});

const cancelSelection = "refundedCredits deadline session { status version bookings { status payment } }";
