import { decayedCounts } from "../../server/experiments/statistics/decayed-counts.ts";
import { explorationFloor } from "../../server/experiments/statistics/exploration-floor.ts";
import { seasonalCounts } from "../../server/experiments/statistics/seasonal-counts.ts";
import { weights } from "../../server/experiments/statistics/weights.ts";
import { equalWeights, noCounts, serveBatch, sumOf } from "./bandit.ts";
import { type Figures, figures } from "./figures.ts";
import type { Plan } from "./plan.ts";
import { Random } from "./random.ts";

const subjects = 200_000;
const batchSize = 1_000;

/** P6: .05, .03, .03, of which the first two swap at half time. Users from then until the new best arm has half of the traffic. */
export function simulateOvertaking({ runs, seed }: Plan, halfLife: number): { recovery: Figures; regret: Figures } {
  const random = new Random(seed);
  const outcomes = Array.from({ length: runs }, () => {
    let counts = noCounts(3);
    let shares = equalWeights(3);
    let regret = 0;
    let recovered = Infinity;
    for (let seen = 0; seen < subjects;) {
      const rates = seen < subjects / 2 ? [0.05, 0.03, 0.03] : [0.03, 0.05, 0.03];
      const batch = serveBatch(random, batchSize, shares, rates);
      counts = sumOf(
        counts.map((arm) => decayedCounts(arm, batchSize, halfLife)),
        batch.arms,
      );
      regret += batch.regret;
      seen += batchSize;
      shares = weights(counts);
      if (seen > subjects / 2 && (shares[1] ?? 0) >= 0.5) recovered = Math.min(recovered, seen - subjects / 2);
    }
    return { recovered, regret };
  });
  return {
    recovery: figures(outcomes.map(({ recovered }) => recovered)),
    regret: figures(outcomes.map(({ regret }) => regret)),
  };
}

/** P7: .05 and .04, both × 0.4 from user 40,000 to 80,000, in an experiment that is SEASONAL. */
export function simulateSeason({ runs, seed }: Plan): { regret: Figures; wrongLeader: number } {
  const random = new Random(seed);
  const outcomes = Array.from({ length: runs }, () => {
    let sums = [0, 1].map(() => ({ exposures: 0, squares: 0, conversions: 0 }));
    let shares = equalWeights(2);
    let regret = 0;
    for (let seen = 0; seen < subjects;) {
      const season = seen >= 40_000 && seen < 80_000 ? 0.4 : 1;
      const batch = serveBatch(random, batchSize, shares, [0.05 * season, 0.04 * season]);
      sums = sums.map((sum, i) => {
        const p = shares[i] ?? 1;
        const { exposures = 0, conversions = 0 } = batch.arms[i] ?? {};
        return {
          exposures: sum.exposures + exposures / p,
          squares: sum.squares + exposures / p ** 2,
          conversions: sum.conversions + conversions / p,
        };
      });
      regret += batch.regret;
      seen += batchSize;
      shares = weights(sums.map(seasonalCounts), { floor: explorationFloor("SEASONAL", seen) });
    }
    return { regret, isWrong: (shares[0] ?? 0) < 0.5 };
  });
  return {
    regret: figures(outcomes.map(({ regret }) => regret)),
    wrongLeader: outcomes.filter(({ isWrong }) => isWrong).length / runs,
  };
}
