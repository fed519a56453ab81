import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { createClient } from "graphql-sse";
import {
  AgendaChangesDocument,
  createNexora,
  CreditBalanceChangesDocument,
  PaymentUpdatesDocument,
  SessionChangesDocument,
} from "../client/sdk/index.ts";
import { payload, startApp, type TestApp } from "./app.ts";
import { bill, newMember, openShop, signIn } from "./billing.ts";
import { mutate } from "./calendar.ts";
import { follow, type Followed } from "./live.ts";
import { type Mailbox, openMailbox } from "./people.ts";
import { recordStatements } from "./recorded-statements.ts";
import { addLearner, booked, createFamily, createOffer, type Family, grant } from "./sessions.ts";

// The four subscriptions on credits, sessions and payments, over real sockets: two families, two coaches, the team.

let app: TestApp;
let mailbox: Mailbox;
let ownerToken: string;
let a: Family;
let b: Family;
let tokenOfA: string;
let tokenOfB: string;
let offer: { readonly coachId: string; readonly sessionTypeId: string };
let otherCoachId: string;
let coachToken: string;
let otherCoachToken: string;

const graphql: TestApp["graphql"] = (query, variables, credential) => app.graphql(query, variables, credential);

/** A start of its own for each booking, on the half hours of the coming days. */
let slots = 0;
const nextStart = () => {
  slots += 1;
  const day = new Date(Date.now() + (7 + Math.floor(slots / 10)) * 86_400_000).toISOString().slice(0, 10);
  return `${day}T${String(9 + (slots % 10)).padStart(2, "0")}:00:00.000Z`;
};

const bookFor = (family: Family, more: object = {}, credential?: string) =>
  booked(graphql, { learnerId: family.learnerId, ...offer, startsAt: nextStart(), ...more }, credential);

const cancel = (id: string, credential?: string) => mutate(graphql, "cancelSession", { id }, "cursor", credential);

const place = async () => String((await graphql("{ eventCursor }")).data?.["eventCursor"]);

const followCredits = `subscription ($after: Cursor, $clientId: ID) {
  creditBalanceChanged(after: $after, clientId: $clientId) { __typename
    ... on CreditBalanceChanged { type kind clientId amount balance held version holdId account { balance held usable version } }
    ... on Lagged { missed resumeAt } } }`;
const sessionChange = `... on SessionChanged { cursor type sessionId bookingIds previousStartsAt
  session { id status startsAt seatsLeft bookings { id status } } }`;
const followSessions = `subscription ($after: Cursor, $sessionId: ID, $coachId: ID, $learnerId: ID) {
  sessionChanged(after: $after, sessionId: $sessionId, coachId: $coachId, learnerId: $learnerId) { __typename
    ${sessionChange} ... on Lagged { missed } } }`;
const followAgenda = `subscription ($after: Cursor, $coachId: ID!) {
  agenda(after: $after, coachId: $coachId) { __typename ${sessionChange}
    ... on AvailabilityChanged { cursor part coachId availability { timeOff { reason } } } ... on Lagged { missed } } }`;
const followPayments = `subscription ($after: Cursor, $paymentId: ID, $clientId: ID) {
  paymentUpdated(after: $after, paymentId: $paymentId, clientId: $clientId) { __typename
    ... on PaymentUpdated { type paymentId payment { clientId state transferState } subscription { state } }
    ... on Lagged { missed } } }`;

const listen = (query: string, credential: string, variables: Record<string, unknown> = {}) =>
  follow({ url: app.url, credential, query, variables });

type Update = Readonly<Record<string, unknown>> & {
  readonly session?: { readonly id: string; readonly status: string };
};

const updatesOf = (results: Followed["results"]): Update[] =>
  results.map(({ data, errors }) => {
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return Object.values(data ?? {})[0] as Update;
  });

const typesOf = (results: Followed["results"]) =>
  updatesOf(results).map(({ type, part, __typename: name }) => type ?? part ?? name);

/** What a subscription is refused with. */
async function refusal(query: string, credential: string, variables: Record<string, unknown>): Promise<unknown> {
  await using followed = listen(query, credential, variables);
  const ended = (await followed.ended) as { message: string; extensions: Record<string, unknown> }[];
  return ended.map(({ message, extensions }) => [extensions["code"], extensions["reason"], message]);
}

beforeAll(async () => {
  app = await startApp();
  mailbox = await openMailbox(app);
  ownerToken = await signIn(app);
  a = await createFamily(graphql, 30);
  b = await createFamily(graphql, 30);
  const [email, otherEmail] = ["helios@example.com", "selene@example.com"];
  const other = await createOffer(graphql, {}, { email: otherEmail });
  otherCoachId = other.coachId;
  offer = await createOffer(graphql, {}, { email });
  await mutate(
    graphql,
    "updateSessionType",
    { id: offer.sessionTypeId, coachIds: [offer.coachId, otherCoachId] },
    "cursor",
  );
  tokenOfA = await mailbox.join(a.clientEmail);
  tokenOfB = await mailbox.join(b.clientEmail);
  coachToken = await mailbox.join(email);
  otherCoachToken = await mailbox.join(otherEmail);
}, 120_000);

afterAll(async () => {
  await mailbox[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

describe("creditBalanceChanged", () => {
  it("tells a client each move of his own credits, with his account, and nothing of another client's", async () => {
    await using ofA = listen(followCredits, tokenOfA);
    await using ofB = listen(followCredits, tokenOfB);
    await using ofTeam = listen(followCredits, app.tenant.secretKey);
    await Promise.all([ofA.live(), ofB.live(), ofTeam.live()]);
    const id = await bookFor(a, {}, tokenOfA);
    await cancel(id, tokenOfA);
    await grant(graphql, a.clientId, 2);
    await mutate(graphql, "adjustCredits", { clientId: a.clientId, amount: -1, reason: "x" }, "cursor");
    const moved = { fromClientId: a.clientId, toClientId: b.clientId, amount: 1 };
    await mutate(graphql, "transferCredits", moved, "cursor");
    const updates = updatesOf(await ofA.until(5));
    expect(updates).toMatchObject([
      { type: "HELD", kind: null, amount: 1, balance: 30, held: 1, clientId: a.clientId },
      { type: "VOIDED", kind: null, amount: 1, balance: 30, held: 0 },
      { type: "GRANTED", kind: "PROMO", amount: 2, balance: 32, held: 0, holdId: null },
      { type: "ADJUSTED_DOWN", kind: "ADJUSTMENT", amount: 1, balance: 31 },
      { type: "TRANSFERRED_OUT", kind: "TRANSFER", amount: 1, balance: 30 },
    ]);
    expect(updates[0]?.["holdId"]).toBe(updates[1]?.["holdId"]);
    expect(updates.at(-1)?.["account"]).toMatchObject({ balance: 30, held: 0, usable: 30 });
    expect(updatesOf(await ofB.until(1))).toMatchObject([
      { type: "TRANSFERRED_IN", amount: 1, balance: 31, clientId: b.clientId, account: { balance: 31 } },
    ]);
    expect(typesOf(await ofTeam.until(6))).toEqual([...typesOf(ofA.results), "TRANSFERRED_IN"]);
  });

  it("has no client for who asks for another's", async () => {
    const unknown = await refusal(followCredits, tokenOfB, { clientId: "client_01k00000000000000000000000" });
    expect(unknown).toEqual([["BAD_USER_INPUT", "VARIABLES", "There is no client with this id."]]);
    expect(await refusal(followCredits, tokenOfB, { clientId: a.clientId })).toEqual(unknown);
  });
});

describe("sessionChanged", () => {
  it("tells client, learner and coach what happens to their sessions, and others nothing", async () => {
    await using ofA = listen(followSessions, tokenOfA);
    await using ofB = listen(followSessions, tokenOfB);
    await using ofCoach = listen(followSessions, coachToken);
    await using ofOther = listen(followSessions, otherCoachToken);
    await using ofLearner = listen(followSessions, await mailbox.join(a.learnerEmail));
    const everybody = [ofA, ofB, ofCoach, ofOther, ofLearner];
    await Promise.all(everybody.map((each) => each.live()));
    const id = await bookFor(a, {}, tokenOfA);
    const before = updatesOf(await ofA.until(1))[0]?.session as unknown as { startsAt: string };
    const later = nextStart();
    await mutate(graphql, "rescheduleSession", { id, startsAt: later }, "cursor", tokenOfA);
    expect(updatesOf(await ofA.until(2))[1]).toMatchObject({
      type: "MOVED",
      previousStartsAt: before.startsAt,
      session: { id, startsAt: later, status: "CONFIRMED" },
    });
    await mutate(graphql, "rescheduleSession", { id, coachId: otherCoachId, startsAt: nextStart() }, "cursor");
    await cancel(id, tokenOfA);
    // B's own comes after all of that.
    const own = await bookFor(b, {}, tokenOfB);
    expect(updatesOf(await ofA.until(4)).map(({ type, session }) => [type, session?.status])).toEqual([
      ["BOOKED", "CONFIRMED"],
      ["MOVED", "CONFIRMED"],
      ["MOVED", expect.any(String)],
      ["CANCELLED", "CANCELLED"],
    ]);
    expect(updatesOf(await ofLearner.until(4))).toEqual(updatesOf(ofA.results));
    expect(updatesOf(await ofB.until(1))).toMatchObject([{ type: "BOOKED", sessionId: own }]);
    // Who gave it before is told that it isn't his any more.
    expect(updatesOf(await ofCoach.until(4))).toMatchObject([
      { type: "BOOKED", sessionId: id, session: { id } },
      { type: "MOVED", sessionId: id, session: { id } },
      { type: "MOVED", sessionId: id, session: null, bookingIds: [] },
      { type: "BOOKED", sessionId: own },
    ]);
    expect(typesOf(await ofOther.until(2))).toEqual(["MOVED", "CANCELLED"]);
  });

  it("tells those in a workshop that seats go, but not whose", async () => {
    const workshop = await createOffer(graphql, { kind: "GROUP", seats: 3 });
    const startsAt = nextStart();
    const id = await bookFor(a, { ...workshop, startsAt }, tokenOfA);
    await using ofA = listen(followSessions, tokenOfA, { sessionId: id });
    await using ofLearnerB = listen(followSessions, app.tenant.secretKey, { learnerId: b.learnerId });
    await Promise.all([ofA.live(), ofLearnerB.live()]);
    await bookFor(b, { ...workshop, startsAt }, tokenOfB);
    await cancel(id, tokenOfB);
    expect(updatesOf(await ofA.until(2))).toMatchObject([
      { type: "BOOKED", bookingIds: [], session: { bookings: [{ status: "BOOKED" }] } },
      { type: "LEFT", bookingIds: [], session: { seatsLeft: 2, bookings: [{ status: "BOOKED" }] } },
    ]);
    const seen = updatesOf(await ofLearnerB.until(2));
    expect(seen.map(({ bookingIds }) => (bookingIds as string[]).length)).toEqual([1, 1]);
  });

  it("counts a learner who was linked to a client after he began to listen", async () => {
    await using ofA = listen(followSessions, tokenOfA);
    await ofA.live();
    const learnerId = await addLearner(graphql, b.clientId);
    await bookFor({ ...b, learnerId }, {}, tokenOfB);
    const own = await bookFor(a, {}, tokenOfA);
    await ofA.until(1); // and so the one before it is dealt with
    await mutate(graphql, "linkLearner", { learnerId, clientId: a.clientId }, "cursor");
    const shared = await bookFor({ ...b, learnerId }, {}, tokenOfB);
    expect(updatesOf(await ofA.until(2)).map(({ sessionId }) => sessionId)).toEqual([own, shared]);
  });

  it("finds no session, coach or learner that isn't the caller's to see", async () => {
    const id = await bookFor(a, {}, tokenOfA);
    for (const [variables, unknown] of [
      [{ sessionId: id }, { sessionId: "session_01k00000000000000000000000" }],
      [{ learnerId: a.learnerId }, { learnerId: "learner_01k00000000000000000000000" }],
      [{ coachId: a.learnerId }, { coachId: "coach_01k00000000000000000000000" }],
    ] as const) {
      const refused = await refusal(followSessions, tokenOfB, variables);
      expect(refused).toMatchObject([["BAD_USER_INPUT", "VARIABLES", expect.stringContaining("There is no")]]);
      expect(refused).toEqual(await refusal(followSessions, tokenOfB, unknown));
    }
  });

  it("goes on over server-sent events after the last event's id", async () => {
    const after = await place();
    const ids = [await bookFor(a, {}, tokenOfA), await bookFor(a, {}, tokenOfA), await bookFor(a, {}, tokenOfA)];
    const client = createClient({
      url: `${app.url}/graphql/stream`,
      headers: { authorization: `Bearer ${tokenOfA}` },
      retryAttempts: 0,
    });
    const seen: unknown[] = [];
    let cursor = after;
    for (const count of [1, 3]) {
      const updates = client.iterate<{ sessionChanged: { sessionId: string; cursor: string } }>({
        query: followSessions,
        variables: { after: cursor },
      });
      for await (const { data } of updates) {
        seen.push(data?.sessionChanged.sessionId);
        cursor = data?.sessionChanged.cursor ?? cursor;
        if (seen.length === count) break;
      }
    }
    client.dispose();
    expect(seen).toEqual(ids);
  });
});

describe("agenda", () => {
  it("tells a coach and the team whatever changes his calendar", async () => {
    const { coachId } = offer;
    await using ofCoach = listen(followAgenda, coachToken, { coachId });
    await using ofTeam = listen(followAgenda, app.tenant.secretKey, { coachId });
    await Promise.all([ofCoach.live(), ofTeam.live()]);
    const id = await bookFor(a);
    const day = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
    const away = { coachId, startsAt: `${day}T09:00:00Z`, endsAt: `${day}T10:00:00Z`, reason: "dentist" };
    await mutate(graphql, "addTimeOff", away, "cursor", coachToken);
    await mutate(graphql, "addOverride", { coachId, date: day, hours: [] }, "cursor");
    // Another coach's doesn't belong here.
    await bookFor(b, { coachId: otherCoachId });
    await mutate(graphql, "rescheduleSession", { id, coachId: otherCoachId, startsAt: nextStart() }, "cursor");
    await cancel(await bookFor(a));
    for (const followed of [ofCoach, ofTeam]) {
      expect(typesOf(await followed.until(6))).toEqual([
        "BOOKED",
        "TIME_OFF",
        "OVERRIDE",
        "MOVED",
        "BOOKED",
        "CANCELLED",
      ]);
    }
    const [, timeOff, , moved] = updatesOf(ofCoach.results);
    expect(timeOff).toMatchObject({ coachId, availability: { timeOff: [{ reason: "dentist" }] } });
    expect(moved).toMatchObject({ sessionId: id, session: null });
    expect(updatesOf(ofTeam.results)[3]).toMatchObject({ sessionId: id, session: { id } });
  });

  it("isn't there for another coach, nor for a client", async () => {
    const unknown = await refusal(followAgenda, coachToken, { coachId: "coach_01k00000000000000000000000" });
    expect(unknown).toEqual([["BAD_USER_INPUT", "VARIABLES", "There is no coach with this id."]]);
    const refused = await refusal(followAgenda, otherCoachToken, { coachId: offer.coachId });
    expect(refused).toEqual(unknown);
    expect(await refusal(followAgenda, tokenOfA, { coachId: offer.coachId })).toEqual(unknown);
  });
});

describe("paymentUpdated", () => {
  it("tells a client how his payment goes, until what it buys is there; nobody else's", async () => {
    const offers = await openShop(graphql, ownerToken);
    await using ofA = listen(followPayments, tokenOfA);
    await using ofB = listen(followPayments, tokenOfB);
    await Promise.all([ofA.live(), ofB.live()]);
    const { payment } = await bill(graphql, "subscribe", { clientId: a.clientId, planId: offers["HYBRIDE"] }, tokenOfA);
    const amount = { amountMinor: 179_000, currency: "TND" };
    const receivedAt = new Date(Date.now() - 1_000).toISOString();
    await using followed = listen(followPayments, app.tenant.secretKey, { paymentId: payment?.id });
    await followed.live();
    await bill(graphql, "confirmTransfer", { id: payment?.id, amount, receivedAt, transferId: "T-1" }, ownerToken);
    const own = await bill(graphql, "purchasePack", { clientId: b.clientId, packId: offers["GRAND_ORAL"] }, tokenOfB);
    await bill(graphql, "cancelPayment", { id: own.payment?.id }, tokenOfB);
    const updates = updatesOf(await ofA.until(3));
    expect(updates.map(({ type }) => type)).toEqual(["CREATED", "RECEIVED", "COMPLETED"]);
    expect(updates[2]).toMatchObject({
      paymentId: payment?.id,
      payment: { clientId: a.clientId, state: "COMPLETED", transferState: "CONFIRMED" },
      subscription: { state: "ACTIVE" },
    });
    expect(updatesOf(await ofB.until(2))).toMatchObject([
      { type: "CREATED", paymentId: own.payment?.id, subscription: null },
      { type: "CANCELLED", payment: { state: "CANCELLED" } },
    ]);
    expect(typesOf(await followed.until(2))).toEqual(["RECEIVED", "COMPLETED"]);
    const unknown = await refusal(followPayments, tokenOfB, { paymentId: "payment_01k00000000000000000000000" });
    expect(await refusal(followPayments, tokenOfB, { paymentId: payment?.id })).toEqual(unknown);
  });
});

describe("all four", () => {
  const feeds = () =>
    [
      ["creditBalanceChanged", followCredits, tokenOfA, {}],
      ["sessionChanged", followSessions, tokenOfA, {}],
      ["agenda", followAgenda, coachToken, { coachId: offer.coachId }],
      ["paymentUpdated", followPayments, tokenOfA, {}],
    ] as const;

  it("resume after any place with nothing lost and nothing twice, and say what is beyond the replay limit", async () => {
    const after = await place();
    const { nodes } = payload<{ nodes: { id: string }[] }>(await graphql("{ packs { nodes { id } } }"), "packs");
    const packId = nodes[0]?.id;
    const change = async () => {
      await cancel(await bookFor(a, {}, tokenOfA), tokenOfA);
      const { payment } = await bill(graphql, "purchasePack", { clientId: a.clientId, packId }, tokenOfA);
      await bill(graphql, "cancelPayment", { id: payment?.id }, tokenOfA);
    };
    await change();
    await change();
    for (const [index, [field, query, credential, variables]] of feeds().entries()) {
      const made = 4 + 2 * index; // each change is two updates of each feed
      await using all = listen(query, credential, { ...variables, after });
      const replayed = [...(await all.until(made))];
      // From the second one on, and on into what happens now.
      const cursor = replayed[1]?.extensions?.["cursor"];
      await using resumed = listen(query, credential, { ...variables, after: cursor });
      await resumed.until(made - 2);
      await change();
      const [whole, rest] = [await all.until(made + 2), await resumed.until(made)];
      expect([field, rest.map(({ extensions }) => extensions?.["cursor"])]).toEqual([
        field,
        whole.slice(2).map(({ extensions }) => extensions?.["cursor"]),
      ]);
      expect(new Set(whole.map(({ extensions }) => extensions?.["cursor"])).size).toBe(made + 2);
    }
    await using near = await startApp({
      database: app.database,
      tenant: app.tenant,
      env: { JOURNAL_REPLAY_LIMIT: "5" },
    });
    for (const [field, query, credential, variables] of feeds()) {
      await using late = follow({ url: near.url, credential, query, variables: { ...variables, after } });
      const [lagged] = await late.until(1);
      expect([field, lagged?.data?.[field]]).toEqual([
        field,
        {
          __typename: "Lagged",
          missed: expect.any(Number),
          ...(field === "creditBalanceChanged" ? { resumeAt: lagged?.extensions?.["cursor"] } : {}),
        },
      ]);
    }
  }, 60_000);

  it("are followed by the SDK, which goes on from the cursor of its last update", async () => {
    const { nodes } = payload<{ nodes: { id: string }[] }>(await graphql("{ packs { nodes { id } } }"), "packs");
    const change = async () => {
      await bookFor(a, {}, tokenOfA);
      await bill(graphql, "purchasePack", { clientId: a.clientId, packId: nodes[0]?.id }, tokenOfA);
    };
    const ofA = createNexora({ url: app.url, credential: tokenOfA });
    const ofCoach = createNexora({ url: app.url, credential: coachToken });
    const { coachId } = offer;
    const open = (after: readonly (string | undefined)[]) =>
      [
        ofA.subscribe(CreditBalanceChangesDocument, { after: after[0] ?? null }),
        ofA.subscribe(SessionChangesDocument, { after: after[1] ?? null }),
        ofA.subscribe(PaymentUpdatesDocument, { after: after[2] ?? null }),
        ofCoach.subscribe(AgendaChangesDocument, { after: after[3] ?? null, coachId }),
      ] as const;
    const types = async (feeds: ReturnType<typeof open>): Promise<unknown[]> => {
      const updates = await Promise.all(feeds.map((feed) => feed.next()));
      return updates.map(({ value }) => (Object.values(value ?? {})[0] as Update | undefined)?.["type"]);
    };
    const first = open([]);
    await Promise.all(first.map((feed) => feed.whenLive()));
    await change();
    expect(await types(first)).toEqual(["HELD", "BOOKED", "CREATED", "BOOKED"]);
    for (const feed of first) feed.close();
    await change();
    const second = open(first.map(({ cursor }) => cursor));
    expect(await types(second)).toEqual(["HELD", "BOOKED", "CREATED", "BOOKED"]);
    for (const feed of second) feed.close();
    await Promise.all([ofA.close(), ofCoach.close()]);
  });

  it("are read once for however many listen with equal rights, and for many entries together", async () => {
    const assistant = await newMember(app, ownerToken);
    await using one = listen(followSessions, tokenOfA);
    await using again = listen(followSessions, tokenOfA);
    await using ofB = listen(followSessions, tokenOfB);
    await using ofTeam = listen(followSessions, assistant);
    await using ofColleague = listen(followSessions, await newMember(app, ownerToken));
    const everybody = [one, again, ofB, ofTeam, ofColleague];
    await Promise.all(everybody.map((each) => each.live()));
    expect(app.nexora.liveCounts().groups).toBe(3);
    const before = app.nexora.liveCounts().executions;
    const statements = await recordStatements(async () => {
      await bookFor(a, {}, tokenOfA);
      await Promise.all([one, again, ofTeam, ofColleague].map((each) => each.until(1)));
    });
    // Whom it is about, once for A and B.
    expect(statements.filter((text) => text.includes("b.learner_id, b.client_id FROM session s"))).toHaveLength(1);
    expect(app.nexora.liveCounts().executions - before).toBe(2); // A's, and the team's
    expect(ofB.results).toEqual([]);
  });

  it.each([
    ["creditBalanceChanged", 1],
    ["sessionChanged", 2], // whom they are about, and the sessions
    ["agenda", 1],
    ["paymentUpdated", 3], // whom they are about, the payments, and the subscriptions that they pay
  ] as const)("%s reads many entries together", async (name, most) => {
    const [, query, credential, variables] = feeds().find(([field]) => field === name) ?? feeds()[0];
    const answer = await graphql("{ journal(last: 150) { pageInfo { startCursor } } }"); // fewer than a page of a replay
    const { pageInfo } = payload<{ pageInfo: { startCursor: string } }>(answer, "journal");
    const statements = await recordStatements(async () => {
      await using followed = listen(query, credential, { ...variables, after: pageInfo.startCursor });
      await followed.until(5);
    });
    const reads = statements.filter((text) => /FROM (session s|unnest\(\$2|payment p|subscription s)/.test(text));
    expect(reads.length).toBeGreaterThan(0);
    expect(reads.length).toBeLessThanOrEqual(most);
  });
});
