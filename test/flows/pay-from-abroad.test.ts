import { expect, it, jest } from "@jest/globals";
import { type Answer, type PaymentAnswer, paymentFields, some } from "../billing.ts";
import { codesOf, openSchool, type Person } from "./school.ts";

jest.setTimeout(120_000);

it("a transfer from abroad comes in parts, too much or in another currency: credits come when people agree, and once", async () => {
  await using school = await openSchool("2026-11-23T09:00:00Z");
  const { clock, sonia, karim } = school;
  const { client, clientId } = await school.enrol();
  let transfers = 0;
  const seen = (by: Person, { id }: PaymentAnswer, amountMinor: number, currency = "TND", transferId?: string) => {
    transfers += 1;
    const input = {
      id,
      amount: { amountMinor, currency },
      receivedAt: clock.now(),
      transferId: transferId ?? `TRF-${transfers}`,
    };
    return by.do<Answer>("confirmTransfer", input, `payment { ${paymentFields} } receipt { id }`);
  };
  const approve = (by: Person, { id }: PaymentAnswer, more: object = {}) =>
    by.do<Answer>("approvePayment", { id, ...more }, `payment { ${paymentFields} }`);
  const choose = async (field: string, input: object) => {
    const answer = await client.do<Answer>(field, { clientId, ...input }, `payment { ${paymentFields} }`);
    return some(answer.payment, answer);
  };
  const credits = async () => (await school.account(clientId)).balance;

  // The bank abroad has kept its fees: 166.500 of 179 dinars arrive. It is no more than a part, and grants nothing.
  const plan = await choose("subscribe", { planId: school.offers["HYBRIDE"], provider: "WISE" });
  const part = await seen(sonia, plan, 166_500, "TND", "WISE-1");
  expect(part.payment).toMatchObject({
    state: "PENDING",
    transferState: "PARTIAL",
    received: { amountMinor: 166_500 },
  });
  expect(await credits()).toBe(0);
  expect(await client.ask("{ subscriptions(first: 1) { nodes { state } } }")).toEqual({
    subscriptions: { nodes: [{ state: "INCOMPLETE" }] },
  });
  // The client sees what is still missing.
  expect(
    await client.ask("query ($id: ID!) { payment(id: $id) { amount { amount } received { amount } } }", {
      id: plan.id,
    }),
  ).toEqual({ payment: { amount: { amount: "179.000" }, received: { amount: "166.500" } } });
  // Karim reads the same line of the statement: it is the same money.
  expect(codesOf(await seen(karim, plan, 166_500, "TND", "WISE-1"))).toEqual(["ALREADY_RECORDED"]);

  // A part doesn't expire. A second transfer makes it whole.
  await school.at("2026-12-20T09:00:00Z");
  expect(await credits()).toBe(0);
  const whole = await seen(karim, plan, 12_500);
  expect(whole.payment).toMatchObject({
    state: "COMPLETED",
    transferState: "CONFIRMED",
    received: { amountMinor: 179_000 },
  });
  expect(await credits()).toBe(4);
  // Confirmed once more, by the same and by another person: refused, and nothing is granted.
  for (const who of [karim, sonia]) expect(codesOf(await seen(who, plan, 179_000))).toEqual(["ALREADY_CONFIRMED"]);
  expect(codesOf(await approve(sonia, plan))).toEqual(["ALREADY_CONFIRMED"]);
  expect(await credits()).toBe(4);
  expect((await school.mail(client.email, /^Paiement reçu\s: Hybride$/)).text).toContain("179,000");
  expect((await school.subjects(client.email)).filter((subject) => subject.startsWith("Paiement reçu"))).toHaveLength(
    1,
  );

  // For a pack of 249 dinars 73 euros arrive. Whether that is enough isn't for one person to say, nor for who recorded it.
  const pack = { packId: school.offers["GRAND_ORAL"], provider: "WISE" };
  const foreign = await choose("purchasePack", pack);
  expect((await seen(sonia, foreign, 7_300, "EUR")).payment).toMatchObject({
    state: "PENDING",
    transferState: "MISMATCH",
  });
  expect(codesOf(await seen(karim, foreign, 249_000))).toEqual(["WAITS_FOR_APPROVAL"]);
  expect(codesOf(await approve(sonia, foreign, { acceptsAmount: true }))).toEqual(["SAME_PERSON"]);
  expect(codesOf(await approve(karim, foreign))).toEqual(["AMOUNT_NOT_ACCEPTED"]);
  expect(await credits()).toBe(4);
  expect((await approve(karim, foreign, { acceptsAmount: true })).payment).toMatchObject({ state: "COMPLETED" });
  expect(await credits()).toBe(9);

  // More than was asked: the same. What is granted is what was bought, not what was paid.
  const over = await choose("purchasePack", pack);
  expect((await seen(karim, over, 300_000)).payment).toMatchObject({ state: "PENDING", transferState: "MISMATCH" });
  expect((await approve(sonia, over, { acceptsAmount: true })).payment).toMatchObject({ state: "COMPLETED" });
  expect(await credits()).toBe(14);

  // Over the school's limit the exact amount, too, needs a second person.
  await school.owner.do(
    "updateBillingSettings",
    { approvalOver: [{ amountMinor: 200_000, currency: "TND" }] },
    "cursor",
  );
  const large = await choose("purchasePack", pack);
  expect((await seen(sonia, large, 249_000)).payment).toMatchObject({ state: "PENDING", transferState: "RECEIVED" });
  expect(await credits()).toBe(14);
  const both = await Promise.all([approve(karim, large), approve(school.owner, large)]);
  expect(both.map((answer) => codesOf(answer).join()).toSorted()).toEqual(["", "ALREADY_CONFIRMED"]);
  expect(await credits()).toBe(19);

  // Who pays can't say that he has.
  const mine = await choose("purchasePack", pack);
  await expect(seen(client, mine, 249_000)).rejects.toThrow();
  const paid = "query ($id: ID!) { payments(filter: { clientId: { eq: $id } }, first: 10) { nodes { state } } }";
  expect(await client.ask(paid, { id: clientId })).toEqual({
    payments: { nodes: [{ state: "PENDING" }, ...Array.from({ length: 4 }, () => ({ state: "COMPLETED" }))] },
  });
  const completed = await school.journal(["payment.completed", "payment.approved", "credits.granted"]);
  expect(completed.filter((type) => type === "payment.completed")).toHaveLength(4);
  expect(completed.filter((type) => type === "credits.granted")).toHaveLength(4);
  expect(completed.filter((type) => type === "payment.approved")).toHaveLength(3);
});
