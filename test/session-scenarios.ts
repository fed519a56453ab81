import { randomUUID } from "node:crypto";
import pg from "pg";
import { toUuid } from "../server/operations/ids.ts";
import type { TestApp } from "./app.ts";
import { mutate } from "./calendar.ts";
import type { Scenario, Stage } from "./scenario.ts";
import { book, booked, createFamily, createOffer } from "./sessions.ts";

const graphqlOf =
  ({ app, ownerToken }: Stage): TestApp["graphql"] =>
  (query, variables, credential = ownerToken) =>
    app.graphql(query, variables, credential);

/** In a week at ten: no test sees the end of it. */
const later = () => `${new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10)}T10:00:00.000Z`;

async function request(stage: Stage, settings: object = {}) {
  const graphql = graphqlOf(stage);
  const { learnerId } = await createFamily(graphql);
  return { learnerId, ...(await createOffer(graphql, settings)), startsAt: later() };
}

async function sessionId(stage: Stage, settings: object = {}): Promise<string> {
  return booked(graphqlOf(stage), await request(stage, settings));
}

/** One that is over: put back in time behind the server's back. */
async function pastSessionId(stage: Stage): Promise<string> {
  const id = await sessionId(stage);
  const owner = new pg.Client({ connectionString: stage.app.database.ownerUrl });
  await owner.connect();
  await owner.query(
    `UPDATE session SET starts_at = starts_at - interval '10 days', ends_at = ends_at - interval '10 days',
       busy_from = busy_from - interval '10 days', busy_to = busy_to - interval '10 days' WHERE id = $1`,
    [toUuid("Session", id)],
  );
  await owner.end();
  return id;
}

async function missedSessionId(stage: Stage): Promise<string> {
  const id = await pastSessionId(stage);
  await mutate(graphqlOf(stage), "markNoShow", { id }, "cursor");
  return id;
}

/** A slot that somebody else has. */
async function takenSlot(stage: Stage) {
  const slot = await request(stage);
  await book(graphqlOf(stage), slot);
  const { learnerId } = await createFamily(graphqlOf(stage));
  return { ...slot, learnerId };
}

async function waitingId(stage: Stage): Promise<string> {
  const input = await takenSlot(stage);
  const joined = await mutate<{ entry: { id: string } }>(graphqlOf(stage), "joinWaitingList", input, "entry { id }");
  return joined.entry.id;
}

/** A change for each mutation of sessions. Mails and reminders go on by themselves. */
export const sessionScenarios: Readonly<Record<string, (stage: Stage) => Promise<Scenario>>> = {
  bookSession: async (stage) => ({ input: await request(stage), goesOn: "mail" }),
  bookSeries: async (stage) => ({ input: { ...(await request(stage)), weeks: 2 }, goesOn: "mail" }),
  rescheduleSession: async (stage) => ({
    input: { id: await sessionId(stage), startsAt: later().replace("T10", "T11") },
    goesOn: "mail",
  }),
  cancelSession: async (stage) => ({ input: { id: await sessionId(stage), reason: randomUUID() }, goesOn: "mail" }),
  confirmSession: async (stage) => ({
    input: { id: await sessionId(stage, { isConfirmedAtBooking: false }) },
    goesOn: "mail",
  }),
  completeSession: async (stage) => ({
    input: { id: await pastSessionId(stage), summary: "Limits" },
    goesOn: "mail",
  }),
  markNoShow: async (stage) => ({ input: { id: await pastSessionId(stage) }, goesOn: "mail" }),
  reverseSession: async (stage) => ({
    input: { id: await missedSessionId(stage), reason: randomUUID() },
    goesOn: "mail",
  }),
  joinWaitingList: async (stage) => ({ input: await takenSlot(stage), goesOn: "mail" }),
  leaveWaitingList: async (stage) => ({ input: { id: await waitingId(stage) }, goesOn: "mail" }),
};
