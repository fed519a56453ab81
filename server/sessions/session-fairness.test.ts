import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { createRoom, mutate } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { type Mailbox, openMailbox } from "../../test/people.ts";
import { book, booked, createFamily, createOffer, type Family } from "../../test/sessions.ts";
import { toUuid } from "../operations/ids.ts";

// What people may rely on when others change, leave, cancel or forget their sessions.

const monday = "2026-11-23T10:00:00Z";
const in3Days = "2026-11-26T14:00:00.000Z";
const clock = new TestClock(monday);

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

beforeEach(() => clock.set(monday));

afterAll(async () => {
  await owner.end();
  await mailbox[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

interface Answer {
  readonly userErrors: readonly { readonly code: string }[];
}

const codesOf = ({ userErrors }: Answer) => userErrors.map(({ code }) => code);
const cancel = (input: object, token?: string) =>
  mutate<Answer>(graphql, "cancelSession", input, "refundedCredits session { status bookings { payment } }", token);
const move = (input: object, token?: string) =>
  mutate<Answer>(graphql, "rescheduleSession", input, "session { startsAt endsAt roomId bookings { credits } }", token);
const reverse = (input: object, token?: string) =>
  mutate<Answer>(
    graphql,
    "reverseSession",
    { reason: "It didn't take place", ...input },
    "refundedCredits session { status version bookings { status payment } }",
    token,
  );

async function accountOf({ clientId }: Family): Promise<unknown> {
  const answer = await graphql("query ($id: ID!) { creditAccount(clientId: $id) { usable held } }", { id: clientId });
  return payload(answer, "creditAccount");
}

async function joinList(learnerId: string, slot: object): Promise<string> {
  const { entry } = await mutate<{ entry: { id: string } }>(
    graphql,
    "joinWaitingList",
    { learnerId, ...slot },
    "entry { id }",
  );
  return entry.id;
}

async function statusOf(id: string): Promise<string> {
  const answer = await graphql("query ($id: ID!) { node(id: $id) { ... on WaitingListEntry { status } } }", { id });
  return payload<{ status: string }>(answer, "node").status;
}

describe("a request that nobody has confirmed", () => {
  it("is withdrawn for nothing, however late, and has opened no file", async () => {
    const coachEmail = `${randomUUID()}@example.com`;
    const family = await createFamily(graphql, 5);
    const settings = { isConfirmedAtBooking: false, lateCancellation: "UNPAID" };
    const offer = await createOffer(graphql, settings, { email: coachEmail });
    const [token, coach] = [await mailbox.join(family.clientEmail), await mailbox.join(coachEmail)];
    const ask = (startsAt: string) => booked(graphql, { learnerId: family.learnerId, ...offer, startsAt }, token);
    const file = async () =>
      (await graphql("query ($id: ID!) { learner(id: $id) { id } }", { id: family.learnerId }, coach)).data?.[
        "learner"
      ];
    const id = await ask("2026-11-23T18:00:00Z");
    expect(await file()).toBeNull();
    expect(await cancel({ id }, token)).toEqual({
      refundedCredits: 1,
      session: { status: "CANCELLED", bookings: [{ payment: "RETURNED" }] },
      userErrors: [],
    });
    expect(await accountOf(family)).toEqual({ usable: 5, held: 0 });
    await mutate(graphql, "confirmSession", { id: await ask("2026-11-23T19:00:00Z") }, "cursor", coach);
    expect(await file()).toEqual({ id: family.learnerId });
  });
});

describe("a session that is moved", () => {
  it("by the team may still be cancelled by its customer, whatever the notice", async () => {
    const family = await createFamily(graphql, 5);
    const token = await mailbox.join(family.clientEmail);
    const offer = await createOffer(graphql, { lateCancellation: "REFUSED" });
    const id = await booked(
      graphql,
      { learnerId: family.learnerId, ...offer, startsAt: "2026-12-10T14:00:00Z" },
      token,
    );
    expect(codesOf(await move({ id, startsAt: "2026-11-23T15:00:00Z" }))).toEqual([]);
    expect(await cancel({ id }, token)).toMatchObject({ refundedCredits: 1, userErrors: [] });
  });

  it("stays what was booked: its length, its price and its room, also when its type has changed or isn't given any more", async () => {
    const family = await createFamily(graphql, 5);
    const rooms = [await createRoom(graphql), await createRoom(graphql)];
    const offer = await createOffer(graphql, { kind: "ON_SITE", roomIds: rooms }, { modes: ["ON_SITE"] });
    const roomId = rooms.toSorted().at(-1);
    const id = await booked(graphql, { learnerId: family.learnerId, ...offer, roomId, startsAt: in3Days });
    const { sessionTypeId } = offer;
    await mutate(graphql, "updateSessionType", { id: sessionTypeId, durationMin: 180, creditCost: 3 }, "cursor");
    const kept = { roomId, bookings: [{ credits: 1 }] };
    expect(await move({ id, startsAt: "2026-11-27T09:00:00Z" })).toEqual({
      session: { startsAt: "2026-11-27T09:00:00.000Z", endsAt: "2026-11-27T10:00:00.000Z", ...kept },
      userErrors: [],
    });
    await mutate(graphql, "archiveSessionType", { id: sessionTypeId }, "cursor");
    expect(await move({ id, startsAt: "2026-11-28T09:00:00Z" })).toEqual({
      session: { startsAt: "2026-11-28T09:00:00.000Z", endsAt: "2026-11-28T10:00:00.000Z", ...kept },
      userErrors: [],
    });
  });
});

describe("a place that others wait for", () => {
  it("is offered to who is next, also when the first of them took it and gave it up", async () => {
    const [holder, first, second] = await Promise.all([1, 2, 3].map(() => createFamily(graphql)));
    if (holder === undefined || first === undefined || second === undefined) throw new Error("there are three");
    const slot = { ...(await createOffer(graphql)), startsAt: in3Days };
    const id = await booked(graphql, { learnerId: holder.learnerId, ...slot });
    await joinList(first.learnerId, slot);
    clock.advance({ minutes: 1 });
    const waiting = await joinList(second.learnerId, slot);
    await cancel({ id });
    await cancel({ id: await booked(graphql, { learnerId: first.learnerId, ...slot }) });
    expect(await statusOf(waiting)).toBe("OFFERED");
    const stranger = await createFamily(graphql);
    expect(codesOf(await book(graphql, { learnerId: stranger.learnerId, ...slot }))).toEqual(["SLOT_TAKEN"]);
    const behind = await joinList(stranger.learnerId, slot);
    await mutate(graphql, "leaveWaitingList", { id: waiting }, "cursor");
    expect(await statusOf(behind)).toBe("OFFERED");
    await booked(graphql, { learnerId: stranger.learnerId, ...slot });
  });

  it("isn't offered when its coach cancels: he won't be there", async () => {
    const coachEmail = `${randomUUID()}@example.com`;
    const [holder, waiter] = await Promise.all([createFamily(graphql), createFamily(graphql)]);
    const slot = { ...(await createOffer(graphql, {}, { email: coachEmail })), startsAt: in3Days };
    const coach = await mailbox.join(coachEmail);
    const id = await booked(graphql, { learnerId: holder.learnerId, ...slot });
    const waiting = await joinList(waiter.learnerId, slot);
    expect(await cancel({ id, reason: "ill" }, coach)).toMatchObject({ refundedCredits: 1, userErrors: [] });
    expect(await statusOf(waiting)).toBe("WAITING");
  });
});

describe("who has left a workshop", () => {
  it("reads neither its report nor why it was cancelled; who stayed does", async () => {
    const [one, other] = await Promise.all([createFamily(graphql, 5), createFamily(graphql, 5)]);
    const tokens = [await mailbox.join(one.clientEmail), await mailbox.join(other.clientEmail)];
    const offer = await createOffer(graphql, { kind: "GROUP", seats: 3 });
    const both = async (startsAt: string) => {
      const id = await booked(graphql, { learnerId: one.learnerId, ...offer, startsAt });
      await booked(graphql, { learnerId: other.learnerId, ...offer, startsAt });
      await cancel({ id }, tokens[0]);
      clock.advance({ seconds: 1 });
      return id;
    };
    const [reported, cancelled] = [await both(in3Days), await both("2026-11-27T14:00:00Z")];
    await cancel({ id: cancelled, reason: "Sami is in hospital" }, tokens[1]);
    clock.set("2026-11-26T15:00:00Z");
    await mutate(graphql, "completeSession", { id: reported, summary: "About the others" }, "cursor");
    clock.set("2026-11-23T10:05:00Z");
    const seen = (token: string | undefined) =>
      graphql(
        "query ($a: ID!, $b: ID!) { a: session(id: $a) { status report { summary } } b: session(id: $b) { cancelReason } }",
        { a: reported, b: cancelled },
        token,
      );
    expect((await seen(tokens[0])).data).toEqual({
      a: { status: "COMPLETED", report: null },
      b: { cancelReason: null },
    });
    expect((await seen(tokens[1])).data).toEqual({
      a: { status: "COMPLETED", report: { summary: "About the others" } },
      b: { cancelReason: "Sami is in hospital" },
    });
  });
});

describe("a session that nobody reports on", () => {
  const ends = async (family: Family) => {
    const offer = await createOffer(graphql);
    return booked(graphql, { learnerId: family.learnerId, ...offer, startsAt: in3Days });
  };
  const report = (id: string) =>
    mutate(
      graphql,
      "completeSession",
      { id, summary: "A late report" },
      "session { status bookings { status payment } }",
    );
  const completed = {
    session: { status: "COMPLETED", bookings: [{ status: "ATTENDED", payment: "SPENT" }] },
    userErrors: [],
  };

  it("is charged 30 days after its end, once, and can be reported on then", async () => {
    const family = await createFamily(graphql, 5);
    const id = await ends(family);
    clock.set("2026-12-26T14:59:59.999Z");
    await app.runDue();
    expect(await accountOf(family)).toEqual({ usable: 4, held: 1 });
    clock.set("2026-12-26T15:00:00Z");
    await Promise.all([app.runDue(), app.runDue()]);
    expect(await accountOf(family)).toEqual({ usable: 4, held: 0 });
    const { rows } = await owner.query(
      "SELECT type, count(*)::int AS count FROM journal_entry WHERE subject_id = $1 GROUP BY type ORDER BY type",
      [toUuid("Session", id)],
    );
    expect(rows).toEqual([
      { type: "session.booked", count: 1 },
      { type: "session.charged", count: 1 },
    ]);
    expect(await report(id)).toEqual(completed);
    expect(await accountOf(family)).toEqual({ usable: 4, held: 0 });
  });

  it("isn't given away when that comes late, and the team can still cancel it", async () => {
    const [late, cancelled] = await Promise.all([createFamily(graphql, 5), createFamily(graphql, 5)]);
    const [reported, charged] = [await ends(late), await ends(cancelled)];
    clock.set("2027-02-27T10:00:00Z");
    expect(await report(reported)).toEqual(completed);
    expect(await accountOf(late)).toEqual({ usable: 4, held: 0 });
    await app.runDue();
    expect(await accountOf(cancelled)).toEqual({ usable: 4, held: 0 });
    expect(await cancel({ id: charged })).toMatchObject({ refundedCredits: 1, userErrors: [] });
    expect(await accountOf(cancelled)).toEqual({ usable: 5, held: 0 });
  });
});

describe("a report or an absence that was a mistake", () => {
  it("is taken back by the team: credits return to their lots as a refund, once", async () => {
    const family = await createFamily(graphql, 5);
    const coachEmail = `${randomUUID()}@example.com`;
    const offer = await createOffer(graphql, {}, { email: coachEmail });
    const coach = await mailbox.join(coachEmail);
    const id = await booked(graphql, { learnerId: family.learnerId, ...offer, startsAt: in3Days });
    expect(codesOf(await reverse({ id }))).toEqual(["NOT_OVER"]);
    expect(codesOf(await reverse({ id, reason: " " }))).toEqual(["REASON_INVALID"]);
    clock.set("2026-11-26T14:10:00Z");
    await mutate(graphql, "markNoShow", { id }, "cursor");
    expect(await accountOf(family)).toEqual({ usable: 4, held: 0 });
    const stranger = await createFamily(graphql, 0);
    expect(codesOf(await reverse({ id, learnerIds: [stranger.learnerId] }))).toEqual(["LEARNER_NOT_FOUND"]);
    expect(codesOf(await reverse({ id, expectedVersion: 1 }))).toEqual(["CONFLICT"]);
    expect(codesOf(await reverse({ id: "session_01k00000000000000000000000" }))).toEqual(["NOT_FOUND"]);
    clock.set(monday);
    const forbidden = await graphql(
      'mutation ($id: ID!) { reverseSession(input: { id: $id, reason: "mine" }) { cursor } }',
      { id },
      coach,
    );
    expect(forbidden.errors?.[0]?.extensions?.["code"]).toBe("FORBIDDEN");
    clock.set("2026-11-26T14:20:00Z");
    const [one, again] = await Promise.all([reverse({ id }), reverse({ id })]);
    const state = { status: "CANCELLED", version: 3, bookings: [{ status: "CANCELLED", payment: "RETURNED" }] };
    expect([one, again]).toEqual(
      expect.arrayContaining([
        { refundedCredits: 1, session: state, userErrors: [] },
        { refundedCredits: 0, session: state, userErrors: [] },
      ]),
    );
    expect(await accountOf(family)).toEqual({ usable: 5, held: 0 });
    const { rows: lots } = await owner.query("SELECT granted, remaining FROM credit_lot WHERE account_id = $1", [
      toUuid("Client", family.clientId),
    ]);
    expect(lots).toEqual([{ granted: "5", remaining: "5" }]);
    const { rows: entries } = await owner.query<{ type: string; kind: string | null; told: string }>(
      `SELECT type, data ->> 'kind' AS kind, (data::text LIKE '%take place%')::text AS told FROM journal_entry
       WHERE type IN ('credits.refunded', 'session.reversed') AND (subject_id = $1 OR subject_id = $2) ORDER BY position`,
      [toUuid("Session", id), toUuid("Client", family.clientId)],
    );
    expect(entries).toEqual([
      { type: "credits.refunded", kind: "REFUND", told: "false" },
      { type: "session.reversed", kind: null, told: "false" },
    ]);
  });

  it("leaves neither report nor marks, and the client is told that the credits came back", async () => {
    const family = await createFamily(graphql, 5);
    const offer = await createOffer(graphql);
    const { learnerId } = family;
    const complete = async (startsAt: string, mark: number) => {
      const id = await booked(graphql, { learnerId, ...offer, startsAt });
      clock.set(startsAt);
      const marks = [{ learnerId, subject: "Maths", mark }];
      await mutate(graphql, "completeSession", { id, summary: "Limits", marks }, "cursor");
      return id;
    };
    await complete("2026-11-24T14:00:00Z", 40);
    const wrong = await complete("2026-11-25T14:00:00Z", 90);
    const file = async () => {
      const answer = await graphql(
        `
          query ($learner: ID!, $session: ID!) {
            learner(id: $learner) {
              subjectProgress {
                mark
                marks
                change
              }
              progress(first: 5) {
                totalCount
                nodes {
                  mark
                }
              }
            }
            session(id: $session) {
              report {
                summary
              }
            }
          }
        `,
        { learner: learnerId, session: wrong },
      );
      return answer.data;
    };
    expect(await file()).toEqual({
      learner: {
        subjectProgress: [{ mark: 90, marks: 2, change: 50 }],
        progress: { totalCount: 2, nodes: [{ mark: 90 }, { mark: 40 }] },
      },
      session: { report: { summary: "Limits" } },
    });
    expect((await reverse({ id: wrong })).userErrors).toEqual([]);
    expect(await file()).toEqual({
      learner: {
        subjectProgress: [{ mark: 40, marks: 1, change: 0 }],
        progress: { totalCount: 1, nodes: [{ mark: 40 }] },
      },
      session: { report: null },
    });
    const { rows: mails } = await owner.query(
      `SELECT kind, data ->> 'refundedCredits' AS credits, data ->> 'reason' AS reason FROM mail
       WHERE recipient = $1 AND cause LIKE '%:reversed:%'`,
      [family.clientEmail],
    );
    expect(mails).toEqual([{ kind: "SESSION_CANCELLED", credits: "1", reason: "It didn't take place" }]);
  });

  it("of a workshop can be one learner's, and a late cancellation can be forgiven", async () => {
    const [one, other] = await Promise.all([createFamily(graphql, 5), createFamily(graphql, 5)]);
    const token = await mailbox.join(other.clientEmail);
    const offer = await createOffer(graphql, { kind: "GROUP", seats: 3, lateCancellation: "UNPAID" });
    const startsAt = "2026-11-23T14:00:00Z";
    const id = await booked(graphql, { learnerId: one.learnerId, ...offer, startsAt });
    await booked(graphql, { learnerId: other.learnerId, ...offer, startsAt });
    expect(await cancel({ id }, token)).toMatchObject({ refundedCredits: 0, userErrors: [] });
    clock.set("2026-11-23T15:00:00Z");
    await mutate(graphql, "completeSession", { id, summary: "Limits" }, "cursor");
    expect(await reverse({ id, learnerIds: [other.learnerId] })).toMatchObject({
      refundedCredits: 1,
      session: { status: "COMPLETED" },
      userErrors: [],
    });
    expect(await Promise.all([one, other].map(accountOf))).toEqual([
      { usable: 4, held: 0 },
      { usable: 5, held: 0 },
    ]);
    expect(await reverse({ id })).toMatchObject({ refundedCredits: 1, session: { status: "CANCELLED" } });
  });
});
