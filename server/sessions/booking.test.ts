import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { createSessionType, mutate, setWeek } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { type Mailbox, openMailbox } from "../../test/people.ts";
import { addLearner, book, booked, createFamily, createOffer, type Family } from "../../test/sessions.ts";
import { toUuid } from "../operations/ids.ts";

const clock = new TestClock("2026-11-23T10:00:00Z"); // a Monday
const in3Days = "2026-11-26T14:00:00Z";

let app: TestApp;
let graphql: TestApp["graphql"];
let owner: pg.Client;
let mailbox: Mailbox;

beforeAll(async () => {
  app = await startApp({ clock });
  ({ graphql } = app);
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
    expect(answers.map(({ refundedCredits }) => refundedCredits).toSorted()).toEqual([0, 0, 0, 0, 0, 0, 0, 1]);
    expect(await creditsOf(family)).toMatchObject({ usable: 1, held: 0 });
  });
});

const cancelSelection = "refundedCredits deadline session { status version bookings { status payment } }";
void addLearner;
void createSessionType;
void setWeek;
