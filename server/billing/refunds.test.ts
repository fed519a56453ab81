import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { bill, creditsOf, newClient, openShop, signIn, some } from "../../test/billing.ts";
import { mutate } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";

interface Refund {
  readonly id: string;
  readonly creditsTaken: number;
  readonly creditsOwed: number;
  readonly creditsWithheld: number;
}

let app: TestApp;
let graphql: TestApp["graphql"];
let offers: Record<string, string>;
const clock = new TestClock("2027-01-10T09:00:00Z");

beforeAll(async () => {
  app = await startApp({ clock });
  graphql = (query, variables, credential) => app.graphql(query, variables, credential);
  const owner = await signIn(app);
  offers = await openShop(graphql, owner);
  for (const rollover of ["FULL", "NONE"]) {
    const price = { amountMinor: 1_200, currency: "XOF" };
    const input = { key: `YEAR_${rollover}`, name: "A year", price, interval: "YEAR", creditsPerMonth: 3, rollover };
    const made = await mutate<{ plan: { id: string } }>(graphql, "createPlan", input, "plan { id }", owner);
    offers[input.key] = made.plan.id;
  }
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

async function at(instant: string): Promise<void> {
  clock.set(instant);
  await app.runDue();
}

/** A client who has paid. */
async function buy(key: string, clientId?: string): Promise<{ clientId: string; paymentId: string }> {
  const id = clientId ?? (await newClient(graphql));
  const bought =
    key === "GRAND_ORAL"
      ? await bill(graphql, "purchasePack", { clientId: id, packId: offers[key] })
      : await bill(graphql, "subscribe", { clientId: id, planId: offers[key] });
  const { amount, id: paymentId } = some(bought.payment, bought);
  const { amountMinor, currency } = amount;
  const input = { id: paymentId, amount: { amountMinor, currency }, receivedAt: clock.now(), transferId: randomUUID() };
  expect((await bill(graphql, "confirmTransfer", input, await signIn(app))).userErrors).toEqual([]);
  return { clientId: id, paymentId };
}

async function refund(id: string, amountMinor?: number): Promise<Refund> {
  const fields = "refund { id creditsTaken creditsOwed creditsWithheld }";
  const input = { id, amountMinor, reason: "a gesture" };
  const answer = await mutate<{ refund: Refund | null }>(graphql, "refundPayment", input, fields, await signIn(app));
  return some(answer.refund, answer);
}

async function owed(clientId: string): Promise<number> {
  const answer = await graphql("query ($id: ID!) { client(id: $id) { creditsOwed } }", { id: clientId });
  return payload<{ creditsOwed: number }>(answer, "client").creditsOwed;
}

const use = (clientId: string, amount: number) =>
  mutate(graphql, "adjustCredits", { clientId, amount: -amount, reason: "used" }, "cursor");

describe("a year that is paid back", () => {
  it("takes what is left of all its months, and what the client pays for next settles the rest", async () => {
    clock.set("2027-01-10T09:00:00Z");
    const { clientId, paymentId } = await buy("YEAR_FULL");
    await at("2027-03-10T09:00:00Z"); // three months
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 9, usable: 9 });
    await use(clientId, 4);
    expect(await refund(paymentId)).toMatchObject({ creditsTaken: 5, creditsOwed: 4, creditsWithheld: 27 });
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 0, usable: 0 });
    expect(await owed(clientId)).toBe(4);
    await at("2027-06-10T09:00:00Z");
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 0, usable: 0 });

    // A present isn't paid for: it settles nothing.
    await mutate(graphql, "grantCredits", { clientId, amount: 2, kind: "PROMO", reason: "a present" }, "cursor");
    expect(await creditsOf(graphql, clientId)).toMatchObject({ balance: 2 });
    await buy("GRAND_ORAL", clientId);
    expect(await creditsOf(graphql, clientId)).toMatchObject({ balance: 3 });
    expect(await owed(clientId)).toBe(0);
    const read = await graphql("query ($id: ID!) { payment(id: $id) { refunds { creditsOwed creditsSettled } } }", {
      id: paymentId,
    });
    expect(payload(read, "payment")).toEqual({ refunds: [{ creditsOwed: 4, creditsSettled: 4 }] });
  });

  it("by half in its middle costs the months to come, and nothing that was used", async () => {
    clock.set("2028-01-10T09:00:00Z");
    const { clientId, paymentId } = await buy("YEAR_NONE");
    await at("2028-06-15T09:00:00Z"); // six months
    await use(clientId, 2);
    expect(await refund(paymentId, 600)).toMatchObject({ creditsTaken: 0, creditsOwed: 0, creditsWithheld: 18 });
    expect(await creditsOf(graphql, clientId)).toMatchObject({ usable: 1 });
    await at("2028-07-10T09:00:00Z");
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 0, usable: 0 });
    const state = await graphql(
      "query ($id: ID!) { subscriptions(filter: { clientId: { eq: $id } }) { nodes { state } } }",
      {
        id: clientId,
      },
    );
    expect(payload(state, "subscriptions")).toEqual({ nodes: [{ state: "ACTIVE" }] });
  });

  it("by a part costs its last months first", async () => {
    clock.set("2029-01-10T09:00:00Z");
    const { clientId, paymentId } = await buy("YEAR_NONE");
    expect(await refund(paymentId, 1_100)).toMatchObject({ creditsTaken: 0, creditsWithheld: 33 });
    expect(await creditsOf(graphql, clientId)).toMatchObject({ usable: 3 });
    await at("2029-02-10T09:00:00Z");
    expect(await creditsOf(graphql, clientId)).toMatchObject({ usable: 0 });
    expect(await refund(paymentId)).toMatchObject({ creditsTaken: 0, creditsOwed: 3, creditsWithheld: 0 });
  });
});

describe("credits that are owed", () => {
  it("are settled by hand, in parts, and no more than there are", async () => {
    clock.set("2030-01-10T09:00:00Z");
    const { clientId, paymentId } = await buy("GRAND_ORAL");
    await use(clientId, 5);
    const { id: refundId } = await refund(paymentId);
    expect(await owed(clientId)).toBe(5);
    const settle = async (input: object, credential?: string) =>
      mutate<{ userErrors: { code: string }[]; refund: { creditsSettled: number } | null }>(
        graphql,
        "settleCreditsOwed",
        { refundId, reason: "paid in cash", ...input },
        "refund { creditsSettled }",
        credential ?? (await signIn(app)),
      );
    const refused = async (input: object) => (await settle(input)).userErrors.map(({ code }) => code);
    expect(await refused({ credits: 6 })).toEqual(["CREDITS_INVALID"]);
    expect(await refused({ reason: " " })).toEqual(["REASON_INVALID"]);
    expect(await refused({ refundId: clientId })).toEqual(["NOT_FOUND"]);
    expect(await settle({ credits: 2 })).toMatchObject({ refund: { creditsSettled: 2 }, userErrors: [] });
    const token = await signIn(app);
    const both = await Promise.all([settle({}, token), settle({}, token)]);
    expect(both.map(({ userErrors }) => userErrors[0]?.code ?? "").toSorted()).toEqual(["", "NOTHING_OWED"]);
    expect(await owed(clientId)).toBe(0);
  });

  it("are settled once when two payments are confirmed at once", async () => {
    clock.set("2031-01-10T09:00:00Z");
    const { clientId, paymentId } = await buy("GRAND_ORAL");
    await use(clientId, 5);
    await refund(paymentId);
    await Promise.all([buy("GRAND_ORAL", clientId), buy("GRAND_ORAL", clientId)]);
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 5, usable: 5 });
    expect(await owed(clientId)).toBe(0);
  });
});
