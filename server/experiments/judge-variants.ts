import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import type { ExperimentRow } from "./experiment-row.ts";
import type { VariantCounts } from "./experiment-counts.ts";
import type { BestArm } from "./statistics/best-arm.ts";
import { bestBetaArm } from "./statistics/best-beta-arm.ts";
import { bestGaussianArm } from "./statistics/best-gaussian-arm.ts";
import type { ArmCounts } from "./statistics/arm-counts.ts";
import { gaussianPosterior, type GaussianPosterior } from "./statistics/gaussian-posterior.ts";
import { meanSample } from "./statistics/mean-sample.ts";
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
    const arms = counts.map(experiment.mode === "SEASONAL" ? weighedCounts : pooledCounts);
    const posteriors = arms.map((arm) => posterior(arm));
    return {
      ...bestBetaArm(posteriors, metricDirection),
      means: posteriors.map(({ mean }) => mean),
      intervals: posteriors.map(({ credibleInterval }) => credibleInterval),
    };
  }
  const posteriors = amounts(counts.map((each) => amountOf(metricKind, each)));
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

function pooledCounts({ exposures, conversions }: VariantCounts): ArmCounts {
  return { exposures: Number(exposures), conversions: Number(conversions) };
}

function weighedCounts({ inverse, inverseSquares, convertedInverse }: VariantCounts): ArmCounts {
  return seasonalCounts({ exposures: inverse, squares: inverseSquares, conversions: convertedInverse });
}

interface Amount {
  readonly n: number;
  readonly sum: number;
  readonly sumSquares: number;
}

/** Who brings nothing brings 0; how long something takes is known of those only who did it. */
function amountOf(kind: "REVENUE" | "DURATION", counts: VariantCounts): Amount {
  const n = Number(kind === "REVENUE" ? counts.exposures : counts.conversions);
  return { n, sum: counts.valueSum, sumSquares: counts.valueSquares };
}

/** Fewer subjects than this say little of their own spread: then all variants' spread is taken. */
const minSample = 30;

/** Normal posteriors of the means. The prior is worth one subject like those of all variants together, whatever the unit. */
function amounts(variants: readonly Amount[]): GaussianPosterior[] {
  const sum = (of: (variant: Amount) => number) => variants.reduce((total, variant) => total + of(variant), 0);
  const pooled = meanSample({
    n: sum(({ n }) => n),
    sum: sum((each) => each.sum),
    sumSquares: sum((each) => each.sumSquares),
  });
  if (pooled.variance === 0) return variants.map(() => ({ mean: pooled.mean, variance: 1 }));
  return variants.map((variant) => {
    const own = meanSample(variant);
    const isEnough = own.n >= minSample && own.variance > 0;
    return gaussianPosterior(isEnough ? own : { ...own, variance: pooled.variance }, {
      mean: pooled.mean,
      variance: pooled.variance,
    });
  });
}
