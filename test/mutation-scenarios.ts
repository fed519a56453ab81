import { randomUUID } from "node:crypto";
import { payload, type TestApp } from "./app.ts";

/** One change that can be made now: what a mutation is called with, and by whom. */
export interface Scenario {
  readonly input: Readonly<Record<string, unknown>>;
  /** Undefined: the owner. Null: nobody. */
  readonly credential?: null;
}

/** Prepares what a mutation needs, through the API. */
export interface Stage {
  readonly app: TestApp;
  /** Access token of the first tenant's owner. */
  readonly ownerToken: string;
}

export const scenarioPassword = "correct horse battery staple";

const newEmail = () => `${randomUUID()}@example.com`;

async function mutate<Payload>(
  { app, ownerToken }: Stage,
  field: string,
  input: object,
  selection: string,
): Promise<Payload> {
  const inputType = `${field[0]?.toUpperCase() ?? ""}${field.slice(1)}Input`;
  const query = `mutation ($input: ${inputType}!) { ${field}(input: $input) { ${selection} } }`;
  return payload<Payload>(await app.graphql(query, { input }, ownerToken), field);
}

async function leadId(stage: Stage): Promise<string> {
  const { lead } = await mutate<{ lead: { id: string } }>(stage, "captureLead", { email: newEmail() }, "lead { id }");
  return lead.id;
}

async function invitation(stage: Stage): Promise<{ token: string; invitation: { id: string } }> {
  return mutate(stage, "inviteMember", { email: newEmail(), role: "COACH" }, "token invitation { id }");
}

async function memberId(stage: Stage): Promise<string> {
  const { token } = await invitation(stage);
  const joining = { token, name: "Coach", password: scenarioPassword };
  const { member } = await mutate<{ member: { id: string } }>(stage, "acceptInvite", joining, "member { id }");
  return member.id;
}

async function mergedLeads(stage: Stage): Promise<{ keepId: string; mergeId: string }> {
  const leads = { keepId: await leadId(stage), mergeId: await leadId(stage) };
  await mutate(stage, "mergeLeads", leads, "cursor");
  return leads;
}

const importInput = { fileName: "leads.csv", format: "CSV" };

/** A change for each mutation that takes an idempotency key. A new mutation gets a line here. */
export const mutationScenarios: Readonly<Record<string, (stage: Stage) => Promise<Scenario>>> = {
  captureLead: async () => ({ input: { email: newEmail(), tags: ["a"], attributes: { size: 3 } } }),
  updateLead: async (stage) => ({ input: { id: await leadId(stage), name: "Ada" } }),
  moveLead: async (stage) => ({ input: { id: await leadId(stage), stage: "WON" } }),
  assignLead: async (stage) => ({ input: { id: await leadId(stage), ownerId: await memberId(stage) } }),
  addLeadNote: async (stage) => ({ input: { id: await leadId(stage), body: "She called." } }),
  mergeLeads: async (stage) => ({ input: { keepId: await leadId(stage), mergeId: await leadId(stage) } }),
  unmergeLeads: async (stage) => ({ input: await mergedLeads(stage) }),
  deleteLead: async (stage) => ({ input: { id: await leadId(stage) } }),
  importLeads: async () => ({ input: importInput }),
  cancelLeadImport: async (stage) => {
    const made = await mutate<{ leadImport: { id: string } }>(stage, "importLeads", importInput, "leadImport { id }");
    return { input: { id: made.leadImport.id } };
  },
  createApiKey: async () => ({ input: { name: "CRM", scopes: ["lead:read"] } }),
  createPublishableKey: async () => ({ input: { name: "Site", allowedOrigins: [] } }),
  revokeApiKey: async (stage) => {
    const input = { name: "CRM", scopes: ["lead:read"] };
    const { key } = await mutate<{ key: { id: string } }>(stage, "createApiKey", input, "key { id }");
    return { input: { keyId: key.id } };
  },
  inviteMember: async () => ({ input: { email: newEmail(), role: "COACH" } }),
  revokeInvitation: async (stage) => ({ input: { invitationId: (await invitation(stage)).invitation.id } }),
  acceptInvite: async (stage) => {
    const { token } = await invitation(stage);
    return { input: { name: "Karim", token, password: scenarioPassword }, credential: null };
  },
  changeMemberRole: async (stage) => ({ input: { memberId: await memberId(stage), role: "ASSISTANT" } }),
  removeMember: async (stage) => ({ input: { memberId: await memberId(stage) } }),
  signUp: async () => ({
    input: { tenantName: "Atlas", name: "Amina", email: newEmail(), password: scenarioPassword },
    credential: null,
  }),
  updateTenant: async () => ({ input: { name: `Tenant ${randomUUID()}` } }),
};
