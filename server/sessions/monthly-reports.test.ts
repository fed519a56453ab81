import { expect, it } from "@jest/globals";
import { startApp } from "../../test/app.ts";
import { createFamily } from "../../test/sessions.ts";
import { openDatabase } from "../../test/tenant-rows.ts";
import { InProcessHints } from "../adapters/hints/in-process-hints.ts";
import { systemClock } from "../clock.ts";
import { Jobs } from "../jobs/jobs.ts";
import { JournalService } from "../journal/journal.service.ts";
import { MailOutbox } from "../mail/mail-outbox.ts";
import { toUuid } from "../operations/ids.ts";
import { PeopleService } from "../people/people.service.ts";
import { monthBefore, MonthlyReports } from "./monthly-reports.ts";
import { tellMonth } from "./tell-month.ts";

it.each([
  ["2026-12-01T07:00:00Z", "Africa/Tunis", "2026-11", "2026-10-31T23:00:00.000Z", "2026-11-30T23:00:00.000Z"],
  ["2026-12-31T19:00:00Z", "Pacific/Auckland", "2026-12", "2026-11-30T11:00:00.000Z", "2026-12-31T11:00:00.000Z"],
  ["2027-04-01T12:00:00Z", "America/New_York", "2027-03", "2027-03-01T05:00:00.000Z", "2027-04-01T04:00:00.000Z"],
  ["2027-01-14T10:00:00Z", "UTC", "2026-12", "2026-12-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"],
])(
  "at %s in %s the month before is %s, from its first midnight there to the next one's",
  (at, zone, month, from, to) => {
    expect(monthBefore(new Date(at), zone)).toEqual({ month, from: new Date(from), to: new Date(to) });
  },
);

it("says nothing to a client of whose month there is nothing to say", () => {
  const nothing = {
    credits: [],
    months: [],
    upcoming: [],
    progress: [],
    learnerNames: new Map(),
    coachNames: new Map(),
  };
  expect(tellMonth({ id: "a", name: "Amel" }, "2026-11", nothing)).toBeNull();
  const one = { clientId: "a", used: 0, usable: 1, held: 0 };
  expect(tellMonth({ id: "a", name: "Amel" }, "2026-11", { ...nothing, credits: [one] })).toMatchObject({
    sessions: 0,
    creditsLeft: 1,
  });
  expect(tellMonth({ id: "b", name: "Bela" }, "2026-11", { ...nothing, credits: [one] })).toBeNull();
});

it("tells every client once, also when it ends in the middle, and two processes are at it", async () => {
  await using app = await startApp();
  const graphql: typeof app.graphql = (query, variables, credential) => app.graphql(query, variables, credential);
  const families = [];
  for (const credits of [2, 2, 2, 0, 2, 2, 2]) families.push(await createFamily(graphql, credits));
  await app.stop(); // or its own sweep would tell them
  const hints = new InProcessHints();
  await using database = openDatabase(app.database.appUrl, 3);
  const journal = new JournalService(database, hints);
  const outbox = new MailOutbox(new Jobs(), systemClock);
  let queued = 0;
  const reports = (most: number) =>
    new MonthlyReports({
      database,
      journal,
      people: new PeopleService(database),
      outbox: {
        queue: (tx, mail) => {
          queued += 1;
          if (queued > most) throw new Error("the server ends here");
          return outbox.queue(tx, mail);
        },
      },
      batch: 2,
    });
  const tenantId = toUuid("Tenant", app.tenant.tenantId) ?? "";
  const told = () =>
    database.read(tenantId, async (session) => {
      const text = "SELECT recipient FROM mail WHERE kind = 'MONTHLY_REPORT'";
      return (await session.query<{ recipient: string }>({ text, values: [] }))
        .map(({ recipient }) => recipient)
        .toSorted();
    });
  const scope = { tenantId, actor: { type: "SYSTEM" }, requestId: "test" } as const;
  const occurrence = new Date("2026-12-01T08:00:00Z");
  await journal.transaction(scope, (tx) => reports(0).run(tx, occurrence));
  await expect(reports(4).runDue(occurrence)).rejects.toThrow("the server ends here");
  expect(await told()).toHaveLength(3); // those of the transactions that it has finished
  queued = 0;
  await Promise.all([reports(100).runDue(occurrence), reports(100).runDue(occurrence)]);
  await reports(100).runDue(occurrence);
  await journal.transaction(scope, (tx) => reports(0).run(tx, occurrence)); // the month is done
  await reports(0).runDue(occurrence);
  const everybody = families.flatMap(({ clientEmail }, index) => (index === 3 ? [] : [clientEmail]));
  expect(await told()).toEqual(everybody.toSorted());
  await hints.close();
});
