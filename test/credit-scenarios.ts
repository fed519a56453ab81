import { randomUUID } from "node:crypto";
import { payload } from "./app.ts";
import type { Scenario, Stage } from "./scenario.ts";

async function mutate<Payload>(
  { app, ownerToken }: Stage,
  field: string,
  input: object,
  selection: string,
  credential: string | null = ownerToken,
): Promise<Payload> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${field}(input: $input) { ${selection} } }`;
  return payload<Payload>(await app.graphql(query, { input }, credential), field);
}

async function clientId(stage: Stage): Promise<string> {
  const input = { name: "Aïcha", email: `${randomUUID()}@example.com`, sendsLogin: false };
  return (await mutate<{ client: { id: string } }>(stage, "createClient", input, "client { id }")).client.id;
}

async function clientWithCredits(stage: Stage): Promise<string> {
  const id = await clientId(stage);
  await mutate(stage, "grantCredits", { clientId: id, amount: 10 }, "cursor");
  return id;
}

/** A correction that waits, and that somebody else than the owner has asked for. */
async function pendingAdjustment(stage: Stage): Promise<string> {
  const invited = { email: `${randomUUID()}@example.com`, role: "ADMIN" };
  const { token } = await mutate<{ token: string }>(stage, "inviteMember", invited, "token");
  const joining = { token, name: "Karim", password: "correct horse battery staple" };
  const selection = "tokens { accessToken }";
  const joined = await mutate<{ tokens: { accessToken: string } }>(stage, "acceptInvite", joining, selection, null);
  const input = { clientId: await clientId(stage), amount: 500, reason: "moved from another system" };
  const asked = await mutate<{ adjustment: { id: string } }>(
    stage,
    "adjustCredits",
    input,
    "adjustment { id }",
    joined.tokens.accessToken,
  );
  return asked.adjustment.id;
}

/** A change for each mutation of credits. */
export const creditScenarios: Readonly<Record<string, (stage: Stage) => Promise<Scenario>>> = {
  grantCredits: async (stage) => ({ input: { clientId: await clientId(stage), amount: 4 } }),
  adjustCredits: async (stage) => ({
    input: { clientId: await clientWithCredits(stage), amount: -2, reason: "counted twice" },
  }),
  approveAdjustment: async (stage) => ({ input: { id: await pendingAdjustment(stage) } }),
  rejectAdjustment: async (stage) => ({ input: { id: await pendingAdjustment(stage) } }),
  transferCredits: async (stage) => ({
    input: { fromClientId: await clientWithCredits(stage), toClientId: await clientId(stage), amount: 3 },
  }),
  updateCreditSettings: async () => ({ input: { approvalOver: 250 } }),
};
