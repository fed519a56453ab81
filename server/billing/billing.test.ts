import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import {
  type Answer,
  bill,
  creditsOf,
  type Graphql,
  newClient,
  newMember,
  openShop,
  type PaymentAnswer,
  signIn,
  some,
} from "../../test/billing.ts";
import { mutate } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { openMailbox } from "../../test/people.ts";

let app: TestApp;
let graphql: Graphql;
let offers: Record<string, string>;
let owner: string;
let [sonia, karim]: [string, string] = ["", ""];
const clock = new TestClock("2027-01-31T09:00:00Z");

beforeAll(async () => {
  app = await startApp({ clock });
  owner = await signIn(app);
  [sonia, karim] = [await newMember(app, owner), await newMember(app, owner)];
  graphql = (query, variables, credential) => app.graphql(query, variables, credential);
  offers = await openShop(graphql, owner);
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const codes = ({ userErrors }: Answer) => userErrors.map(({ code }) => code);
const tnd = (amountMinor: number) => ({ amountMinor, currency: "TND" });
const offer = (key: string) => some(offers[key], key);

/** Subscribes to a plan or buys a pack. */
async function order(clientId: string, key: string, provider = "WISE"): Promise<PaymentAnswer> {
  const answer =
    key === "GRAND_ORAL"
      ? await bill(graphql, "purchasePack", { clientId, packId: offer(key), provider })
      : await bill(graphql, "subscribe", { clientId, planId: offer(key), provider });
  return some(answer.payment, answer);
}

function confirm(id: string, amount: object, by = sonia, transferId: string = randomUUID()): Promise<Answer> {
  return bill(graphql, "confirmTransfer", { id, amount, receivedAt: clock.now(), transferId }, by);
}

function take(id: string, amount: object, by = sonia, receiptNumber: string = randomUUID()): Promise<Answer> {
  return bill(graphql, "confirmLocalPayment", { id, amount, receivedAt: clock.now(), receiptNumber }, by);
}

/** The text of the mail to this address with such a subject. */
async function toldTo(email: string, subject: RegExp): Promise<string | undefined> {
  await app.runDue();
  const told = (await app.mails()).filter((mail) => JSON.stringify(mail.to).includes(email));
  return told.find((mail) => subject.test(mail.subject ?? ""))?.text;
}

describe("a plan that is paid by transfer", () => {
  it("grants nothing before the team confirms, and then its credits, once", async () => {
    const email = `${randomUUID()}@example.com`;
    const clientId = await newClient(graphql, email);
    const subscribed = await bill(graphql, "subscribe", { clientId, planId: offer("HYBRIDE") });
    expect(subscribed.subscription).toMatchObject({ state: "INCOMPLETE", periodStartsAt: null });
    const payment = some(subscribed.payment, subscribed);
    expect(payment).toMatchObject({
      state: "PENDING",
      transferState: "AWAITING_TRANSFER",
      purpose: "SUBSCRIPTION",
      amount: { amountMinor: 179_000, currency: "TND", amount: "179.000" },
    });
    expect(payment.instructions).toContainEqual({ label: "IBAN", value: "FR1420041010050500013M02606" });
    expect(await creditsOf(graphql, clientId)).toMatchObject({ balance: 0 });

    const typed = payment.reference.toLowerCase().replaceAll("0", "o").replaceAll("-", " ");
    const found = await graphql(
      "query ($r: String!) { paymentByReference(reference: $r) { id } }",
      { r: typed },
      sonia,
    );
    expect(payload<{ id: string }>(found, "paymentByReference").id).toBe(payment.id);

    const confirmed = await confirm(payment.id, tnd(179_000));
    expect(codes(confirmed)).toEqual([]);
    expect(confirmed.payment).toMatchObject({ state: "COMPLETED", transferState: "CONFIRMED" });
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 4, usable: 4 });
    const again = await confirm(payment.id, tnd(179_000), karim);
    expect([codes(again), again.payment?.state]).toEqual([["ALREADY_CONFIRMED"], "COMPLETED"]);
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 4, usable: 4 });

    const read = await graphql(
      "query ($id: ID!) { subscriptions(filter: { clientId: { eq: $id } }) { nodes { state periodEndsAt plan { key } } } }",
      { id: clientId },
    );
    expect(payload<{ nodes: unknown[] }>(read, "subscriptions").nodes).toEqual([
      { state: "ACTIVE", periodEndsAt: "2027-02-28T09:00:00.000Z", plan: { key: "HYBRIDE" } },
    ]);
    await app.runDue();
    const mails = (await app.mails()).filter((mail) => JSON.stringify(mail).includes(email));
    expect(mails.length).toBe(3);
  });

  it("is granted once when staff confirm at once", async () => {
    const clientId = await newClient(graphql);
    const { id } = await order(clientId, "HYBRIDE");
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => confirm(id, tnd(179_000), n % 2 === 0 ? sonia : karim)),
    );
    expect(answers.map((answer) => codes(answer).join()).toSorted()).toEqual([
      "",
      ...Array.from({ length: 7 }, () => "ALREADY_CONFIRMED"),
    ]);
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 4, usable: 4 });
  });

  it("waits for the rest of a part and tells how much is missing, and counts the same transfer once", async () => {
    const email = `${randomUUID()}@example.com`;
    const clientId = await newClient(graphql, email);
    const { id } = await order(clientId, "HYBRIDE");
    const transferId = randomUUID();
    const part = await confirm(id, tnd(170_000), sonia, transferId);
    expect(part.payment).toMatchObject({
      state: "PENDING",
      transferState: "PARTIAL",
      received: { amountMinor: 170_000 },
    });
    expect(codes(await confirm(id, tnd(170_000), karim, transferId))).toEqual(["ALREADY_RECORDED"]);
    expect(await creditsOf(graphql, clientId)).toMatchObject({ balance: 0 });
    expect(await toldTo(email, /^(Il manque|.* missing)/)).toMatch(/9[.,]000/);
    expect((await confirm(id, tnd(9_000))).payment).toMatchObject({ state: "COMPLETED" });
    expect(await creditsOf(graphql, clientId)).toMatchObject({ balance: 4 });
  });

  it.each([
    ["more", tnd(180_000), /: .*180[.,]000/],
    ["another currency", { amountMinor: 5_500, currency: "EUR" }, /: .*55[.,]00/],
  ])("waits for a second person when %s has come, and thanks for what came", async (_what, amount, shown) => {
    const email = `${randomUUID()}@example.com`;
    const clientId = await newClient(graphql, email);
    const { id } = await order(clientId, "HYBRIDE");
    expect((await confirm(id, amount)).payment).toMatchObject({ state: "PENDING", transferState: "MISMATCH" });
    expect(codes(await confirm(id, tnd(179_000), karim))).toEqual(["WAITS_FOR_APPROVAL"]);
    expect(codes(await bill(graphql, "approvePayment", { id, acceptsAmount: true }, sonia))).toEqual(["SAME_PERSON"]);
    expect(codes(await bill(graphql, "approvePayment", { id }, karim))).toEqual(["AMOUNT_NOT_ACCEPTED"]);
    expect(await creditsOf(graphql, clientId)).toMatchObject({ balance: 0 });
    const approved = await bill(graphql, "approvePayment", { id, acceptsAmount: true }, karim);
    expect(approved.payment).toMatchObject({ state: "COMPLETED" });
    expect(await creditsOf(graphql, clientId)).toMatchObject({ balance: 4 });
    const thanks = await toldTo(email, /^(Payment received|Paiement reçu)/);
    expect(thanks).toMatch(shown);
    expect(thanks).toMatch(/179[.,]000/); // what was asked
  });

  it("needs four eyes over the tenant's limit", async () => {
    const clientId = await newClient(graphql);
    const { id } = await order(clientId, "IMMERSION");
    expect((await confirm(id, tnd(299_000))).payment).toMatchObject({ state: "PENDING", transferState: "RECEIVED" });
    expect(await creditsOf(graphql, clientId)).toMatchObject({ balance: 0 });
    expect(codes(await bill(graphql, "approvePayment", { id }, sonia))).toEqual(["SAME_PERSON"]);
    const both = await Promise.all([1, 2].map(() => bill(graphql, "approvePayment", { id }, karim)));
    expect(both.map((answer) => codes(answer).join()).toSorted()).toEqual(["", "ALREADY_CONFIRMED"]);
    expect(await creditsOf(graphql, clientId)).toMatchObject({ balance: 8 });
  });

  it("is refused when it makes no sense, and nothing is written", async () => {
    const clientId = await newClient(graphql);
    const { id } = await order(clientId, "HYBRIDE");
    for (const [change, code] of [
      [{ amount: tnd(0) }, "AMOUNT_INVALID"],
      [{ amount: tnd(-1) }, "AMOUNT_INVALID"],
      [{ amount: { amountMinor: "9000000000000000000", currency: "TND" } }, "AMOUNT_INVALID"],
      [{ amount: { amountMinor: 1, currency: "DT" } }, "AMOUNT_INVALID"],
      [{ receivedAt: new Date(clock.now().getTime() + 1) }, "DATE_INVALID"],
      [{ receivedAt: new Date(clock.now().getTime() - 7 * 86_400_000 - 1) }, "DATE_INVALID"],
      [{ receivedAt: "1970-01-01T00:00:00Z" }, "DATE_INVALID"],
      [{ transferId: " " }, "TRANSFER_ID_INVALID"],
      [{ proof: "x".repeat(1_001) }, "PROOF_INVALID"],
      [{ id: clientId }, "NOT_FOUND"],
    ] as const) {
      const input = { id, amount: tnd(179_000), receivedAt: clock.now(), transferId: randomUUID(), ...change };
      expect([code, codes(await bill(graphql, "confirmTransfer", input, sonia))]).toEqual([code, [code]]);
    }
    expect(codes(await take(id, tnd(179_000)))).toEqual(["WRONG_PROVIDER"]);
    expect(codes(await bill(graphql, "subscribe", { clientId, planId: offer("PREMIUM") }))).toEqual([
      "ALREADY_SUBSCRIBED",
    ]);
    const keyed = await graphql(
      "mutation ($id: ID!) { approvePayment(input: { id: $id }) { cursor } }",
      { id },
      app.tenant.secretKey,
    );
    expect(keyed.errors?.[0]?.extensions["code"]).toBe("FORBIDDEN");
  });
});

describe("a plan or pack", () => {
  it.each([
    ["updatePlan", "HYBRIDE"],
    ["updatePack", "GRAND_ORAL"],
  ])("gets another price by %s, but no other currency", async (field, key) => {
    const input = { id: offer(key), price: { amountMinor: 9_900, currency: "EUR" } };
    expect(await mutate(graphql, field, input, "cursor", owner)).toMatchObject({
      userErrors: [{ code: "CURRENCY_FIXED", field: ["input", "price"] }],
    });
  });
});

describe("a payment that nobody makes", () => {
  it("expires once at its instant with a mail and an entry of the journal, but not when some of the money is there", async () => {
    const email = `${randomUUID()}@example.com`;
    const clientId = await newClient(graphql, email);
    const subscribed = await bill(graphql, "subscribe", { clientId, planId: offer("HYBRIDE") });
    const partly = await order(clientId, "GRAND_ORAL");
    await confirm(partly.id, tnd(1_000));
    const { id } = some(subscribed.payment, subscribed);
    const states = async () => {
      const query =
        "query ($id: ID!) { payments(filter: { clientId: { eq: $id } }) { nodes { state } } subscriptions(filter: { clientId: { eq: $id } }) { nodes { state } } }";
      const { data } = await graphql(query, { id: clientId });
      return data;
    };
    clock.advance({ days: 13, hours: 23, minutes: 59, seconds: 59 });
    await app.runDue();
    const waiting = { payments: { nodes: [{ state: "PENDING" }, { state: "PENDING" }] } };
    expect(await states()).toEqual({ ...waiting, subscriptions: { nodes: [{ state: "INCOMPLETE" }] } });
    clock.advance({ seconds: 1 });
    await Promise.all([app.runDue(), app.runDue()]);
    await app.runDue();
    const expired = { payments: { nodes: [{ state: "PENDING" }, { state: "EXPIRED" }] } };
    expect(await states()).toEqual({ ...expired, subscriptions: { nodes: [{ state: "EXPIRED" }] } });
    const entries = await graphql('{ journal(types: ["payment.expired"], last: 20) { nodes { subjectId } } }');
    const { nodes } = payload<{ nodes: { subjectId: string }[] }>(entries, "journal");
    expect(nodes.filter(({ subjectId }) => subjectId === id)).toHaveLength(1);
    const told = (await app.mails()).filter((mail) => JSON.stringify(mail.to).includes(email));
    expect(told.filter(({ subject }) => /not received in time|non reçu à temps/.test(subject ?? ""))).toHaveLength(1);
  });
});

describe("money that comes late", () => {
  it("is honoured after the payment has expired", async () => {
    const clientId = await newClient(graphql);
    const { id } = await order(clientId, "HYBRIDE");
    clock.advance({ days: 14 });
    await app.runDue();
    const query = "query ($id: ID!) { payment(id: $id) { state } }";
    expect(payload(await graphql(query, { id }), "payment")).toEqual({ state: "EXPIRED" });
    sonia = await newMember(app, (owner = await signIn(app)));
    karim = await newMember(app, owner);
    expect((await confirm(id, tnd(179_000))).payment).toMatchObject({ state: "COMPLETED" });
    expect(await creditsOf(graphql, clientId)).toMatchObject({ balance: 4 });
    const subscriptions = await graphql(
      "query ($id: ID!) { subscriptions(filter: { clientId: { eq: $id } }) { nodes { state } } }",
      {
        id: clientId,
      },
    );
    expect(payload(subscriptions, "subscriptions")).toEqual({ nodes: [{ state: "ACTIVE" }] });
  });

  it("is honoured after the payment was cancelled", async () => {
    const clientId = await newClient(graphql);
    const { id } = await order(clientId, "GRAND_ORAL");
    expect((await bill(graphql, "cancelPayment", { id })).payment).toMatchObject({ state: "CANCELLED" });
    expect(codes(await bill(graphql, "cancelPayment", { id }))).toEqual(["NOT_OPEN"]);
    expect((await confirm(id, tnd(249_000))).payment).toMatchObject({ state: "COMPLETED" });
    expect(await creditsOf(graphql, clientId)).toMatchObject({ balance: 5 });
  });
});

describe("a transfer that was recorded by mistake", () => {
  it("is voided by another person, and recorded as it was, or the client begins anew", async () => {
    const clientId = await newClient(graphql);
    const subscribed = await bill(graphql, "subscribe", { clientId, planId: offer("HYBRIDE") });
    const { id } = some(subscribed.payment, subscribed);
    const transferId = randomUUID();
    const typed = await confirm(id, tnd(1_790_000), sonia, transferId);
    expect(typed.payment).toMatchObject({ transferState: "MISMATCH" });
    const input = { receiptId: some(typed.receipt, typed).id, reason: "a zero too many" };
    const refused = async (change: object, by: string) =>
      codes(await bill(graphql, "voidTransfer", { ...input, ...change }, by));
    expect(await refused({}, sonia)).toEqual(["SAME_PERSON"]);
    expect(await refused({ reason: " " }, karim)).toEqual(["REASON_INVALID"]);
    expect(await refused({ receiptId: id }, karim)).toEqual(["NOT_FOUND"]);
    const voided = await bill(graphql, "voidTransfer", input, karim);
    expect([codes(voided), voided.payment]).toMatchObject([
      [],
      { state: "PENDING", transferState: "AWAITING_TRANSFER", received: { amountMinor: 0 } },
    ]);
    const told = await graphql("{ journal(last: 1) { nodes { type subjectId } } }", {}, owner);
    expect(payload(told, "journal")).toEqual({ nodes: [{ type: "payment.receipt_voided", subjectId: id }] });
    expect(await refused({}, karim)).toEqual(["ALREADY_VOIDED"]);

    // The same transfer of the bank, with its own amount.
    const right = await confirm(id, tnd(170_000), sonia, transferId);
    expect(right.payment).toMatchObject({ transferState: "PARTIAL" });
    expect(codes(await confirm(id, tnd(170_000), karim, transferId))).toEqual(["ALREADY_RECORDED"]);
    const [cancel, receiptId] = [{ id: some(subscribed.subscription, subscribed).id }, some(right.receipt, right).id];
    expect(codes(await bill(graphql, "cancelSubscription", cancel))).toEqual(["MONEY_RECEIVED"]);
    const back = await bill(graphql, "voidTransfer", { receiptId, reason: "sent back" }, karim);
    expect(codes(back)).toEqual([]);
    expect((await bill(graphql, "cancelSubscription", cancel)).subscription).toMatchObject({ state: "CANCELLED" });
    expect(codes(await bill(graphql, "subscribe", { clientId, planId: offer("HYBRIDE") }))).toEqual([]);
  });

  it("leaves a payment complete when the rest is just what was asked, and is refunded once it was granted", async () => {
    const clientId = await newClient(graphql);
    const { id } = await order(clientId, "HYBRIDE");
    const wrong = await confirm(id, tnd(1_000));
    const right = await confirm(id, tnd(179_000));
    expect(right.payment).toMatchObject({ transferState: "MISMATCH" });
    const voiding = { receiptId: some(wrong.receipt, wrong).id, reason: "another client's" };
    const voided = await bill(graphql, "voidTransfer", voiding, karim);
    expect(voided.payment).toMatchObject({ state: "COMPLETED", transferState: "CONFIRMED" });
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 4, usable: 4 });
    const late = { receiptId: some(right.receipt, right).id, reason: "too late" };
    expect(codes(await bill(graphql, "voidTransfer", late, karim))).toEqual(["ALREADY_CONFIRMED"]);
    expect(codes(await bill(graphql, "voidLocalPayment", late, karim))).toEqual(["NOT_FOUND"]);
  });
});

describe("the desk", () => {
  it("gives each receipt a number of its own, and closes the day by cashier", async () => {
    const cashier = await newMember(app, owner);
    const [one, other] = [await newClient(graphql), await newClient(graphql)];
    const [first, second] = [await order(one, "GRAND_ORAL", "LOCAL"), await order(other, "HYBRIDE", "LOCAL")];
    expect((await take(first.id, tnd(249_000), cashier, "R-1")).payment).toMatchObject({ state: "COMPLETED" });
    expect(codes(await take(second.id, tnd(179_000), sonia, "R-1"))).toEqual(["RECEIPT_NUMBER_TAKEN"]);
    const taken = await take(second.id, tnd(179_000), cashier, "R-2");
    const receiptId = some(taken.receipt, taken).id;
    const input = { receiptId, reason: "wrong client" };
    expect(codes(await bill(graphql, "voidLocalPayment", input, cashier))).toEqual(["SAME_PERSON"]);
    const voided = await bill(graphql, "voidLocalPayment", input, karim);
    expect([codes(voided), voided.payment?.state]).toEqual([[], "REFUNDED"]);
    expect(codes(await bill(graphql, "voidLocalPayment", input, karim))).toEqual(["ALREADY_VOIDED"]);
    expect(await creditsOf(graphql, other)).toMatchObject({ balance: 0 });
    const date = clock.now().toISOString().slice(0, 10);
    const answer = await graphql(
      "query ($date: String!) { dailyClosing(date: $date) { lines { method receipts voided total { amount } } } }",
      { date },
      owner,
    );
    expect(payload(answer, "dailyClosing")).toEqual({
      lines: [{ method: "CASH", receipts: 1, voided: 1, total: { amount: "249.000" } }],
    });
  });

  it.each([
    ["a smaller number than was asked", { amountMinor: 7_500, currency: "EUR" }],
    ["a greater number than was asked", { amountMinor: 900_000, currency: "XOF" }],
  ])("takes all back with a receipt in another currency, of %s", async (_what, money) => {
    const clientId = await newClient(graphql);
    const { id } = await order(clientId, "GRAND_ORAL", "LOCAL");
    const taken = await take(id, money);
    await bill(graphql, "approvePayment", { id, acceptsAmount: true }, karim);
    expect(await creditsOf(graphql, clientId)).toMatchObject({ balance: 5 });
    const input = { receiptId: some(taken.receipt, taken).id, reason: "counterfeit" };
    const voided = await bill(graphql, "voidLocalPayment", input, karim);
    expect([codes(voided), voided.payment?.state]).toEqual([[], "REFUNDED"]);
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 0, usable: 0 });
  });

  it("voids nothing of another day", async () => {
    const clientId = await newClient(graphql);
    const { id } = await order(clientId, "GRAND_ORAL", "LOCAL");
    const taken = await take(id, tnd(249_000));
    clock.advance({ days: 1 });
    karim = await newMember(app, (owner = await signIn(app)));
    const input = { receiptId: some(taken.receipt, taken).id, reason: "too late" };
    expect(codes(await bill(graphql, "voidLocalPayment", input, karim))).toEqual(["ANOTHER_DAY"]);
    expect(await creditsOf(graphql, clientId)).toMatchObject({ balance: 5 });
    sonia = await newMember(app, owner);
  });
});

describe("a refund", () => {
  it("takes back what is left and tells the client, and what was used is owed", async () => {
    const email = `${randomUUID()}@example.com`;
    const clientId = await newClient(graphql, email);
    const { id } = await order(clientId, "GRAND_ORAL");
    await confirm(id, tnd(249_000));
    await graphql("mutation ($input: AdjustCreditsInput!) { adjustCredits(input: $input) { userErrors { code } } }", {
      input: { clientId, amount: -3, reason: "three sessions" },
    });
    const some50 = await bill(graphql, "refundPayment", { id, amountMinor: 50_000, reason: "gesture" }, owner);
    expect(some50.refund).toMatchObject({ creditsTaken: 1, creditsOwed: 0 });
    expect(some50.payment).toMatchObject({ state: "PARTIALLY_REFUNDED" });
    expect(await toldTo(email, /^(Refund|Remboursement)/)).toMatch(/50[.,]000/);
    expect(
      codes(await bill(graphql, "refundPayment", { id, amountMinor: 199_001, reason: "too much" }, owner)),
    ).toEqual(["AMOUNT_INVALID"]);
    const { userErrors } = await mutate<{ userErrors: { message: string }[] }>(
      ...([graphql, "refundPayment", { id, amountMinor: 0, reason: "nothing" }, "cursor", owner] as const),
    );
    expect(userErrors[0]?.message).toBe("Give back 0.001 to 199.000 TND: 1 to 199000 in its minor unit.");
    const rest = await bill(graphql, "refundPayment", { id, reason: "all of it" }, owner);
    expect(rest.refund).toMatchObject({ creditsTaken: 1, creditsOwed: 3 });
    expect(rest.payment).toMatchObject({ state: "REFUNDED" });
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 0, usable: 0 });
    expect(codes(await bill(graphql, "refundPayment", { id, reason: "again" }, owner))).toEqual(["NOT_PAID"]);
  });

  it("of what was paid twice takes no credits", async () => {
    const clientId = await newClient(graphql);
    const { id } = await order(clientId, "GRAND_ORAL");
    await confirm(id, tnd(498_000));
    await bill(graphql, "approvePayment", { id, acceptsAmount: true }, karim);
    const back = await bill(graphql, "refundPayment", { id, amountMinor: 249_000, reason: "paid twice" }, owner);
    expect(back.refund).toMatchObject({ creditsTaken: 0, creditsOwed: 0 });
    expect(back.payment).toMatchObject({ state: "PARTIALLY_REFUNDED" });
    expect(await creditsOf(graphql, clientId)).toEqual({ balance: 5, usable: 5 });
    const rest = await bill(graphql, "refundPayment", { id, reason: "and all of it" }, owner);
    expect(rest.refund).toMatchObject({ creditsTaken: 5, creditsOwed: 0 });
    expect(rest.payment).toMatchObject({ state: "REFUNDED" });
  });
});

describe("a client", () => {
  it("buys for himself and sees his own payments, and nobody else's", async () => {
    await using mailbox = await openMailbox(app);
    const made: { id: string; token: string; paymentId: string }[] = [];
    for (const email of [`${randomUUID()}@example.com`, `${randomUUID()}@example.com`]) {
      const id = await newClient(graphql, email, { sendsLogin: true });
      const token = await mailbox.join(email);
      const input = { clientId: id, packId: offer("GRAND_ORAL") };
      const bought = await bill(graphql, "purchasePack", input, token);
      made.push({ id, token, paymentId: some(bought.payment, bought).id });
    }
    const [amina, bela] = [some(made[0], made), some(made[1], made)];
    const seen = await graphql("{ payments { nodes { id } } }", {}, amina.token);
    expect(payload(seen, "payments")).toEqual({ nodes: [{ id: amina.paymentId }] });
    const filtered = await graphql(
      "query ($id: ID!) { payments(filter: { clientId: { eq: $id } }) { nodes { id } } }",
      { id: bela.id },
      amina.token,
    );
    expect(payload(filtered, "payments")).toEqual({ nodes: [] });
    const foreign = await graphql("query ($id: ID!) { payment(id: $id) { id } }", { id: bela.paymentId }, amina.token);
    expect(foreign.data).toEqual({ payment: null });
    const buying = { clientId: bela.id, packId: offer("GRAND_ORAL") };
    expect(codes(await bill(graphql, "purchasePack", buying, amina.token))).toEqual(["CLIENT_NOT_FOUND"]);
    expect(codes(await bill(graphql, "cancelPayment", { id: bela.paymentId }, amina.token))).toEqual(["NOT_FOUND"]);
    const confirming = { id: amina.paymentId, amount: tnd(249_000), receivedAt: clock.now(), transferId: "mine" };
    const refused = await graphql(
      "mutation ($input: ConfirmTransferInput!) { confirmTransfer(input: $input) { cursor } }",
      { input: confirming },
      amina.token,
    );
    expect(refused.errors?.[0]?.extensions["code"]).toBe("FORBIDDEN");
  });
});
