import { describe, expect, it } from "@jest/globals";

import { banditVerdict } from "./bandit-verdict.ts";
import { confidenceSequence } from "./confidence-sequence.ts";
import { conversionSequence } from "./conversion-sequence.ts";
import { effect } from "./effect.ts";
import { fixedVerdict } from "./fixed-verdict.ts";
import { gainBelow } from "./gain-below.ts";
import { proportionSample } from "./proportion-sample.ts";
import { bestBetaArm } from "./best-beta-arm.ts";

const arm = (conversions: number, exposures: number) => ({ conversions, exposures });

describe("a confidence sequence", () => {
  it("excludes zero exactly when its p-value is below α", () => {
    for (const conversions of [500, 560, 600, 620, 640, 660, 700]) {
      const found = effect(proportionSample(arm(500, 10_000)), proportionSample(arm(conversions, 10_000)), "ABSOLUTE");
      if (!found) throw new Error("no effect");
      const { interval, pValue } = confidenceSequence(found, 0.05);
      expect(pValue < 0.05).toBe(interval[0] > 0 || interval[1] < 0);
    }
  });

  it("isn't shown below ten conversions in either arm", () => {
    expect(conversionSequence(arm(9, 100), arm(40, 100))).toBeNull();
    expect(conversionSequence(arm(10, 100), arm(40, 100))?.interval[0]).toBeGreaterThan(-1);
    expect(conversionSequence(arm(0, 0), arm(0, 0))).toBeNull();
    expect(conversionSequence(arm(20, 20), arm(20, 20))).toBeNull(); // no variance
  });
});

describe("what is left to gain", () => {
  it("is P(the leader is the best) where any gain counts", () => {
    const posteriors = [
      { alpha: 41, beta: 961 },
      { alpha: 51, beta: 951 },
      { alpha: 49, beta: 953 },
    ];
    for (const direction of ["MAXIMISE", "MINIMISE"] as const) {
      const { probabilities } = bestBetaArm(posteriors, direction);
      for (const [k, p] of probabilities.entries()) expect(gainBelow(posteriors, k, 0, direction)).toBeCloseTo(p, 9);
    }
  });

  it("grows with the share that is thought negligible", () => {
    const posteriors = [
      { alpha: 501, beta: 9_501 },
      { alpha: 500, beta: 9_502 },
    ];
    const chances = [0, 0.01, 0.05, 0.2].map((share) => gainBelow(posteriors, 0, share));
    expect(chances).toEqual(chances.toSorted((a, b) => a - b));
    expect(chances.at(-1)).toBeGreaterThan(0.99);
  });
});

describe("a bandit stops", () => {
  it("for a clear leader, though never before 14 days", () => {
    const arms = [arm(40, 1_000), arm(80, 1_000)];
    expect(banditVerdict(arms, 13)).toEqual({ leader: 1, because: null });
    expect(banditVerdict(arms, 14)).toEqual({ leader: 1, because: "PROBABLY_BEST" });
    expect(banditVerdict(arms, 14, { direction: "MINIMISE" })).toEqual({ leader: 0, because: "PROBABLY_BEST" });
  });

  it("between equals, once they can't differ by much", () => {
    expect(banditVerdict([arm(500, 10_000), arm(500, 10_000)], 30).because).toBeNull();
    expect(banditVerdict([arm(500_000, 10_000_000), arm(500_000, 10_000_000)], 30).because).toBe(
      "NOTHING_LEFT_TO_GAIN",
    );
  });

  it("not without traffic", () => {
    expect(banditVerdict([arm(0, 0), arm(0, 0)], 100).because).toBeNull();
  });
});

describe("an A/B test stops", () => {
  it("when a difference is certain, in either direction", () => {
    expect(fixedVerdict([arm(500, 10_000), arm(700, 10_000)], 14)).toEqual({
      leader: 1,
      because: "DIFFERENCE_IS_CERTAIN",
    });
    expect(fixedVerdict([arm(700, 10_000), arm(500, 10_000)], 14)).toEqual({
      leader: 0,
      because: "DIFFERENCE_IS_CERTAIN",
    });
    expect(fixedVerdict([arm(500, 10_000), arm(700, 10_000)], 13).because).toBeNull();
  });

  it("not for a chance to win of 97 %", () => {
    expect(fixedVerdict([arm(500, 10_000), arm(560, 10_000)], 30).because).toBeNull();
  });

  it("for an accepted loss, only if the team accepted one", () => {
    const arms = [arm(500, 10_000), arm(560, 10_000)];
    expect(fixedVerdict(arms, 30, { acceptedLoss: 0.0001 })).toEqual({ leader: 1, because: "LOSS_IS_ACCEPTED" });
  });

  it("shares its error among several treatments", () => {
    const treatments = Array.from({ length: 9 }, () => arm(500, 10_000));
    const close = arm(615, 10_000);
    expect(fixedVerdict([arm(500, 10_000), close], 30).because).toBe("DIFFERENCE_IS_CERTAIN");
    expect(fixedVerdict([arm(500, 10_000), close, ...treatments], 30).because).toBeNull();
  });
});
