import { randomUUID } from "node:crypto";
import pg from "pg";
import { issueToken } from "../server/auth/opaque-token.ts";
import { payload } from "./app.ts";
import type { Scenario, Stage } from "./scenario.ts";

/** Makes something, and returns its id. */
async function make({ app, ownerToken }: Stage, field: string, entity: string, input: object): Promise<string> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${entity} { id } } }`;
  const answer = await app.graphql(query, { input }, ownerToken);
  return payload<{ id: string }>({ ...answer, data: payload(answer, field) }, entity).id;
}

const newEmail = () => `${randomUUID()}@example.com`;
// No logins, so no mails: what became of those would come to the journal meanwhile.
const client = () => ({ name: "Amel", email: newEmail(), sendsLogin: false });
const coach = () => ({ pseudonym: randomUUID(), name: "Youssef", subjects: ["Maths"], modes: ["ONLINE"] });

const clientId = (stage: Stage) => make(stage, "createClient", "client", client());
const coachId = (stage: Stage) => make(stage, "createCoach", "coach", coach());

async function learnerId(stage: Stage): Promise<string> {
  return make(stage, "addLearner", "learner", { clientId: await clientId(stage), name: "Sami" });
}

async function noteId(stage: Stage): Promise<string> {
  return make(stage, "addCoachNote", "note", { learnerId: await learnerId(stage), body: "Reads well." });
}

/** What was mailed to a new address: put there behind the server's back, which forgets it. */
async function emailToken(stage: Stage): Promise<string> {
  const email = newEmail();
  const invited = await stage.app.graphql(
    "mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { token } }",
    { input: { email, role: "CLIENT" } },
    stage.ownerToken,
  );
  const { token } = payload<{ token: string }>(invited, "inviteMember");
  const input = { token, name: "Amel", password: "correct horse battery staple" };
  await stage.app.graphql(
    "mutation ($input: AcceptInviteInput!) { acceptInvite(input: $input) { cursor } }",
    { input },
    null,
  );
  const owner = new pg.Client({ connectionString: stage.app.database.ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ id: string; tenant_id: string }>(
    "SELECT id, tenant_id FROM member WHERE email = $1",
    [email],
  );
  const [member] = rows;
  if (member === undefined) throw new Error("nobody has joined");
  const rowId = randomUUID();
  const { hash, text } = issueToken("EMAIL", { tenantId: member.tenant_id, rowId });
  await owner.query(
    `INSERT INTO email_change (tenant_id, id, member_id, email, token_hash, requested_at, expires_at, first_at)
     VALUES ($1, $2, $3, $4, $5, now(), now() + interval '1 day', now())`,
    [member.tenant_id, rowId, member.id, newEmail(), hash],
  );
  await owner.end();
  return text;
}

/** A change for each mutation of people. */
export const peopleScenarios: Readonly<Record<string, (stage: Stage) => Promise<Scenario>>> = {
  enroll: async () => ({
    input: { client: { name: "Amel", email: newEmail() }, learners: [{ name: "Sami" }], honeypot: "" },
    goesOn: "mail",
  }),
  createClient: async () => ({ input: client() }),
  updateClient: async (stage) => ({ input: { id: await clientId(stage), name: "Amel B." } }),
  changeEmail: async (stage) => ({ input: { id: await clientId(stage), email: newEmail() } }),
  confirmEmailChange: async (stage) => ({
    input: { token: await emailToken(stage) },
    credential: null,
    goesOn: "mail",
  }),
  resendLogin: async () => ({ input: { email: newEmail() } }),
  erasePerson: async (stage) => ({ input: { id: await clientId(stage) } }),
  addLearner: async (stage) => ({ input: { clientId: await clientId(stage), name: "Sami" } }),
  updateLearner: async (stage) => ({ input: { id: await learnerId(stage), grade: "Terminale" } }),
  linkLearner: async (stage) => ({
    input: { learnerId: await learnerId(stage), clientId: await clientId(stage), isPrimary: true },
  }),
  addCoachNote: async (stage) => ({ input: { learnerId: await learnerId(stage), body: "Reads well." } }),
  updateCoachNote: async (stage) => ({ input: { id: await noteId(stage), body: "Reads very well." } }),
  createCoach: async () => ({ input: coach() }),
  updateCoach: async (stage) => ({ input: { id: await coachId(stage), bio: "Since 2009." } }),
  reactivateCoach: async (stage) => {
    const input = { id: await coachId(stage) };
    await make(stage, "deactivateCoach", "coach", input);
    return { input };
  },
  deactivateCoach: async (stage) => ({ input: { id: await coachId(stage) } }),
};
