import type { ExperimentRow } from "./experiment-row.ts";
import { fixedWeights } from "./experiment-store.ts";
import { countsOf, type VariantCounts } from "./experiment-counts.ts";
import { judgeVariants } from "./judge-variants.ts";
import { explorationFloor } from "./statistics/exploration-floor.ts";
import { trafficShares } from "./statistics/traffic-shares.ts";

/** The shares that new subjects should have, given what was counted so far. */
export function nextWeights(row: ExperimentRow, counts: readonly VariantCounts[]): Record<string, number> {
  if (row.allocation === "FIXED" || row.status === "DRAFT") return fixedWeights(row.variants);
  const active = row.variants.filter(({ state }) => state === "ACTIVE").map(({ key }) => key);
  const own = active.map((key) => countsOf(counts, row.id, key));
  const subjects = own.reduce((sum, { exposures }) => sum + Number(exposures), 0);
  const { probabilities } = judgeVariants(row, own);
  const floor = explorationFloor(row.mode, subjects);
  const shares = active.length === 0 ? [] : trafficShares(probabilities, { floor });
  return Object.fromEntries(
    row.variants.map(({ key }) => {
      const place = active.indexOf(key);
      return [key, place === -1 ? 0 : (shares[place] ?? 0)];
    }),
  );
}
