import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";

import { bayesianEffect } from "./bayesian-effect.ts";
import { bestGaussianArm } from "./best-gaussian-arm.ts";
import { confidenceSequence } from "./confidence-sequence.ts";
import { type CupedSums, cupedEffect } from "./cuped-effect.ts";
import { type Effect, type EffectKind, effect } from "./effect.ts";
import { gaussianPosterior } from "./gaussian-posterior.ts";
import { meanSample } from "./mean-sample.ts";
import { proportionSample } from "./proportion-sample.ts";
import { type RatioSums, ratioSample } from "./ratio-sample.ts";
import { sampleRatioPValue } from "./sample-ratio-p-value.ts";
import { tTest } from "./t-test.ts";

// The field names are gbstats': test/fixtures/experiments/README.md.
interface Expected {
  expected: number;
  ci: [number, number];
  uplift: { mean: number; stddev: number };
  errorMessage: string | null;
  chanceToWin?: number;
  risk?: [number, number];
  pValue?: number;
}
type Arm = Record<string, number>;
type Comparison = { in: { a: Arm; b: Arm } } & Record<string, Expected | { a: Arm; b: Arm }>;
interface BanditRecord {
  in: { n: number; sum: number; sum_squares: number }[];
  inverse: boolean;
  posterior_mean: number[];
  posterior_variance: number[];
  exact_best_arm_probabilities: number[];
}
const fixtures = JSON.parse(
  readFileSync(new URL("../../../test/fixtures/experiments/gbstats-fixtures.json", import.meta.url), "utf8"),
) as Record<"proportions" | "means" | "ratio" | "cuped", Comparison[]> & {
  srm: { users: number[]; weights: number[]; p: number }[];
  bandit: BanditRecord[];
};

describe("effects agree with gbstats to 1e-6", () => {
  it.each(fixtures.proportions)("of proportions: $in", (record) => {
    const sample = ({ sum = NaN, n = NaN }: Arm) => proportionSample({ conversions: sum, exposures: n });
    agree(record, (kind) => effect(sample(record.in.a), sample(record.in.b), kind));
  });

  it.each(fixtures.means)("of means: $in", (record) => {
    const sample = (arm: Arm) => meanSample(sums(arm, "sum", "sum_squares"));
    agree(record, (kind) => effect(sample(record.in.a), sample(record.in.b), kind));
  });

  it.each(fixtures.ratio)("of ratios: $in", (record) => {
    const ratio = (arm: Arm): RatioSums => ({
      numerator: sums(arm, "ms", "mq"),
      denominator: sums(arm, "ds", "dq"),
      sumProducts: arm["md"] ?? NaN,
    });
    agree(record, (kind) => effect(ratioSample(ratio(record.in.a)), ratioSample(ratio(record.in.b)), kind));
  });

  it.each(fixtures.cuped)("with CUPED: $in", (record) => {
    const cuped = (arm: Arm): CupedSums => ({
      during: sums(arm, "post_sum", "post_sq"),
      before: sums(arm, "pre_sum", "pre_sq"),
      sumProducts: arm["post_pre"] ?? NaN,
    });
    agree(record, (kind) => cupedEffect(cuped(record.in.a), cuped(record.in.b), kind));
  });
});

it.each(fixtures.srm)("the p-value of a sample ratio mismatch agrees to 1e-9: $users", ({ users, weights, p }) => {
  expect(Math.abs(sampleRatioPValue(users, weights) - p)).toBeLessThan(1e-9);
});

describe("a Gaussian bandit", () => {
  it.each(fixtures.bandit)("has gbstats' posterior and SciPy's exact P(best): $in, inverse $inverse", (record) => {
    const posteriors = record.in.map(({ n, sum, sum_squares }) =>
      gaussianPosterior(meanSample({ n, sum, sumSquares: sum_squares })),
    );
    const { probabilities } = bestGaussianArm(posteriors, record.inverse ? "MINIMISE" : "MAXIMISE");
    for (const [k, posterior] of posteriors.entries()) {
      near(posterior.mean, record.posterior_mean[k]);
      near(posterior.variance, record.posterior_variance[k]);
      near(probabilities[k], record.exact_best_arm_probabilities[k], 1e-9);
    }
  });
});

/** Each method of the record against ours, for the kind of effect that its name ends with. */
function agree(record: Comparison, effectOf: (kind: EffectKind) => Effect | null): void {
  const methods = Object.entries(record).filter((entry): entry is [string, Expected] => entry[0] !== "in");
  expect(methods.length).toBeGreaterThan(0);
  for (const [method, expected] of methods) {
    const found = effectOf(method.endsWith("relative") ? "RELATIVE" : "ABSOLUTE");
    expect(found === null).toBe(expected.errorMessage === "ZERO_NEGATIVE_VARIANCE");
    if (found) agreeOn(method, found, expected);
  }
}

function agreeOn(method: string, found: Effect, expected: Expected): void {
  if (method.startsWith("bayes")) {
    const ours = bayesianEffect(found, method.startsWith("bayes_prior") ? { prior: { mean: 0, deviation: 0.3 } } : {});
    near(ours.mean, expected.expected);
    near(ours.deviation, expected.uplift.stddev);
    near(ours.chanceToWin, expected.chanceToWin);
    for (const side of [0, 1] as const) {
      near(ours.credibleInterval[side], expected.ci[side]);
      near(ours.risk[side], expected.risk?.[side]);
    }
    return;
  }
  near(found.estimate, expected.expected);
  near(found.standardError, expected.uplift.stddev);
  const tuning = Number(/^sequential_(\d+)/.exec(method)?.[1] ?? NaN);
  const ours = Number.isNaN(tuning) ? tTest(found) : confidenceSequence(found, 0.05, tuning);
  near(ours.pValue, expected.pValue);
  for (const side of [0, 1] as const) near(ours.interval[side], expected.ci[side]);
}

function sums(arm: Arm, sum: string, sumSquares: string): { n: number; sum: number; sumSquares: number } {
  return { n: arm["n"] ?? NaN, sum: arm[sum] ?? NaN, sumSquares: arm[sumSquares] ?? NaN };
}

function near(found: number | undefined, expected: number | undefined, tolerance = 1e-6): void {
  expect(Math.abs((found ?? NaN) - (expected ?? NaN))).toBeLessThanOrEqual(tolerance);
}
