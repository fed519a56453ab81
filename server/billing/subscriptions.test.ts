import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import {
  type Answer,
  bill,
  creditsOf,
  type Graphql,
  newClient,
  openShop,
  type PaymentAnswer,
  paymentFields,
  signIn,
  some,
  type SubscriptionAnswer,
  subscriptionFields,
} from "../../test/billing.ts";
import { mutate } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { addLearner, book, booked, createOffer } from "../../test/sessions.ts";

let app: TestApp;
let graphql: Graphql;
let offers: Record<string, string>;
const clock = new TestClock("2027-01-31T09:00:00Z");

beforeAll(async () => {
  app = await startApp({ clock });
  graphql = (query, variables, credential) => app.graphql(query, variables, credential);
  offers = await openShop(graphql, await signIn(app));
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const codes = ({ userErrors }: Answer) => userErrors.map(({ code }) => code);
const offer = (key: string) => some(offers[key], key);

async function at(instant: string): Promise<void> {
  clock.set(instant);
  await app.runDue();
}

/** A token lives for 15 minutes, and months pass here. */
async function confirm({ id, amount }: PaymentAnswer): Promise<Answer> {
  const { amountMinor, currency } = amount;
  const input = { id, amount: { amountMinor, currency }, receivedAt: clock.now(), transferId: randomUUID() };
  return bill(graphql, "confirmTransfer", input, await signIn(app));
}

async function subscribe(clientId: string, key: string): Promise<string> {
  const answer = await bill(graphql, "subscribe", { clientId, planId: offer(key) });
  if (answer.payment !== null) expect(codes(await confirm(answer.payment))).toEqual([]);
  return some(answer.subscription, answer).id;
}

async function read(id: string): Promise<SubscriptionAnswer> {
  const answer = await graphql(`query ($id: ID!) { subscription(id: $id) { ${subscriptionFields} } }`, { id });
  return payload(answer, "subscription");
}

async function open(clientId: string): Promise<PaymentAnswer[]> {
  const query = `query ($id: ID!) { payments(filter: { clientId: { eq: $id }, state: { eq: PENDING } }) { nodes { ${paymentFields} } } }`;
  return payload<{ nodes: PaymentAnswer[] }>(await graphql(query, { id: clientId }), "payments").nodes;
}

describe("a subscription", () => {
  it("is billed ahead, renewed on the first day's date, and carries over what its plan says", async () => {
    clock.set("2027-01-31T09:00:00Z");
    const clientId = await newClient(graphql);
    const id = await subscribe(clientId, "HYBRIDE");
    expect(await open(clientId)).toEqual([]);
    await at("2027-02-21T09:00:00Z");
    const [renewal] = await open(clientId);
    expect(renewal).toMatchObject({ purpose: "RENEWAL", amount: { amountMinor: 179_000 } });
    await confirm(some(renewal, "renewal"));
    // Paid ahead: the credits wait for their period.
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 8, usable: 4 });
    await at("2027-02-28T08:59:59Z");
    expect(await read(id)).toMatchObject({ periodEndsAt: "2027-02-28T09:00:00.000Z" });
    await at("2027-02-28T09:00:00Z");
    expect(await read(id)).toMatchObject({ state: "ACTIVE", periodEndsAt: "2027-03-31T09:00:00.000Z" });
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 8, usable: 8 }); // CAP 4
    await at("2027-03-24T09:00:00Z");
    await confirm(some((await open(clientId))[0], "renewal"));
    await at("2027-04-02T00:00:00Z"); // late, and twice
    await app.runDue();
    expect(await read(id)).toMatchObject({ state: "ACTIVE", periodEndsAt: "2027-04-30T09:00:00.000Z" });
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 8, usable: 8 }); // 8 - 4 + 4
  });

  it("is past due when nobody pays, then expires, and late money begins it anew", async () => {
    clock.set("2027-05-10T09:00:00Z");
    const clientId = await newClient(graphql);
    const id = await subscribe(clientId, "HYBRIDE");
    await at("2027-06-10T09:00:00Z");
    expect(await read(id)).toMatchObject({ state: "PAST_DUE" });
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 4, usable: 4 });
    const [renewal] = await open(clientId);
    await at("2027-06-17T09:00:00Z");
    expect(await read(id)).toMatchObject({ state: "EXPIRED" });
    expect(await open(clientId)).toEqual([]);
    await at("2027-07-01T09:00:00Z");
    expect((await confirm(some(renewal, "renewal"))).payment).toMatchObject({ state: "COMPLETED" });
    expect(await read(id)).toMatchObject({ state: "ACTIVE", periodEndsAt: "2027-08-01T09:00:00.000Z" });
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 8, usable: 8 });
  });

  it("that is past due goes on where it stopped when it is paid", async () => {
    clock.set("2027-09-10T09:00:00Z");
    const clientId = await newClient(graphql);
    const id = await subscribe(clientId, "HYBRIDE");
    await at("2027-10-12T09:00:00Z");
    expect(await read(id)).toMatchObject({ state: "PAST_DUE" });
    await confirm(some((await open(clientId))[0], "renewal"));
    expect(await read(id)).toMatchObject({
      state: "ACTIVE",
      periodStartsAt: "2027-10-10T09:00:00.000Z",
      periodEndsAt: "2027-11-10T09:00:00.000Z",
    });
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 8, usable: 8 });
  });

  it("gets the difference of a dearer plan when that is paid, and a cheaper one when the period turns", async () => {
    clock.set("2028-04-01T09:00:00Z");
    const clientId = await newClient(graphql);
    const id = await subscribe(clientId, "ACCES_PLATEFORME");
    clock.set("2028-04-16T09:00:00Z");
    const asked = await bill(graphql, "changePlan", { id, planId: offer("HYBRIDE") });
    expect(asked.payment).toMatchObject({ amount: { amountMinor: 50_000 }, credits: 2, purpose: "PLAN_CHANGE" });
    expect(await read(id)).toMatchObject({ plan: { key: "ACCES_PLATEFORME" } });
    expect(codes(await bill(graphql, "changePlan", { id, planId: offer("IMMERSION") }))).toEqual(["CHANGE_PENDING"]);
    await confirm(some(asked.payment, asked));
    expect(await read(id)).toMatchObject({ plan: { key: "HYBRIDE" }, periodEndsAt: "2028-05-01T09:00:00.000Z" });
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 2, usable: 2 });

    const down = await bill(graphql, "changePlan", { id, planId: offer("ACCES_PLATEFORME") });
    expect([codes(down), down.payment, down.subscription?.nextPlan]).toEqual([[], null, { key: "ACCES_PLATEFORME" }]);
    expect(codes(await bill(graphql, "changePlan", { id, planId: offer("ACCES_PLATEFORME") }))).toEqual(["SAME_PLAN"]);
    expect(codes(await bill(graphql, "changePlan", { id, planId: offer("ULTRA") }))).toEqual(["CURRENCY_DIFFERS"]);
    await at("2028-04-25T09:00:00Z");
    const [renewal] = await open(clientId);
    expect(renewal).toMatchObject({ amount: { amountMinor: 79_000 } });
    await confirm(some(renewal, "renewal"));
    await at("2028-05-01T09:00:00Z");
    expect(await read(id)).toMatchObject({ state: "ACTIVE", plan: { key: "ACCES_PLATEFORME" }, nextPlan: null });
  });

  it("keeps its plan when a change is paid after the period has turned: it was for the rest of that one", async () => {
    clock.set("2033-01-10T09:00:00Z");
    const clientId = await newClient(graphql);
    const id = await subscribe(clientId, "HYBRIDE");
    await at("2033-02-04T09:00:00Z");
    const [renewal] = await open(clientId);
    clock.set("2033-02-10T08:00:00Z"); // the last hour
    const asked = await bill(graphql, "changePlan", { id, planId: offer("IMMERSION") });
    expect(some(asked.payment, asked).amount.amountMinor).toBeLessThan(1_000);
    await confirm(some(renewal, "renewal"));
    await at("2033-02-11T09:00:00Z");
    expect(await read(id)).toMatchObject({ plan: { key: "HYBRIDE" }, periodEndsAt: "2033-03-10T09:00:00.000Z" });
    expect(await open(clientId)).toEqual([]); // nobody is asked for the change any more
    expect((await confirm(some(asked.payment, asked))).payment).toMatchObject({ state: "COMPLETED" });
    expect(await read(id)).toMatchObject({ plan: { key: "HYBRIDE" }, state: "ACTIVE" });
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 8, usable: 8 });

    // The same when the payment is faster than the job.
    clock.set("2033-03-10T09:00:00Z");
    const other = await subscribe(await newClient(graphql), "HYBRIDE");
    clock.set("2033-04-10T08:00:00Z");
    const change = await bill(graphql, "changePlan", { id: other, planId: offer("IMMERSION") });
    clock.set("2033-04-10T09:00:00Z");
    await confirm(some(change.payment, change));
    expect(await read(other)).toMatchObject({ plan: { key: "HYBRIDE" } });
  });

  it("that runs isn't replaced by a plan that was asked for before it and is paid late", async () => {
    clock.set("2034-03-01T09:00:00Z");
    const clientId = await newClient(graphql);
    const id = await subscribe(clientId, "FREEMIUM");
    const first = await bill(graphql, "changePlan", { id, planId: offer("ACCES_PLATEFORME") });
    await at("2034-03-16T09:00:00Z"); // nobody has paid it
    const second = await bill(graphql, "changePlan", { id, planId: offer("HYBRIDE") });
    await confirm(some(second.payment, second));
    const running = await read(id);
    expect(running).toMatchObject({ plan: { key: "HYBRIDE" }, periodEndsAt: "2034-04-16T09:00:00.000Z" });
    clock.set("2034-03-18T09:00:00Z");
    expect((await confirm(some(first.payment, first))).payment).toMatchObject({ state: "COMPLETED" });
    expect(await read(id)).toEqual(running);
    // Late for a plan that runs for nothing still, it begins.
    clock.set("2034-05-01T09:00:00Z");
    const other = await newClient(graphql);
    const free = await subscribe(other, "FREEMIUM");
    const asked = await bill(graphql, "changePlan", { id: free, planId: offer("HYBRIDE") });
    await at("2034-05-16T09:00:00Z");
    await confirm(some(asked.payment, asked));
    expect(await read(free)).toMatchObject({ plan: { key: "HYBRIDE" }, periodEndsAt: "2034-06-16T09:00:00.000Z" });
  });

  it("of a free plan begins at once, turns by itself, and becomes a paid one when that is paid", async () => {
    clock.set("2028-06-01T09:00:00Z");
    const clientId = await newClient(graphql);
    const id = await subscribe(clientId, "FREEMIUM");
    expect(await read(id)).toMatchObject({ state: "ACTIVE", periodEndsAt: "2028-07-01T09:00:00.000Z" });
    await at("2028-09-05T09:00:00Z"); // three months late
    expect(await read(id)).toMatchObject({ state: "ACTIVE", periodEndsAt: "2028-10-01T09:00:00.000Z" });
    const asked = await bill(graphql, "changePlan", { id, planId: offer("ULTRA_ANNUEL") });
    expect(asked.payment).toMatchObject({ amount: { amountMinor: 29_900, currency: "EUR", amount: "299.00" } });
    await confirm(some(asked.payment, asked));
    expect(await read(id)).toMatchObject({ plan: { key: "ULTRA_ANNUEL" }, periodEndsAt: "2029-09-05T09:00:00.000Z" });
  });

  it("of a year gets its credits month by month", async () => {
    clock.set("2029-01-31T09:00:00Z");
    const input = {
      key: "YEARLY",
      name: "A year",
      price: { amountMinor: 1_200_000, currency: "XOF" },
      interval: "YEAR",
      creditsPerMonth: 3,
      rollover: "NONE",
    };
    const created = await graphql(
      "mutation ($input: CreatePlanInput!) { createPlan(input: $input) { plan { id price { amount } } userErrors { code } } }",
      { input },
      await signIn(app),
    );
    const { plan } = payload<{ plan: { id: string; price: { amount: string } } }>(created, "createPlan");
    expect(plan.price.amount).toBe("1200000");
    offers["YEARLY"] = plan.id;
    const clientId = await newClient(graphql);
    const id = await subscribe(clientId, "YEARLY");
    for (const turn of ["2029-02-28T09:00:00Z", "2029-03-31T09:00:00Z", "2029-06-30T09:00:00Z"]) {
      await at(turn);
      expect(await creditsOf(graphql, clientId)).toEqual({ balance: 3, usable: 3 });
    }
    expect(await open(clientId)).toEqual([]);
    expect(await read(id)).toMatchObject({ periodEndsAt: "2030-01-31T09:00:00.000Z" });
  });

  it("that carries nothing over leaves nothing when its month has ended, however late the job is and however it ends", async () => {
    clock.set("2035-04-10T09:00:00Z");
    const price = { amountMinor: 100_000, currency: "TND" };
    const input = { key: "NONE4", name: "A month", price, creditsPerMonth: 4, rollover: "NONE" };
    const made = await mutate<{ plan: { id: string } }>(graphql, "createPlan", input, "plan { id }", await signIn(app));
    offers["NONE4"] = made.plan.id;
    const coach = await createOffer(graphql, { creditCost: 4 });
    const [ending, unpaid, booking] = [await newClient(graphql), await newClient(graphql), await newClient(graphql)];
    const [endingLearner, learnerId] = [await addLearner(graphql, ending), await addLearner(graphql, booking)];
    const ids = [await subscribe(ending, "NONE4"), await subscribe(unpaid, "NONE4"), await subscribe(booking, "NONE4")];
    await bill(graphql, "cancelSubscription", { id: some(ids[0], ids) });
    clock.set("2035-05-09T09:00:00Z");
    const sessionId = await booked(graphql, { learnerId, ...coach, startsAt: "2035-05-20T14:00:00Z" });

    clock.set("2035-05-10T09:00:00Z"); // no job has seen that the months have ended
    expect(await creditsOf(graphql, ending)).toMatchObject({ usable: 0 });
    const late = await book(graphql, { learnerId: endingLearner, ...coach, startsAt: "2035-05-21T14:00:00Z" });
    expect(late.userErrors).toMatchObject([{ code: "INSUFFICIENT_CREDITS" }]);

    await at("2035-05-12T09:00:00Z");
    expect(await read(some(ids[1], ids))).toMatchObject({ state: "PAST_DUE" });
    const cancelled = await bill(graphql, "cancelSubscription", { id: some(ids[1], ids) });
    expect(cancelled.subscription).toMatchObject({ state: "CANCELLED" });
    await app.runDue();
    const subjects = (await app.mails()).map(({ subject }) => subject ?? "");
    expect(
      subjects.filter((each) => /^(Votre abonnement|Your subscription) A month (est résilié|is cancelled)/.test(each)),
    ).toHaveLength(2);
    // What was held over the month's end and comes back is gone at once.
    expect(await creditsOf(graphql, booking)).toEqual({ balance: 4, usable: 0 });
    await mutate(graphql, "cancelSession", { id: sessionId }, "cursor");
    expect(await creditsOf(graphql, booking)).toMatchObject({ usable: 0 });
    await app.runDue();
    for (const clientId of [ending, unpaid, booking]) {
      expect(await creditsOf(graphql, clientId)).toEqual({ balance: 0, usable: 0 });
    }
  });

  it("that was cancelled goes on when that is taken back before its period ends, and is billed as ever", async () => {
    clock.set("2036-01-01T09:00:00Z");
    const clientId = await newClient(graphql);
    const id = await subscribe(clientId, "HYBRIDE");
    expect(codes(await bill(graphql, "resumeSubscription", { id }))).toEqual(["NOT_CANCELLED"]);
    await at("2036-01-26T09:00:00Z");
    expect(await open(clientId)).toHaveLength(1);
    await bill(graphql, "cancelSubscription", { id });
    expect(await open(clientId)).toEqual([]);
    expect(codes(await bill(graphql, "changePlan", { id, planId: offer("IMMERSION") }))).toEqual(["NOT_ACTIVE"]);
    const again = await mutate<{ userErrors: { message: string }[] }>(
      ...([graphql, "subscribe", { clientId, planId: offer("HYBRIDE") }, "cursor"] as const),
    );
    expect(again.userErrors).toMatchObject([
      { code: "ALREADY_SUBSCRIBED", message: expect.stringContaining("resume it") },
    ]);
    const resumed = await bill(graphql, "resumeSubscription", { id });
    expect([codes(resumed), resumed.subscription]).toMatchObject([[], { state: "ACTIVE", nextPlan: null }]);
    const types = '["subscription.resumed"]';
    const told = await graphql(`{ journal(types: ${types}, last: 1) { nodes { subjectId } } }`, {}, await signIn(app));
    expect(payload(told, "journal")).toEqual({ nodes: [{ subjectId: id }] });
    await app.runDue();
    await confirm(some((await open(clientId))[0], "renewal"));
    await at("2036-02-01T09:00:00Z");
    expect(await read(id)).toMatchObject({ state: "ACTIVE", periodEndsAt: "2036-03-01T09:00:00.000Z" });

    await bill(graphql, "cancelSubscription", { id });
    clock.set("2036-03-01T09:00:00Z"); // no job has seen that it is over
    expect(codes(await bill(graphql, "resumeSubscription", { id }))).toEqual(["ENDED"]);
    await app.runDue();
    expect(codes(await bill(graphql, "resumeSubscription", { id }))).toEqual(["NOT_CANCELLED"]);
    expect(codes(await bill(graphql, "resumeSubscription", { id: clientId }))).toEqual(["NOT_FOUND"]);
  });

  it("that is cancelled while it is past due carries over no more than its plan says", async () => {
    clock.set("2036-04-10T09:00:00Z");
    const clientId = await newClient(graphql);
    const id = await subscribe(clientId, "HYBRIDE");
    await mutate(graphql, "grantCredits", { clientId, amount: 2, kind: "MONTHLY_ALLOCATION" }, "cursor");
    await at("2036-05-10T09:00:00Z");
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 6, usable: 6 });
    await bill(graphql, "cancelSubscription", { id });
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 4, usable: 4 }); // CAP 4
  });

  it("ends with its period when it is cancelled, and is no more for sale when its plan was withdrawn", async () => {
    clock.set("2031-03-01T09:00:00Z");
    const clientId = await newClient(graphql);
    const id = await subscribe(clientId, "PREMIUM");
    await at("2031-03-26T09:00:00Z");
    expect(await open(clientId)).toHaveLength(1);
    expect((await bill(graphql, "cancelSubscription", { id })).subscription).toMatchObject({
      state: "CANCELLED_AT_PERIOD_END",
    });
    expect(await open(clientId)).toEqual([]);
    expect(codes(await bill(graphql, "cancelSubscription", { id }))).toEqual(["NOT_ACTIVE"]);
    await graphql(
      "mutation ($id: ID!) { withdrawPlan(input: { id: $id }) { cursor } }",
      { id: offer("PREMIUM") },
      await signIn(app),
    );
    await at("2031-04-01T09:00:00Z");
    expect(await read(id)).toMatchObject({ state: "CANCELLED" });
    expect(codes(await bill(graphql, "subscribe", { clientId, planId: offer("PREMIUM") }))).toEqual(["PLAN_WITHDRAWN"]);
    const waiting = await bill(graphql, "subscribe", { clientId, planId: offer("ULTRA") });
    const cancelled = await bill(graphql, "cancelSubscription", { id: some(waiting.subscription, waiting).id });
    expect(cancelled.subscription).toMatchObject({ state: "CANCELLED", periodStartsAt: null });
    expect(await open(clientId)).toEqual([]);
  });
});
