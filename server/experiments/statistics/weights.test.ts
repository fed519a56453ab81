import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";

import { topTwo } from "./top-two.ts";
import { weights } from "./weights.ts";

describe("weights", () => {
  it("are equal before anything is known", () => {
    expect(weights([none, none])).toEqual([0.5, 0.5]);
    expect(weights([none, none, none]).toSorted((a, b) => a - b)).toEqual([0.3333, 0.3333, 0.3334]);
  });

  it("follow P(best), in the direction that is asked for", () => {
    const arms = [
      { conversions: 40, exposures: 1_000 },
      { conversions: 50, exposures: 1_000 },
    ];
    expect(weights(arms)).toEqual([0.1416, 0.8584]);
    expect(weights(arms, { direction: "MINIMISE" })).toEqual([0.8584, 0.1416]);
  });

  it("with top-two sampling never take more than half from the rivals of a clear winner, in both directions", () => {
    const arms = [100, 10, 9, 8].map((conversions) => ({ conversions, exposures: 1_000 }));
    const most = weights(arms, { sampling: "TOP_TWO" });
    expect(most[0]).toBeCloseTo(0.5, 3);
    const least = weights(arms, { sampling: "TOP_TWO", direction: "MINIMISE" });
    expect(least[0]).toBe(0);
    expect(weights([none, { conversions: 90, exposures: 100 }], { sampling: "TOP_TWO" })).toEqual([0.5, 0.5]);
  });

  it("keep a floor and still sum to 1", () => {
    const arms = [100, 10, 9, 8].map((conversions) => ({ conversions, exposures: 1_000 }));
    expect(weights(arms, { floor: 0.01 })).toEqual([0.97, 0.01, 0.01, 0.01]);
    expect(weights(arms, { floor: 0.9 })).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  it("are multiples of 0.0001 that sum to 1, whatever the counts", () => {
    const arm = fc
      .nat(2_000)
      .chain((conversions) =>
        fc.record({ conversions: fc.constant(conversions), exposures: fc.integer({ min: conversions, max: 100_000 }) }),
      );
    fc.assert(
      fc.property(
        fc.array(arm, { minLength: 1, maxLength: 6 }),
        fc.constantFrom("THOMPSON", "TOP_TWO"),
        fc.constantFrom(0, 0.01),
        (arms, sampling, floor) => {
          const steps = weights(arms, { sampling, floor }).map((weight) => weight * 10_000);
          for (const step of steps) expect(Math.abs(step - Math.round(step))).toBeLessThan(1e-8);
          expect(steps.reduce((sum, step) => sum + Math.round(step), 0)).toBe(10_000);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("top-two shares", () => {
  it("sum to 1 for any probabilities, certain ones too", () => {
    for (const probabilities of [[1], [1, 0, 0], [1 - 1e-17, 1e-17], [0.2, 0.3, 0.5], [0.25, 0.25, 0.25, 0.25]]) {
      expect(topTwo(probabilities).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    }
  });
});

const none = { conversions: 0, exposures: 0 };
