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
  readonly hasSampleRatioAlarm: boolean;
  readonly seenSeveral: number;
  readonly verdict: { readonly leaderKey: string; readonly stop: string | null } | null;
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
    readonly differenceLower: number | null;
    readonly differenceUpper: number | null;
  }[];
}

async function read(key: string): Promise<Experiment & { results: Results }> {
  const answer = await app.graphql(
    `query ($key: String!) { experiment(key: $key) { ${fields} results { exposures seenSeveral verdict { leaderKey stop } sampleRatioProbability hasSampleRatioAlarm explanations
      variants { variantKey exposures conversions mean posteriorMean lower upper probabilityBest expectedLoss differenceLower differenceUpper } } } }`,
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

const codes = (answer: Answer) => answer.userErrors.map(({ code }) => code);

describe("who makes an experiment", () => {
  it.each([
    ["weights that aren't 1 together", { variants: [half("a"), { key: "b", weight: 0.4 }] }, "WEIGHTS_INVALID"],
    [
      "a weight below 0",
      {
        variants: [
          { key: "a", weight: 1.5 },
          { key: "b", weight: -0.5 },
        ],
      },
      "WEIGHTS_INVALID",
    ],
    ["two variants with one key", { variants: [half("a"), half("a")] }, "VARIANT_KEY_TAKEN"],
    ["a single variant", { variants: [{ key: "a", weight: 1 }] }, "VARIANTS_INVALID"],
    ["a key with a space", { key: "my experiment" }, "KEY_INVALID"],
    ["an event without a name", { metric: { event: " " } }, "METRIC_INVALID"],
    ["an unknown operator", { targeting: { country: { $near: "FR" } } }, "TARGETING_INVALID"],
    ["a part of a namespace that is none", { namespace: { name: "n", from: 0.6, to: 0.5 } }, "NAMESPACE_INVALID"],
    ["nobody who takes part", { coverage: 0 }, "SHARE_INVALID"],
    ["seasons of an amount", { mode: "SEASONAL", metric: { event: "paid", kind: "REVENUE" } }, "METRIC_INVALID"],
    [
      "a payload of 20 kB",
      { variants: [half("a"), { ...half("b"), payload: { x: "x".repeat(20_000) } }] },
      "VARIANTS_INVALID",
    ],
  ])("is told of %s", async (_, changes, code) => {
    const answer = await change("createExperiment", draft(changes));
    expect(answer.experiment).toBeNull();
    expect(codes(answer)).toEqual([code]);
  });

  it("is told that the key is taken, and of all that is wrong at once", async () => {
    const { key } = await create();
    expect(codes(await change("createExperiment", draft({ key })))).toEqual(["KEY_TAKEN"]);
    const answer = await change("createExperiment", draft({ key: "", name: "", holdout: 2 }));
    expect(codes(answer)).toEqual(["KEY_INVALID", "NAME_INVALID", "SHARE_INVALID"]);
  });

  it("is told when somebody else changed it, and what may change while it runs", async () => {
    const { id, version } = await create();
    const changed = await change("updateExperiment", { id, expectedVersion: version, coverage: 0.5 });
    expect(changed.experiment?.version).toBe(version + 1);
    expect(codes(await change("updateExperiment", { id, expectedVersion: version, coverage: 1 }))).toEqual([
      "CONFLICT",
    ]);
    await change("startExperiment", { id });
    const refused = await change("updateExperiment", { id, coverage: 1, holdout: 0.1 });
    expect(refused.userErrors.map(({ code, field }) => [code, field?.at(-1)])).toEqual([
      ["ALREADY_STARTED", "coverage"],
      ["ALREADY_STARTED", "holdout"],
    ]);
    expect(codes(await change("updateExperiment", { id, name: "Another name" }))).toEqual([]);
  });

  it("is warned that nobody has sent the event", async () => {
    const { id, event } = await create();
    const { warnings } = await change("startExperiment", { id });
    expect(warnings).toEqual([expect.stringContaining(event)]);
  });

  it("can't start an experiment twice, nor end a draft", async () => {
    const { id } = await create();
    expect(codes(await change("pauseExperiment", { id }))).toEqual(["NOT_RUNNING"]);
    expect(codes(await change("concludeExperiment", { id }))).toEqual(["NOT_RUNNING"]);
    await change("startExperiment", { id });
    expect(codes(await change("startExperiment", { id }))).toEqual(["NOT_A_DRAFT"]);
  });

  it("can't start two experiments on the same part of a namespace, even at once", async () => {
    const name = "checkout page";
    const parts = [
      await create({ namespace: { name, from: 0, to: 0.5 } }),
      await create({ namespace: { name, from: 0.4, to: 1 } }),
    ];
    const started = await Promise.all(parts.map(({ id }) => change("startExperiment", { id })));
    expect(started.flatMap(codes)).toEqual(["NAMESPACE_TAKEN"]);
    const beside = await create({ namespace: { name, from: 0, to: 0.4 } });
    const isFirst = started[0]?.experiment !== null;
    expect(codes(await change("startExperiment", { id: beside.id }))).toEqual(isFirst ? ["NAMESPACE_TAKEN"] : []);
  });
});

describe("a subject", () => {
  it("keeps its variant while an experiment is paused, when nobody new gets one", async () => {
    const { id, key, event } = await start();
    const { variantKey } = await assign(key, "old");
    await change("pauseExperiment", { id });
    expect(await assign(key, "old")).toMatchObject({ variantKey, reason: "STORED" });
    expect(await assign(key, "new")).toMatchObject({ variantKey: null, reason: "NOT_RUNNING" });
    expect(await convert(event, "old")).toEqual([key]);
    await change("resumeExperiment", { id });
    expect(await assign(key, "new")).toMatchObject({ reason: "ASSIGNED" });
  });

  it("gets the winner once an experiment is rolled out, and nothing is counted any more", async () => {
    const { id, key, event } = await start();
    await assign(key, "old");
    expect(codes(await change("concludeExperiment", { id, winnerKey: "c" }))).toEqual(["WINNER_INVALID"]);
    expect(codes(await change("concludeExperiment", { id, rollOut: true }))).toEqual(["WINNER_INVALID"]);
    const { experiment } = await change("concludeExperiment", { id, winnerKey: "b", rollOut: true });
    expect(experiment).toMatchObject({ status: "CONCLUDED", winnerKey: "b" });
    for (const subject of ["old", "new"]) {
      expect(await assign(key, subject)).toMatchObject({ variantKey: "b", reason: "ROLLED_OUT" });
    }
    expect(await convert(event, "old")).toEqual([]);
    expect(codes(await change("changeVariants", { id, change: [{ key: "a", weight: 1 }] }))).toEqual([
      "ALREADY_CONCLUDED",
    ]);
  });

  it("is left out when it isn't targeted, held out, or in another part of the namespace", async () => {
    const targeted = await start({ targeting: { country: { $in: ["FR", "TN"] } } });
    expect(await assign(targeted.key, "v", { country: "DE" })).toMatchObject({
      variantKey: null,
      reason: "NOT_TARGETED",
    });
    expect(await assign(targeted.key, "v", { country: "TN" })).toMatchObject({ reason: "ASSIGNED" });

    const name = "shared";
    const parts = [
      await start({ namespace: { name, from: 0, to: 0.5 } }),
      await start({ namespace: { name, from: 0.5, to: 1 } }),
    ];
    for (const subject of subjects(20, "n")) {
      const reasons = await Promise.all(parts.map(async ({ key }) => (await assign(key, subject)).reason));
      expect(reasons.toSorted()).toEqual(["ASSIGNED", "OTHER_NAMESPACE_PART"]);
    }

    const held = [await start({ holdout: 0.5 }), await start({ holdout: 0.5 })];
    const out = await Promise.all(
      held.map(async ({ key }) => {
        const reasons = await Promise.all(subjects(40, "h").map(async (each) => (await assign(key, each)).reason));
        return reasons.map((reason) => reason === "HELD_OUT");
      }),
    );
    expect(out[0]).toEqual(out[1]);
    expect(new Set(out[0]).size).toBe(2);
  });

  it("gets variants of all experiments at once", async () => {
    const { key } = await start();
    const answer = await app.graphql(
      "mutation ($input: AssignAllInput!) { assignAll(input: $input) { assignments { experimentKey variantKey reason } userErrors { code } } }",
      { input: { subjectId: "everywhere" } },
      app.tenant.publishableKey,
    );
    const { assignments } = payload<{ assignments: { experimentKey: string; variantKey: string }[] }>(
      answer,
      "assignAll",
    );
    const { variantKey } = await assign(key, "everywhere");
    expect(assignments).toContainEqual({ experimentKey: key, variantKey, reason: "ASSIGNED" });
  });

  it("can't be nobody", async () => {
    const answer = await app.graphql(
      "mutation ($input: AssignInput!) { assign(input: $input) { userErrors { code } } }",
      { input: { experimentKey: "none", subjectId: "" } },
    );
    expect(answer.data).toEqual({ assign: { userErrors: [{ code: "SUBJECT_INVALID" }] } });
    const unknown = await app.graphql(
      "mutation ($input: AssignInput!) { assign(input: $input) { userErrors { code } } }",
      { input: { experimentKey: "none", subjectId: "v", attributes: { __proto__: { isAdmin: true } } } },
    );
    expect(unknown.data).toEqual({ assign: { userErrors: [{ code: "NOT_FOUND" }] } });
  });
});

describe("a running experiment's variants", () => {
  it("can be added and paused: nobody who has one gets another", async () => {
    const { id, key } = await start();
    const before = new Map<string, string | null>();
    for (const subject of subjects(30, "s")) before.set(subject, (await assign(key, subject)).variantKey);
    const changed = await change("changeVariants", {
      id,
      add: [{ key: "c", weight: 0.5 }],
      change: [
        { key: "a", state: "PAUSED" },
        { key: "b", weight: 0.5 },
      ],
    });
    expect(changed.userErrors).toEqual([]);
    expect(changed.experiment?.variants.map((each) => [each.key, each.state, each.weight])).toEqual([
      ["a", "PAUSED", 0],
      ["b", "ACTIVE", 0.5],
      ["c", "ACTIVE", 0.5],
    ]);
    for (const [subject, variantKey] of before) {
      expect(await assign(key, subject)).toMatchObject({ variantKey, reason: "STORED" });
    }
    const fresh = await Promise.all(subjects(30, "fresh").map(async (each) => (await assign(key, each)).variantKey));
    expect(new Set(fresh)).toEqual(new Set(["b", "c"]));
  });

  it("can be dropped: its subjects get another one for good and leave the analysis", async () => {
    const { id, key, event } = await start();
    const all = subjects(20, "d");
    for (const subject of all) await assign(key, subject);
    const { results: full } = await read(key);
    const countsOfA = full.variants.find(({ variantKey }) => variantKey === "a")?.exposures ?? 0;
    expect(countsOfA).toBeGreaterThan(0);
    await change("changeVariants", { id, change: [{ key: "b", state: "DROPPED" }] });
    const reasons = await Promise.all(all.map(async (subject) => (await assign(key, subject)).reason));
    expect(new Set(reasons)).toEqual(new Set(["STORED", "REASSIGNED"]));
    for (const subject of all) expect(await assign(key, subject)).toMatchObject({ variantKey: "a", reason: "STORED" });
    const counted = await Promise.all(all.map((subject) => convert(event, subject)));
    expect(counted.filter((keys) => keys.length > 0)).toHaveLength(countsOfA);
    const { results } = await read(key);
    expect(results.variants).toEqual([expect.objectContaining({ variantKey: "a", exposures: countsOfA, mean: 1 })]);
    expect(codes(await change("changeVariants", { id, change: [{ key: "b", state: "ACTIVE" }] }))).toEqual([
      "VARIANT_NOT_FOUND",
    ]);
  });

  it("can't be removed, nor weigh more than 1", async () => {
    const { id } = await start();
    expect(codes(await change("changeVariants", { id, remove: ["a"] }))).toEqual(["VARIANT_IN_USE"]);
    expect(codes(await change("changeVariants", { id, add: [half("c")] }))).toEqual(["WEIGHTS_INVALID"]);
    expect(codes(await change("changeVariants", { id, change: [{ key: "z", weight: 1 }] }))).toEqual([
      "VARIANT_NOT_FOUND",
    ]);
  });
});

describe("results", () => {
  it("say in words that nobody came, that nobody converts, and who leads", async () => {
    const { key, event } = await start();
    expect((await read(key)).results).toMatchObject({
      exposures: 0,
      explanations: [expect.stringContaining("Nobody")],
    });
    const all = subjects(20, "r");
    const variants = new Map<string, string | null>();
    for (const subject of all) variants.set(subject, (await assign(key, subject)).variantKey);
    expect((await read(key)).results.explanations).toEqual([expect.stringContaining(event)]);
    const winners = all.filter((subject) => variants.get(subject) === "a");
    for (const subject of winners) await convert(event, subject);
    const { results } = await read(key);
    const [a, b] = results.variants;
    expect(results.explanations[0]).toContain("“a” is the best");
    expect(a).toMatchObject({ exposures: winners.length, conversions: winners.length });
    expect(a?.posteriorMean).toBeCloseTo((winners.length + 1) / (winners.length + 2), 9);
    expect((a?.probabilityBest ?? 0) + (b?.probabilityBest ?? 0)).toBeCloseTo(1, 9);
    expect(a?.lower).toBeLessThan(a?.posteriorMean ?? 0);
    expect(b?.expectedLoss).toBeGreaterThan(a?.expectedLoss ?? 1);
  });

  it.each([
    ["MAXIMISE", "a"],
    ["MINIMISE", "b"],
  ])("of revenue name the better variant of those to %s", async (direction, best) => {
    const { key, event } = await start({
      allocation: "THOMPSON",
      metric: { event: `paid-${direction}`, kind: "REVENUE", direction },
    });
    for (const [n, subject] of subjects(40, "m").entries()) {
      const { variantKey } = await assign(key, subject);
      await convert(event, subject, (variantKey === "a" ? 2_000 : 1_000) + n);
    }
    const { results } = await read(key);
    const leader = results.variants.toSorted((x, y) => y.probabilityBest - x.probabilityBest)[0];
    expect(leader).toMatchObject({ variantKey: best });
    expect(leader?.probabilityBest).toBeGreaterThan(0.99);
  });
});

describe("weights", () => {
  it("follow conversions that other processes count, and are computed by one process at a time", async () => {
    await using other = await startApp({ database: app.database, tenant: app.tenant });
    const { key, event } = await start({ allocation: "THOMPSON" });
    const visitors = subjects(30, "p");
    const found = await Promise.all(
      visitors.map(async (each) => [each, (await assign(key, each)).variantKey] as const),
    );
    const query =
      "mutation ($input: RecordConversionInput!) { recordConversion(input: $input) { userErrors { code } } }";
    const winners = found.filter(([, variantKey]) => variantKey === "a");
    await Promise.all(
      winners.map(([subjectId], n) => (n % 2 === 0 ? app : other).graphql(query, { input: { event, subjectId } })),
    );
    const { weightVersion } = await eventually(
      () => read(key),
      ({ variants }) => (variants.find((each) => each.key === "a")?.weight ?? 0) > 0.99,
    );
    // Two processes that each refreshed after each conversion would have made dozens.
    expect(weightVersion).toBeLessThanOrEqual(winners.length);
  });
});

function half(key: string) {
  return { key, weight: 0.5 };
}

describe("how subjects are shared out", () => {
  it("is alarming when it isn't as it should be, which the journal tells once", async () => {
    const { key, event } = await start();
    await assign(key, "first");
    await assign(key, "second");
    // As if a variant's page lost every tenth of its visitors before it asks for a variant.
    const expose = (times: number) =>
      owner.query(
        `UPDATE experiment_counter c SET expected = 9500 * $2::int,
           exposures = CASE variant_key WHEN 'a' THEN 10000 ELSE 9000 END * $2::int
         FROM experiment e WHERE e.key = $1 AND c.experiment_id = e.id AND c.shard = $3`,
        [key, times, shard],
      );
    const { rows: shards } = await owner.query<{ shard: number }>(
      "SELECT c.shard FROM experiment_counter c JOIN experiment e ON e.id = c.experiment_id WHERE e.key = $1",
      [key],
    );
    const shard = shards[0]?.shard;
    await owner.query(
      "DELETE FROM experiment_counter c USING experiment e WHERE e.key = $1 AND c.experiment_id = e.id AND c.shard <> $2",
      [key, shard],
    );
    // What a look learns is held against what comes after it.
    await expose(1);
    await convert(event, "first");
    await eventually(
      () => owner.query("SELECT FROM experiment_weight WHERE counted_exposures = 19000"),
      (counted) => counted.rows.length > 0,
    );
    expect((await read(key)).results.hasSampleRatioAlarm).toBe(false);
    await expose(2);
    await convert(event, "second");
    const { results } = await eventually(
      () => read(key),
      (each) => each.results.hasSampleRatioAlarm,
    );
    expect(results.sampleRatioProbability).toBeLessThan(0.001);
    expect(results.explanations[0]).toContain("shared out differently");
    const { rows: told } = await owner.query(
      "SELECT subject_id FROM journal_entry WHERE type = 'experiment.sample_ratio_mismatched'",
    );
    expect(told).toHaveLength(1);
  });
});

async function identify(visitorId: string, userId: string) {
  const answer = await app.graphql(
    "mutation ($input: IdentifySubjectInput!) { identifySubject(input: $input) { inherited differing userErrors { code } } }",
    { input: { visitorId, userId } },
    app.tenant.publishableKey,
  );
  return payload<{ inherited: string[]; differing: string[] }>(answer, "identifySubject");
}

/** Two visitors with different variants. */
async function strangers(key: string): Promise<{ a: string; b: string }> {
  const found: Record<string, string> = {};
  for (const subject of subjects(40, key)) {
    const { variantKey } = await peek(key, subject);
    found[variantKey ?? ""] = subject;
    const { a, b } = found;
    if (a !== undefined && b !== undefined) return { a, b };
  }
  throw new Error("forty visitors with the same variant");
}

describe("a visitor who signs in", () => {
  it("goes on seeing the same variant, on every device, and is one subject", async () => {
    const { key, event } = await start();
    const seen = new Map<string, string | null>();
    for (const visitor of subjects(20, "visitor")) {
      seen.set(visitor, (await assign(key, visitor)).variantKey);
      expect((await identify(visitor, `user of ${visitor}`)).inherited).toContain(key);
    }
    await owner.query(`UPDATE experiment_weight SET weights = '{"a": 0.0001, "b": 0.9999}', version = version + 1`);
    for (const [visitor, variantKey] of seen) {
      expect(await assign(key, visitor)).toMatchObject({ variantKey });
      expect(await assign(key, `user of ${visitor}`)).toMatchObject({ variantKey, reason: "STORED" });
    }
    expect(await convert(event, "user of visitor-0")).toEqual([key]);
    expect(await convert(event, "visitor-0")).toEqual([]);
    expect(await rows(key)).toEqual({ assignments: 40, exposures: 20, conversions: 1 });
  });

  it("gets one variant when the visitor and the user sign in and are assigned at the same time", async () => {
    const { key } = await start();
    const { variantKey } = await assign(key, "quick");
    await Promise.all([identify("quick", "quick user"), identify("quick", "quick user"), assign(key, "quick user")]);
    const user = await assign(key, "quick user");
    const again = await Promise.all(Array.from({ length: 5 }, () => assign(key, "quick user")));
    for (const each of again) expect(each.variantKey).toBe(user.variantKey);
    expect((await assign(key, "quick")).variantKey).toBe(variantKey);
  });

  it("leaves the analysis with what was counted when the user had another variant, which stays", async () => {
    const { key, event } = await start();
    const { a, b } = await strangers(key);
    await assign(key, a);
    await assign(key, b);
    await convert(event, a);
    expect(await identify(a, b)).toEqual({ inherited: [], differing: [key], userErrors: [] });
    await identify(a, b);
    expect(await assign(key, b)).toMatchObject({ variantKey: "b" });
    expect(await convert(event, b)).toEqual([]);
    expect(await rows(key)).toEqual({ assignments: 2, exposures: 0, conversions: 0 });
    const { results } = await read(key);
    expect(results).toMatchObject({ exposures: 0, seenSeveral: 2 });
  });
});

describe("the verdict", () => {
  /** 10,000 subjects a variant. */
  async function count(key: string, conversions: { a: number; b: number }, days: number) {
    await owner.query(
      `INSERT INTO experiment_counter (tenant_id, experiment_id, variant_key, shard, exposures, expected, conversions)
       SELECT e.tenant_id, e.id, v.key, 0, 10000, 10000, CASE v.key WHEN 'a' THEN $2::int ELSE $3::int END
       FROM experiment e JOIN experiment_variant v ON v.experiment_id = e.id WHERE e.key = $1`,
      [key, conversions.a, conversions.b],
    );
    await owner.query("UPDATE experiment SET started_at = started_at - $2 * interval '1 day' WHERE key = $1", [
      key,
      days,
    ]);
  }

  it.each([
    ["FIXED", 500, 700, 13, null],
    ["FIXED", 500, 700, 15, "DIFFERENCE_IS_CERTAIN"],
    ["FIXED", 500, 560, 30, null],
    ["THOMPSON", 500, 560, 13, null],
    ["THOMPSON", 500, 560, 15, "PROBABLY_BEST"],
  ])("of a %s experiment with %d and %d conversions after %d days is %s", async (allocation, a, b, days, stop) => {
    const { key } = await start({ allocation });
    await count(key, { a, b }, days);
    const { results } = await read(key);
    expect(results.verdict).toEqual({ leaderKey: "b", stop });
    expect(results.explanations.at(-1)).toMatch(stop === null ? /^Go on/ : /^You may stop/);
    const [first, second] = results.variants;
    expect(first).toMatchObject({ differenceLower: null, differenceUpper: null });
    if (allocation === "THOMPSON") expect(second?.differenceLower).toBeNull();
    else expect((second?.differenceLower ?? 0) > 0).toBe(b === 700);
  });
});
