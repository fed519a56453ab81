import { randomUUID } from "node:crypto";
import { payload } from "./app.ts";
import { bill, type Graphql, newClient, newMember, openShop, type PaymentAnswer, some } from "./billing.ts";
import type { Scenario, Stage } from "./scenario.ts";

const graphqlOf = ({ app, ownerToken }: Stage): Graphql => {
  return (query, variables, credential = ownerToken) => app.graphql(query, variables, credential);
};

const price = { amountMinor: 79_000, currency: "TND" };
const key = () => `K${randomUUID().replaceAll("-", "").toUpperCase()}`;
const receivedAt = () => new Date(Date.now() - 1_000).toISOString();

async function offer(stage: Stage, name: string): Promise<string> {
  return some((await openShop(graphqlOf(stage), stage.ownerToken))[name], name);
}

async function pay(stage: Stage, provider: string): Promise<PaymentAnswer> {
  const graphql = graphqlOf(stage);
  const input = { clientId: await newClient(graphql), packId: await offer(stage, "GRAND_ORAL"), provider };
  const answer = await bill(graphql, "purchasePack", input);
  return some(answer.payment, answer);
}

async function subscription(stage: Stage, plan: string): Promise<string> {
  const graphql = graphqlOf(stage);
  const input = { clientId: await newClient(graphql), planId: await offer(stage, plan), provider: "LOCAL" };
  const answer = await bill(graphql, "subscribe", input);
  return some(answer.subscription, answer).id;
}

/** Money that somebody else of the team took at the desk. */
async function taken(stage: Stage, amountMinor: number): Promise<{ paymentId: string; receiptId: string }> {
  const { id } = await pay(stage, "LOCAL");
  const cashier = await newMember(stage.app, stage.ownerToken);
  const input = { id, receiptNumber: randomUUID(), amount: { ...price, amountMinor }, receivedAt: receivedAt() };
  const answer = await bill(graphqlOf(stage), "confirmLocalPayment", input, cashier);
  return { paymentId: id, receiptId: some(answer.receipt, answer).id };
}

/** A refund of credits that were used. */
async function refunded(stage: Stage): Promise<string> {
  const graphql = graphqlOf(stage);
  const { paymentId: id } = await taken(stage, 249_000);
  const paid = payload<{ clientId: string }>(
    await graphql("query ($id: ID!) { payment(id: $id) { clientId } }", { id }),
    "payment",
  );
  const adjust = "mutation ($input: AdjustCreditsInput!) { adjustCredits(input: $input) { userErrors { code } } }";
  await graphql(adjust, { input: { clientId: paid.clientId, amount: -5, reason: "used" } });
  const answer = await bill(graphql, "refundPayment", { id, reason: "a gesture" });
  return some(answer.refund, answer).id;
}

async function made(stage: Stage, field: "createPlan" | "createPack", input: object): Promise<string> {
  const [type, name] = field === "createPlan" ? ["CreatePlanInput", "plan"] : ["CreatePackInput", "pack"];
  const query = `mutation ($input: ${type}!) { made: ${field}(input: $input) { offer: ${name} { id } } }`;
  const answer = await graphqlOf(stage)(query, { input });
  return payload<{ offer: { id: string } }>(answer, "made").offer.id;
}

const newPlan = () => ({ key: key(), name: "Plan", price });
const newPack = () => ({ key: key(), name: "Pack", price, credits: 3 });

const scenarios: Readonly<Record<string, (stage: Stage) => Promise<Scenario>>> = {
  createPlan: () => Promise.resolve({ input: newPlan() }),
  updatePlan: async (stage) => ({ input: { id: await made(stage, "createPlan", newPlan()), name: "Other" } }),
  withdrawPlan: async (stage) => ({ input: { id: await made(stage, "createPlan", newPlan()) } }),
  createPack: () => Promise.resolve({ input: newPack() }),
  updatePack: async (stage) => ({ input: { id: await made(stage, "createPack", newPack()), name: "Other" } }),
  withdrawPack: async (stage) => ({ input: { id: await made(stage, "createPack", newPack()) } }),
  addExampleCatalogue: () => Promise.resolve({ input: { confirms: true } }),
  updateBillingSettings: () => Promise.resolve({ input: { graceDays: 10 } }),
  subscribe: async (stage) => ({
    input: { clientId: await newClient(graphqlOf(stage)), planId: await offer(stage, "HYBRIDE"), provider: "LOCAL" },
  }),
  changePlan: async (stage) => ({
    input: { id: await subscription(stage, "FREEMIUM"), planId: await offer(stage, "PREMIUM") },
  }),
  cancelSubscription: async (stage) => ({ input: { id: await subscription(stage, "FREEMIUM") } }),
  resumeSubscription: async (stage) => {
    const id = await subscription(stage, "FREEMIUM");
    await bill(graphqlOf(stage), "cancelSubscription", { id });
    return { input: { id } };
  },
  purchasePack: async (stage) => ({
    input: { clientId: await newClient(graphqlOf(stage)), packId: await offer(stage, "GRAND_ORAL"), provider: "LOCAL" },
  }),
  cancelPayment: async (stage) => ({ input: { id: (await pay(stage, "LOCAL")).id } }),
  confirmTransfer: async (stage) => {
    const { id } = await pay(stage, "WISE");
    const amount = { ...price, amountMinor: 249_000 };
    return { input: { id, transferId: randomUUID(), amount, receivedAt: receivedAt() } };
  },
  confirmLocalPayment: async (stage) => {
    const { id } = await pay(stage, "LOCAL");
    const amount = { ...price, amountMinor: 249_000 };
    return { input: { id, receiptNumber: randomUUID(), amount, receivedAt: receivedAt() } };
  },
  approvePayment: async (stage) => ({
    input: { id: (await taken(stage, 200_000)).paymentId, acceptsAmount: true },
  }),
  voidLocalPayment: async (stage) => ({
    input: { receiptId: (await taken(stage, 249_000)).receiptId, reason: "a mistake" },
  }),
  voidTransfer: async (stage) => {
    const { id } = await pay(stage, "WISE");
    const clerk = await newMember(stage.app, stage.ownerToken);
    const transfer = { id, transferId: randomUUID(), amount: price, receivedAt: receivedAt() };
    const answer = await bill(graphqlOf(stage), "confirmTransfer", transfer, clerk);
    return { input: { receiptId: some(answer.receipt, answer).id, reason: "a mistake" } };
  },
  attachPaymentProof: async (stage) => ({ input: { paymentId: (await pay(stage, "WISE")).id } }),
  settleCreditsOwed: async (stage) => ({ input: { refundId: await refunded(stage), reason: "a gesture" } }),
  refundPayment: async (stage) => ({ input: { id: (await taken(stage, 249_000)).paymentId, reason: "a gesture" } }),
};

/** A change for each of billing's mutations. Clients are told of most by mail, which is sent a moment later. */
export const billingScenarios: typeof scenarios = Object.fromEntries(
  Object.entries(scenarios).map(([field, prepare]) => [
    field,
    async (stage: Stage) => ({ ...(await prepare(stage)), goesOn: "mail" }),
  ]),
);
