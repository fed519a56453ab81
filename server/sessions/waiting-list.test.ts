import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { mutate } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { type Mailbox, openMailbox } from "../../test/people.ts";
import { book, booked, createFamily, createOffer } from "../../test/sessions.ts";

const clock = new TestClock("2026-11-23T10:00:00Z");
const startsAt = "2026-11-26T14:00:00.000Z";

let app: TestApp;
let graphql: TestApp["graphql"];
let mailbox: Mailbox;

beforeAll(async () => {
  app = await startApp({ clock });
  graphql = (query, variables, credential) => app.graphql(query, variables, credential);
  mailbox = await openMailbox(app);
});

afterAll(async () => {
  await mailbox[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

interface Joined {
  readonly entry: { readonly id: string; readonly status: string } | null;
  readonly userErrors: { readonly code: string }[];
}

const join = (input: object) => mutate<Joined>(graphql, "joinWaitingList", input, "entry { id status }");

async function statusOf(id: string | undefined) {
  const answer = await graphql(
    "query ($id: ID!) { node(id: $id) { ... on WaitingListEntry { status offeredUntil } } }",
    { id },
  );
  return payload<{ status: string; offeredUntil: string | null }>(answer, "node");
}

test("a slot that becomes free is kept for who came first, then for who is next", async () => {
  clock.set("2026-11-23T10:00:00Z");
  const [holder, first, second] = await Promise.all([
    createFamily(graphql),
    createFamily(graphql),
    createFamily(graphql),
  ]);
  const slot = { ...(await createOffer(graphql)), startsAt };
  expect((await join({ learnerId: first.learnerId, ...slot })).userErrors).toMatchObject([{ code: "SLOT_FREE" }]);
  const id = await booked(graphql, { learnerId: holder.learnerId, ...slot });
  const one = await join({ learnerId: first.learnerId, ...slot });
  clock.advance({ minutes: 1 });
  const two = await join({ learnerId: second.learnerId, ...slot });
  expect([one.entry?.status, two.entry?.status]).toEqual(["WAITING", "WAITING"]);
  expect((await join({ learnerId: first.learnerId, ...slot })).userErrors).toMatchObject([{ code: "ALREADY_WAITING" }]);
  expect((await join({ learnerId: holder.learnerId, ...slot })).userErrors).toMatchObject([
    { code: "ALREADY_WAITING" },
  ]);
  expect(
    (await join({ learnerId: second.learnerId, ...slot, startsAt: "2026-11-20T14:00:00Z" })).userErrors,
  ).toMatchObject([{ code: "NOT_A_SLOT" }]);

  await mutate(graphql, "cancelSession", { id }, "cursor");
  expect(await statusOf(one.entry?.id)).toEqual({ status: "OFFERED", offeredUntil: "2026-11-23T12:01:00.000Z" });
  expect(await mailbox.kinds(first.clientEmail)).toContain("WAITING_LIST_OFFER");
  expect((await book(graphql, { learnerId: second.learnerId, ...slot })).userErrors).toMatchObject([
    { code: "SLOT_TAKEN" },
  ]);

  clock.set("2026-11-23T12:01:00Z");
  await app.runDue();
  expect((await statusOf(one.entry?.id)).status).toBe("EXPIRED");
  expect((await statusOf(two.entry?.id)).status).toBe("OFFERED");
  expect((await book(graphql, { learnerId: first.learnerId, ...slot })).userErrors).toMatchObject([
    { code: "SLOT_TAKEN" },
  ]);
  expect((await book(graphql, { learnerId: second.learnerId, ...slot })).userErrors).toEqual([]);
  expect((await statusOf(two.entry?.id)).status).toBe("BOOKED");
});

test("a seat of a workshop that becomes free is kept, and goes on when its learner waits no more", async () => {
  clock.set("2026-11-23T10:00:00Z");
  const families = await Promise.all(Array.from({ length: 4 }, () => createFamily(graphql)));
  const [one, two, third, fourth] = families.map(({ learnerId }) => learnerId);
  const slot = { ...(await createOffer(graphql, { kind: "GROUP", seats: 2 })), startsAt };
  const id = await booked(graphql, { learnerId: one, ...slot });
  await booked(graphql, { learnerId: two, ...slot });
  const entry = await join({ learnerId: third, ...slot });
  const next = await join({ learnerId: fourth, ...slot });
  await mutate(graphql, "cancelSession", { id, learnerId: two }, "cursor");
  expect((await statusOf(entry.entry?.id)).status).toBe("OFFERED");
  expect((await book(graphql, { learnerId: two, ...slot })).userErrors).toMatchObject([{ code: "SESSION_FULL" }]);
  const left = await mutate(graphql, "leaveWaitingList", { id: entry.entry?.id }, "entry { status }");
  expect(left).toEqual({ entry: { status: "LEFT" }, userErrors: [] });
  expect((await statusOf(next.entry?.id)).status).toBe("OFFERED");
  expect(await booked(graphql, { learnerId: fourth, ...slot })).toBe(id);
});

test("two seats that become free at the same moment are offered to two who wait, each once", async () => {
  for (let round = 0; round < 2; round += 1) {
    clock.set("2026-11-23T10:00:00Z");
    const families = await Promise.all(Array.from({ length: 5 }, () => createFamily(graphql)));
    const [one, two, third, fourth, fifth] = families.map(({ learnerId }) => learnerId);
    const slot = { ...(await createOffer(graphql, { kind: "GROUP", seats: 2 })), startsAt };
    const id = await booked(graphql, { learnerId: one, ...slot });
    await booked(graphql, { learnerId: two, ...slot });
    const entries: (string | undefined)[] = [];
    for (const learnerId of [third, fourth, fifth]) {
      entries.push((await join({ learnerId, ...slot })).entry?.id);
      clock.advance({ minutes: 1 });
    }
    const cancel = (learnerId: string | undefined) =>
      mutate<Joined>(graphql, "cancelSession", { id, learnerId }, "refundedCredits");
    const answers = await Promise.all([cancel(one), cancel(two)]);
    expect(answers.map(({ userErrors }) => userErrors)).toEqual([[], []]);
    const statuses = await Promise.all(entries.map(statusOf));
    expect(statuses.map(({ status }) => status)).toEqual(["OFFERED", "OFFERED", "WAITING"]);
    // Who gave up the last seat cancelled the workshop. It takes place again, for both.
    const taken = [];
    for (const learnerId of [third, fourth]) taken.push(await book(graphql, { learnerId, ...slot }));
    expect(taken.map(({ userErrors }) => userErrors)).toEqual([[], []]);
    const [again, other] = taken.map(({ session }) => session?.id);
    expect(again).toBe(other);
    expect(again).not.toBe(id);
    await mutate(graphql, "cancelSession", { id: again, learnerId: third }, "cursor");
    expect((await statusOf(entries[2])).status).toBe("OFFERED");
  }
});

test("a time that is moved away from is offered, too", async () => {
  clock.set("2026-11-23T10:00:00Z");
  const [holder, waiter] = await Promise.all([createFamily(graphql), createFamily(graphql)]);
  const slot = { ...(await createOffer(graphql)), startsAt };
  const id = await booked(graphql, { learnerId: holder.learnerId, ...slot });
  const { entry } = await join({ learnerId: waiter.learnerId, ...slot });
  await mutate(graphql, "rescheduleSession", { id, startsAt: "2026-11-27T09:00:00Z" }, "cursor");
  expect((await statusOf(entry?.id)).status).toBe("OFFERED");
  const seen = await graphql("{ waitingList(filter: { status: { eq: OFFERED } }) { nodes { id } } }");
  expect(seen.data?.["waitingList"]).toMatchObject({ nodes: expect.arrayContaining([{ id: entry?.id }]) as unknown });
});
