import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { type Mailbox, openMailbox } from "../../test/people.ts";
import { recordStatements } from "../../test/recorded-statements.ts";
import { toUuid } from "../operations/ids.ts";

let app: TestApp;
let mailbox: Mailbox;
let owner: pg.Client;

beforeAll(async () => {
  app = await startApp();
  mailbox = await openMailbox(app);
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await mailbox[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

interface Answer {
  readonly cursor: string | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
  readonly [entity: string]: unknown;
}

async function run(field: string, selection: string, input: object, credential?: string): Promise<Answer> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} cursor userErrors { code field } } }`;
  return payload<Answer>(await app.graphql(query, { input }, credential), field);
}

async function create<Entity extends { id: string }>(field: string, entity: string, selection: string, input: object) {
  const answer = await run(field, `${entity} { id ${selection} }`, input);
  expect(answer.userErrors).toEqual([]);
  return answer[entity] as Entity;
}

const client = (input: object) => create<{ id: string; version: number }>("createClient", "client", "version", input);
const learner = (input: object) => create<{ id: string; version: number }>("addLearner", "learner", "version", input);
const coach = (input: object) =>
  create<{ id: string; version: number }>("createCoach", "coach", "version", {
    subjects: [],
    modes: ["ONLINE"],
    ...input,
  });

async function entriesOf(id: string): Promise<{ type: string; data: unknown; personal: unknown }[]> {
  const { rows } = await owner.query<{ type: string; data: unknown; personal: unknown }>(
    "SELECT type, data, personal FROM journal_entry WHERE subject_id = $1 ORDER BY position",
    [toUuid("Client", id)],
  );
  return rows;
}

describe("clients", () => {
  it("are added once for an e-mail address, and with the tenant's time zone and language unless told", async () => {
    const input = { name: "Amel", email: "Amel@Example.com" };
    const added = await run("createClient", "client { id email timeZone locale }", input);
    expect(added).toMatchObject({ client: { email: "amel@example.com", timeZone: "UTC" }, userErrors: [] });
    expect(added.cursor).not.toBeNull();
    const again = await run("createClient", "client { id }", input);
    const { id } = added["client"] as { id: string };
    expect(again).toEqual({
      client: { id },
      cursor: null,
      userErrors: [{ code: "EMAIL_TAKEN", field: ["input", "email"] }],
    });
  });

  it("change by version, and keep what isn't said", async () => {
    const { id } = await client({ name: "Bela", email: "bela@example.com", phone: "+216 20 123 456" });
    const selection = "client { name phone timeZone version }";
    expect(await run("updateClient", selection, { id, expectedVersion: 1, timeZone: "africa/tunis" })).toMatchObject({
      client: { name: "Bela", phone: "+21620123456", timeZone: "Africa/Tunis", version: 2 },
    });
    expect(await run("updateClient", selection, { id, expectedVersion: 1, name: "Other" })).toEqual({
      client: { name: "Bela", phone: "+21620123456", timeZone: "Africa/Tunis", version: 2 },
      cursor: null,
      userErrors: [{ code: "CONFLICT", field: ["input", "expectedVersion"] }],
    });
    expect(await run("updateClient", selection, { id, phone: null })).toMatchObject({
      client: { phone: null, version: 3 },
    });
    expect(await run("updateClient", selection, { id, phone: "" })).toMatchObject({
      client: { version: 3 },
      cursor: null,
    });
    expect(await run("updateClient", selection, { id, name: null })).toMatchObject({
      client: null,
      userErrors: [{ code: "NAME_INVALID", field: ["input", "name"] }],
    });
  });

  it("leave their personal data apart in the journal", async () => {
    const { id } = await client({ name: "Chiraz", email: "chiraz@example.com" });
    await run("updateClient", "client { id }", { id, name: "Chiraz B." });
    const entries = await entriesOf(id);
    expect(entries.map(({ type }) => type)).toEqual(["client.created", "client.updated"]);
    expect(JSON.stringify(entries.map(({ data }) => data))).not.toMatch(/chiraz/i);
    expect(entries[1]).toMatchObject({ data: { fields: ["name"] }, personal: { name: "Chiraz B." } });
  });
});

describe("learners", () => {
  it("take time zone and language of their client, and change their file", async () => {
    const amel = await client({ name: "Dora", email: "dora@example.com", timeZone: "Africa/Tunis", locale: "fr-TN" });
    const { id } = await learner({ clientId: amel.id, name: "Sami", grade: "3e", goals: ["Read"] });
    const selection = "learner { grade goals subjects timeZone locale version }";
    const before = { grade: "3e", goals: ["Read"], subjects: [], timeZone: "Africa/Tunis", locale: "fr-TN" };
    expect(await run("updateLearner", selection, { id })).toMatchObject({
      learner: { ...before, version: 1 },
      cursor: null,
    });
    expect(await run("updateLearner", selection, { id, grade: null, subjects: ["Maths"] })).toMatchObject({
      learner: { ...before, grade: null, subjects: ["Maths"], version: 2 },
    });
    expect(await run("updateLearner", selection, { id, expectedVersion: 1 })).toMatchObject({
      learner: { version: 2 },
      userErrors: [{ code: "CONFLICT" }],
    });
  });

  it("have one client who pays, whoever else they have", async () => {
    const [one, two] = [
      await client({ name: "One", email: "one@example.com" }),
      await client({ name: "Two", email: "two@example.com" }),
    ];
    const { id } = await learner({ clientId: one.id, name: "Sami" });
    const selection = "learner { payer { name } clients { name } }";
    const link = (input: object) => run("linkLearner", selection, { learnerId: id, ...input });
    expect(await link({ clientId: two.id })).toMatchObject({
      learner: { payer: { name: "One" }, clients: [{ name: "One" }, { name: "Two" }] },
    });
    expect(await link({ clientId: two.id, isPrimary: true })).toMatchObject({
      learner: { payer: { name: "Two" }, clients: [{ name: "Two" }, { name: "One" }] },
    });
    expect(await link({ clientId: two.id })).toMatchObject({ learner: { payer: { name: "Two" } }, cursor: null });
    expect(await link({ clientId: id })).toMatchObject({
      userErrors: [{ code: "NOT_FOUND", field: ["input", "clientId"] }],
    });
  });

  it("stay with one payer when two are made the payer at once", async () => {
    const clients = await Promise.all(
      Array.from({ length: 6 }, (_, n) => client({ name: `Payer ${n}`, email: `payer-${n}@example.com` })),
    );
    const [first] = clients;
    const { id } = await learner({ clientId: first?.id, name: "Sami" });
    const links = await Promise.all(
      clients.map((each) => run("linkLearner", "cursor", { learnerId: id, clientId: each.id, isPrimary: true })),
    );
    expect(links.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    const answer = await app.graphql("query ($id: ID!) { learner(id: $id) { payer { id } clients { id } } }", { id });
    const { payer, clients: all } = payload<{ payer: object | null; clients: unknown[] }>(answer, "learner");
    expect(payer).not.toBeNull();
    expect(all).toHaveLength(6);
  });

  it("are at most 50 of one client", async () => {
    const { id } = await client({ name: "Big", email: "big@example.com" });
    for (let n = 0; n < 50; n++) await learner({ clientId: id, name: `Child ${n}` });
    expect(await run("addLearner", "learner { id }", { clientId: id, name: "One more" })).toEqual({
      learner: null,
      cursor: null,
      userErrors: [{ code: "TOO_MANY_LEARNERS", field: ["input", "clientId"] }],
    });
  }, 30_000);

  it("get the login that their e-mail has, from the team; a client's word proves nothing", async () => {
    const { id } = await client({ name: "Emna", email: "emna@example.com" });
    const token = await mailbox.join("emna@example.com", "Emna");
    const input = { clientId: id, name: "Emna", email: "emna@example.com" };
    expect(await run("addLearner", "learner { hasLogin }", input, token)).toMatchObject({
      learner: { hasLogin: false },
    });
    expect(await run("addLearner", "learner { hasLogin }", input)).toMatchObject({ learner: { hasLogin: true } });
    const answer = await app.graphql("{ viewer { client { name } learner { name } } }", {}, token);
    expect(answer.data?.["viewer"]).toEqual({ client: { name: "Emna" }, learner: { name: "Emna" } });
  });
});

describe("coaches", () => {
  it("have a pseudonym that no other coach has", async () => {
    await coach({ pseudonym: "Hélios", name: "Real" });
    const input = { pseudonym: " Hélios ", name: "Other", subjects: [], modes: ["ONLINE"] };
    const taken = [{ code: "PSEUDONYM_TAKEN", field: ["input", "pseudonym"] }];
    expect(await run("createCoach", "coach { id }", input)).toEqual({ coach: null, cursor: null, userErrors: taken });
    const { id } = await coach({ pseudonym: "Séléné", name: "Real" });
    expect(await run("updateCoach", "coach { id }", { id, pseudonym: "Hélios" })).toMatchObject({ userErrors: taken });
    const many = Array.from({ length: 5 }, () => run("createCoach", "coach { id }", { ...input, pseudonym: "Éos" }));
    const created = (await Promise.all(many)).filter(({ userErrors }) => userErrors.length === 0);
    expect(created).toHaveLength(1);
  });

  it.each([
    ["PSEUDONYM_INVALID", { pseudonym: "" }],
    ["NAME_INVALID", { name: "\u0007" }],
    ["EMAIL_INVALID", { email: "x" }],
    ["BIO_TOO_LONG", { bio: "x".repeat(5_001) }],
    ["SUBJECTS_INVALID", { subjects: [" "] }],
    ["MODES_MISSING", { modes: [] }],
    ["TIME_ZONE_INVALID", { timeZone: "Mars/Olympus" }],
    ["LOCALE_INVALID", { locale: "??" }],
  ])("are refused with %s", async (code, bad) => {
    const input = { pseudonym: "Bad", name: "Bad", subjects: [], modes: ["ONLINE"], ...bad };
    const refused = { coach: null, cursor: null, userErrors: [{ code }] };
    expect(await run("createCoach", "coach { id }", input)).toMatchObject(refused);
  });

  it("join by the mailed link, or by a later invitation that stands for it", async () => {
    const viewer = "{ viewer { role coach { pseudonym name hasLogin } } }";
    const expected = (pseudonym: string) => ({ role: "COACH", coach: { pseudonym, name: "Real", hasLogin: true } });
    await coach({ pseudonym: "Atlas", name: "Real", email: "atlas@example.com" });
    const mailed = await mailbox.join("atlas@example.com");
    expect((await app.graphql(viewer, {}, mailed)).data?.["viewer"]).toEqual(expected("Atlas"));

    await coach({ pseudonym: "Rhéa", name: "Real", email: "rhea@example.com" });
    const { ownerEmail: email, ownerPassword: password } = app.tenant;
    const signIn = `mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }`;
    const signedIn = await app.graphql(signIn, { input: { email, password } }, null);
    const { accessToken } = payload<{ tokens: { accessToken: string } }>(signedIn, "signIn").tokens;
    const invited = await run("inviteMember", "token", { email: "rhea@example.com", role: "COACH" }, accessToken);
    await expect(mailbox.join("rhea@example.com")).rejects.toThrow("TOKEN_INVALID");
    const accepted = await app.graphql(
      "mutation ($input: AcceptInviteInput!) { acceptInvite(input: $input) { tokens { accessToken } } }",
      { input: { token: invited["token"], name: "Rhea", password } },
      null,
    );
    const { tokens } = payload<{ tokens: { accessToken: string } }>(accepted, "acceptInvite");
    expect((await app.graphql(viewer, {}, tokens.accessToken)).data?.["viewer"]).toEqual(expected("Rhéa"));
  });
});

describe("lists of people", () => {
  const names = async (query: string) => {
    const answer = await app.graphql(query);
    const [field = ""] = Object.keys(answer.data ?? {});
    return payload<{ nodes: { name: string }[] }>(answer, field).nodes.map(({ name }) => name);
  };

  it("are filtered and ordered, and paged without a gap", async () => {
    const { id } = await client({ name: "Zed", email: "zed@example.com" });
    for (const [name, grade] of [
      ["z-b", "2"],
      ["z-a", "2"],
      ["z-d", null],
      ["z-c", "1"],
    ]) {
      await learner({ clientId: id, name, grade, subjects: [`z-${grade}`] });
    }
    const list = (args: string) =>
      names(`{ learners(filter: { name: { startsWith: "z-" } } ${args}) { nodes { name } } }`);
    expect(await list("orderBy: [{ field: NAME }]")).toEqual(["z-a", "z-b", "z-c", "z-d"]);
    expect(await list("orderBy: [{ field: GRADE }, { field: NAME, direction: DESC }]")).toEqual([
      "z-c",
      "z-b",
      "z-a",
      "z-d",
    ]);
    expect(await names(`{ learners(filter: { subjects: { some: { eq: "z-1" } } }) { nodes { name } } }`)).toEqual([
      "z-c",
    ]);
    expect(await names(`{ clients(filter: { email: { contains: "ZED@" } }) { nodes { name } } }`)).toEqual(["Zed"]);
    const walked: string[] = [];
    let after: string | null = null;
    do {
      const page = await app.graphql(
        `query ($after: Cursor) { learners(first: 1, after: $after, filter: { name: { startsWith: "z-" } }, orderBy: [{ field: GRADE }]) {
          nodes { name } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      const { nodes, pageInfo } = payload<{
        nodes: { name: string }[];
        pageInfo: { hasNextPage: boolean; endCursor: string };
      }>(page, "learners");
      walked.push(...nodes.map(({ name }) => name));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null && walked.length < 10);
    expect(walked.toSorted()).toEqual(["z-a", "z-b", "z-c", "z-d"]);
  });

  it("read what belongs to people with one statement for each kind", async () => {
    const query = (
      first: number,
    ) => `{ learners(first: ${first}) { nodes { name clients { name } payer { name } coaches { pseudonym }
      subjectProgress { subject } progress(first: 1) { nodes { mark } } coachNotes(first: 1) { nodes { body } } } } }`;
    const count = async (first: number) => {
      const statements = await recordStatements(async () => {
        expect((await app.graphql(query(first))).errors).toBeUndefined();
      });
      return statements.filter((text) => /\b(?:client|learner|coach|coach_note|learner_progress)\b/.test(text)).length;
    };
    expect(await count(20)).toBe(await count(1));
  });
});
