import { describe, expect, it } from "@jest/globals";

import { aipwEstimates } from "./aipw-estimates.ts";
import { decayedCounts } from "./decayed-counts.ts";
import { delayCurve } from "./delay-curve.ts";
import { explorationFloor } from "./exploration-floor.ts";
import { maturedExposures } from "./matured-exposures.ts";
import { seasonalCounts } from "./seasonal-counts.ts";

describe("seasonal counts", () => {
  it("are the plain counts while the weights never changed", () => {
    const counts = seasonalCounts({ exposures: 200, squares: 400, conversions: 10 }); // 100 exposures at p = ½, 5 conversions
    expect(counts.exposures).toBeCloseTo(100, 9);
    expect(counts.conversions).toBeCloseTo(5, 9);
  });

  it("give each season its share of all subjects, not of the arm's", () => {
    // 1,000 subjects at 10 % with p = .9, then 1,000 at 2 % with p = .1: the plain rate is 9.2 %, over both seasons it's 6 %.
    const counts = seasonalCounts({
      exposures: 900 / 0.9 + 100 / 0.1,
      squares: 900 / 0.81 + 100 / 0.01,
      conversions: 90 / 0.9 + 2 / 0.1,
    });
    expect(counts.conversions / counts.exposures).toBeCloseTo(0.06, 9);
    expect(counts.exposures).toBeLessThan(1_000);
  });

  it("are none before anything was seen", () => {
    expect(seasonalCounts({ exposures: 0, squares: 0, conversions: 0 })).toEqual({ conversions: 0, exposures: 0 });
  });
});

it("decayed counts halve with each half-life of subjects", () => {
  expect(decayedCounts({ conversions: 8, exposures: 100 }, 20_000, 10_000)).toEqual({ conversions: 2, exposures: 25 });
});

it("only a seasonal experiment keeps exploring, less and less", () => {
  expect(explorationFloor("SEASONAL", 0)).toBe(0.05);
  expect(explorationFloor("SEASONAL", 100_000)).toBe(0.001);
  expect(explorationFloor("POOLED", 100_000)).toBe(0);
  expect(explorationFloor("DRIFTING", 100_000)).toBe(0);
});

describe("the curve of delays", () => {
  it("is not fooled by exposures that are too young to show long delays", () => {
    // Half of all conversions come after 1 hour, half after 9. Of 200 old exposures all are seen, of 200 that are 5 hours old the early half.
    const curve = delayCurve([
      { delay: 1, age: 10, conversions: 100 },
      { delay: 9, age: 10, conversions: 100 },
      { delay: 1, age: 5, conversions: 100 },
    ]);
    expect(curve(0.5)).toBe(0);
    expect(curve(1)).toBeCloseTo(0.5, 2); // plainly counted it would be 0.67
    expect(curve(8.9)).toBeCloseTo(0.5, 2);
    expect(curve(9)).toBe(1);
  });

  it("never falls and stays in 0…1", () => {
    const curve = delayCurve([5, 1, 3, 3, 8].map((delay, i) => ({ delay, age: delay + i, conversions: 1 + i })));
    const shares = [0, 1, 2, 3, 5, 8, 100].map(curve);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it("takes nothing for missing while nothing is known", () => {
    expect(delayCurve([])(0)).toBe(1);
  });

  it("matures exposures by their age", () => {
    const curve = delayCurve([
      { delay: 1, age: 10, conversions: 1_000_000 },
      { delay: 9, age: 10, conversions: 1_000_000 },
    ]);
    expect(
      maturedExposures(
        [
          { age: 10, exposures: 7 },
          { age: 2, exposures: 10 },
          { age: 0, exposures: 4 },
        ],
        curve,
      ),
    ).toBeCloseTo(12, 4);
  });
});

describe("AIPW estimates", () => {
  it("weigh batches by their subjects, not by the arm's", () => {
    const batches = [
      {
        probabilities: [0.5, 0.5],
        arms: [
          { conversions: 50, exposures: 500 },
          { conversions: 25, exposures: 500 },
        ],
      },
      {
        probabilities: [0.9, 0.1],
        arms: [
          { conversions: 18, exposures: 900 },
          { conversions: 1, exposures: 100 },
        ],
      },
    ];
    const [first, second] = aipwEstimates(batches, 2);
    // Each batch's Γ is its own rate where the arm got exactly its share.
    expect(first?.rate).toBeCloseTo((0.1 + 0.02) / 2, 9);
    expect(second?.rate).toBeCloseTo((0.05 + 0.01) / 2, 9);
    expect(first?.standardError).toBeCloseTo(0.04 / Math.SQRT2, 9);
  });

  it("are none for an arm that a batch gave no chance, and before anything was seen", () => {
    const batch = {
      probabilities: [1, 0],
      arms: [
        { conversions: 1, exposures: 10 },
        { conversions: 0, exposures: 0 },
      ],
    };
    expect(aipwEstimates([batch], 2)[1]).toBeNull();
    expect(aipwEstimates([], 2)).toEqual([null, null]);
  });
});
