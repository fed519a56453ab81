import { weights } from "../../server/experiments/statistics/weights.ts";
import { equalWeights, noCounts, serveBatch, sumOf } from "./bandit.ts";
import { type Figures, figures } from "./figures.ts";
import type { Plan } from "./plan.ts";
import { Random } from "./random.ts";

const rates = [0.1, 0.05, 0.05, 0.05, 0.02, 0.02, 0.02, 0.01, 0.01, 0.01];
const batchSize = 1_000;

/** P1: ten arms with low rates; the regret after `subjects`, weights refreshed every 1,000. */
export function simulateLowRates({ runs, seed }: Plan, subjects: number): Figures {
  const random = new Random(seed);
  return figures(
    Array.from({ length: runs }, () => {
      let counts = noCounts(rates.length);
      let shares = equalWeights(rates.length);
      let regret = 0;
      for (let seen = 0; seen < subjects;) {
        const batch = serveBatch(random, batchSize, shares, rates);
        counts = sumOf(counts, batch.arms);
        regret += batch.regret;
        seen += batchSize;
        shares = weights(counts);
      }
      return regret;
    }),
  );
}
