import { readFileSync } from "node:fs";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { bestBetaArm } from "./best-beta-arm.ts";

interface ExactRecord {
  successes_failures: [number, number][];
  p_best: number[];
  expected_loss: number[];
}
const fixtures = JSON.parse(
  readFileSync(new URL("../../../test/fixtures/experiments/gbstats-fixtures.json", import.meta.url), "utf8"),
) as { pbest_beta_exact: ExactRecord[] };

describe("P(best) and expected loss of Beta posteriors", () => {
  it.each(fixtures.pbest_beta_exact)("agree with SciPy's integration to 1e-9: $successes_failures", (record) => {
    const best = bestBetaArm(record.successes_failures.map(([s, f]) => ({ alpha: 1 + s, beta: 1 + f })));
    for (const [k, p] of record.p_best.entries())
      expect(Math.abs((best.probabilities[k] ?? NaN) - p)).toBeLessThan(1e-9);
    for (const [k, loss] of record.expected_loss.entries()) {
      expect(Math.abs((best.expectedLosses[k] ?? NaN) - loss)).toBeLessThan(1e-9);
    }
  });

  it("agree with the closed form of two arms with no conversion, in both directions", () => {
    // −ln(1 − Beta(1, b)) is exponential with rate b: the first arm is the larger one with probability d / (b + d), and
    // E[max] = 1 / (1 + b) + 1 / (1 + d) − 1 / (1 + b + d).
    for (const [b, d] of [
      [1, 1],
      [4, 7],
      [101, 1_001],
      [50, 100_000],
    ] as const) {
      const arms = [
        { alpha: 1, beta: b },
        { alpha: 1, beta: d },
      ];
      const largest = 1 / (1 + b) + 1 / (1 + d) - 1 / (1 + b + d);
      const most = bestBetaArm(arms);
      expect(most.probabilities[0]).toBeCloseTo(d / (b + d), 9);
      expect(most.expectedLosses[1]).toBeCloseTo(largest - 1 / (1 + d), 9);
      const least = bestBetaArm(arms, "MINIMISE");
      expect(least.probabilities[0]).toBeCloseTo(b / (b + d), 9);
      expect(least.expectedLosses[0]).toBeCloseTo(1 / (1 + b) - 1 / (1 + b + d), 9);
    }
  });

  it("are a distribution and its losses for any arms, and their order follows the order of the arms", () => {
    const arm = fc.record({
      alpha: fc.double({ min: 1, max: 1e6, noNaN: true }),
      beta: fc.double({ min: 1, max: 1e6, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(arm, { minLength: 1, maxLength: 5 }),
        fc.constantFrom("MAXIMISE", "MINIMISE"),
        (arms, direction) => {
          const { probabilities, expectedLosses } = bestBetaArm(arms, direction);
          expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
          for (const value of [...probabilities, ...expectedLosses]) expect(value).toBeGreaterThanOrEqual(0);
          const reversed = bestBetaArm(arms.toReversed(), direction);
          for (const [k, p] of probabilities.entries()) expect(reversed.probabilities.at(-1 - k)).toBeCloseTo(p, 9);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("keep their accuracy with 100 observations against ten million", () => {
    const crowd = { alpha: 500_001, beta: 9_500_001 };
    const { probabilities } = bestBetaArm([{ alpha: 6, beta: 96 }, crowd]);
    expect(Math.abs((probabilities[0] ?? NaN) - betaBinomialAtMost(5, 101, crowd))).toBeLessThan(5e-9);
  });
});

/** P(K ≤ k) of a beta-binomial of n trials, the same number as P(Beta(k + 1, n − k) > the rate). */
function betaBinomialAtMost(k: number, n: number, { alpha, beta }: { alpha: number; beta: number }): number {
  let term = 1;
  for (let i = 0; i < n; i++) term *= (beta + i) / (alpha + beta + i);
  let sum = term;
  for (let i = 0; i < k; i++) {
    term *= (((n - i) / (i + 1)) * (alpha + i)) / (beta + n - i - 1);
    sum += term;
  }
  return sum;
}
