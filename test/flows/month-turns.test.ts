import { expect, it, jest } from "@jest/globals";
import { type Answer, paymentFields, some } from "../billing.ts";
import { codesOf, openSchool } from "./school.ts";

jest.setTimeout(180_000);

it("a month turns: clients are told of it, credits come and are carried over as their plan says, and expire once", async () => {
  await using school = await openSchool("2026-11-02T09:00:00Z");
  const { clock, owner, sonia } = school;
  const at = (instant: string) => school.at(instant);
  const { client, clientId: amel, learnerId } = await school.enrol();
  const { coach, coachId, sessionTypeId } = await school.hire();
  await owner.do("updateBillingSettings", { approvalOver: [] }, "cursor");

  const add = async (email: string) => {
    const input = { name: "Bela", email, sendsLogin: false, locale: "en-GB", timeZone: "Europe/London" };
    return (await sonia.do<{ client: { id: string } }>("createClient", input, "client { id }")).client.id;
  };
  const [bela, chadi, dora] = [
    await add("bela@example.com"),
    await add("chadi@example.com"),
    await add("dora@example.com"),
  ];
  const nothingCarried = {
    key: "MENSUEL",
    name: "Mensuel",
    price: { amountMinor: 90_000, currency: "TND" },
    creditsPerMonth: 3,
    rollover: "NONE",
  };
  const { plan } = await owner.do<{ plan: { id: string } }>("createPlan", nothingCarried, "plan { id }");

  const pay = async ({ id, amount }: NonNullable<Answer["payment"]>) => {
    const { amountMinor, currency } = amount;
    const input = { id, amount: { amountMinor, currency }, receivedAt: clock.now(), transferId: `TRF-${id}` };
    expect(codesOf(await sonia.do<Answer>("confirmTransfer", input, "cursor"))).toEqual([]);
  };
  const subscribe = async (clientId: string, planId?: string) => {
    const answer = await sonia.do<Answer>("subscribe", { clientId, planId }, `payment { ${paymentFields} }`);
    await pay(some(answer.payment, answer));
  };
  const payRenewals = async () => {
    const query = `{ payments(filter: { state: { eq: PENDING } }, first: 10) { nodes { ${paymentFields} } } }`;
    const { payments } = await sonia.ask<{ payments: { nodes: NonNullable<Answer["payment"]>[] } }>(query);
    for (const renewal of payments.nodes) await pay(renewal);
    return payments.nodes.map(({ purpose }) => purpose);
  };
  const usable = async (clientId: string) => (await school.account(clientId)).usable;
  await subscribe(amel, school.offers["HYBRIDE"]); // 4 a month, up to 4 carried over
  await subscribe(bela, school.offers["IMMERSION"]); // 8 a month, all carried over
  await subscribe(chadi, plan.id); // 3 a month, nothing carried over
  expect([await usable(amel), await usable(bela), await usable(chadi)]).toEqual([4, 8, 3]);
  // Dora has one credit that somebody gave her for a while.
  const gift = { clientId: dora, amount: "1", kind: "PROMO", expiresAt: "2026-12-10T09:00:00Z" };
  await owner.do("grantCredits", gift, "cursor");

  // Sami has two sessions in November, and one is planned for December.
  const book = async (startsAt: string) => {
    const input = { learnerId, sessionTypeId, coachId, startsAt };
    return some(
      (await client.do<{ session: { id: string } | null }>("bookSession", input, "session { id }")).session,
      startsAt,
    );
  };
  const report = async ({ id }: { readonly id: string }, mark: number, topics: string[]) => {
    const input = { id, summary: "Bien.", topics, marks: [{ learnerId, subject: "Maths", mark }] };
    expect(codesOf(await coach.do<Answer>("completeSession", input, "cursor"))).toEqual([]);
  };
  const [first, second] = [await book("2026-11-04T13:00:00Z"), await book("2026-11-09T13:00:00Z")];
  await at("2026-11-04T14:00:00Z");
  await report(first, 50, ["Suites"]);
  await at("2026-11-09T14:00:00Z");
  await report(second, 70, ["Limites", "Suites"]);
  const third = await book("2026-12-04T13:00:00Z");

  // Dora is warned 30, 7 and 1 days before, once each.
  const warnings = async () =>
    (await school.subjects("dora@example.com")).filter((subject) => subject.startsWith("1 credit to use before"));
  await at("2026-11-10T08:59:59Z");
  expect(await warnings()).toEqual([]);
  const isWarned = async (instant: string, told: string) => {
    await at(instant);
    const { text } = await school.mail("dora@example.com", /^1 credit to use before 10 December 2026$/);
    expect(text).toContain(told);
  };
  await isWarned("2026-11-10T09:00:00Z", "expire in 30 days");
  // Nor Chadi of what he has for this month, before its last week.
  const toUse = async () =>
    (await school.subjects("chadi@example.com")).filter((subject) => subject.includes("to use before"));
  expect(await toUse()).toEqual([]);

  // A week before the month turns the next one is billed, and paid: its credits wait.
  await at("2026-11-25T09:00:00Z");
  expect(await payRenewals()).toEqual(["RENEWAL", "RENEWAL", "RENEWAL"]);
  expect([await usable(amel), await usable(bela), await usable(chadi)]).toEqual([1, 8, 3]);

  expect(await toUse()).toHaveLength(1);

  // At 8 in the morning of the first, in Tunis, those who have something to read get the month's report, once.
  const reports = async () => {
    const query = "{ mails(first: 50, filter: { kind: { eq: MONTHLY_REPORT } }) { nodes { to cause } } }";
    const { mails } = await owner.ask<{ mails: { nodes: { to: string; cause: string }[] } }>(query);
    return mails.nodes.map(({ to }) => to).toSorted();
  };
  await at("2026-12-01T06:59:59Z");
  expect(await reports()).toEqual([]);
  clock.set("2026-12-01T07:00:00Z");
  await Promise.all([school.app.runDue(), school.app.runDue()]);
  const everybody = [client.email, "bela@example.com", "chadi@example.com", "dora@example.com"];
  expect(await reports()).toEqual(everybody);
  await at("2026-12-01T09:00:00Z");
  expect(await reports()).toEqual(everybody);
  const french = await school.mail(client.email, /^Votre mois de novembre 2026$/);
  for (const part of [french.text, french.html?.replaceAll(/<\/th><td[^>]*>/g, "\u00a0: ")]) {
    for (const line of [
      "Séances tenues\u00a0: 2",
      "Crédits utilisés\u00a0: 2",
      "Crédits restants\u00a0: 1",
      "Réservés pour des séances\u00a0: 1",
      "Sami\u00a0: 2 séances · Thèmes\u00a0: Suites, Limites · Maths 70 / 100",
      "À venir\u00a0: vendredi 4 décembre 2026 à 14:00 (UTC+1) · Maths · Sami · Hélios",
    ]) {
      expect(part).toContain(line);
    }
  }
  const english = await school.mail("chadi@example.com", /^Your month: November 2026$/);
  expect(english.text).toContain("Sessions held: 0\nCredits used: 0\nCredits left: 3\n");

  // The month turns a day later, at the hour of the first day.
  await at("2026-12-02T08:59:59Z");
  expect([await usable(amel), await usable(bela), await usable(chadi)]).toEqual([1, 8, 3]);
  await at("2026-12-02T09:00:00Z");
  expect([await usable(amel), await usable(bela), await usable(chadi)]).toEqual([5, 16, 3]);

  await isWarned("2026-12-03T09:00:00Z", "expire in 7 days");
  await at("2026-12-04T14:00:00Z");
  await report(third, 80, ["Dérivées"]);
  await isWarned("2026-12-09T09:00:00Z", "expire in 1 day:");
  await at("2026-12-09T12:00:00Z");
  expect(await warnings()).toHaveLength(3);

  // Her credit can be used up to its last moment, and not from its instant on, although no job has booked it yet.
  clock.set("2026-12-10T08:59:59.999Z");
  expect(await usable(dora)).toBe(1);
  const { learner } = await sonia.do<{ learner: { id: string } }>(
    "addLearner",
    { clientId: dora, name: "Dora" },
    "learner { id }",
  );
  clock.set("2026-12-10T09:00:00Z");
  expect(await usable(dora)).toBe(0);
  const late = { learnerId: learner.id, sessionTypeId, coachId, startsAt: "2026-12-11T13:00:00Z" };
  expect(codesOf(await sonia.do<Answer>("bookSession", late, "session { id }"))).toEqual(["INSUFFICIENT_CREDITS"]);
  await at("2026-12-12T09:00:00Z");
  await Promise.all([school.app.runDue(), school.app.runDue()]);
  expect(await school.account(dora)).toEqual({ balance: 0, held: 0, usable: 0 });
  const history = async (clientId: string) => {
    const query = "query ($id: ID!) { creditAccount(clientId: $id) { entries(first: 50) { nodes { kind amount } } } }";
    const read = await sonia.ask<{ creditAccount: { entries: { nodes: { kind: string; amount: number }[] } } }>(query, {
      id: clientId,
    });
    return read.creditAccount.entries.nodes.map(({ kind, amount }) => `${kind} ${amount}`).toReversed();
  };
  expect(await history(dora)).toEqual(["PROMO 1", "EXPIRATION -1"]);

  // The next month turns while the server is away for three days, and comes to the same.
  await at("2026-12-26T09:00:00Z");
  await payRenewals();
  await at("2027-01-05T09:00:00Z");
  await school.app.runDue();
  expect(await history(amel)).toEqual([
    ...["MONTHLY_ALLOCATION 4", "USAGE -1", "USAGE -1", "MONTHLY_ALLOCATION 4", "USAGE -1"],
    ...["MONTHLY_ALLOCATION 4", "EXPIRATION -1"], // 5 were left, of which 4 are carried over
  ]);
  expect([await usable(amel), await usable(bela), await usable(chadi)]).toEqual([8, 24, 3]);
  expect(await history(chadi)).toEqual([
    ...["MONTHLY_ALLOCATION 3", "MONTHLY_ALLOCATION 3", "EXPIRATION -3"],
    ...["MONTHLY_ALLOCATION 3", "EXPIRATION -3"],
  ]);
  // December's report is a few days late, and as true.
  const december = await school.mail(client.email, /^Votre mois de décembre 2026$/);
  expect(december.text).toContain("Séances tenues\u00a0: 1\n");
  expect(december.text).toContain("Sami\u00a0: 1 séance · Thèmes\u00a0: Dérivées · Maths 80 / 100 (+10)");
  expect(await school.subjects("dora@example.com")).not.toContainEqual(expect.stringMatching(/^Your month: December/));
});
