import { banditVerdict } from "../../server/experiments/statistics/bandit-verdict.ts";
import { weights } from "../../server/experiments/statistics/weights.ts";
import { equalWeights, noCounts, serveBatch, sumOf } from "./bandit.ts";
import { figures } from "./figures.ts";
import type { Plan } from "./plan.ts";
import { Random } from "./random.ts";

const rates = [0.04, 0.05];
const visitsPerDay = 100;
/** What a classical test of this difference takes at power 95 %. */
const classicalDays = 223;

/** P4: Google's example for Content Experiments: 4 % against 5 %, 100 visits a day, weights daily, until the bandit's rule stops it. */
export function simulateTwoRates({ runs, seed }: Plan): { days: number; rightShare: number; conversionsSaved: number } {
  const random = new Random(seed);
  const outcomes = Array.from({ length: runs }, () => {
    let counts = noCounts(2);
    let shares = equalWeights(2);
    let regret = 0;
    for (let day = 1; ; day++) {
      const batch = serveBatch(random, visitsPerDay, shares, rates);
      counts = sumOf(counts, batch.arms);
      regret += batch.regret;
      const { because, leader } = banditVerdict(counts, day);
      // In 10,000 days it would have been an endless loop.
      if (because !== null || day === 10_000) return { days: day, isRight: leader === 1, regret };
      shares = weights(counts);
    }
  });
  const lostByClassical = (classicalDays * visitsPerDay * 0.01) / 2;
  return {
    days: figures(outcomes.map(({ days }) => days)).mean,
    rightShare: outcomes.filter(({ isRight }) => isRight).length / runs,
    conversionsSaved: lostByClassical - figures(outcomes.map(({ regret }) => regret)).mean,
  };
}
