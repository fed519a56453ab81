import { randomUUID } from "node:crypto";
import { payload, type TestApp } from "./app.ts";

export interface MadeExperiment {
  readonly id: string;
  readonly key: string;
  /** What its metric is. */
  readonly event: string;
}

/** A draft of two equal halves. */
export async function createExperiment(
  { graphql }: Pick<TestApp, "graphql">,
  credential: string,
  name?: string,
): Promise<MadeExperiment> {
  const key = `e${randomUUID()}`;
  const event = `bought ${key}`;
  const variants = [
    { key: "a", weight: 0.5 },
    { key: "b", weight: 0.5 },
  ];
  const answer = await graphql(
    "mutation ($input: CreateExperimentInput!) { createExperiment(input: $input) { experiment { id } userErrors { message } } }",
    { input: { key, name: name ?? key, metric: { event }, variants } },
    credential,
  );
  const { id } = payload<{ experiment: { id: string } }>(answer, "createExperiment").experiment;
  return { id, key, event };
}

/** One that runs. */
export async function startExperiment(
  app: Pick<TestApp, "graphql">,
  credential: string,
  name?: string,
): Promise<MadeExperiment> {
  const made = await createExperiment(app, credential, name);
  const answer = await app.graphql(
    "mutation ($input: StartExperimentInput!) { startExperiment(input: $input) { userErrors { message } } }",
    { input: { id: made.id } },
    credential,
  );
  payload(answer, "startExperiment");
  return made;
}
