import { describe, expect, it } from "@jest/globals";

import { sampleRatioPValue } from "./sample-ratio-p-value.ts";
import { emptyAllocationRecord, withAllocations } from "./sample-ratio-alarm.ts";

describe("the sample ratio alarm", () => {
  it("stays silent when subjects are divided as planned, under weights that change", () => {
    let record = emptyAllocationRecord(2);
    for (let i = 0; i < 500; i++) {
      const share = i % 2 === 0 ? 0.9 : 0.3;
      record = withAllocations(record, {
        probabilities: [share, 1 - share],
        exposures: [share * 100, (1 - share) * 100],
      });
    }
    expect(record.alarmed).toBe(false);
    expect(record.exposures[0]).toBeCloseTo(30_000, 6);
    expect(record.expected[0]).toBeCloseTo(30_000, 6);
  });

  it("goes off for a mismatch, and stays on", () => {
    let record = emptyAllocationRecord(2);
    for (let i = 0; i < 100 && !record.alarmed; i++) {
      record = withAllocations(record, { probabilities: [0.5, 0.5], exposures: [60, 40] });
    }
    expect(record.alarmed).toBe(true);
    for (let i = 0; i < 1_000; i++)
      record = withAllocations(record, { probabilities: [0.5, 0.5], exposures: [40, 60] });
    expect(record.alarmed).toBe(true);
  });

  it("goes off at once when an arm was given that had no weight", () => {
    const record = withAllocations(emptyAllocationRecord(2), { probabilities: [1, 0], exposures: [5, 1] });
    expect(record.alarmed).toBe(true);
  });

  it("says the same of one subject at a time and of subjects in order", () => {
    // q of a batch of one is what the rule per exposure says: the first subject is always as planned.
    const first = withAllocations(emptyAllocationRecord(2), { probabilities: [0.5, 0.5], exposures: [1, 0] });
    expect(first.logEvidence).toBe(0);
    const second = withAllocations(first, { probabilities: [0.5, 0.5], exposures: [1, 0] });
    const q = (0.5 * (101 / 100.5)) / (0.5 * (101 / 100.5) + 0.5 * (100 / 100.5));
    expect(second.logEvidence).toBeCloseTo(Math.log(q / 0.5), 12);
  });
});

it("chi-squared of no subjects, or of a single arm, finds no mismatch", () => {
  expect(sampleRatioPValue([0, 0], [0.5, 0.5])).toBe(1);
  expect(sampleRatioPValue([10], [1])).toBe(1);
});
