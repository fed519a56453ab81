import { expect, it, jest } from "@jest/globals";
import { type Answer, paymentFields, some, subscriptionFields } from "../billing.ts";
import { codesOf, openSchool } from "./school.ts";

jest.setTimeout(120_000);

it("a family enrols, chooses HYBRIDE, pays by transfer, and has its 4 credits once the team has seen the money", async () => {
  await using school = await openSchool("2026-11-23T09:00:00Z");
  const { client, clientId, learner } = await school.enrol();
  expect(await learner.ask("{ viewer { role } }")).toEqual({ viewer: { role: "LEARNER" } });

  // Anybody sees what there is, and Amel chooses.
  const shown = await school.app.graphql(
    "{ plans { nodes { key price { amount currency } creditsPerMonth } } }",
    {},
    school.app.tenant.publishableKey,
  );
  expect(JSON.stringify(shown.data)).toContain(
    JSON.stringify({ key: "HYBRIDE", price: { amount: "179.000", currency: "TND" }, creditsPerMonth: 4 }),
  );
  const chosen = await client.do<Answer>(
    "subscribe",
    { clientId, planId: school.offers["HYBRIDE"] },
    `subscription { ${subscriptionFields} } payment { ${paymentFields} }`,
  );
  const payment = some(chosen.payment, chosen);
  expect(payment).toMatchObject({ state: "PENDING", amount: { amount: "179.000", currency: "TND" } });

  // She is told how to pay, with a reference that people can type.
  const instructions = await school.mail(client.email, /^Votre paiement\s: Hybride/);
  expect(instructions.text).toContain(payment.reference);
  expect(instructions.text).toContain("IBAN\u00a0: FR1420041010050500013M02606");
  expect(instructions.html).toMatch(/179,000/);
  expect(payment.reference).toMatch(/^NX-[0-9A-HJKMNP-TV-Z]{8}-\S$/);

  // Nothing is active, and nothing was granted.
  const subscription = "{ subscriptions(first: 5) { nodes { state periodEndsAt plan { key } } } }";
  expect(await client.ask(subscription)).toEqual({
    subscriptions: { nodes: [{ state: "INCOMPLETE", periodEndsAt: null, plan: { key: "HYBRIDE" } }] },
  });
  expect(await school.account(clientId)).toEqual({ balance: 0, held: 0, usable: 0 });
  expect(await school.subjects(client.email)).not.toContainEqual(expect.stringMatching(/actif/));

  // Two days later Sonia sees it arrive. She types what stands on the bank's statement.
  await school.at("2026-11-25T10:00:00Z");
  const typed = payment.reference.toLowerCase().replaceAll("0", "o").replaceAll("-", " ");
  const { paymentByReference } = await school.sonia.ask<{ paymentByReference: { id: string } }>(
    "query ($reference: String!) { paymentByReference(reference: $reference) { id } }",
    { reference: typed },
  );
  const money = { amount: { amountMinor: 179_000, currency: "TND" }, receivedAt: "2026-11-25T08:00:00Z" };
  const confirmed = await school.sonia.do<Answer>(
    "confirmTransfer",
    { id: paymentByReference.id, transferId: "TRF-2026-1125", ...money },
    `payment { ${paymentFields} }`,
  );
  expect(codesOf(confirmed)).toEqual([]);
  expect(confirmed.payment).toMatchObject({ state: "COMPLETED", transferState: "CONFIRMED" });

  // The subscription is active from now on, and the credits are there.
  expect(await client.ask(subscription)).toEqual({
    subscriptions: { nodes: [{ state: "ACTIVE", periodEndsAt: "2026-12-25T10:00:00.000Z", plan: { key: "HYBRIDE" } }] },
  });
  expect(await client.ask("query ($id: ID!) { creditAccount(clientId: $id) { usable } }", { id: clientId })).toEqual({
    creditAccount: { usable: 4 },
  });
  expect((await school.mail(client.email, /^Paiement reçu\s: Hybride$/)).text).toContain("179,000");
  expect((await school.mail(client.email, /^Votre abonnement Hybride est actif$/)).text).toContain("25 décembre 2026");
  expect((await school.subjects(client.email)).toSorted()).toEqual([
    "Bienvenue chez Nexus Réussite",
    "Paiement reçu\u00a0: Hybride",
    "Votre abonnement Hybride est actif",
    `Votre paiement\u00a0: Hybride, référence ${payment.reference}`,
  ]);
  const told = [
    ...["client.created", "learner.created", "subscription.created", "payment.created"],
    ...["payment.received", "subscription.activated", "credits.granted", "payment.completed"],
  ];
  expect(await school.journal(told)).toEqual(told);
});
