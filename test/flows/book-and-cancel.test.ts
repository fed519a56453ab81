import { expect, it, jest } from "@jest/globals";
import { some } from "../billing.ts";
import { codesOf, invitationIn, openSchool } from "./school.ts";

jest.setTimeout(120_000);

interface Booked {
  readonly session: { readonly id: string; readonly startsAt: string; readonly status: string } | null;
  readonly userErrors: readonly { readonly code: string }[];
}

interface Cancelled {
  readonly refundedCredits: number;
  readonly deadline: string | null;
  readonly session: { readonly status: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

it("a client books Hélios in three days at 14:00 and cancels in time; two hours before it is too late", async () => {
  await using school = await openSchool("2026-11-23T09:00:00Z");
  const { client, clientId, learner, learnerId } = await school.enrol();
  const { coach, coachId, sessionTypeId } = await school.hire();
  await school.owner.do(
    "grantCredits",
    { clientId, amount: "4", kind: "PURCHASE", expiresAt: "2027-11-23T09:00:00Z" },
    "cursor",
  );
  const lots = async () => {
    const query =
      "query ($id: ID!) { creditAccount(clientId: $id) { lots(first: 5) { nodes { id remaining expiresAt } } } }";
    return (await client.ask<{ creditAccount: { lots: { nodes: unknown[] } } }>(query, { id: clientId })).creditAccount;
  };
  const before = await lots();

  // She looks for a slot in her own zone, and takes 14:00 on the coach's clock.
  const day = { sessionTypeId, from: "2026-11-26T00:00:00Z", to: "2026-11-27T00:00:00Z" };
  const { availableSlots } = await client.ask<{
    availableSlots: { slots: { startsAt: string; localStartsAt: string }[] };
  }>(
    'query ($sessionTypeId: ID!, $from: DateTime!, $to: DateTime!) { availableSlots(sessionTypeId: $sessionTypeId, from: $from, to: $to, zone: "Africa/Tunis") { slots { startsAt localStartsAt } } }',
    day,
  );
  const slot = some(
    availableSlots.slots.find(({ localStartsAt }) => localStartsAt.includes("T14:00")),
    availableSlots,
  );
  expect(slot.startsAt).toBe("2026-11-26T13:00:00.000Z");
  const wanted = { learnerId, sessionTypeId, coachId };
  const localStart = { local: "2026-11-26T14:00", timeZone: "Africa/Tunis" };
  const book = (start: object) =>
    client.do<Booked>("bookSession", { ...wanted, ...start }, "session { id status startsAt }");
  const first = some((await book({ localStart })).session, "a session");
  expect(first).toMatchObject({ status: "CONFIRMED", startsAt: slot.startsAt });
  expect(await school.account(clientId)).toEqual({ balance: 4, held: 1, usable: 3 });

  // Each of the three gets a mail with an invitation, the coach has it in his agenda, and the slot is offered no more.
  for (const { email } of [client, learner, coach]) {
    const confirmed = await school.mail(email, /^Séance confirmée\s: Maths, 26 novembre 2026 à 14:00/);
    expect(confirmed.text).toContain("jeudi 26 novembre 2026 à 14:00");
    expect(confirmed.text).toMatch(/Rejoindre la séance\s:\nhttp:\S+\/session\/\S+/);
    const invitation = invitationIn(confirmed);
    expect(invitation).toMatch(/METHOD:REQUEST/);
    expect(invitation).toMatch(/DTSTART:20261126T130000Z/);
    expect(invitation).toMatch(/SEQUENCE:0/);
    expect(invitation).toContain(email);
  }
  const agenda =
    "query ($id: ID!, $from: DateTime!, $to: DateTime!) { agenda(coachId: $id, from: $from, to: $to, first: 10) { nodes { id startsAt bookings { learner { name } } } } }";
  const readAgenda = () => coach.ask(agenda, { id: coachId, from: "2026-11-23T00:00:00Z", to: "2026-11-30T00:00:00Z" });
  expect(await readAgenda()).toEqual({
    agenda: { nodes: [{ id: first.id, startsAt: slot.startsAt, bookings: [{ learner: { name: "Sami" } }] }] },
  });
  expect(codesOf(await book({ startsAt: slot.startsAt }))).not.toEqual([]);

  // The day after she cancels: the credit is back in the lot that it came from, and calendars take the session out.
  await school.at("2026-11-24T09:00:00Z");
  const cancel = (id: string) =>
    client.do<Cancelled>("cancelSession", { id, reason: "Grippe" }, "refundedCredits deadline session { status }");
  expect(await cancel(first.id)).toEqual({
    refundedCredits: 1,
    deadline: null,
    session: { status: "CANCELLED" },
    userErrors: [],
  });
  expect(await school.account(clientId)).toEqual({ balance: 4, held: 0, usable: 4 });
  expect(await lots()).toEqual(before);
  const cancelled = await school.mail(client.email, /^Séance annulée/);
  expect(cancelled.text).toContain("1 crédit est revenu sur votre compte.");
  expect(invitationIn(cancelled)).toMatch(/METHOD:CANCEL/);
  expect(invitationIn(cancelled)).toMatch(/SEQUENCE:1/);
  expect((await school.mail(coach.email, /^Séance annulée/)).text).toContain("Grippe");
  expect(await readAgenda()).toEqual({ agenda: { nodes: [] } });

  // She books the same time again. The reminder comes 24 hours before it, to the minute, and the first one's never.
  const second = some((await book({ localStart })).session, "a session");
  const reminders = async () => (await school.subjects(client.email)).filter((subject) => subject.startsWith("Rappel"));
  await school.at("2026-11-25T12:59:59Z");
  expect(await reminders()).toEqual([]);
  await school.at("2026-11-25T13:00:00Z");
  const reminder = await school.mail(client.email, /^Rappel\s: Maths, 26 novembre 2026 à 14:00/);
  expect(reminder.text).toMatch(/Rejoindre la séance\s:\nhttp:\S+\/session\/\S+/);
  await school.at("2026-11-25T13:30:00Z");
  expect(await reminders()).toHaveLength(1);

  // Two hours before it is too late: she is told why, and nothing has changed.
  await school.at("2026-11-26T11:00:00Z");
  const changes = [
    ...["session.booked", "session.cancelled", "session.left"],
    ...["credits.held", "credits.voided", "credits.posted"],
  ];
  const told = await school.journal(changes);
  const refused = await cancel(second.id);
  expect(refused).toMatchObject({
    refundedCredits: 0,
    deadline: "2026-11-25T13:00:00.000Z",
    session: { status: "CONFIRMED" },
    userErrors: [{ code: "POLICY_VIOLATION", message: "The deadline has passed. Ask the team." }],
  });
  expect(await school.account(clientId)).toEqual({ balance: 4, held: 1, usable: 3 });
  expect(await readAgenda()).toMatchObject({ agenda: { nodes: [{ id: second.id }] } });
  expect((await school.subjects(client.email)).filter((subject) => subject.startsWith("Séance annulée"))).toHaveLength(
    1,
  );
  expect(await school.journal(changes)).toEqual(told);
  expect(told).toEqual([
    ...["credits.held", "session.booked", "credits.voided", "session.cancelled"],
    ...["credits.held", "session.booked"],
  ]);
});
