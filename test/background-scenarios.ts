import { randomUUID } from "node:crypto";
import { payload } from "./app.ts";
import { insertDeadJob } from "./dead-job.ts";
import type { Scenario, Stage } from "./scenario.ts";
import { failMail, queueMail } from "./queue-mail.ts";
import { toId } from "../server/operations/ids.ts";

async function waitingMail({ app, ownerToken }: Stage): Promise<string> {
  await queueMail(app, { cause: `scenario:${randomUUID()}`, dueAt: new Date(Date.now() + 86_400_000) });
  const query = "{ mails(first: 1) { nodes { id } } }";
  const [mail] = payload<{ nodes: { id: string }[] }>(await app.graphql(query, {}, ownerToken), "mails").nodes;
  return mail?.id ?? "";
}

/** A change for each mutation of mail and jobs. */
export const backgroundScenarios: Readonly<Record<string, (stage: Stage) => Promise<Scenario>>> = {
  cancelMail: async (stage) => ({ input: { id: await waitingMail(stage) } }),
  retryMail: async (stage) => {
    const id = await waitingMail(stage);
    await failMail(stage.app, id);
    return { input: { id }, goesOn: "mail" };
  },
  updateMailBranding: () => Promise.resolve({ input: { senderName: "A school" } }),
  retryJob: async ({ app }) => ({ input: { id: toId("Job", await insertDeadJob(app)) }, goesOn: "job" }),
  cancelJob: async ({ app }) => ({ input: { id: toId("Job", await insertDeadJob(app)) } }),
};
