import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import type { ExperimentRow } from "./experiment-row.ts";
import type { VariantCounts } from "./experiment-counts.ts";
import type { BestArm } from "./statistics/best-arm.ts";
import { bestBetaArm } from "./statistics/best-beta-arm.ts";
import { bestGaussianArm } from "./statistics/best-gaussian-arm.ts";
import { amountPosteriors } from "./statistics/amount-posteriors.ts";
import type { ArmCounts } from "./statistics/arm-counts.ts";
import type { Sums } from "./statistics/sums.ts";
import { seasonalCounts } from "./statistics/seasonal-counts.ts";
import { posterior } from "./statistics/posterior.ts";

/** What is known of the variants' metric, in their order. */
export interface Judgement extends BestArm {
  readonly means: readonly number[];
  /** Credible intervals of 95 %. */
  readonly intervals: readonly (readonly [lower: number, upper: number])[];
}

type Judged = Pick<ExperimentRow, "metricKind" | "metricDirection" | "mode">;

/** Compares variants by what was counted of each. */
export function judgeVariants(experiment: Judged, counts: readonly VariantCounts[]): Judgement {
  const { metricKind, metricDirection } = experiment;
  if (metricKind === "CONVERSION") {
    const posteriors = armCounts(experiment, counts).map((arm) => posterior(arm));
    return {
      ...bestBetaArm(posteriors, metricDirection),
      means: posteriors.map(({ mean }) => mean),
      intervals: posteriors.map(({ credibleInterval }) => credibleInterval),
    };
  }
  const posteriors = amountPosteriors(counts.map((each) => amountSums(metricKind, each)));
  const deviations = normalQuantile(0.975, 0, 1);
  return {
    ...bestGaussianArm(posteriors, metricDirection),
    means: posteriors.map(({ mean }) => mean),
    intervals: posteriors.map(({ mean, variance }) => {
      const half = deviations * Math.sqrt(variance);
      return [mean - half, mean + half] as const;
    }),
  };
}

/** The counts as the experiment's mode takes them. */
export function armCounts({ mode }: Pick<Judged, "mode">, counts: readonly VariantCounts[]): ArmCounts[] {
  return counts.map(mode === "SEASONAL" ? weighedCounts : pooledCounts);
}

function pooledCounts({ exposures, conversions }: VariantCounts): ArmCounts {
  return { exposures: Number(exposures), conversions: Number(conversions) };
}

function weighedCounts({ inverse, inverseSquares, convertedInverse }: VariantCounts): ArmCounts {
  return seasonalCounts({ exposures: inverse, squares: inverseSquares, conversions: convertedInverse });
}

/** Who brings nothing brings 0; how long something takes is known of those only who did it. */
function amountSums(kind: "REVENUE" | "DURATION", counts: VariantCounts): Sums {
  const n = Number(kind === "REVENUE" ? counts.exposures : counts.conversions);
  return { n, sum: counts.valueSum, sumSquares: counts.valueSquares };
}
