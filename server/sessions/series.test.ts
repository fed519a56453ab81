import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { everyDay, mutate, setWeek } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { type Mailbox, memberPassword, openMailbox } from "../../test/people.ts";
import { booked, createFamily, createOffer, type Family } from "../../test/sessions.ts";

const clock = new TestClock();
const timeZone = "Europe/Paris";

let app: TestApp;
let graphql: TestApp["graphql"];
let mailbox: Mailbox;

beforeAll(async () => {
  clock.set("2027-03-01T10:00:00Z");
  app = await startApp({ clock });
  graphql = (query, variables, credential) => app.graphql(query, variables, credential);
  mailbox = await openMailbox(app);
});

beforeEach(() => clock.set("2027-03-01T10:00:00Z"));

afterAll(async () => {
  await mailbox[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

interface Series extends Family {
  readonly ids: readonly string[];
  readonly coachId: string;
  readonly sessionTypeId: string;
}

/** Four Sundays at 14:00 on the clocks of Paris, which change before the third one. */
async function series(): Promise<Series> {
  const family = await createFamily(graphql, 6);
  const offer = await createOffer(graphql, { bookingWindowDays: 120 });
  await setWeek(graphql, offer.coachId, everyDay("08:00", "20:00"), { timeZone });
  const localStart = { local: "2027-03-14T14:00", timeZone };
  const request = { learnerId: family.learnerId, ...offer, localStart, weeks: 4 };
  const { sessions } = await mutate<{ sessions: { id: string }[] }>(graphql, "bookSeries", request, "sessions { id }");
  return { ...family, ...offer, ids: sessions.map(({ id }) => id) };
}

interface Shown {
  readonly localStartsAt: string;
  readonly status: string;
}

async function read(ids: readonly string[]): Promise<string[]> {
  const answer = await graphql(
    "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Session { localStartsAt status } } }",
    { ids },
  );
  return payload<Shown[]>(answer, "nodes").map(({ localStartsAt, status }) =>
    status === "CONFIRMED" ? localStartsAt.slice(5, 16) : status,
  );
}

async function usable({ clientId }: Family): Promise<unknown> {
  const answer = await graphql("query ($id: ID!) { client(id: $id) { creditAccount { usable held } } }", {
    id: clientId,
  });
  return payload<{ creditAccount: unknown }>(answer, "client").creditAccount;
}

const changed = "session { id } following { id } userErrors { code }";

interface Changed {
  readonly session: { readonly id: string };
  readonly following: readonly { readonly id: string }[];
  readonly refusedStart: string | null;
  readonly userErrors: readonly { readonly code: string }[];
}

test("this session and all that follow it are cancelled, and those before stay", async () => {
  const made = await series();
  const [first, second, third, fourth] = made.ids;
  const input = { id: second, includesFollowing: true, reason: "holidays" };
  const cancelled = await mutate<Changed & { refundedCredits: number }>(
    graphql,
    "cancelSession",
    input,
    "refundedCredits session { id } following { id }",
  );
  expect(cancelled).toEqual({
    session: { id: second },
    following: [{ id: third }, { id: fourth }],
    refundedCredits: 3,
    userErrors: [],
  });
  expect(await read(made.ids)).toEqual(["03-14T14:00", "CANCELLED", "CANCELLED", "CANCELLED"]);
  expect(await usable(made)).toEqual({ usable: 5, held: 1 });
  const again = await mutate<Changed>(graphql, "cancelSession", input, "refundedCredits following { id }");
  expect(again).toMatchObject({ refundedCredits: 0, userErrors: [] });
  const rest = await mutate<Changed>(graphql, "cancelSession", { id: first, includesFollowing: true }, changed);
  expect(rest.userErrors).toEqual([]);
  expect(await usable(made)).toEqual({ usable: 6, held: 0 });
});

test("when one of them may not be cancelled any more, none is", async () => {
  const made = await series();
  await mailbox.join(made.clientEmail);
  clock.set("2027-03-14T08:00:00Z"); // after the first one's deadline
  const signedIn = await graphql(
    "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }",
    { input: { email: made.clientEmail, password: memberPassword } },
    null,
  );
  const { tokens } = payload<{ tokens: { accessToken: string } }>(signedIn, "signIn");
  const cancel = (id: string | undefined) =>
    mutate<Changed>(graphql, "cancelSession", { id, includesFollowing: true }, "cursor", tokens.accessToken);
  expect(await cancel(made.ids[0])).toMatchObject({ userErrors: [{ code: "POLICY_VIOLATION" }] });
  expect(await read(made.ids)).toEqual(["03-14T14:00", "03-21T14:00", "03-28T14:00", "04-04T14:00"]);
  expect((await cancel(made.ids[1])).userErrors).toEqual([]);
  expect(await read(made.ids)).toEqual(["03-14T14:00", "CANCELLED", "CANCELLED", "CANCELLED"]);
});

test("this session and all that follow it move by as much on the clock, over a change of clocks, too", async () => {
  const made = await series();
  const [, second, third, fourth] = made.ids;
  const move = (input: object) =>
    mutate<Changed>(
      graphql,
      "rescheduleSession",
      { includesFollowing: true, ...input },
      "session { id } following { id } refusedStart",
    );
  const later = await move({ id: second, localStart: { local: "2027-03-22T16:30", timeZone } });
  expect(later).toEqual({
    session: { id: second },
    following: [{ id: third }, { id: fourth }],
    refusedStart: null,
    userErrors: [],
  });
  expect(await read(made.ids)).toEqual(["03-14T14:00", "03-22T16:30", "03-29T16:30", "04-05T16:30"]);
  // By a week: each comes into the place of the next one.
  const week = { id: second, startsAt: "2027-03-29T14:30:00Z" };
  expect((await move(week)).userErrors).toEqual([]);
  expect(await read(made.ids)).toEqual(["03-14T14:00", "03-29T16:30", "04-05T16:30", "04-12T16:30"]);
  expect((await move({ id: second, startsAt: "2027-03-22T15:30:00Z" })).userErrors).toEqual([]);
  expect(await read(made.ids)).toEqual(["03-14T14:00", "03-22T16:30", "03-29T16:30", "04-05T16:30"]);
  expect(await usable(made)).toEqual({ usable: 2, held: 4 });
});

test("when one of them can't move, none does, and the start that was refused is told", async () => {
  const made = await series();
  const { learnerId } = await createFamily(graphql);
  const { coachId, sessionTypeId } = made;
  await booked(graphql, { learnerId, coachId, sessionTypeId, startsAt: "2027-03-28T14:00:00Z" }); // 16:00 in Paris
  const input = { id: made.ids[1], includesFollowing: true, localStart: { local: "2027-03-21T16:00", timeZone } };
  const refused = await mutate<Changed>(graphql, "rescheduleSession", input, "refusedStart alternatives { startsAt }");
  expect(refused).toMatchObject({ refusedStart: "2027-03-28T14:00:00.000Z", userErrors: [{ code: "SLOT_TAKEN" }] });
  expect(await read(made.ids)).toEqual(["03-14T14:00", "03-21T14:00", "03-28T14:00", "04-04T14:00"]);
});
