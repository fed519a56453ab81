import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { TestClock } from "../../test/clock.ts";
import { type Mailbox, openMailbox } from "../../test/people.ts";

const mutation = `mutation ($input: EnrollInput!) {
  enroll(input: $input) { accepted cursor userErrors { code message field } }
}`;

interface Enrolled {
  readonly accepted: boolean;
  readonly cursor: string | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] }[];
}

const clock = new TestClock();
let app: TestApp;
let mailbox: Mailbox;
let owner: pg.Client;
let people = 0;

beforeAll(async () => {
  app = await startApp({ clock });
  mailbox = await openMailbox(app);
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await mailbox[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

function person(name: string): { name: string; email: string } {
  people += 1;
  return { name, email: `${name.toLowerCase()}-${people}@example.com` };
}

async function enroll(input: object, credential = app.tenant.publishableKey): Promise<Enrolled> {
  return payload<Enrolled>(await app.graphql(mutation, { input }, credential), "enroll");
}

/** What is known of a client, as the team sees it. */
async function read(email: string): Promise<Record<string, unknown> | undefined> {
  const answer = await app.graphql(
    `query ($email: String!) { clients(first: 1, filter: { email: { eq: $email } }) { nodes {
      name phone timeZone locale hasLogin consents { purpose textVersion address }
      learners { name email grade goals subjects hasLogin payer { email } }
    } } }`,
    { email },
  );
  return payload<{ nodes: Record<string, unknown>[] }>(answer, "clients").nodes[0];
}

async function count(table: string): Promise<number> {
  const { rows } = await owner.query<{ rows: string }>(`SELECT count(*) AS rows FROM ${table}`);
  return Number(rows[0]?.rows);
}

describe("enroll", () => {
  it("takes a client with learners and consent, and mails a login to everybody with an e-mail address", async () => {
    const amel = person("Amel");
    const sami = person("Sami");
    const enrolled = await enroll({
      client: {
        ...amel,
        email: ` ${amel.email.toUpperCase()} `,
        phone: "+216 20 123 456",
        timeZone: "africa/tunis",
        locale: "fr-tn",
      },
      learners: [
        { ...sami, grade: " Terminale ", goals: ["Grand Oral: 16/20"], subjects: ["Maths", "Maths", "Physique"] },
        { name: "Lina", grade: "6e" },
      ],
      consent: [{ purpose: "terms", textVersion: "2026-10" }],
    });
    expect(enrolled).toEqual({ accepted: true, cursor: null, userErrors: [] });
    const learner = { hasLogin: false, payer: { email: amel.email }, goals: [], subjects: [] };
    expect(await read(amel.email)).toEqual({
      name: "Amel",
      phone: "+21620123456",
      timeZone: "Africa/Tunis",
      locale: "fr-TN",
      hasLogin: false,
      consents: [{ purpose: "terms", textVersion: "2026-10", address: expect.stringMatching(/127\.0\.0\.1|::1/) }],
      learners: expect.arrayContaining([
        { ...learner, ...sami, grade: "Terminale", goals: ["Grand Oral: 16/20"], subjects: ["Maths", "Physique"] },
        { ...learner, name: "Lina", email: null, grade: "6e" },
      ]),
    });
    expect(await mailbox.kinds(amel.email)).toEqual(["WELCOME"]);
    expect(await mailbox.kinds(sami.email)).toEqual(["WELCOME"]);
  });

  it("makes the logins of the mailed links: a client, and a learner, each with their own profile", async () => {
    const amel = person("Amel");
    const sami = person("Sami");
    await enroll({ client: amel, learners: [sami] });
    const viewer = "{ viewer { role client { email } learner { email } coach { id } } }";
    const client = await app.graphql(viewer, {}, await mailbox.join(amel.email));
    expect(client.data?.["viewer"]).toEqual({
      role: "CLIENT",
      client: { email: amel.email },
      learner: null,
      coach: null,
    });
    const learner = await app.graphql(viewer, {}, await mailbox.join(sami.email));
    expect(learner.data?.["viewer"]).toEqual({
      role: "LEARNER",
      client: null,
      learner: { email: sami.email },
      coach: null,
    });
    expect(await read(amel.email)).toMatchObject({ hasLogin: true, learners: [{ hasLogin: true }] });
  });

  it("gives a client who learns himself one login for both", async () => {
    const nour = person("Nour");
    await enroll({ client: nour, learners: [{ isClient: true, grade: "Licence" }] });
    expect(await mailbox.kinds(nour.email)).toEqual(["WELCOME"]);
    const token = await mailbox.join(nour.email);
    const answer = await app.graphql("{ viewer { client { name } learner { name grade } } }", {}, token);
    expect(answer.data?.["viewer"]).toEqual({ client: { name: "Nour" }, learner: { name: "Nour", grade: "Licence" } });
  });

  it("answers a known e-mail like a new one, writes nothing, and mails the person instead", async () => {
    const amel = person("Amel");
    const first = await enroll({ client: amel, learners: [{ name: "Sami" }] });
    await mailbox.join(amel.email);
    const before = [await count("client"), await count("learner"), await count("invitation"), await read(amel.email)];
    const again = await enroll({
      client: { ...amel, name: "Mallory" },
      learners: [{ name: "Other" }, person("Child")],
    });
    expect(again).toEqual(first);
    expect([await count("client"), await count("learner"), await count("invitation"), await read(amel.email)]).toEqual(
      before,
    );
    await enroll({ client: amel, learners: [{ name: "Sami" }] });
    expect(await mailbox.kinds(amel.email)).toEqual(["WELCOME", "DUPLICATE_ENROLMENT"]); // one a day
  });

  it("mails a waiting client another link, not more often than once in an hour", async () => {
    const amel = person("Amel");
    const input = { client: amel, learners: [{ name: "Sami" }] };
    await enroll(input);
    const first = await mailbox.link(amel.email);
    await enroll(input);
    expect(await mailbox.link(amel.email)).toBe(first);
    clock.advance({ hours: 1 });
    await enroll(input);
    expect(await mailbox.link(amel.email)).not.toBe(first);
    expect(await mailbox.kinds(amel.email)).toEqual(["WELCOME", "WELCOME"]);
    const token = await mailbox.join(amel.email);
    const answer = await app.graphql("{ viewer { client { email } } }", {}, token);
    expect(answer.data?.["viewer"]).toEqual({ client: { email: amel.email } });
  });

  it("doesn't give a stranger's learner the login, or the file, of somebody who has that e-mail", async () => {
    const sami = person("Sami");
    await enroll({ client: person("Amel"), learners: [sami] });
    const token = await mailbox.join(sami.email);
    const mallory = person("Mallory");
    expect(await enroll({ client: mallory, learners: [{ name: "Sami", email: sami.email }] })).toMatchObject({
      accepted: true,
    });
    expect(await mailbox.kinds(sami.email)).toEqual(["WELCOME", "DUPLICATE_ENROLMENT"]);
    const own = await app.graphql(
      "{ learners { nodes { name clients { name } } } viewer { learner { id } } }",
      {},
      token,
    );
    expect(payload<{ nodes: unknown[] }>(own, "learners").nodes).toHaveLength(1);
    expect(await read(mallory.email)).toMatchObject({ learners: [{ email: sami.email, hasLogin: false }] });
  });

  it("leaves an invitation to the team as it is", async () => {
    const tea = person("Tea");
    const { secret } = await ownerToken();
    const invited = await app.graphql(
      "mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { token } }",
      { input: { email: tea.email, role: "ASSISTANT" } },
      secret,
    );
    const { token } = payload<{ token: string }>(invited, "inviteMember");
    expect(await enroll({ client: tea, learners: [{ name: "Sami" }] })).toEqual({
      accepted: true,
      cursor: null,
      userErrors: [],
    });
    expect(await read(tea.email)).toBeUndefined();
    const accepted = await app.graphql(
      "mutation ($input: AcceptInviteInput!) { acceptInvite(input: $input) { member { role } } }",
      { input: { token, name: "Tea", password: "correct horse battery staple" } },
      null,
    );
    expect(payload<object>(accepted, "acceptInvite")).toEqual({ member: { role: "ASSISTANT" } });
  });

  it("takes one of many that come at once with the same e-mail, and answers all alike", async () => {
    const amel = person("Amel");
    const input = { client: amel, learners: [person("Sami")] };
    const answers = await Promise.all(Array.from({ length: 8 }, () => enroll(input)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ accepted: true, cursor: null, userErrors: [] })]),
    );
    expect(await mailbox.kinds(amel.email)).toEqual(["WELCOME"]);
  });

  it("answers a form that a program filled as always, and stores nothing", async () => {
    const bot = person("Bot");
    const input = { client: bot, learners: [{ name: "Sami" }], honeypot: "x" };
    expect(await enroll(input)).toEqual({ accepted: true, cursor: null, userErrors: [] });
    expect(await read(bot.email)).toBeUndefined();
    expect(await mailbox.kinds(bot.email)).toEqual([]);
  });

  const good = { client: { name: "Amel", email: "bad-input@example.com" }, learners: [{ name: "Sami" }] };
  it.each([
    ["no learner", { ...good, learners: [] }, "LEARNERS_MISSING", ["input", "learners"]],
    [
      "too many",
      { ...good, learners: Array.from({ length: 11 }, () => ({ name: "S" })) },
      "TOO_MANY_LEARNERS",
      ["input", "learners"],
    ],
    [
      "two clients who learn",
      { ...good, learners: [{ isClient: true }, { isClient: true }] },
      "TOO_MANY_LEARNERS",
      ["input", "learners"],
    ],
    [
      "a client without a name",
      { ...good, client: { ...good.client, name: " " } },
      "NAME_INVALID",
      ["input", "client", "name"],
    ],
    [
      "a name with a link",
      { ...good, client: { ...good.client, name: "Win at www.example.com" } },
      "NAME_INVALID",
      ["input", "client", "name"],
    ],
    ["a learner without a name", { ...good, learners: [{}] }, "NAME_INVALID", ["input", "learners", "0", "name"]],
    [
      "no e-mail address",
      { ...good, client: { ...good.client, email: "amel" } },
      "EMAIL_INVALID",
      ["input", "client", "email"],
    ],
    [
      "a learner's bad e-mail",
      { ...good, learners: [{ name: "S", email: "@" }] },
      "EMAIL_INVALID",
      ["input", "learners", "0", "email"],
    ],
    [
      "the same e-mail twice",
      { ...good, learners: [{ name: "S", email: "BAD-INPUT@example.com" }] },
      "EMAIL_REPEATED",
      ["input", "learners", "0", "email"],
    ],
    [
      "a bad phone number",
      { ...good, client: { ...good.client, phone: "+216 1" } },
      "PHONE_INVALID",
      ["input", "client", "phone"],
    ],
    [
      "a bad time zone",
      { ...good, client: { ...good.client, timeZone: "+01:00" } },
      "TIME_ZONE_INVALID",
      ["input", "client", "timeZone"],
    ],
    [
      "a bad language",
      { ...good, client: { ...good.client, locale: "x" } },
      "LOCALE_INVALID",
      ["input", "client", "locale"],
    ],
    [
      "a long grade",
      { ...good, learners: [{ name: "S", grade: "x".repeat(101) }] },
      "GRADE_INVALID",
      ["input", "learners", "0", "grade"],
    ],
    [
      "an empty goal",
      { ...good, learners: [{ name: "S", goals: ["a", " "] }] },
      "GOALS_INVALID",
      ["input", "learners", "0", "goals", "1"],
    ],
    [
      "many subjects",
      { ...good, learners: [{ name: "S", subjects: Array.from({ length: 21 }, String) }] },
      "SUBJECTS_INVALID",
      ["input", "learners", "0", "subjects"],
    ],
    [
      "an empty consent",
      { ...good, consent: [{ purpose: "", textVersion: "1" }] },
      "CONSENT_INVALID",
      ["input", "consent", "0", "purpose"],
    ],
  ])("refuses %s and writes nothing", async (_what, input, code, field) => {
    const before = [await count("client"), await count("learner"), await count("invitation"), await count("mail")];
    expect(await enroll(input)).toMatchObject({ accepted: false, cursor: null, userErrors: [{ code, field }] });
    expect([await count("client"), await count("learner"), await count("invitation"), await count("mail")]).toEqual(
      before,
    );
  });

  it("is the same once, however often it is sent with one idempotency key", async () => {
    const amel = person("Amel");
    const keyed = `mutation ($input: EnrollInput!) { enroll(input: $input) @idempotent(key: "enroll-${amel.email}") { accepted userErrors { code } } }`;
    const input = { client: amel, learners: [{ name: "Sami" }] };
    const answers = [];
    for (let n = 0; n < 2; n++) answers.push((await app.graphql(keyed, { input }, app.tenant.publishableKey)).data);
    expect(answers[1]).toEqual(answers[0]);
    expect(await mailbox.kinds(amel.email)).toEqual(["WELCOME"]);
  });
});

async function ownerToken(): Promise<{ secret: string }> {
  const { ownerEmail: email, ownerPassword: password } = app.tenant;
  const answer = await app.graphql(
    "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }",
    { input: { email, password } },
    null,
  );
  const { tokens } = payload<{ tokens: { accessToken: string } }>(answer, "signIn");
  return { secret: tokens.accessToken };
}
