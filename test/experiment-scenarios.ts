import { randomUUID } from "node:crypto";
import { createExperiment, startExperiment } from "./experiments.ts";
import type { Scenario, Stage } from "./scenario.ts";

const draft = ({ app, ownerToken }: Stage) => createExperiment(app, ownerToken);
const running = ({ app, ownerToken }: Stage) => startExperiment(app, ownerToken);

async function paused(stage: Stage): Promise<string> {
  const { id } = await running(stage);
  const query = "mutation ($input: PauseExperimentInput!) { pauseExperiment(input: $input) { userErrors { code } } }";
  await stage.app.graphql(query, { input: { id } }, stage.ownerToken);
  return id;
}

/** Conversions weigh on the weights a moment later. */
async function conversion(stage: Stage): Promise<Scenario> {
  const { key, event } = await running(stage);
  const subjectId = randomUUID();
  const query = "mutation ($input: AssignInput!) { assign(input: $input) { userErrors { code } } }";
  await stage.app.graphql(query, { input: { experimentKey: key, subjectId } }, stage.ownerToken);
  return { input: { event, subjectId }, goesOn: "weights" };
}

export const experimentScenarios: Readonly<Record<string, (stage: Stage) => Promise<Scenario>>> = {
  createExperiment: async () => ({
    input: {
      key: `e${randomUUID()}`,
      metric: { event: "bought" },
      variants: [
        { key: "a", weight: 0.5 },
        { key: "b", weight: 0.5 },
      ],
    },
  }),
  updateExperiment: async (stage) => ({ input: { id: (await draft(stage)).id, name: "Other" } }),
  changeVariants: async (stage) => ({
    input: { id: (await running(stage)).id, change: [{ key: "b", state: "PAUSED" }] },
  }),
  startExperiment: async (stage) => ({ input: { id: (await draft(stage)).id } }),
  pauseExperiment: async (stage) => ({ input: { id: (await running(stage)).id } }),
  resumeExperiment: async (stage) => ({ input: { id: await paused(stage) } }),
  concludeExperiment: async (stage) => ({ input: { id: (await running(stage)).id, winnerKey: "b", rollOut: true } }),
  assign: async (stage) => ({ input: { experimentKey: (await running(stage)).key, subjectId: randomUUID() } }),
  assignAll: async () => ({ input: { subjectId: randomUUID() } }),
  identifySubject: async () => ({ input: { visitorId: randomUUID(), userId: randomUUID() } }),
  recordConversion: conversion,
};
