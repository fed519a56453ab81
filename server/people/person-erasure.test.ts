import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { bill, openShop } from "../../test/billing.ts";
import { createCoach, everyDay, mutate, setWeek } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { ownerToken } from "../../test/owner-token.ts";
import { type Mailbox, openMailbox } from "../../test/people.ts";
import { booked, createFamily, createOffer } from "../../test/sessions.ts";

const clock = new TestClock();
const monday = "2026-11-23T10:00:00Z";

let app: TestApp;
let graphql: TestApp["graphql"];
let mailbox: Mailbox;
let database: pg.Client;

beforeAll(async () => {
  clock.set(monday);
  app = await startApp({ clock });
  graphql = (query, variables, credential) => app.graphql(query, variables, credential);
  mailbox = await openMailbox(app);
  database = new pg.Client({ connectionString: app.database.ownerUrl });
  await database.connect();
});

afterAll(async () => {
  await database.end();
  await mailbox[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

interface Erased {
  readonly erasedId: string | null;
  readonly openSessionIds: readonly string[];
  readonly userErrors: readonly { readonly code: string }[];
}

async function erase(id: string): Promise<Erased> {
  return mutate<Erased>(graphql, "erasePerson", { id }, "erasedId openSessionIds", await ownerToken(app));
}

const codesOf = ({ userErrors }: { userErrors: readonly { code: string }[] }) => userErrors.map(({ code }) => code);

/** Tables in which some row still says one of these. */
async function tablesThatTell(words: readonly string[]): Promise<string[]> {
  const { rows } = await database.query<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname",
  );
  const telling: string[] = [];
  for (const { name } of rows) {
    const found = await database.query(
      `SELECT FROM "${name}" AS t WHERE t::text ILIKE ANY (SELECT '%' || word || '%' FROM unnest($1::text[]) AS word) LIMIT 1`,
      [words],
    );
    if ((found.rowCount ?? 0) > 0) telling.push(name);
  }
  return telling;
}

async function isJournalValid(): Promise<boolean> {
  const answer = await graphql("{ verifyJournal { valid } }");
  return payload<{ valid: boolean }>(answer, "verifyJournal").valid;
}

test("a learner is forgotten with all that was said of him, and the journal still verifies", async () => {
  clock.set(monday);
  const family = await createFamily(graphql, 5);
  const offer = await createOffer(graphql);
  const secret = `zz${randomUUID().slice(0, 8)}`;
  const { learnerId: id, learnerEmail } = family;
  const words = [secret, learnerEmail];
  await mutate(graphql, "updateLearner", { id, name: secret, grade: secret, goals: [secret] }, "cursor");
  await mutate(graphql, "addCoachNote", { learnerId: id, body: `He is ${secret}.` }, "cursor");
  const token = await mailbox.join(learnerEmail, secret);
  const sessionId = await booked(graphql, { learnerId: id, ...offer, startsAt: "2026-11-24T14:00:00Z" });
  const lateId = await booked(graphql, { learnerId: id, ...offer, startsAt: "2026-11-26T14:00:00Z" });
  clock.set("2026-11-24T15:00:00Z");
  const marks = [{ learnerId: id, subject: "Maths", mark: 60, comment: secret }];
  await mutate(graphql, "completeSession", { id: sessionId, summary: `About ${secret}`, marks }, "cursor");
  expect(await erase(id)).toMatchObject({
    erasedId: null,
    openSessionIds: [lateId],
    userErrors: [{ code: "SESSIONS_OPEN" }],
  });
  await mutate(graphql, "cancelSession", { id: lateId, reason: `${secret} is ill` }, "cursor");
  expect(await tablesThatTell(words)).toEqual(
    expect.arrayContaining(["coach_note", "journal_entry", "learner", "mail", "member", "session", "session_report"]),
  );

  expect(await erase(id)).toEqual({ erasedId: id, openSessionIds: [], userErrors: [] });
  expect(await tablesThatTell(words)).toEqual([]);
  expect(await isJournalValid()).toBe(true);
  expect((await graphql("{ viewer { role } }", {}, token)).errors?.[0]?.extensions["code"]).toBe("UNAUTHENTICATED");
  const seen = await graphql(
    `
      query ($id: ID!, $session: ID!) {
        learner(id: $id) {
          name
          email
          erasedAt
          hasLogin
          clients {
            id
          }
        }
        learners(filter: { id: { eq: $id } }) {
          nodes {
            id
          }
        }
        session(id: $session) {
          status
          report {
            summary
          }
          bookings {
            payment
            learner {
              name
            }
          }
        }
      }
    `,
    { id, session: sessionId },
  );
  expect(seen.data).toEqual({
    learner: { name: "(erased)", email: null, erasedAt: "2026-11-24T15:00:00.000Z", hasLogin: false, clients: [] },
    learners: { nodes: [] },
    session: { status: "COMPLETED", report: null, bookings: [{ payment: "SPENT", learner: { name: "(erased)" } }] },
  });
  expect(codesOf(await erase(id))).toEqual(["NOT_FOUND"]);
  expect(codesOf(await mutate(graphql, "updateLearner", { id, name: "Sami" }, "cursor"))).toEqual(["NOT_FOUND"]);
  const { clientId } = family;
  expect(codesOf(await mutate(graphql, "linkLearner", { learnerId: id, clientId }, "cursor"))).toEqual(["NOT_FOUND"]);
  const again = { learnerId: id, ...offer, startsAt: "2026-11-27T14:00:00Z" };
  expect(codesOf(await mutate(graphql, "bookSession", again, "cursor"))).toEqual(["LEARNER_NOT_FOUND"]);
});

test("a client is forgotten, the money stays, and the address is free for a new client", async () => {
  clock.set(monday);
  const family = await createFamily(graphql, 3);
  const other = await createFamily(graphql, 0);
  const { clientId: id, clientEmail: email } = family;
  const phone = "+21620123456";
  const name = `zz${randomUUID().slice(0, 8)}`;
  await mutate(graphql, "updateClient", { id, name, phone }, "cursor");
  await mutate(graphql, "linkLearner", { learnerId: other.learnerId, clientId: id, isPrimary: true }, "cursor");
  const invitation = await mailbox.link(email);
  expect(codesOf(await erase(id))).toEqual(["LEARNERS_LEFT"]);
  expect(codesOf(await erase(family.learnerId))).toEqual([]);
  const shop = await openShop(graphql, await ownerToken(app));
  const bought = await bill(graphql, "purchasePack", { clientId: id, packId: shop["GRAND_ORAL"], provider: "LOCAL" });
  expect(codesOf(await erase(id))).toEqual(["PAYMENT_OPEN"]);
  await bill(graphql, "cancelPayment", { id: bought.payment?.id }, await ownerToken(app));
  const subscribed = await bill(graphql, "subscribe", { clientId: id, planId: shop["HYBRIDE"], provider: "LOCAL" });
  expect(codesOf(await erase(id))).toEqual(["SUBSCRIPTION_OPEN"]);
  await bill(graphql, "cancelSubscription", { id: subscribed.subscription?.id });
  expect(codesOf(await erase(id))).toEqual([]);
  expect(await tablesThatTell([name, email, phone])).toEqual([]);
  expect(await isJournalValid()).toBe(true);
  const seen = await graphql(
    "query ($id: ID!, $learner: ID!) { client(id: $id) { email creditAccount { balance } } learner(id: $learner) { payer { id } } }",
    { id, learner: other.learnerId },
  );
  expect(seen.data).toMatchObject({
    client: { email: expect.stringMatching(/@erased\.invalid$/) as unknown, creditAccount: { balance: 3 } },
    learner: { payer: { id: other.clientId } },
  });
  const token = new URLSearchParams(new URL(invitation).hash.slice(1)).get("token");
  const joining = { token, name: "Nobody", password: "correct horse battery staple" };
  const joined = await graphql(
    "mutation ($input: AcceptInviteInput!) { acceptInvite(input: $input) { userErrors { code } } }",
    { input: joining },
    null,
  );
  expect(codesOf(payload(joined, "acceptInvite"))).toEqual(["TOKEN_INVALID"]);
  const more = { clientId: id, amount: "1", kind: "PROMO" };
  expect(codesOf(await mutate(graphql, "grantCredits", more, "cursor"))).toEqual(["NOT_FOUND"]);
  const { client } = await mutate<{ client: { id: string } }>(
    graphql,
    "createClient",
    { name: "Amel", email, sendsLogin: false },
    "client { id }",
  );
  expect(client.id).not.toBe(id);
});

test("a coach is forgotten once he has no sessions ahead; only administrators erase", async () => {
  clock.set(monday);
  const family = await createFamily(graphql, 3);
  const secret = `zz${randomUUID().slice(0, 8)}`;
  const email = `${secret}@example.com`;
  const id = await createCoach(graphql, { name: secret, bio: `I am ${secret}.`, email });
  await setWeek(graphql, id, everyDay("08:00", "20:00"), { timeZone: "UTC" });
  const { sessionTypeId } = await createOffer(graphql, { coachIds: [id] });
  const timeOff = { coachId: id, startsAt: "2026-11-30T08:00:00Z", endsAt: "2026-11-30T12:00:00Z", reason: secret };
  await mutate(graphql, "addTimeOff", timeOff, "cursor");
  const slot = { learnerId: family.learnerId, sessionTypeId, coachId: id, startsAt: "2026-11-26T14:00:00Z" };
  const sessionId = await booked(graphql, slot);
  expect(await erase(id)).toMatchObject({ openSessionIds: [sessionId], userErrors: [{ code: "SESSIONS_OPEN" }] });
  await mutate(graphql, "cancelSession", { id: sessionId }, "cursor");
  const byKey = await graphql("mutation ($id: ID!) { erasePerson(input: { id: $id }) { erasedId } }", { id });
  expect(byKey.errors?.[0]?.extensions["code"]).toBe("FORBIDDEN");
  expect(codesOf(await erase(id))).toEqual([]);
  expect(await tablesThatTell([secret])).toEqual([]);
  expect(await isJournalValid()).toBe(true);
  expect(codesOf(await mutate(graphql, "bookSession", slot, "cursor"))).toEqual(["COACH_INACTIVE"]);
  const said = await graphql('{ journal(last: 1, types: ["coach.erased"]) { nodes { subjectId data } } }');
  const [entry] = payload<{ nodes: { subjectId: string; data: { erasedSubjects: string[] } }[] }>(
    said,
    "journal",
  ).nodes;
  expect(entry?.subjectId).toBe(id);
  expect(entry?.data.erasedSubjects.map((subject) => subject.split("_")[0])).toEqual(["coach", "invitation"]);
});
