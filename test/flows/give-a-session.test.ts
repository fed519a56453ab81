import { expect, it, jest } from "@jest/globals";
import { some } from "../billing.ts";
import { codesOf, openSchool } from "./school.ts";

jest.setTimeout(120_000);

interface Ended {
  readonly session: { readonly status: string } | null;
  readonly userErrors: readonly { readonly code: string }[];
}

it("a coach sees his agenda and the learner's file, gives the session, reports on it, and the family reads it", async () => {
  await using school = await openSchool("2026-11-23T09:00:00Z");
  const { client, clientId, learner, learnerId } = await school.enrol();
  const { coach, coachId, sessionTypeId } = await school.hire();
  await school.owner.do("grantCredits", { clientId, amount: "4", kind: "PROMO" }, "cursor");

  // Before they have a session together the learner's file is none of his business.
  const file = `query ($id: ID!) { learner(id: $id) { name grade goals subjectProgress { subject mark change }
    progress(first: 5) { nodes { mark comment coach { pseudonym } } } } }`;
  expect(await coach.ask(file, { id: learnerId })).toEqual({ learner: null });
  const startsAt = "2026-11-26T13:00:00.000Z";
  const { session } = await client.do<{ session: { id: string } | null }>(
    "bookSession",
    { learnerId, sessionTypeId, coachId, startsAt },
    "session { id }",
  );
  const { id } = some(session, "a session");

  // He signs in: his agenda, and the file of who comes.
  const week = { from: "2026-11-23T00:00:00Z", to: "2026-11-30T00:00:00Z" };
  const agenda = `query ($coachId: ID!, $from: DateTime!, $to: DateTime!) { agenda(coachId: $coachId, from: $from, to: $to, first: 5) {
    nodes { id startsAt status bookings { learner { id name } } joinLink { url opensAt } } } }`;
  expect(await coach.ask(agenda, { coachId, ...week })).toEqual({
    agenda: {
      nodes: [
        {
          id,
          startsAt,
          status: "CONFIRMED",
          bookings: [{ learner: { id: learnerId, name: "Sami" } }],
          joinLink: { url: null, opensAt: "2026-11-26T12:50:00.000Z" },
        },
      ],
    },
  });
  expect(await coach.ask(file, { id: learnerId })).toMatchObject({
    learner: { name: "Sami", grade: "Terminale", goals: ["Mention bien"], subjectProgress: [] },
  });

  // The link of his mail is closed until 10 minutes before, then it leads into the room; Sami's leads into the same one.
  const links = [];
  for (const { email } of [coach, learner]) {
    const { text } = await school.mail(email, /^Séance confirmée/);
    links.push(some(/http:\S+\/session\/\S+/.exec(text ?? ""), text)[0]);
  }
  const open = (link: string) => fetch(link, { redirect: "manual" });
  school.clock.set("2026-11-26T12:49:59Z");
  for (const link of links)
    expect(await (await open(link)).text()).toContain("La salle ouvre jeudi 26 novembre 2026 à 13:50");
  const joinLink = async (who: typeof coach) =>
    (
      await who.ask<{ session: { joinLink: { url: string | null } } }>(
        "query ($id: ID!) { session(id: $id) { joinLink { url } } }",
        { id },
      )
    ).session.joinLink.url;
  expect(await joinLink(coach)).toBeNull();
  school.clock.set("2026-11-26T12:50:00Z");
  const rooms = new Set<string | null>();
  for (const link of links) rooms.add((await open(link)).headers.get("location"));
  for (const who of [coach, learner, client]) rooms.add(await joinLink(who));
  expect([...rooms]).toEqual([expect.stringMatching(/^https:\/\/meet\.jit\.si\/[0-9a-f]{32}$/)]);
  expect(await joinLink(school.sonia)).toBeNull(); // the team isn't invited

  // It takes place. The report is refused before it has begun, then taken, once.
  const report = {
    id,
    summary: "Limites de suites, avec des exemples.",
    topics: ["Limites", "Suites"],
    homework: "Exercice 4, page 12",
    marks: [{ learnerId, subject: "Maths", mark: 60, comment: "En progrès" }],
  };
  const complete = () => coach.do<Ended>("completeSession", report, "session { status }");
  expect(codesOf(await complete())).toEqual(["NOT_BEGUN"]);
  expect(await school.account(clientId)).toEqual({ balance: 4, held: 1, usable: 3 });
  await school.at("2026-11-26T14:00:00Z");
  expect(await complete()).toEqual({ session: { status: "COMPLETED" }, userErrors: [] });
  expect(codesOf(await complete())).toEqual(["NOT_CONFIRMED"]);
  expect(await school.account(clientId)).toEqual({ balance: 3, held: 0, usable: 3 });

  // Learner and client read it: in the file, with the session, and by mail.
  for (const who of [learner, client, coach]) {
    expect(await who.ask(file, { id: learnerId })).toMatchObject({
      learner: {
        subjectProgress: [{ subject: "Maths", mark: 60, change: 0 }],
        progress: { nodes: [{ mark: 60, comment: "En progrès", coach: { pseudonym: "Hélios" } }] },
      },
    });
    const read = "query ($id: ID!) { session(id: $id) { status report { summary topics homework } } }";
    const { summary, topics, homework } = report;
    expect(await who.ask(read, { id })).toEqual({
      session: { status: "COMPLETED", report: { summary, topics, homework } },
    });
  }
  for (const { email } of [client, learner]) {
    const { text, html } = await school.mail(email, /^Compte rendu\s: Maths, 26 novembre 2026$/);
    for (const part of [text, html]) {
      for (const said of [
        "Limites de suites, avec des exemples.",
        "Exercice 4, page 12",
        "Limites, Suites",
        "60 / 100",
        "Hélios",
      ]) {
        expect(part).toContain(said);
      }
    }
  }
  expect(await school.subjects(coach.email)).not.toContainEqual(expect.stringMatching(/^Compte rendu/));
  const told = ["session.booked", "session.completed", "credits.posted", "learner.progressed", "credits.held"];
  expect(await school.journal(told)).toEqual([
    ...["credits.held", "session.booked"],
    ...["credits.posted", "session.completed", "learner.progressed"],
  ]);
});
