import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { bill, creditsOf, type Graphql, newClient, openShop, signIn, some } from "../../test/billing.ts";
import { mutate } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { addLearner, book, booked, createOffer } from "../../test/sessions.ts";

let app: TestApp;
let graphql: Graphql;
let packId: string;
const clock = new TestClock("2027-08-02T09:00:00Z");

beforeAll(async () => {
  app = await startApp({ clock });
  graphql = (query, variables, credential) => app.graphql(query, variables, credential);
  packId = some((await openShop(graphql, await signIn(app)))["GRAND_ORAL"], "pack");
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

/** A client whose five credits are held for a session while the money for them goes back. */
async function refundedWhileHeld(day: string) {
  const token = await signIn(app);
  const clientId = await newClient(graphql);
  const learnerId = await addLearner(graphql, clientId);
  const bought = await bill(graphql, "purchasePack", { clientId, packId, provider: "LOCAL" });
  const paymentId = some(bought.payment, bought).id;
  const amount = { amountMinor: 249_000, currency: "TND" };
  const receipt = { id: paymentId, amount, receiptNumber: randomUUID(), receivedAt: clock.now() };
  await bill(graphql, "confirmLocalPayment", receipt, token);
  const offer = await createOffer(graphql, { creditCost: 5 });
  const slot = { learnerId, ...offer, startsAt: `${day}T14:00:00Z` };
  const sessionId = await booked(graphql, slot);
  const { refund } = await bill(graphql, "refundPayment", { id: paymentId, reason: "he moves away" }, token);
  expect(refund).toMatchObject({ creditsTaken: 0, creditsOwed: 5 });
  return { clientId, sessionId, slot };
}

it("takes credits that come back after their money went back", async () => {
  const { clientId, sessionId, slot } = await refundedWhileHeld("2027-08-20");
  await mutate(graphql, "cancelSession", { id: sessionId }, "cursor");
  expect(await creditsOf(graphql, clientId)).toEqual({ balance: 0, usable: 0 });
  const again = await book(graphql, { ...slot, startsAt: "2027-08-21T14:00:00Z" });
  expect(again.userErrors).toMatchObject([{ code: "INSUFFICIENT_CREDITS" }]);
  const told = payload<{ nodes: { type: string }[] }>(
    await graphql("{ journal(last: 10) { nodes { type } } }"),
    "journal",
  );
  const types = told.nodes.map(({ type }) => type);
  expect(types.filter((type) => ["credits.voided", "credits.adjusted", "refund.settled"].includes(type))).toEqual([
    "credits.voided",
    "credits.adjusted",
    "refund.settled",
  ]);
  // What he buys later is his own.
  await mutate(graphql, "grantCredits", { clientId, amount: 2, kind: "PURCHASE" }, "cursor");
  expect(await creditsOf(graphql, clientId)).toEqual({ balance: 2, usable: 2 });
});
