import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import {
  bill,
  type Graphql,
  newClient,
  newMember,
  openShop,
  type PaymentAnswer,
  signIn,
  some,
} from "../../test/billing.ts";
import { TestClock } from "../../test/clock.ts";
import { openMailbox } from "../../test/people.ts";
import { recordStatements } from "../../test/recorded-statements.ts";

interface Read {
  readonly id: string;
  readonly number: string;
  readonly kind: string;
  readonly state: string;
  readonly payments: readonly { readonly id: string; readonly state: string }[];
}

let app: TestApp;
let graphql: Graphql;
let offers: Record<string, string>;
const clock = new TestClock("2027-12-31T22:00:00Z");

beforeAll(async () => {
  app = await startApp({ clock });
  graphql = (query, variables, credential) => app.graphql(query, variables, credential);
  offers = await openShop(graphql, await signIn(app));
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const offer = (key: string) => some(offers[key], key);
const fields = `id number kind state lines { description quantity startsAt endsAt amount { amount } } amount { amountMinor currency }
  issuedAt dueAt paidAt client { id } payments { id state invoice { id } }`;

async function invoicesOf(clientId: string): Promise<Read[]> {
  const answer = await graphql(`query ($id: ID!) { client(id: $id) { invoices(first: 20) { nodes { ${fields} } } } }`, {
    id: clientId,
  });
  return payload<{ invoices: { nodes: Read[] } }>(answer, "client").invoices.nodes;
}

async function confirm({ id, amount }: PaymentAnswer): Promise<void> {
  const { amountMinor, currency } = amount;
  const input = { id, amount: { amountMinor, currency }, receivedAt: clock.now(), transferId: randomUUID() };
  const { userErrors } = await bill(graphql, "confirmTransfer", input, await signIn(app));
  expect(userErrors).toEqual([]);
}

async function subscribe(clientId: string, key: string): Promise<string> {
  const answer = await bill(graphql, "subscribe", { clientId, planId: offer(key) });
  if (answer.payment !== null) await confirm(answer.payment);
  return some(answer.subscription, answer).id;
}

describe("an invoice", () => {
  it("is issued for a pack with the next number of the year, and is paid with its payment", async () => {
    const clientId = await newClient(graphql);
    const numbers: string[] = [];
    for (const instant of ["2027-12-31T22:00:00Z", "2027-12-31T22:30:00Z", "2028-01-01T00:30:00Z"]) {
      clock.set(instant);
      const bought = await bill(graphql, "purchasePack", { clientId, packId: offer("GRAND_ORAL") });
      numbers.push(some((await invoicesOf(clientId))[0], "invoice").number);
      if (numbers.length === 3) await confirm(some(bought.payment, bought));
    }
    expect(numbers).toEqual(["2027-000001", "2027-000002", "2028-000001"]);
    const [latest, ...others] = await invoicesOf(clientId);
    expect(latest).toMatchObject({
      kind: "PACK",
      state: "PAID",
      lines: [{ description: "Grand Oral", quantity: 1, startsAt: null, amount: { amount: "249.000" } }],
      amount: { amountMinor: 249_000, currency: "TND" },
      issuedAt: "2028-01-01T00:30:00.000Z",
      dueAt: "2028-01-15T00:30:00.000Z",
      paidAt: "2028-01-01T00:30:00.000Z",
      client: { id: clientId },
      payments: [{ state: "COMPLETED", invoice: { id: latest?.id } }],
    });
    expect(others.map(({ state }) => state)).toEqual(["OPEN", "OPEN"]);
  });

  it("isn't issued when its payment can't be made, and leaves no gap", async () => {
    const { secretKey } = await app.createTenant();
    const ask: Graphql = (query, variables) => app.graphql(query, variables, secretKey);
    const create =
      "mutation ($input: CreatePackInput!) { createPack(input: $input) { pack { id } userErrors { code } } }";
    const input = { key: "TINY", name: "Tiny", price: { amountMinor: 100, currency: "XOF" }, credits: 1 };
    const made = payload<{ pack: { id: string } }>(await ask(create, { input }), "createPack");
    const order = { clientId: await newClient(ask), packId: made.pack.id };
    const byTransfer = await bill(ask, "purchasePack", order);
    expect(byTransfer.userErrors).toEqual([{ code: "PROVIDER_UNAVAILABLE" }]);
    await bill(ask, "purchasePack", { ...order, provider: "LOCAL" });
    const read = await ask("{ invoices { nodes { number } } }");
    expect(payload(read, "invoices")).toEqual({ nodes: [{ number: "2028-000001" }] });
  });

  it("is void when its payment is called off or has expired, and paid when the money comes all the same", async () => {
    const clientId = await newClient(graphql);
    const packId = offer("GRAND_ORAL");
    const cancelled = await bill(graphql, "purchasePack", { clientId, packId });
    await bill(graphql, "cancelPayment", { id: some(cancelled.payment, cancelled).id });
    const late = await bill(graphql, "purchasePack", { clientId, packId });
    clock.advance({ days: 14 });
    await app.runDue();
    const states = async () => (await invoicesOf(clientId)).map(({ state, payments }) => [state, payments[0]?.state]);
    expect(await states()).toEqual([
      ["VOID", "EXPIRED"],
      ["VOID", "CANCELLED"],
    ]);
    await confirm(some(late.payment, late));
    expect(await states()).toEqual([
      ["PAID", "COMPLETED"],
      ["VOID", "CANCELLED"],
    ]);
  });

  it("is refunded when all its money went back, and void when there never was any", async () => {
    const clientId = await newClient(graphql);
    const packId = offer("GRAND_ORAL");
    const latest = async () => (await invoicesOf(clientId))[0]?.state;
    const owner = await signIn(app);
    const bought = await bill(graphql, "purchasePack", { clientId, packId });
    const { id } = some(bought.payment, bought);
    await confirm(some(bought.payment, bought));
    await bill(graphql, "refundPayment", { id, amountMinor: 1_000, reason: "a part" }, owner);
    expect(await latest()).toBe("PAID");
    await bill(graphql, "refundPayment", { id, reason: "the rest" }, owner);
    expect(await latest()).toBe("REFUNDED");

    clock.advance({ minutes: 1 });
    const ordered = await bill(graphql, "purchasePack", { clientId, packId, provider: "LOCAL" });
    const { id: paymentId, amount } = some(ordered.payment, ordered);
    const { amountMinor, currency } = amount;
    const money = { amount: { amountMinor, currency }, receivedAt: clock.now(), receiptNumber: randomUUID() };
    const cashier = await newMember(app, owner);
    const taken = await bill(graphql, "confirmLocalPayment", { id: paymentId, ...money }, cashier);
    expect(await latest()).toBe("PAID");
    const mistake = { receiptId: some(taken.receipt, taken).id, reason: "another client's" };
    const voided = await bill(graphql, "voidLocalPayment", mistake, owner);
    expect(voided.payment).toMatchObject({ state: "REFUNDED", transferState: "VOIDED", received: { amountMinor: 0 } });
    expect(await latest()).toBe("VOID");
    const found = await graphql("{ invoices(filter: { state: { eq: REFUNDED } }) { nodes { client { id } } } }");
    expect(payload(found, "invoices")).toEqual({ nodes: [{ client: { id: clientId } }] });
  });

  it("of a period ahead that was paid back bills it no more, and is issued anew when the client goes on", async () => {
    clock.set("2028-07-31T09:00:00Z");
    const clientId = await newClient(graphql);
    const id = await subscribe(clientId, "HYBRIDE");
    clock.set("2028-08-25T09:00:00Z");
    await app.runDue();
    const query =
      "query ($id: ID!) { payments(filter: { clientId: { eq: $id }, state: { eq: PENDING } }) { nodes { id amount { amountMinor currency } } } }";
    const { nodes } = payload<{ nodes: PaymentAnswer[] }>(await graphql(query, { id: clientId }), "payments");
    await confirm(some(nodes[0], nodes));
    await bill(graphql, "refundPayment", { id: nodes[0]?.id, reason: "not wanted" }, await signIn(app));
    expect((await invoicesOf(clientId)).map(({ state }) => state)).toEqual(["REFUNDED", "PAID"]);
    const resumed = await bill(graphql, "resumeSubscription", { id });
    expect(resumed.subscription).toMatchObject({ state: "ACTIVE" });
    clock.advance({ minutes: 1 });
    await app.runDue();
    expect((await invoicesOf(clientId)).map(({ state }) => state)).toEqual(["OPEN", "REFUNDED", "PAID"]);
  });

  it("is issued for each period of a plan, and found by filters", async () => {
    clock.set("2028-03-31T09:00:00Z");
    const clientId = await newClient(graphql);
    const id = await subscribe(clientId, "HYBRIDE");
    clock.set("2028-04-25T09:00:00Z");
    await app.runDue();
    const answer = await graphql(
      `query ($id: ID!) { subscription(id: $id) { invoices { totalCount nodes { ${fields} } } } }`,
      { id },
    );
    const { invoices } = payload<{ invoices: { totalCount: number; nodes: Read[] } }>(answer, "subscription");
    expect(invoices).toMatchObject({
      totalCount: 2,
      nodes: [
        {
          kind: "RENEWAL",
          state: "OPEN",
          lines: [{ description: "Hybride", startsAt: "2028-04-30T09:00:00.000Z", endsAt: "2028-05-31T09:00:00.000Z" }],
          payments: [{ state: "PENDING" }],
        },
        { kind: "FIRST", state: "PAID", lines: [{ startsAt: null }] },
      ],
    });
    const find = async (filter: object, orderBy?: object[]) => {
      const query =
        "query ($f: InvoiceFilter, $o: [InvoiceOrder!]) { invoices(filter: $f, orderBy: $o) { nodes { id } } }";
      const found = await graphql(query, { f: filter, o: orderBy });
      return payload<{ nodes: { id: string }[] }>(found, "invoices").nodes.map((each) => each.id);
    };
    const [renewal, first] = invoices.nodes.map((each) => each.id);
    expect(await find({ clientId: { eq: clientId } })).toEqual([renewal, first]);
    expect(await find({ clientId: { eq: clientId } }, [{ field: "DUE_AT", direction: "ASC" }])).toEqual([
      first,
      renewal,
    ]);
    expect(await find({ subscriptionId: { eq: id }, state: { eq: "OPEN" } })).toEqual([renewal]);
    expect(await find({ number: { eq: some(invoices.nodes[1], invoices).number } })).toEqual([first]);
    expect(await find({ clientId: { eq: clientId }, dueAt: { lt: "P7D" } })).toEqual([first]);
  });

  it("is read with its payments, client and subscription by as many statements as one of them", async () => {
    const query = `query ($first: Int!) { invoices(first: $first) { nodes { id client { id } payments { id invoice { id } } } } }`;
    // Jobs run beside it, and a connection that had another tenant is told this one first: neither counts.
    const isRead = (text: string) => /^SELECT[^]*\bFROM (?:invoice|payment|client|subscription)\b/.test(text);
    const count = async (first: number) =>
      (await recordStatements(() => graphql(query, { first }))).filter((text) => isRead(text)).length;
    const ofOne = await count(1);
    expect(ofOne).toBeGreaterThan(2);
    expect(await count(6)).toBe(ofOne);
  });

  it("is a client's own", async () => {
    await using mailbox = await openMailbox(app);
    const [email, stranger] = [`${randomUUID()}@example.com`, await newClient(graphql)];
    const clientId = await newClient(graphql, email, { sendsLogin: true });
    const token = await mailbox.join(email);
    await bill(graphql, "purchasePack", { clientId, packId: offer("GRAND_ORAL") }, token);
    await bill(graphql, "purchasePack", { clientId: stranger, packId: offer("GRAND_ORAL") });
    const [own, foreign] = [await invoicesOf(clientId), await invoicesOf(stranger)];
    const seen = await graphql("{ invoices { nodes { id } } }", {}, token);
    expect(payload(seen, "invoices")).toEqual({ nodes: own.map(({ id }) => ({ id })) });
    const one = "query ($id: ID!) { invoice(id: $id) { id } node(id: $id) { id } }";
    const answer = await graphql(one, { id: some(foreign[0], foreign).id }, token);
    expect(answer.data).toEqual({ invoice: null, node: null });
  });
});

describe("a plan that begins anew", () => {
  it("is billed for its second month although the plan before it was, too", async () => {
    clock.set("2029-01-10T09:00:00Z");
    const clientId = await newClient(graphql);
    const id = await subscribe(clientId, "FREEMIUM");
    clock.set("2029-03-15T09:00:00Z"); // its second and third months were free
    await app.runDue();
    const changed = await bill(graphql, "changePlan", { id, planId: offer("PREMIUM") });
    await confirm(some(changed.payment, changed));
    clock.set("2029-04-20T09:00:00Z");
    await app.runDue();
    const answer = await graphql("query ($id: ID!) { subscription(id: $id) { state plan { key } } }", { id });
    expect(payload(answer, "subscription")).toEqual({ state: "PAST_DUE", plan: { key: "PREMIUM" } });
    expect(await invoicesOf(clientId)).toMatchObject([
      { kind: "RENEWAL", state: "OPEN" },
      { kind: "FIRST" },
      {},
      {},
      {},
    ]);
  });

  it("can be changed again when nobody paid for the first change", async () => {
    clock.set("2029-06-01T09:00:00Z");
    const clientId = await newClient(graphql);
    const id = await subscribe(clientId, "ACCES_PLATEFORME");
    const asked = await bill(graphql, "changePlan", { id, planId: offer("HYBRIDE") });
    clock.set("2029-06-16T09:00:00Z");
    await app.runDue();
    const again = await bill(graphql, "changePlan", { id, planId: offer("IMMERSION") });
    expect(again.userErrors).toEqual([]);
    // Late money is honoured within its period.
    await confirm(some(asked.payment, asked));
    const answer = await graphql("query ($id: ID!) { subscription(id: $id) { plan { key } } }", { id });
    expect(payload(answer, "subscription")).toEqual({ plan: { key: "HYBRIDE" } });
  });
});
