import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import pg from "pg";
import { payload, startApp, type TestApp } from "../../test/app.ts";

let app: TestApp;
let owner: pg.Client;

beforeAll(async () => {
  app = await startApp();
  owner = new pg.Client({ connectionString: app.database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await app[Symbol.asyncDispose]();
});

interface Variant {
  readonly key: string;
  readonly weight: number;
  readonly fixedWeight: number;
  readonly state: string;
}

interface Experiment {
  readonly id: string;
  readonly key: string;
  readonly status: string;
  readonly version: number;
  readonly weightVersion: number;
  readonly variants: readonly Variant[];
  readonly winnerKey: string | null;
}

interface Answer {
  readonly experiment: Experiment | null;
  readonly warnings?: readonly string[];
  readonly userErrors: readonly { code: string; message: string; field: readonly string[] | null }[];
}

interface Assignment {
  readonly variantKey: string | null;
  readonly reason: string;
  readonly weightVersion: number | null;
  readonly probability: number | null;
}

const fields = "id key status version weightVersion winnerKey variants { key weight fixedWeight state }";

async function change(mutation: string, input: object): Promise<Answer> {
  const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
  const extra = mutation === "startExperiment" ? "warnings" : "";
  const answer = await app.graphql(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { experiment { ${fields} } ${extra} userErrors { code message field } } }`,
    { input },
  );
  return payload<Answer>(answer, mutation);
}

let experiments = 0;

/** Two equal halves of everybody. */
function draft(changes: object = {}) {
  experiments += 1;
  return {
    key: `experiment-${experiments}`,
    metric: { event: `bought-${experiments}` },
    variants: [
      { key: "a", weight: 0.5 },
      { key: "b", weight: 0.5, payload: { color: "green" } },
    ],
    ...changes,
  };
}

async function create(changes: object = {}): Promise<Experiment & { event: string }> {
  const input = draft(changes);
  const { experiment, userErrors } = await change("createExperiment", input);
  expect(userErrors).toEqual([]);
  if (experiment === null) throw new Error("no experiment");
  return { ...experiment, event: input.metric.event };
}

async function start(changes: object = {}): Promise<Experiment & { event: string }> {
  const made = await create(changes);
  const { experiment, userErrors } = await change("startExperiment", { id: made.id });
  expect(userErrors).toEqual([]);
  if (experiment === null) throw new Error("no experiment");
  return { ...experiment, event: made.event };
}

/** As a page does it, with its publishable key. */
async function assign(experimentKey: string, subjectId: string, attributes?: object): Promise<Assignment> {
  const answer = await app.graphql(
    `mutation ($input: AssignInput!) { assign(input: $input) {
      assignment { variantKey payload reason weightVersion probability } userErrors { code } } }`,
    { input: { experimentKey, subjectId, attributes } },
    app.tenant.publishableKey,
  );
  return payload<{ assignment: Assignment }>(answer, "assign").assignment;
}

async function peek(experimentKey: string, subjectId: string): Promise<Assignment> {
  const answer = await app.graphql(
    `query ($input: AssignInput!) { peekAssignment(input: $input) { variantKey reason weightVersion probability } }`,
    { input: { experimentKey, subjectId } },
    app.tenant.publishableKey,
  );
  return answer.data?.["peekAssignment"] as Assignment;
}

async function convert(event: string, subjectId: string, value = 0): Promise<readonly string[]> {
  const answer = await app.graphql(
    "mutation ($input: RecordConversionInput!) { recordConversion(input: $input) { countedFor userErrors { code } } }",
    { input: { event, subjectId, value } },
    app.tenant.publishableKey,
  );
  return payload<{ countedFor: string[] }>(answer, "recordConversion").countedFor;
}

interface Results {
  readonly exposures: number;
  readonly sampleRatioProbability: number | null;
  readonly explanations: readonly string[];
  readonly variants: readonly {
    readonly variantKey: string;
    readonly exposures: number;
    readonly conversions: number;
    readonly mean: number | null;
    readonly posteriorMean: number;
    readonly lower: number;
    readonly upper: number;
    readonly probabilityBest: number;
    readonly expectedLoss: number;
  }[];
}

async function read(key: string): Promise<Experiment & { results: Results }> {
  const answer = await app.graphql(
    `query ($key: String!) { experiment(key: $key) { ${fields} results { exposures sampleRatioProbability explanations
      variants { variantKey exposures conversions mean posteriorMean lower upper probabilityBest expectedLoss } } } }`,
    { key },
  );
  expect(answer.errors).toBeUndefined();
  return answer.data?.["experiment"] as Experiment & { results: Results };
}

async function rows(key: string): Promise<{ assignments: number; exposures: number; conversions: number }> {
  const { rows: found } = await owner.query<{ assignments: number; exposures: number; conversions: number }>(
    `SELECT (SELECT count(*)::int FROM experiment_assignment a WHERE a.experiment_id = e.id) AS assignments,
       (SELECT coalesce(sum(exposures), 0)::int FROM experiment_counter c WHERE c.experiment_id = e.id) AS exposures,
       (SELECT coalesce(sum(conversions), 0)::int FROM experiment_counter c WHERE c.experiment_id = e.id) AS conversions
     FROM experiment e WHERE e.key = $1`,
    [key],
  );
  const [row] = found;
  if (row === undefined) throw new Error("no such experiment");
  return row;
}

/** Waits until it holds; the test's own limit ends it. */
async function eventually<T>(look: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await look();
    if (holds(value)) return value;
    await sleep(50);
  }
}

const subjects = (count: number, prefix: string) => Array.from({ length: count }, (_, n) => `${prefix}-${n}`);

describe("an experiment", () => {
  it("assigns a subject the same variant at each of fifty calls at once, and counts one exposure", async () => {
    const { key } = await start();
    const all = await Promise.all(Array.from({ length: 50 }, () => assign(key, "visitor")));
    expect(new Set(all.map(({ variantKey }) => variantKey)).size).toBe(1);
    expect(all.filter(({ reason }) => reason === "ASSIGNED")).toHaveLength(1);
    expect(await rows(key)).toEqual({ assignments: 1, exposures: 1, conversions: 0 });
  });

  it("can be peeked into without enrolling", async () => {
    const { key } = await start();
    const peeked = await peek(key, "visitor");
    expect(peeked).toMatchObject({ reason: "ASSIGNED", probability: 0.5 });
    expect(await rows(key)).toMatchObject({ assignments: 0, exposures: 0 });
    expect(await assign(key, "visitor")).toMatchObject({ variantKey: peeked.variantKey });
    expect(await peek(key, "visitor")).toMatchObject({ variantKey: peeked.variantKey, reason: "STORED" });
  });

  it("counts a conversion once, for the variant of the first exposure, however often it is sent at once", async () => {
    const { key, event } = await start();
    const { variantKey } = await assign(key, "visitor");
    const counted = await Promise.all(Array.from({ length: 20 }, () => convert(event, "visitor")));
    expect(counted.filter((keys) => keys.length > 0)).toEqual([[key]]);
    expect(await convert(event, "somebody else")).toEqual([]);
    expect(await convert("another event", "visitor")).toEqual([]);
    const { results } = await read(key);
    expect(results.variants.find((each) => each.variantKey === variantKey)).toMatchObject({
      exposures: 1,
      conversions: 1,
      mean: 1,
    });
  });

  it("counts no conversion after its window", async () => {
    const { key, event } = await start({ conversionWindowHours: 1 });
    await assign(key, "visitor");
    await owner.query(
      "UPDATE experiment_assignment SET exposed_at = exposed_at - interval '2 hours' WHERE subject_id = 'visitor'",
    );
    expect(await convert(event, "visitor")).toEqual([]);
  });

  it("moves the weights of a bandit towards what converts, and no subject with them", async () => {
    const { key, event } = await start({ allocation: "THOMPSON" });
    const visitors = subjects(40, "v");
    const before = new Map<string, string | null>();
    for (const visitor of visitors) before.set(visitor, (await assign(key, visitor)).variantKey);
    await Promise.all(visitors.filter((each) => before.get(each) === "b").map((each) => convert(event, each)));

    const weightOf = (experiment: Experiment, variant: string) =>
      experiment.variants.find((each) => each.key === variant)?.weight ?? 0;
    const moved = await eventually(
      () => read(key),
      (each) => weightOf(each, "b") > 0.99,
    );
    expect(moved.weightVersion).toBeGreaterThan(1);
    expect(weightOf(moved, "a") + weightOf(moved, "b")).toBeCloseTo(1, 10);
    for (const visitor of visitors) {
      expect(await assign(key, visitor)).toMatchObject({ variantKey: before.get(visitor), reason: "STORED" });
    }
    expect((await assign(key, "new")).weightVersion).toBe(moved.weightVersion);
    const { rows: told } = await owner.query("SELECT FROM journal_entry WHERE type = 'experiment.weights_moved'");
    expect(told.length).toBeGreaterThan(0);
  });
});
