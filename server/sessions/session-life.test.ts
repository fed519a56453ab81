import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { createCoach, everyDay, mutate, setWeek } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { type Mailbox, openMailbox } from "../../test/people.ts";
import { booked, createFamily, createOffer, type Family } from "../../test/sessions.ts";
import { toUuid } from "../operations/ids.ts";

const clock = new TestClock();
const monday = "2026-11-23T10:00:00Z";
const in3Days = "2026-11-26T14:00:00Z";

let app: TestApp;
let graphql: TestApp["graphql"];
let owner: pg.Client;
let mailbox: Mailbox;

beforeAll(async () => {
  clock.set(monday);
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

interface Stage extends Family {
  readonly coachId: string;
  readonly sessionTypeId: string;
  readonly id: string;
  readonly clientToken: string;
}

/** A session in three days, on Monday; what follows moves the clock. */
async function stage(settings: object = {}, credits = 5): Promise<Stage> {
  clock.set(monday);
  const family = await createFamily(graphql, credits);
  const offer = await createOffer(graphql, settings);
  const clientToken = await mailbox.join(family.clientEmail);
  const id = await booked(graphql, { learnerId: family.learnerId, ...offer, startsAt: in3Days }, clientToken);
  return { ...family, ...offer, id, clientToken };
}

async function usable({ clientId }: Family): Promise<unknown> {
  const answer = await graphql("query ($id: ID!) { client(id: $id) { creditAccount { usable held balance } } }", {
    id: clientId,
  });
  return payload<{ creditAccount: unknown }>(answer, "client").creditAccount;
}

const codesOf = (answer: unknown) => (answer as { userErrors: { code: string }[] }).userErrors.map(({ code }) => code);

/** A coach's login, for whom there is a session. Tokens last 15 minutes by the clock: get them when they are needed. */
async function coachToken(coachId: string): Promise<string> {
  const { rows } = await owner.query<{ email: string }>("SELECT email FROM coach WHERE id = $1", [
    toUuid("Coach", coachId),
  ]);
  return mailbox.join(rows[0]?.email ?? "");
}

async function signIn(email: string): Promise<string> {
  const answer = await graphql(
    "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }",
    { input: { email, password: "correct horse battery staple" } },
    null,
  );
  return payload<{ tokens: { accessToken: string } }>(answer, "signIn").tokens.accessToken;
}

describe("a cancellation after the deadline", () => {
  it("is refused to clients when the booking says so, also when the type says otherwise by now", async () => {
    const made = await stage({ cancellationNoticeMin: 1_440 });
    await mutate(
      graphql,
      "updateSessionType",
      { id: made.sessionTypeId, cancellationNoticeMin: 0, lateCancellation: "UNPAID" },
      "cursor",
    );
    clock.set("2026-11-26T12:00:00Z");
    const token = await signIn(made.clientEmail);
    const refused = await mutate(graphql, "cancelSession", { id: made.id }, "deadline session { status }", token);
    expect(refused).toMatchObject({
      deadline: "2026-11-25T14:00:00.000Z",
      session: { status: "CONFIRMED" },
      userErrors: [{ code: "POLICY_VIOLATION" }],
    });
    const asked = await mutate(graphql, "cancelSession", { id: made.id, credits: "RETURN" }, "cursor", token);
    expect(codesOf(asked)).toEqual(["CREDITS_NOT_YOURS"]);
    expect(await usable(made)).toEqual({ usable: 4, held: 1, balance: 5 });
    const kept = await mutate(
      graphql,
      "cancelSession",
      { id: made.id, credits: "KEEP" },
      "refundedCredits session { status }",
    );
    expect(kept).toMatchObject({ refundedCredits: 0, session: { status: "CANCELLED" }, userErrors: [] });
    expect(await usable(made)).toEqual({ usable: 4, held: 0, balance: 4 });
  });

  it("is in time up to the last millisecond, and late from the deadline on", async () => {
    const made = await stage({ lateCancellation: "UNPAID" });
    clock.set("2026-11-25T14:00:00.000Z");
    const token = await signIn(made.clientEmail);
    const late = await mutate(
      graphql,
      "cancelSession",
      { id: made.id },
      "refundedCredits session { bookings { payment } }",
      token,
    );
    expect(late).toMatchObject({ refundedCredits: 0, session: { bookings: [{ payment: "SPENT" }] }, userErrors: [] });
    const other = await stage();
    expect(
      codesOf(await mutate(graphql, "cancelSession", { id: other.id, credits: "KEEP" }, "cursor", other.clientToken)),
    ).toEqual(["CREDITS_NOT_YOURS"]);
    clock.set("2026-11-25T13:59:59.999Z");
    const inTime = await mutate(
      graphql,
      "cancelSession",
      { id: other.id },
      "refundedCredits",
      await signIn(other.clientEmail),
    );
    expect(inTime).toEqual({ refundedCredits: 1, userErrors: [] });
  });
});

describe("a move", () => {
  it("by a quarter of an hour doesn't meet the session itself", async () => {
    const made = await stage({ gridMin: 15, bufferAfterMin: 15 });
    const startsAt = "2026-11-26T14:15:00.000Z";
    const moved = await mutate(
      graphql,
      "rescheduleSession",
      { id: made.id, startsAt },
      "session { startsAt version bookings { deadlineAt payment } }",
      made.clientToken,
    );
    expect(moved).toEqual({
      session: { startsAt, version: 2, bookings: [{ deadlineAt: "2026-11-25T14:15:00.000Z", payment: "HELD" }] },
      userErrors: [],
    });
    const { rows } = await owner.query<{ kind: string; state: string; due: string; text: string }>(
      `SELECT kind, state, to_char(due_at AT TIME ZONE 'UTC', 'DD HH24:MI') AS due, attachments -> 0 ->> 'text' AS text FROM mail
       WHERE recipient = $1 AND kind <> 'WELCOME' ORDER BY id`,
      [made.clientEmail],
    );
    expect(rows.filter(({ kind }) => kind === "SESSION_REMINDER").map(({ state, due }) => [state, due])).toEqual([
      ["CANCELLED", "25 14:00"],
      ["QUEUED", "25 14:15"],
    ]);
    const invitations = rows.flatMap(({ text }) => (text === null ? [] : [text]));
    const lines = (name: string) => invitations.map((text) => new RegExp(`^${name}:(.*?)\\r?$`, "m").exec(text)?.[1]);
    expect(lines("SEQUENCE")).toEqual(["0", "1"]);
    expect(lines("METHOD")).toEqual(["REQUEST", "REQUEST"]);
    expect(new Set(lines("UID")).size).toBe(1);
  });

  it("to the start that it has already changes nothing: no version, deadline, mail or entry", async () => {
    const made = await stage();
    const told = async () => {
      const { rows } = await owner.query(
        `SELECT (SELECT count(*) FROM mail WHERE recipient = $1) AS mails,
           (SELECT count(*) FROM journal_entry WHERE subject_id = $2) AS entries`,
        [made.clientEmail, toUuid("Session", made.id)],
      );
      return rows;
    };
    const before = await told();
    const starts = [{ startsAt: in3Days }, { localStart: { local: "2026-11-26T15:00", timeZone: "Europe/Paris" } }];
    for (const start of starts) {
      const input = { id: made.id, coachId: made.coachId, includesFollowing: true, ...start };
      const selection = "session { startsAt version bookings { deadlineAt } }";
      expect(await mutate(graphql, "rescheduleSession", input, selection)).toEqual({
        session: {
          startsAt: "2026-11-26T14:00:00.000Z",
          version: 1,
          bookings: [{ deadlineAt: "2026-11-25T14:00:00.000Z" }],
        },
        userErrors: [],
      });
    }
    expect(await told()).toEqual(before);
  });

  it("is refused where the time is taken, with another version, after the deadline, and of what others have", async () => {
    const made = await stage();
    const other = await createFamily(graphql);
    const { coachId, sessionTypeId, id } = made;
    const at16 = "2026-11-26T16:00:00Z";
    await booked(graphql, { learnerId: other.learnerId, coachId, sessionTypeId, startsAt: at16 });
    const move = (input: object, token?: string) =>
      mutate(graphql, "rescheduleSession", { id, ...input }, "alternatives { startsAt }", token);
    expect(codesOf(await move({ startsAt: at16 }))).toEqual(["SLOT_TAKEN"]);
    expect(codesOf(await move({ startsAt: "2026-11-27T16:00:00Z", expectedVersion: 7 }))).toEqual(["CONFLICT"]);
    const stranger = await mailbox.join(other.clientEmail);
    expect(codesOf(await move({ startsAt: "2026-11-27T16:00:00Z" }, stranger))).toEqual(["NOT_FOUND"]);
    clock.set("2026-11-26T10:00:00Z");
    const token = await signIn(made.clientEmail);
    expect(codesOf(await move({ startsAt: "2026-11-27T16:00:00Z" }, token))).toEqual(["DEADLINE_PASSED"]);
    expect(codesOf(await move({ startsAt: "2026-11-27T16:00:00Z" }))).toEqual([]);
  });
});

describe("the end of a session", () => {
  it("spends the credits, and its report and marks are the learner's", async () => {
    const made = await stage();
    const coach = await coachToken(made.coachId);
    const report = {
      id: made.id,
      summary: "Limits of sequences",
      topics: ["Limits"],
      homework: "Exercise 4",
      marks: [{ learnerId: made.learnerId, subject: "Maths", mark: 70, comment: "Good" }],
    };
    const selection = "session { status report { summary homework } bookings { status payment } }";
    expect(codesOf(await mutate(graphql, "completeSession", report, selection, coach))).toEqual(["NOT_BEGUN"]);
    clock.set("2026-11-26T15:00:00Z");
    const { rows } = await owner.query<{ email: string }>("SELECT email FROM coach WHERE id = $1", [
      toUuid("Coach", made.coachId),
    ]);
    const later = await signIn(rows[0]?.email ?? "");
    const wrong = { ...report, marks: [{ ...report.marks[0], mark: 101 }], summary: " " };
    expect(codesOf(await mutate(graphql, "completeSession", wrong, selection, later))).toEqual([
      "SUMMARY_INVALID",
      "MARKS_INVALID",
    ]);
    expect(await mutate(graphql, "completeSession", report, selection, later)).toEqual({
      session: {
        status: "COMPLETED",
        report: { summary: "Limits of sequences", homework: "Exercise 4" },
        bookings: [{ status: "ATTENDED", payment: "SPENT" }],
      },
      userErrors: [],
    });
    expect(await usable(made)).toEqual({ usable: 4, held: 0, balance: 4 });
    expect(codesOf(await mutate(graphql, "completeSession", report, selection, later))).toEqual(["NOT_CONFIRMED"]);
    const file = await graphql("query ($id: ID!) { learner(id: $id) { subjectProgress { subject mark } } }", {
      id: made.learnerId,
    });
    expect(file.data).toEqual({ learner: { subjectProgress: [{ subject: "Maths", mark: 70 }] } });
  });

  it("is for the session's own coach and the team to tell", async () => {
    const made = await stage();
    const other = await createCoach(graphql, { email: `other-${made.clientEmail}` });
    await setWeek(graphql, other, everyDay("08:00", "20:00"));
    const stranger = await coachToken(other);
    clock.set("2026-11-26T15:00:00Z");
    const token = await signIn(`other-${made.clientEmail}`);
    expect(stranger).not.toBe("");
    expect(codesOf(await mutate(graphql, "markNoShow", { id: made.id }, "cursor", token))).toEqual(["NOT_FOUND"]);
    const marked = await mutate(
      graphql,
      "markNoShow",
      { id: made.id },
      "session { status bookings { status payment } }",
    );
    expect(marked).toMatchObject({
      session: { status: "NO_SHOW", bookings: [{ status: "NO_SHOW", payment: "SPENT" }] },
    });
    const agenda =
      "query ($id: ID!, $from: DateTime!, $to: DateTime!) { agenda(coachId: $id, from: $from, to: $to) { nodes { id } } }";
    const week = { from: "2026-11-23T00:00:00Z", to: "2026-11-30T00:00:00Z" };
    expect((await graphql(agenda, { id: made.coachId, ...week }, token)).data).toEqual({ agenda: { nodes: [] } });
    expect((await graphql(agenda, { id: made.coachId, ...week })).data).toEqual({
      agenda: { nodes: [{ id: made.id }] },
    });
  });
});

describe("a workshop", () => {
  it("says of each learner whether he came: who didn't pays, and it goes on for the others", async () => {
    const made = await stage({ kind: "GROUP", seats: 4 });
    const others = await Promise.all([createFamily(graphql, 5), createFamily(graphql, 5)]);
    const { coachId, sessionTypeId, id } = made;
    for (const { learnerId } of others) {
      await booked(graphql, { learnerId, coachId, sessionTypeId, startsAt: in3Days });
    }
    const [second, third] = others.map(({ learnerId }) => learnerId);
    const selection = "session { status version bookings { status payment } } bookings { status payment }";
    const mark = (learnerIds: unknown) => mutate(graphql, "markNoShow", { id, learnerIds }, selection);
    expect(codesOf(await mark([second]))).toEqual(["NOT_BEGUN"]);
    clock.set("2026-11-26T14:30:00Z");
    const stranger = await createFamily(graphql, 0);
    expect(codesOf(await mark([second, stranger.learnerId]))).toEqual(["LEARNER_NOT_FOUND"]);
    expect(codesOf(await mark([]))).toEqual(["LEARNER_NOT_FOUND"]);
    const one = await mark([second]);
    expect(one).toMatchObject({
      session: { status: "CONFIRMED", bookings: [{ status: "BOOKED" }, { status: "NO_SHOW" }, { status: "BOOKED" }] },
      bookings: [{ status: "NO_SHOW", payment: "SPENT" }],
      userErrors: [],
    });
    const { version } = (one as { session: { version: number } }).session;
    expect(await mark([second])).toMatchObject({ session: { version }, bookings: [], userErrors: [] });
    const marks = [{ learnerId: second, subject: "Maths", mark: 50 }];
    const report = { id, summary: "Limits", absentIds: [third] };
    const complete = (input: object) =>
      mutate(graphql, "completeSession", input, "session { status bookings { status payment } }");
    expect(codesOf(await complete({ ...report, marks }))).toEqual(["LEARNER_NOT_FOUND"]);
    expect(await complete(report)).toEqual({
      session: {
        status: "COMPLETED",
        bookings: [
          { status: "ATTENDED", payment: "SPENT" },
          { status: "NO_SHOW", payment: "SPENT" },
          { status: "NO_SHOW", payment: "SPENT" },
        ],
      },
      userErrors: [],
    });
    expect(await Promise.all([made, ...others].map(usable))).toEqual(
      Array.from({ length: 3 }, () => ({ usable: 4, held: 0, balance: 4 })),
    );
  });

  it("to which nobody came, one after the other, is one to which nobody came", async () => {
    const made = await stage({ kind: "GROUP", seats: 4 });
    const other = await createFamily(graphql, 5);
    const { coachId, sessionTypeId, id } = made;
    await booked(graphql, { learnerId: other.learnerId, coachId, sessionTypeId, startsAt: in3Days });
    clock.set("2026-11-26T14:30:00Z");
    const statusAfter = async (learnerIds?: string[]) =>
      mutate(graphql, "markNoShow", { id, learnerIds }, "session { status }");
    expect(await statusAfter([made.learnerId])).toEqual({ session: { status: "CONFIRMED" }, userErrors: [] });
    expect(await statusAfter()).toEqual({ session: { status: "NO_SHOW" }, userErrors: [] });
    expect(await statusAfter([other.learnerId])).toEqual({ session: { status: "NO_SHOW" }, userErrors: [] });
    const { rows } = await owner.query<{ type: string; data: { bookings: unknown[] } }>(
      "SELECT type, data FROM journal_entry WHERE subject_id = $1 AND type <> 'session.booked' ORDER BY position",
      [toUuid("Session", id)],
    );
    expect(rows.map(({ type, data }) => [type, data.bookings.length])).toEqual([
      ["session.missed", 1],
      ["session.no_show", 1],
    ]);
  });
});

describe("a coach who is retired", () => {
  it("has no sessions ahead, and can be booked when he is taken back", async () => {
    const made = await stage();
    const deactivate = () =>
      mutate(graphql, "deactivateCoach", { id: made.coachId }, "coach { status } openSessionIds");
    expect(await deactivate()).toMatchObject({
      coach: { status: "ACTIVE" },
      openSessionIds: [made.id],
      userErrors: [{ code: "SESSIONS_BOOKED" }],
    });
    await mutate(graphql, "cancelSession", { id: made.id }, "cursor");
    expect(await deactivate()).toEqual({ coach: { status: "DEACTIVATED" }, openSessionIds: [], userErrors: [] });
    const slot = { learnerId: made.learnerId, coachId: made.coachId, sessionTypeId: made.sessionTypeId };
    const request = { ...slot, startsAt: "2026-11-27T14:00:00Z" };
    expect(codesOf(await mutate(graphql, "bookSession", request, "cursor"))).toEqual(["COACH_INACTIVE"]);
    const { coachId: id } = made;
    expect(codesOf(await mutate(graphql, "reactivateCoach", { id, expectedVersion: 1 }, "cursor"))).toEqual([
      "CONFLICT",
    ]);
    const back = await mutate(graphql, "reactivateCoach", { id }, "coach { status }");
    expect(back).toEqual({ coach: { status: "ACTIVE" }, userErrors: [] });
    await booked(graphql, request);
  });

  it("is never booked at the same moment", async () => {
    clock.set(monday);
    const rounds = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const { learnerId } = await createFamily(graphql, 1);
        const offer = await createOffer(graphql);
        const [made, retired] = await Promise.all([
          mutate<{ userErrors: unknown[] }>(
            graphql,
            "bookSession",
            { learnerId, ...offer, startsAt: in3Days },
            "cursor",
          ),
          mutate<{ userErrors: unknown[] }>(graphql, "deactivateCoach", { id: offer.coachId }, "cursor"),
        ]);
        return made.userErrors.length + retired.userErrors.length;
      }),
    );
    expect(rounds).toEqual(rounds.map(() => 1));
  });
});

describe("a session that has to be confirmed", () => {
  it("has its time at once, and is told of when it is confirmed", async () => {
    const made = await stage({ isConfirmedAtBooking: false });
    expect((await mailbox.kinds(made.clientEmail)).includes("BOOKING_CONFIRMED")).toBe(false);
    const confirmed = await mutate(graphql, "confirmSession", { id: made.id }, "session { status version }");
    expect(confirmed).toEqual({ session: { status: "CONFIRMED", version: 2 }, userErrors: [] });
    expect((await mailbox.kinds(made.clientEmail)).filter((kind) => kind !== "WELCOME")).toEqual([
      "SESSION_REQUESTED",
      "BOOKING_CONFIRMED",
      "SESSION_REMINDER",
    ]);
  });
});

describe("the link of a session", () => {
  it("is given from ten minutes before it to its end, to those who take part", async () => {
    const made = await stage();
    const ask = async (at: string, token?: string) => {
      clock.set(at);
      const answer = await graphql(
        "query ($id: ID!) { session(id: $id) { joinLink { url opensAt closesAt } } }",
        { id: made.id },
        token,
      );
      return payload<{ joinLink: { url: string | null } }>(answer, "session").joinLink;
    };
    const at = async (instant: string) => {
      clock.set(instant);
      return (await ask(instant, await signIn(made.clientEmail))).url;
    };
    expect(await at("2026-11-26T13:49:59.999Z")).toBeNull();
    expect(await at("2026-11-26T13:50:00Z")).toMatch(/^https:\/\/meet\.jit\.si\/[0-9a-f]{32}$/);
    expect(await at("2026-11-26T14:59:59Z")).not.toBeNull();
    expect(await at("2026-11-26T15:00:00Z")).toBeNull();
    expect((await ask("2026-11-26T14:00:00Z")).url).toBeNull(); // the team doesn't take part
  });
});
