import { randomUUID } from "node:crypto";
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

/** A change for each mutation of people. */
export const peopleScenarios: Readonly<Record<string, (stage: Stage) => Promise<Scenario>>> = {
  enroll: async () => ({
    input: { client: { name: "Amel", email: newEmail() }, learners: [{ name: "Sami" }], honeypot: "" },
    goesOn: "mail",
  }),
  createClient: async () => ({ input: client() }),
  updateClient: async (stage) => ({ input: { id: await clientId(stage), name: "Amel B." } }),
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
  deactivateCoach: async (stage) => ({ input: { id: await coachId(stage) } }),
};
