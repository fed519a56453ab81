import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp } from "../../test/app.ts";
import { type Mailbox, openMailbox } from "../../test/people.ts";
import { toUuid } from "../operations/ids.ts";

// Two families and two coaches: Hélios coaches Sami, of Amel's. Everybody asks for everything.

let app: TestApp;
let mailbox: Mailbox;
let owner: pg.Client;
const id: Record<string, string> = {};
const token: Record<string, string> = {};

beforeAll(async () => {
  app = await startApp();
  mailbox = await openMailbox(app);
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
  for (const [client, learner] of [
    ["amel", "sami"],
    ["bela", "tarek"],
  ] as const) {
    id[client] = await created("createClient", "client", { name: client, email: `${client}@example.com` });
    const input = { clientId: id[client], name: learner, email: `${learner}@example.com`, grade: "Terminale" };
    id[learner] = await created("addLearner", "learner", input);
  }
  for (const coach of ["helios", "selene"]) {
    const input = {
      pseudonym: coach,
      name: `Real ${coach}`,
      email: `${coach}@example.com`,
      subjects: ["Maths"],
      modes: ["ONLINE"],
    };
    id[coach] = await created("createCoach", "coach", input);
  }
  for (const name of ["amel", "sami", "bela", "tarek", "helios", "selene"]) {
    token[name] = await mailbox.join(`${name}@example.com`, name);
  }
  token["assistant"] = await invite("assistant@example.com", "ASSISTANT");
  // What booking a session does.
  await owner.query(
    `INSERT INTO coach_learner (tenant_id, coach_id, learner_id, since)
     SELECT tenant_id, $1, id, now() FROM learner WHERE id = $2`,
    [toUuid("Coach", id["helios"] ?? ""), toUuid("Learner", id["sami"] ?? "")],
  );
  await owner.query(
    `INSERT INTO learner_progress (tenant_id, learner_id, subject, mark, recorded_at)
     SELECT tenant_id, id, 'Maths', 40 + 20 * n, now() + n * interval '1 day' FROM learner, generate_series(0, 1) AS n WHERE id = $1`,
    [toUuid("Learner", id["sami"] ?? "")],
  );
  for (const [author, visibleTo] of [
    ["helios", "COACHES"],
    ["helios", "TEAM"],
    ["assistant", "TEAM"],
    ["assistant", "COACHES"],
  ] as const) {
    const input = { learnerId: id["sami"], body: `${author} ${visibleTo}`, visibleTo };
    id[`${author} ${visibleTo}`] = await created("addCoachNote", "note", input, token[author]);
  }
});

afterAll(async () => {
  await owner.end();
  await mailbox[Symbol.asyncDispose]();
  await app[Symbol.asyncDispose]();
});

async function run(field: string, selection: string, input: object, credential?: string) {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} userErrors { code } } }`;
  return app.graphql(query, { input }, credential);
}

async function created(field: string, entity: string, input: object, credential?: string): Promise<string> {
  const answer = await run(field, `${entity} { id }`, input, credential);
  const result = payload<Record<string, { id: string } | null>>(answer, field)[entity];
  if (result == null) throw new Error(`${field}: ${JSON.stringify(answer.data)}`);
  return result.id;
}

async function codes(field: string, input: object, credential: string | undefined): Promise<unknown> {
  const answer = await run(field, "cursor", input, credential);
  if (answer.errors !== undefined) return answer.errors.map(({ extensions }) => extensions["code"]);
  return payload<{ userErrors: { code: string }[] }>(answer, field).userErrors.map(({ code }) => code);
}

async function invite(email: string, role: string): Promise<string> {
  const { ownerEmail, ownerPassword: password } = app.tenant;
  const signedIn = await app.graphql(
    "mutation ($input: SignInInput!) { signIn(input: $input) { tokens { accessToken } } }",
    { input: { email: ownerEmail, password } },
    null,
  );
  const { accessToken } = payload<{ tokens: { accessToken: string } }>(signedIn, "signIn").tokens;
  const invited = await run("inviteMember", "token", { email, role }, accessToken);
  const accepted = await app.graphql(
    "mutation ($input: AcceptInviteInput!) { acceptInvite(input: $input) { tokens { accessToken } } }",
    { input: { token: payload<{ token: string }>(invited, "inviteMember").token, name: "Tea", password } },
    null,
  );
  return payload<{ tokens: { accessToken: string } }>(accepted, "acceptInvite").tokens.accessToken;
}

/** Names in a list, or the code of the refusal. */
async function names(field: string, credential: string | undefined, name = "name"): Promise<unknown> {
  const answer = await app.graphql(`{ ${field} { totalCount nodes { ${name} } } }`, {}, credential);
  if (answer.errors !== undefined) return answer.errors[0]?.extensions["code"];
  const { nodes, totalCount } = payload<{ totalCount: number; nodes: Record<string, unknown>[] }>(answer, field);
  expect(totalCount).toBe(nodes.length);
  return nodes.map((node) => node[name]).toSorted((a, b) => String(a).localeCompare(String(b), "en"));
}

const file = `query ($id: ID!) {
  learner(id: $id) { name clients { name } payer { name } coaches { pseudonym }
    subjectProgress { subject mark change marks } progress { nodes { mark } }
    coachNotes { totalCount nodes { body author { name } authorPseudonym } } }
  node(id: $id) { id }
}`;

describe("who sees whom", () => {
  it.each([
    ["an assistant", "assistant", ["amel", "bela"], ["sami", "tarek"]],
    ["a client", "amel", ["amel"], ["sami"]],
    ["another client", "bela", ["bela"], ["tarek"]],
    ["a learner", "sami", "FORBIDDEN", ["sami"]],
    ["a coach", "helios", "FORBIDDEN", ["sami"]],
    ["a coach without sessions", "selene", "FORBIDDEN", []],
  ])("%s", async (_what, who, clients, learners) => {
    expect(await names("clients", token[who])).toEqual(clients);
    expect(await names("learners", token[who])).toEqual(learners);
    expect(await names("coaches", token[who], "pseudonym")).toEqual(["helios", "selene"]);
  });

  it("the public sees coaches by pseudonym, and nobody else", async () => {
    const { publishableKey } = app.tenant;
    expect(await names("clients", publishableKey)).toBe("FORBIDDEN");
    expect(await names("learners", publishableKey)).toBe("FORBIDDEN");
    const answer = await app.graphql(
      `{ coaches(filter: { subjects: { some: { eq: "Maths" } }, modes: { some: { eq: ONLINE } } }) { nodes { pseudonym subjects modes bio name email locale hasLogin } } }`,
      {},
      publishableKey,
    );
    const { nodes } = payload<{ nodes: object[] }>(answer, "coaches");
    const hidden = { bio: null, name: null, email: null, locale: null, hasLogin: null };
    expect(nodes).toEqual(
      ["helios", "selene"].map((pseudonym) => ({ pseudonym, subjects: ["Maths"], modes: ["ONLINE"], ...hidden })),
    );
    expect(JSON.stringify(answer)).not.toContain("Real");
  });

  it("a coach sees his own real name, and others' pseudonyms", async () => {
    expect(await names("coaches", token["helios"])).toEqual([null, "Real helios"]);
    expect(await names("coaches", token["amel"])).toEqual([null, null]);
    expect(await names("coaches", token["assistant"])).toEqual(["Real helios", "Real selene"]);
  });

  it("another tenant's owner finds nobody", async () => {
    const other = await app.createTenant();
    expect(await names("clients", other.secretKey)).toEqual([]);
    expect(await names("learners", other.secretKey)).toEqual([]);
    expect(await names("coaches", other.publishableKey, "pseudonym")).toEqual([]);
    const answer = await app.graphql(file, { id: id["sami"] }, other.secretKey);
    expect(answer.data).toEqual({ learner: null, node: null });
    expect(await codes("updateLearner", { id: id["sami"], name: "x" }, other.secretKey)).toEqual(["NOT_FOUND"]);
    expect(await codes("addCoachNote", { learnerId: id["sami"], body: "x" }, other.secretKey)).toEqual(["NOT_FOUND"]);
  });
});

describe("a learner's file", () => {
  const progress = {
    subjectProgress: [{ subject: "Maths", mark: 60, change: 20, marks: 2 }],
    progress: { nodes: [{ mark: 60 }, { mark: 40 }] },
    coaches: [{ pseudonym: "helios" }],
    name: "sami",
  };
  const note = (body: string, author: string | null, authorPseudonym: string | null) => ({
    body,
    author: author === null ? null : { name: author },
    authorPseudonym,
  });

  it("has everything for the team", async () => {
    const answer = await app.graphql(file, { id: id["sami"] }, token["assistant"]);
    expect(answer.data?.["learner"]).toEqual({
      ...progress,
      clients: [{ name: "amel" }],
      payer: { name: "amel" },
      coachNotes: {
        totalCount: 4,
        nodes: [
          note("helios COACHES", "helios", "helios"),
          note("helios TEAM", "helios", "helios"),
          note("assistant TEAM", "Tea", null),
          note("assistant COACHES", "Tea", null),
        ],
      },
    });
  });

  it("shows a coach the notes for coaches and his own, and not who pays", async () => {
    const answer = await app.graphql(file, { id: id["sami"] }, token["helios"]);
    expect(answer.data?.["learner"]).toEqual({
      ...progress,
      clients: [],
      payer: null,
      coachNotes: {
        totalCount: 3,
        nodes: [
          note("helios COACHES", "helios", "helios"),
          note("helios TEAM", "helios", "helios"),
          note("assistant COACHES", null, null),
        ],
      },
    });
  });

  it.each([
    ["amel", [{ name: "amel" }], { name: "amel" }],
    ["sami", [], null],
  ])("shows %s everything but the notes", async (who, clients, payer) => {
    const answer = await app.graphql(file, { id: id["sami"] }, token[who]);
    expect(answer.data?.["learner"]).toEqual({ ...progress, clients, payer, coachNotes: { totalCount: 0, nodes: [] } });
  });

  it.each(["bela", "tarek", "selene"])("doesn't exist for %s", async (who) => {
    const answer = await app.graphql(file, { id: id["sami"] }, token[who]);
    expect(answer.data).toEqual({ learner: null, node: null });
    const notes = await app.graphql(
      "query ($id: ID!) { node(id: $id) { id } }",
      { id: id["helios COACHES"] },
      token[who],
    );
    expect(notes.data).toEqual({ node: null });
  });

  it("is closed to a coach who was deactivated, and the coach to the public", async () => {
    const input = {
      pseudonym: "Atlas",
      name: "Real Atlas",
      email: "atlas@example.com",
      subjects: [],
      modes: ["ON_SITE"],
    };
    const atlas = await created("createCoach", "coach", input);
    const own = await mailbox.join("atlas@example.com");
    await owner.query(
      "INSERT INTO coach_learner (tenant_id, coach_id, learner_id, since) SELECT tenant_id, $1, id, now() FROM learner WHERE id = $2",
      [toUuid("Coach", atlas), toUuid("Learner", id["tarek"] ?? "")],
    );
    expect(await names("learners", own)).toEqual(["tarek"]);
    expect(await codes("deactivateCoach", { id: atlas }, own)).toEqual(["FORBIDDEN"]);
    expect(await codes("deactivateCoach", { id: atlas, expectedVersion: 99 }, token["assistant"])).toEqual([
      "CONFLICT",
    ]);
    expect(await codes("deactivateCoach", { id: atlas }, token["assistant"])).toEqual([]);
    expect(await names("learners", own)).toEqual([]);
    expect(await names("coaches", app.tenant.publishableKey, "pseudonym")).toEqual(["helios", "selene"]);
    expect(await names("coaches", token["assistant"], "pseudonym")).toEqual(["Atlas", "helios", "selene"]);
  });
});

describe("who changes whom", () => {
  it.each([
    ["assistant", [], [], [], []],
    ["amel", [], [], ["FORBIDDEN"], ["FORBIDDEN"]],
    ["bela", ["NOT_FOUND"], ["NOT_FOUND"], ["FORBIDDEN"], ["FORBIDDEN"]],
    ["sami", ["FORBIDDEN"], [], ["FORBIDDEN"], ["FORBIDDEN"]],
    ["tarek", ["FORBIDDEN"], ["NOT_FOUND"], ["FORBIDDEN"], ["FORBIDDEN"]],
    ["helios", ["FORBIDDEN"], ["FORBIDDEN"], [], []],
    ["selene", ["FORBIDDEN"], ["FORBIDDEN"], ["NOT_FOUND"], ["NOT_FOUND"]],
  ])("%s", async (who, client, learner, note, coach) => {
    expect(await codes("updateClient", { id: id["amel"], phone: "+216 20 123 456" }, token[who])).toEqual(client);
    expect(await codes("updateLearner", { id: id["sami"], goals: [who] }, token[who])).toEqual(learner);
    expect(await codes("addCoachNote", { learnerId: id["sami"], body: who }, token[who])).toEqual(note);
    expect(await codes("updateCoach", { id: id["helios"], bio: who }, token[who])).toEqual(coach);
  });

  it("a client adds learners of his own, and none of others", async () => {
    expect(await codes("addLearner", { clientId: id["amel"], name: "Lina" }, token["amel"])).toEqual([]);
    expect(await codes("addLearner", { clientId: id["bela"], name: "Lina" }, token["amel"])).toEqual(["NOT_FOUND"]);
    expect(await codes("addLearner", { clientId: id["amel"], name: "Lina" }, token["sami"])).toEqual(["NOT_FOUND"]);
  });

  it.each(["createClient", "createCoach", "linkLearner"])("only the team does %s", async (field) => {
    const input = {
      createClient: { name: "x", email: "x@example.com" },
      createCoach: { pseudonym: "x", name: "x", subjects: [], modes: ["ONLINE"] },
      linkLearner: { learnerId: id["sami"], clientId: id["amel"] },
    }[field];
    for (const who of ["amel", "sami", "helios"]) {
      expect(await codes(field, input ?? {}, token[who])).toEqual(["FORBIDDEN"]);
    }
    expect(await codes(field, input ?? {}, app.tenant.publishableKey)).toEqual(["FORBIDDEN"]);
  });

  it("only the author changes a note", async () => {
    const update = (who: string, note: string) => codes("updateCoachNote", { id: id[note], body: "new" }, token[who]);
    expect(await update("helios", "helios TEAM")).toEqual([]);
    expect(await update("assistant", "helios TEAM")).toEqual(["NOT_THE_AUTHOR"]);
    expect(await update("helios", "assistant COACHES")).toEqual(["NOT_THE_AUTHOR"]);
    expect(await update("helios", "assistant TEAM")).toEqual(["NOT_FOUND"]);
    expect(await update("selene", "helios COACHES")).toEqual(["NOT_FOUND"]);
    expect(await update("amel", "helios COACHES")).toEqual(["FORBIDDEN"]);
  });
});
