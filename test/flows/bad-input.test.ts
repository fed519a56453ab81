import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { type Answer, type PaymentAnswer, paymentFields, some } from "../billing.ts";
import { codesOf, type Family, openSchool, type Person, type School, type Staffed } from "./school.ts";

// What people send by mistake, or on purpose: a code that says what to do, and nothing has changed. What a domain's own
// tests refuse already (bookings, transfers, grants) isn't refused here once more.

jest.setTimeout(120_000);

interface Refused {
  readonly userErrors: readonly { readonly code: string; readonly message: string; readonly field: string[] | null }[];
  readonly alternatives?: readonly { readonly coachId: string; readonly startsAt: string }[];
  readonly session?: { readonly id: string; readonly version: number } | null;
}

let school: School;
let amel: Family;
let helios: Staffed;
/** A client of the school with a learner and a session of his own, whom Amel doesn't know. */
let stranger: { readonly clientId: string; readonly learnerId: string; readonly sessionId: string };
let sessionId: string;

beforeAll(async () => {
  school = await openSchool("2027-03-22T09:00:00Z"); // a Monday; clocks change in Paris on the 28th
  const { owner, sonia } = school;
  amel = await school.enrol();
  helios = await school.hire();
  const { coachId, sessionTypeId } = helios;
  await owner.do("updateSessionType", { id: sessionTypeId, bufferAfterMin: 30 }, "cursor");
  const { client } = await sonia.do<{ client: { id: string } }>(
    "createClient",
    { name: "Nadia", email: "nadia@example.com" },
    "client { id }",
  );
  const { learner } = await sonia.do<{ learner: { id: string } }>(
    "addLearner",
    { clientId: client.id, name: "Yasmine" },
    "learner { id }",
  );
  for (const clientId of [amel.clientId, client.id]) {
    await owner.do("grantCredits", { clientId, amount: "4", kind: "PROMO" }, "cursor");
  }
  const book = async (learnerId: string, startsAt: string) => {
    const input = { learnerId, sessionTypeId, coachId, startsAt };
    return some((await sonia.do<Refused>("bookSession", input, "session { id version }")).session, startsAt).id;
  };
  sessionId = await book(amel.learnerId, "2027-03-25T13:00:00Z");
  const theirs = await book(learner.id, "2027-03-25T15:00:00Z");
  stranger = { clientId: client.id, learnerId: learner.id, sessionId: theirs };
}, 120_000);

afterAll(async () => {
  await school[Symbol.asyncDispose]();
});

const huge = "9223372036854775807";

/** All that a refusal could have changed. */
async function everything(): Promise<unknown> {
  const account = (clientId: string) => `creditAccount(clientId: "${clientId}") { balance held usable version }`;
  return school.owner.ask(`{
    sessions(first: 50) { nodes { id version status startsAt } } waitingList(first: 50) { nodes { id } }
    payments(first: 50) { nodes { id state transferState received { amountMinor } } }
    subscriptions(first: 50) { nodes { id state version plan { key } } }
    plans(first: 50) { nodes { id version } } packs(first: 50) { nodes { id version } } billingSettings { version }
    learners(first: 50) { nodes { id version } } amel: ${account(amel.clientId)} nadia: ${account(stranger.clientId)}
  }`);
}

type Case = readonly [field: string, input: object, code: string];

/** Each is refused with this one code, a sentence and the field that it is about, and nothing has changed. */
async function refuses(who: Person, cases: readonly Case[], selection = "cursor"): Promise<Refused[]> {
  const before = await everything();
  const answers: Refused[] = [];
  for (const [field, input, code] of cases) {
    const answer = await who.do<Refused>(field, input, selection);
    expect({ field, input, codes: codesOf(answer) }).toEqual({ field, input, codes: [code] });
    const [error] = answer.userErrors;
    expect(error?.message).toMatch(/^[A-Z].{10,}\.$/);
    expect(error?.field?.[0]).toBe("input");
    answers.push(answer);
  }
  expect(await everything()).toEqual(before);
  return answers;
}

async function order(input: object): Promise<PaymentAnswer> {
  const { clientId } = amel;
  const answer = await amel.client.do<Answer>("purchasePack", { clientId, ...input }, `payment { ${paymentFields} }`);
  return some(answer.payment, answer);
}

describe("an amount that is negative, zero or huge", () => {
  it("of credits isn't moved", async () => {
    const move = { fromClientId: stranger.clientId, toClientId: amel.clientId };
    await refuses(school.owner, [
      ...["0", "-1", "1000000001", huge].map((amount): Case => [
        "transferCredits",
        { ...move, amount },
        "AMOUNT_INVALID",
      ]),
      ["transferCredits", { ...move, amount: "5" }, "INSUFFICIENT_CREDITS"],
    ]);
  });

  it("of money is neither asked for, nor taken, nor given back", async () => {
    const tnd = (amountMinor: number | string) => ({ amountMinor, currency: "TND" });
    const plan = { key: "NEW", name: "New", price: tnd(1_000) };
    const pack = { ...plan, credits: 1 };
    const paid = await order({ packId: school.offers["GRAND_ORAL"], provider: "LOCAL" });
    const taken = { id: paid.id, receivedAt: school.clock.now() };
    const confirm = (amountMinor: number | string, receiptNumber: string): Case => [
      "confirmLocalPayment",
      { ...taken, amount: tnd(amountMinor), receiptNumber },
      "AMOUNT_INVALID",
    ];
    await refuses(school.sonia, [confirm(0, "R-0"), confirm(-249_000, "R-1"), confirm(huge, "R-2")]);
    await school.sonia.do("confirmLocalPayment", { ...taken, amount: tnd(249_000), receiptNumber: "R-3" }, "cursor");
    const refund = (amountMinor: number | string): Case => [
      "refundPayment",
      { id: paid.id, amountMinor, reason: "a gesture" },
      "AMOUNT_INVALID",
    ];
    await refuses(school.owner, [
      ...[0, -1, 249_001, huge].map(refund),
      ...[-1, huge].map((price): Case => ["createPlan", { ...plan, price: tnd(price) }, "PRICE_INVALID"]),
      ...[-1, huge].map((credits): Case => ["createPlan", { ...plan, creditsPerMonth: credits }, "CREDITS_INVALID"]),
      ...[-1, huge].map((price): Case => ["createPack", { ...pack, price: tnd(price) }, "PRICE_INVALID"]),
      ...[0, -1, huge].map((credits): Case => ["createPack", { ...pack, credits }, "CREDITS_INVALID"]),
      ["updateBillingSettings", { approvalOver: [tnd(-1)] }, "LIMIT_INVALID"],
    ]);
  });

  it("of weeks is no series", async () => {
    const { coachId, sessionTypeId } = helios;
    const series = { learnerId: amel.learnerId, sessionTypeId, coachId, startsAt: "2027-03-26T13:00:00Z" };
    await refuses(
      amel.client,
      [0, -1, 53, 2_147_483_647].map((weeks): Case => ["bookSeries", { ...series, weeks }, "WEEKS_INVALID"]),
    );
  });

  it("that no integer can be is refused before anything is done", async () => {
    const transfer = { fromClientId: stranger.clientId, toClientId: amel.clientId };
    for (const amount of ["9223372036854775808", 1.5, "NaN"]) {
      const answer = await school.app.graphql(
        "mutation ($input: TransferCreditsInput!) { transferCredits(input: $input) { cursor } }",
        { input: { ...transfer, amount } },
      );
      expect(answer.errors?.[0]?.extensions["code"]).toBe("BAD_USER_INPUT");
    }
  });
});

describe("a session that is moved by hand", () => {
  it("into the past, the gap of a change of clocks, off the grid, or close to another one stays where it is", async () => {
    const move = (start: object, code: string): Case => ["rescheduleSession", { id: sessionId, ...start }, code];
    const answers = await refuses(
      amel.client,
      [
        move({ startsAt: "2027-03-21T13:00:00Z" }, "IN_THE_PAST"),
        move({ startsAt: "2028-03-21T13:00:00Z" }, "TOO_FAR_AHEAD"),
        move({ localStart: { local: "2027-03-28T02:30", timeZone: "Europe/Paris" } }, "START_IN_GAP"),
        move({ startsAt: "2027-03-26T02:00:00Z" }, "OUTSIDE_HOURS"),
        move({}, "START_INVALID"),
        move({ startsAt: "2027-03-26T13:07:00Z" }, "OFF_GRID"),
        move({ startsAt: "2027-03-25T16:00:00Z" }, "INSIDE_BUFFER"),
        move({ startsAt: "2027-03-25T15:00:00Z" }, "SLOT_TAKEN"),
      ],
      "alternatives { coachId startsAt } session { id version }",
    );
    // What can be had instead.
    for (const answer of answers.slice(-3)) expect(answer.alternatives).toHaveLength(3);
    expect(answers.at(-1)?.alternatives?.[0]?.startsAt).toBe("2027-03-25T16:30:00.000Z");
  });

  it("isn't waited for where no session can begin, nor where the time is free", async () => {
    const { coachId, sessionTypeId } = helios;
    const wait = (startsAt: string, code: string): Case => [
      "joinWaitingList",
      { learnerId: amel.learnerId, sessionTypeId, coachId, startsAt },
      code,
    ];
    await refuses(amel.client, [
      wait("2027-03-21T13:00:00Z", "NOT_A_SLOT"),
      wait("2027-03-25T15:07:00Z", "NOT_A_SLOT"),
      wait("2027-03-26T02:00:00Z", "NOT_A_SLOT"),
      wait("2027-03-26T13:00:00Z", "SLOT_FREE"),
    ]);
  });
});

describe("somebody else's learner", () => {
  it("is nobody for a client, whatever he asks", async () => {
    const { coachId, sessionTypeId } = helios;
    const theirs = { learnerId: stranger.learnerId, sessionTypeId, coachId };
    await refuses(amel.client, [
      ["bookSeries", { ...theirs, startsAt: "2027-03-26T13:00:00Z", weeks: 2 }, "LEARNER_NOT_FOUND"],
      ["joinWaitingList", { ...theirs, startsAt: "2027-03-25T13:00:00Z" }, "LEARNER_NOT_FOUND"],
      ["cancelSession", { id: stranger.sessionId }, "NOT_FOUND"],
      ["cancelSession", { id: sessionId, learnerId: stranger.learnerId }, "LEARNER_NOT_FOUND"],
      ["rescheduleSession", { id: stranger.sessionId, startsAt: "2027-03-26T13:00:00Z" }, "NOT_FOUND"],
      ["updateLearner", { id: stranger.learnerId, grade: "CM2" }, "NOT_FOUND"],
      ["subscribe", { clientId: stranger.clientId, planId: school.offers["HYBRIDE"] }, "CLIENT_NOT_FOUND"],
    ]);
    expect(await amel.client.ask("query ($id: ID!) { learner(id: $id) { name } }", { id: stranger.learnerId })).toEqual(
      {
        learner: null,
      },
    );
  });
});

describe("two tabs", () => {
  it("with the same plan subscribe once", async () => {
    const input = { clientId: amel.clientId, planId: school.offers["HYBRIDE"] };
    const tabs = await Promise.all(
      Array.from({ length: 4 }, () => amel.client.do<Answer>("subscribe", input, "payment { id }")),
    );
    expect(tabs.map((tab) => codesOf(tab).join()).toSorted()).toEqual([
      "",
      ...Array<string>(3).fill("ALREADY_SUBSCRIBED"),
    ]);
    const { subscriptions } = await amel.client.ask<{ subscriptions: { nodes: { id: string }[] } }>(
      "{ subscriptions(first: 5) { nodes { id } } }",
    );
    expect(subscriptions.nodes).toHaveLength(1);
    await amel.client.do("cancelSubscription", { id: subscriptions.nodes[0]?.id }, "cursor");
  });

  it("of which one has moved a session: the other is shown how it is now, and changes nothing", async () => {
    const moved = await amel.client.do<Refused>(
      "rescheduleSession",
      { id: sessionId, startsAt: "2027-03-26T09:00:00Z", expectedVersion: 1 },
      "session { id version }",
    );
    expect(moved.session?.version).toBe(2);
    const [stale] = await refuses(
      amel.client,
      [
        ["cancelSession", { id: sessionId, expectedVersion: 1 }, "CONFLICT"],
        ["rescheduleSession", { id: sessionId, startsAt: "2027-03-26T10:00:00Z", expectedVersion: 1 }, "CONFLICT"],
      ],
      "session { id version }",
    );
    expect(stale?.session).toEqual({ id: sessionId, version: 2 });
  });

  it("of which one cancels while the other moves: one of them does it, and credits are held as the session says", async () => {
    const [cancelled, moved] = await Promise.all([
      amel.client.do<Refused>("cancelSession", { id: sessionId, expectedVersion: 2 }, "session { version }"),
      amel.client.do<Refused>(
        "rescheduleSession",
        { id: sessionId, startsAt: "2027-03-26T15:00:00Z", expectedVersion: 2 },
        "session { version }",
      ),
    ]);
    const codes = [cancelled, moved].flatMap(codesOf);
    expect(codes).toHaveLength(1);
    expect(["CONFLICT", "NOT_OPEN"]).toContain(codes[0]);
    const { held } = await school.account(amel.clientId);
    expect(held).toBe(codesOf(cancelled).length === 0 ? 0 : 1);
  });
});

describe("what is given or sold no more", () => {
  it("a coach who left can't be booked, and others are named", async () => {
    const { owner } = school;
    const profile = { pseudonym: "Orion", name: "Omar", subjects: ["Maths"], modes: ["ONLINE"] };
    const { coach } = await owner.do<{ coach: { id: string } }>("createCoach", profile, "coach { id }");
    const { coachId, sessionTypeId } = helios;
    await owner.do("updateSessionType", { id: sessionTypeId, coachIds: [coachId, coach.id] }, "cursor");
    expect(codesOf(await owner.do<Refused>("deactivateCoach", { id: coach.id }, "coach { status }"))).toEqual([]);
    const input = { learnerId: amel.learnerId, sessionTypeId, coachId: coach.id, startsAt: "2027-03-30T13:00:00Z" };
    const [answer] = await refuses(
      amel.client,
      [["bookSession", input, "COACH_INACTIVE"]],
      "alternatives { coachId startsAt }",
    );
    expect(answer?.alternatives).toContainEqual({ coachId, startsAt: "2027-03-30T13:00:00.000Z" });
  });

  it("a plan or pack that was withdrawn isn't sold, and what was ordered before is honoured", async () => {
    const { clientId } = amel;
    const { offers, owner, sonia } = school;
    const plan = await amel.client.do<Answer>(
      "subscribe",
      { clientId, planId: offers["ACCES_PLATEFORME"] },
      `payment { ${paymentFields} } subscription { id }`,
    );
    const pack = await order({ packId: offers["GRAND_ORAL"] });
    await owner.do("withdrawPack", { id: offers["GRAND_ORAL"] }, "cursor");
    for (const key of ["IMMERSION", "ACCES_PLATEFORME"]) await owner.do("withdrawPlan", { id: offers[key] }, "cursor");
    await refuses(amel.client, [["purchasePack", { clientId, packId: offers["GRAND_ORAL"] }, "PACK_WITHDRAWN"]]);
    const before = await school.account(clientId);
    const receivedAt = school.clock.now();
    for (const { id, amount } of [some(plan.payment, plan), pack]) {
      const { amountMinor, currency } = amount;
      const input = { id, amount: { amountMinor, currency }, receivedAt, transferId: `TRF-${id}` };
      expect(codesOf(await sonia.do<Answer>("confirmTransfer", input, "cursor"))).toEqual([]);
    }
    expect((await school.account(clientId)).balance).toBe(before.balance + 5);
    const id = some(plan.subscription, plan).id;
    await refuses(amel.client, [
      ["changePlan", { id, planId: offers["IMMERSION"] }, "PLAN_WITHDRAWN"],
      ["subscribe", { clientId, planId: offers["HYBRIDE"] }, "ALREADY_SUBSCRIBED"],
    ]);
  });
});
