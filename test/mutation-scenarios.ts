import { createHash, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { payload } from "./app.ts";
import { backgroundScenarios } from "./background-scenarios.ts";
import { billingScenarios } from "./billing-scenarios.ts";
import { calendarScenarios } from "./calendar-scenarios.ts";
import { sessionScenarios } from "./session-scenarios.ts";
import { creditScenarios } from "./credit-scenarios.ts";
import { experimentScenarios } from "./experiment-scenarios.ts";
import { linkScenarios } from "./link-scenarios.ts";
import { peopleScenarios } from "./people-scenarios.ts";
import type { Scenario, Stage } from "./scenario.ts";

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

/** It isn't told anything yet. */
const endpointInput = {
  url: "https://example.com/hook",
  description: "CRM",
  eventTypes: ["tenant.updated"],
  isEnabled: false,
};

async function endpointId(stage: Stage): Promise<string> {
  const made = await mutate<{ endpoint: { id: string } }>(
    stage,
    "createWebhookEndpoint",
    endpointInput,
    "endpoint { id }",
  );
  return made.endpoint.id;
}

/** A delivery that has ended: nobody listens there. */
async function sentDelivery(stage: Stage): Promise<string> {
  const input = { id: await endpointId(stage) };
  const made = await mutate<{ delivery: { id: string } }>(stage, "testWebhookEndpoint", input, "delivery { id }");
  const { id } = made.delivery;
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await stage.app.graphql(
      "query ($id: ID!) { node(id: $id) { ... on WebhookDelivery { status } } }",
      { id },
      stage.ownerToken,
    );
    if (payload<{ status: string }>(answer, "node").status !== "PENDING") return id;
    await sleep(50);
  }
  throw new Error("the delivery hasn't ended");
}

const captureDocument = "mutation ($input: CaptureLeadInput!) { captureLead(input: $input) { accepted } }";

function manifestInput() {
  const text = `query ${`q${randomUUID().replaceAll("-", "")}`} { viewer { tenant { id } } }`;
  const id = `sha256:${createHash("sha256").update(text).digest("hex")}`;
  return { app: "site", version: randomUUID(), documents: [{ id, text }] };
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
  createWebhookEndpoint: async () => ({ input: endpointInput }),
  updateWebhookEndpoint: async (stage) => ({ input: { description: "ERP", id: await endpointId(stage) } }),
  deleteWebhookEndpoint: async (stage) => ({ input: { id: await endpointId(stage) } }),
  enableWebhookEndpoint: async (stage) => ({ input: { id: await endpointId(stage) }, goesOn: "endpoint" }),
  disableWebhookEndpoint: async (stage) => ({ input: { id: await endpointId(stage) } }),
  rotateWebhookSecret: async (stage) => ({ input: { id: await endpointId(stage), overlapHours: 1 } }),
  testWebhookEndpoint: async (stage) => ({ input: { id: await endpointId(stage) }, goesOn: "delivery" }),
  resendWebhookDelivery: async (stage) => ({ input: { id: await sentDelivery(stage) }, goesOn: "delivery" }),
  replayWebhookDeliveries: async (stage) => ({
    input: { endpointId: await endpointId(stage), from: "2026-01-01T00:00:00.000Z" },
  }),
  startBulkExport: async () => ({
    input: { document: "{ leads { edges { node { id email } } } }" },
    goesOn: "bulkOperation",
  }),
  startBulkImport: async () => ({ input: { document: captureDocument, errorPolicy: "SKIP_FAILED" } }),
  cancelBulkOperation: async (stage) => {
    const input = { document: captureDocument, errorPolicy: "SKIP_FAILED" };
    const selection = "bulkOperation { id }";
    const made = await mutate<{ bulkOperation: { id: string } }>(stage, "startBulkImport", input, selection);
    return { input: { id: made.bulkOperation.id }, goesOn: "bulkOperation" };
  },
  uploadDocumentManifest: async () => ({ input: manifestInput() }),
  deleteDocumentManifest: async (stage) => {
    const made = await mutate<{ manifest: { id: string } }>(
      stage,
      "uploadDocumentManifest",
      manifestInput(),
      "manifest { id }",
    );
    return { input: { manifestId: made.manifest.id } };
  },
  setKeyDocumentMode: async (stage) => {
    const input = { name: "Site", allowedOrigins: [] };
    const { key } = await mutate<{ key: { id: string } }>(stage, "createPublishableKey", input, "key { id }");
    return { input: { keyId: key.id, mode: "ONLY" } };
  },
  ...backgroundScenarios,
  ...billingScenarios,
  ...calendarScenarios,
  ...creditScenarios,
  ...experimentScenarios,
  ...linkScenarios,
  ...peopleScenarios,
  ...sessionScenarios,
};
