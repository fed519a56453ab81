import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { bucketRanges } from "./bucket-ranges.ts";
import { checkWeights } from "./check-weights.ts";
import { openWeights } from "./open-weights.ts";
import { roundedWeights } from "./rounded-weights.ts";

const weights = fc
  .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 })
  .filter((each) => each.some((weight) => weight > 1e-6))
  .map((each) => {
    const sum = each.reduce((total, weight) => total + weight, 0);
    return each.map((weight) => weight / sum);
  });

describe("weights", () => {
  it("become multiples of 0.0001 whose sum is 1, the rest given to the leader", () => {
    expect(roundedWeights([1 / 3, 1 / 3, 1 / 3])).toEqual([0.3334, 0.3333, 0.3333]);
    expect(roundedWeights([0.00004, 0.00004, 0.99992])).toEqual([0, 0, 1]);
    expect(roundedWeights([0.00006, 0.00006, 0.99988])).toEqual([0.0001, 0.0001, 0.9998]);
    fc.assert(
      fc.property(weights, (exact) => {
        const rounded = roundedWeights(exact);
        const steps = rounded.map((weight) => weight * 10_000);
        expect(steps.reduce((total, each) => total + Math.round(each), 0)).toBe(10_000);
        for (const each of steps) expect(Math.abs(each - Math.round(each))).toBeLessThan(1e-9);
        const moved = rounded.filter((weight, index) => Math.abs(weight - (exact[index] ?? 0)) > 0.000_051);
        expect(moved.length).toBeLessThanOrEqual(1);
        expect(roundedWeights(rounded)).toEqual(rounded);
        expect(checkWeights(rounded)).toBeNull();
        expect(bucketRanges(rounded).at(-1)?.[1]).toBeCloseTo(1, 12);
      }),
    );
  });

  it("have to be shares whose sum is 1", () => {
    expect(checkWeights([0.5, 0.5])).toBeNull();
    expect(checkWeights([0.3333, 0.3333, 0.3333])).toBeNull();
    expect(checkWeights([])).toBe("NO_WEIGHTS");
    expect(checkWeights([1.5, -0.5])).toBe("NOT_A_SHARE");
    expect(checkWeights([Number.NaN, 1])).toBe("NOT_A_SHARE");
    expect(checkWeights([0.5, 0.4])).toBe("SUM_IS_NOT_ONE");
    expect(checkWeights([0.5, 0.501])).toBe("SUM_IS_NOT_ONE");
    expect(checkWeights([0, 0])).toBe("SUM_IS_NOT_ONE");
  });

  it("of paused and dropped variants go to the others in proportion", () => {
    const variants = (["ACTIVE", "PAUSED", "ACTIVE", "DROPPED"] as const).map((status, index) => ({
      status,
      weight: [0.1, 0.3, 0.3, 0.3][index] ?? 0,
    }));
    expect(openWeights(variants)).toEqual([0.25, 0, 0.75, 0]);
    expect(openWeights(variants.map((each) => ({ ...each, weight: each.status === "ACTIVE" ? 0 : 0.5 })))).toEqual([
      0.5, 0, 0.5, 0,
    ]);
    expect(openWeights(variants.map(({ weight }) => ({ weight, status: "PAUSED" as const })))).toBeNull();
  });
});
