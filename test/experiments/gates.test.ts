import { describe, expect, it } from "@jest/globals";

import { gates, isMet } from "./gates.ts";

// Fixed, so that a test that passed passes again; `npm run sim:experiments` takes others and more runs.
const seed = 20_261_121;

describe("the statistics of experiments keep their promises", () => {
  for (const { name, runs, read } of gates) {
    if (runs.quick === undefined) continue;
    it(`${name} (${runs.quick} runs, seed ${seed})`, () => {
      const missed = read({ runs: runs.quick ?? 0, seed }).filter((reading) => !isMet(reading));
      expect(missed).toEqual([]);
    }, 120_000);
  }
});
