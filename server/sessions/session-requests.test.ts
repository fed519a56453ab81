import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Email } from "postal-mime";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { mutate } from "../../test/calendar.ts";
import { TestClock } from "../../test/clock.ts";
import { type Booked, book, createFamily, createOffer, type Family } from "../../test/sessions.ts";
import { waitFor } from "../../test/wait-for.ts";

// Sessions that somebody has to confirm, and the links in mails.

const monday = "2026-11-23T10:00:00Z";
const in3Days = "2026-11-26T14:00:00Z";
const clock = new TestClock(monday);

let app: TestApp;
let graphql: TestApp["graphql"];

beforeAll(async () => {
  app = await startApp({ clock });
  graphql = (query, variables, credential) => app.graphql(query, variables, credential);
});

afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

interface Stage extends Family {
  readonly coachId: string;
  readonly coachEmail: string;
  readonly id: string;
}

let coaches = 0;

async function stage(settings: object = {}): Promise<Stage> {
  clock.set(monday);
  coaches += 1;
  const coachEmail = `coach-${coaches}@example.com`;
  const family = await createFamily(graphql, 2);
  const offer = await createOffer(graphql, settings, { email: coachEmail });
  const answer: Booked = await book(graphql, { learnerId: family.learnerId, ...offer, startsAt: in3Days });
  if (answer.session === null) throw new Error(JSON.stringify(answer));
  return { ...family, ...offer, coachEmail, id: answer.session.id };
}

/** The newest mail to somebody whose subject begins so, once it has gone out. */
async function mailTo(email: string, subject: string): Promise<Email> {
  let found: Email | undefined;
  await waitFor(async () => {
    await app.runDue();
    const mails = await app.mails();
    found = mails.findLast((mail) => mail.to?.[0]?.address === email && mail.subject?.startsWith(subject));
    return found !== undefined;
  });
  if (found === undefined) throw new Error(`no mail "${subject}" to ${email}`);
  return found;
}

async function kindsTo(email: string): Promise<string[]> {
  const answer = await graphql(
    "query ($to: String!) { mails(first: 50, filter: { to: { eq: $to } }) { nodes { kind state } } }",
    { to: email },
  );
  const { nodes } = payload<{ nodes: { kind: string; state: string }[] }>(answer, "mails");
  return nodes.flatMap(({ kind, state }) => (kind === "WELCOME" || state === "CANCELLED" ? [] : [kind])).toSorted();
}

async function accountOf({ clientId }: Family): Promise<unknown> {
  const answer = await graphql("query ($id: ID!) { creditAccount(clientId: $id) { usable held } }", { id: clientId });
  return payload(answer, "creditAccount");
}

const calendarOf = (mail: Email) => {
  const file = mail.attachments.find(({ mimeType }) => mimeType === "text/calendar");
  const content = file?.content;
  return typeof content === "string" || content === undefined ? content : new TextDecoder().decode(content);
};

describe("a session that has to be confirmed", () => {
  it("is told of as a request, and as an invitation once it is confirmed", async () => {
    const made = await stage({ isConfirmedAtBooking: false });
    const requested = await mailTo(made.clientEmail, "Session requested");
    expect(requested.text).toContain("as soon as it is confirmed");
    expect(calendarOf(requested)).toBeUndefined();
    await mailTo(made.learnerEmail, "Session requested");
    const asked = await mailTo(made.coachEmail, "Please confirm");
    expect(asked.text).toContain('Sami would like the session "Lesson" with you.');
    expect(await kindsTo(made.clientEmail)).toEqual(["SESSION_REQUESTED"]);

    await mutate(graphql, "confirmSession", { id: made.id }, "cursor");
    const confirmed = await mailTo(made.clientEmail, "Session confirmed");
    expect(calendarOf(confirmed)).toContain("METHOD:REQUEST");
    expect(await kindsTo(made.clientEmail)).toEqual(["BOOKING_CONFIRMED", "SESSION_REMINDER", "SESSION_REQUESTED"]);
    expect(await kindsTo(made.coachEmail)).toEqual(["BOOKING_CONFIRMED", "SESSION_REMINDER", "SESSION_TO_CONFIRM"]);
  });

  it("gives its credits back and says so when it is declined", async () => {
    const made = await stage({ isConfirmedAtBooking: false });
    expect(await accountOf(made)).toEqual({ usable: 1, held: 1 });
    await mutate(graphql, "cancelSession", { id: made.id, reason: "At an exam that day" }, "refundedCredits");
    const declined = await mailTo(made.clientEmail, "Session not confirmed");
    expect(declined.text).toContain("was declined");
    expect(declined.text).toContain("At an exam that day");
    expect(declined.text).toContain("1 credit went back to your account.");
    expect(calendarOf(declined)).toBeUndefined(); // no calendar has heard of it
    expect((await mailTo(made.learnerEmail, "Session not confirmed")).text).not.toContain("credit");
    expect(await accountOf(made)).toEqual({ usable: 2, held: 0 });
    expect(await kindsTo(made.clientEmail)).toEqual(["SESSION_DECLINED", "SESSION_REQUESTED"]);
  });

  it("ends when nobody confirms it before it would begin, once, also when that is looked at late", async () => {
    const made = await stage({ isConfirmedAtBooking: false });
    clock.set("2026-11-26T13:59:59.999Z");
    await app.runDue();
    expect(await accountOf(made)).toEqual({ usable: 1, held: 1 });
    clock.set("2026-11-26T16:00:00Z");
    await Promise.all([app.runDue(), app.runDue()]);
    const answer = await graphql("query ($id: ID!) { session(id: $id) { status version bookings { payment } } }", {
      id: made.id,
    });
    expect(payload(answer, "session")).toEqual({
      status: "CANCELLED",
      version: 2,
      bookings: [{ payment: "RETURNED" }],
    });
    expect(await accountOf(made)).toEqual({ usable: 2, held: 0 });
    const told = await mailTo(made.clientEmail, "Session not confirmed");
    expect(told.text).toContain("Nobody confirmed");
    const late = await mutate(graphql, "confirmSession", { id: made.id }, "cursor");
    expect(late).toMatchObject({ userErrors: [{ code: "NOT_OPEN" }] });
  });
});

describe("the link in a session's mails", () => {
  const linkIn = (mail: Email) => /http:\S+\/session\/[\w-]+/.exec(mail.text ?? "")?.[0] ?? "";
  const open = (link: string) => fetch(link, { redirect: "manual" });

  it("waits until ten minutes before the start, then leads into the room, and ends with the session", async () => {
    const made = await stage({ name: "Maths <b>" });
    const link = linkIn(await mailTo(made.clientEmail, "Session confirmed"));
    const invitation = calendarOf(await mailTo(made.clientEmail, "Session confirmed"))?.replaceAll(/\r?\n[ \t]/g, "");
    expect(invitation).toContain(link);
    const early = await open(link);
    const page = await early.text();
    expect([early.status, early.headers.get("refresh")]).toEqual([200, "300"]);
    expect(early.headers.get("cache-control")).toContain("no-store");
    expect(page).toContain("The room opens on Thursday, November 26, 2026 at 1:50");
    expect(page).toContain("Maths &lt;b&gt;");
    expect(page).not.toContain("meet.jit.si");
    clock.set("2026-11-26T13:49:50Z");
    expect((await open(link)).headers.get("refresh")).toBe("10");
    clock.set("2026-11-26T13:50:00Z");
    const room = (await open(link)).headers.get("location");
    expect(room).toMatch(/^https:\/\/meet\.jit\.si\/[0-9a-f]{32}$/);
    const coachLink = linkIn(await mailTo(made.coachEmail, "Session confirmed"));
    expect(coachLink).not.toBe(link);
    expect((await open(coachLink)).headers.get("location")).toBe(room);
    clock.set("2026-11-26T15:00:00Z");
    expect(await (await open(link)).text()).toContain("This session is over.");
    expect((await open(`${link.slice(0, -1)}${link.endsWith("A") ? "B" : "A"}`)).status).toBe(404);
  });

  it("opens nothing to who has given up his place, nor to a coach who has it no more", async () => {
    const made = await stage();
    const [client, coach] = await Promise.all(
      [made.clientEmail, made.coachEmail].map(async (email) => linkIn(await mailTo(email, "Session confirmed"))),
    );
    const other = await createOffer(graphql, {}, { email: "coach-other@example.com" });
    const type = await graphql("query ($id: ID!) { session(id: $id) { typeId } }", { id: made.id });
    const { typeId } = payload<{ typeId: string }>(type, "session");
    await mutate(
      graphql,
      "updateSessionType",
      { id: typeId, coachIds: [made.coachId, other.coachId] },
      "sessionType { id }",
    );
    const moved = { id: made.id, startsAt: "2026-11-26T15:00:00Z", coachId: other.coachId };
    expect(await mutate(graphql, "rescheduleSession", moved, "cursor")).toMatchObject({ userErrors: [] });
    const gone = await mailTo(made.coachEmail, "Session cancelled");
    expect(calendarOf(gone)).toContain("METHOD:CANCEL");
    clock.set("2026-11-26T14:55:00Z");
    expect(await (await open(coach ?? "")).text()).toContain("was cancelled");
    expect((await open(client ?? "")).status).toBe(303);
    await mutate(graphql, "cancelSession", { id: made.id }, "cursor");
    expect(await (await open(client ?? "")).text()).toContain("was cancelled");
  });
});
