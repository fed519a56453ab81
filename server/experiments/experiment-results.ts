import type { ExperimentResults } from "../../schema/experiment.ts";
import { countsOf, type VariantCounts } from "./experiment-counts.ts";
import type { ExperimentRow } from "./experiment-row.ts";
import { explainResults } from "./explain-results.ts";
import { armCounts, judgeVariants } from "./judge-variants.ts";
import { stoppingVerdict } from "./stopping-verdict.ts";
import { conversionSequence } from "./statistics/conversion-sequence.ts";
import { sampleRatioPValue } from "./statistics/sample-ratio-p-value.ts";

/** With fewer exposures chi-squared tells nothing. */
const minExposures = 50;

/** What came of an experiment so far. Dropped variants are no part of it. */
export function experimentResults(row: ExperimentRow, counts: readonly VariantCounts[], now: Date): ExperimentResults {
  const variants = row.variants.filter(({ state }) => state !== "DROPPED");
  const own = variants.map(({ key }) => countsOf(counts, row.id, key));
  const { probabilities, expectedLosses, means, intervals } = judgeVariants(row, own);
  const exposures = own.reduce((sum, each) => sum + each.exposures, 0n);
  const excluded = own.reduce((sum, each) => sum + each.excluded, 0n);
  const results = {
    seenSeveral: excluded,
    exposures,
    variants: own.map((each, index) => ({
      variantKey: each.variantKey,
      exposures: each.exposures,
      conversions: each.conversions,
      mean: meanOf(row, each),
      posteriorMean: means[index] ?? 0,
      lower: intervals[index]?.[0] ?? 0,
      upper: intervals[index]?.[1] ?? 0,
      probabilityBest: probabilities[index] ?? 0,
      expectedLoss: expectedLosses[index] ?? 0,
      ...difference(row, own[0], each),
    })),
    sampleRatioProbability: exposures < minExposures ? null : sampleRatio(own),
    hasSampleRatioAlarm: row.hasAlarm,
    verdict: stoppingVerdict(row, own, now),
  };
  return { ...results, explanations: explainResults(row, results) };
}

/** How probable shares as uneven as these are by chance. */
function sampleRatio(counts: readonly VariantCounts[]): number {
  const expected = counts.reduce((sum, each) => sum + each.expected, 0);
  return sampleRatioPValue(
    counts.map(({ exposures }) => Number(exposures)),
    counts.map((each) => each.expected / expected),
  );
}

/** Of a bandit the plain difference is biased: its weights followed what it says. */
function difference(row: ExperimentRow, first: VariantCounts | undefined, own: VariantCounts) {
  const none = { differenceLower: null, differenceUpper: null };
  if (first === undefined || first === own || row.metricKind !== "CONVERSION" || row.allocation !== "FIXED")
    return none;
  const [control, treatment] = armCounts(row, [first, own]);
  if (control === undefined || treatment === undefined) return none;
  const sequence = conversionSequence(control, treatment);
  return sequence === null ? none : { differenceLower: sequence.interval[0], differenceUpper: sequence.interval[1] };
}

function meanOf({ metricKind }: ExperimentRow, counts: VariantCounts): number | null {
  const subjects = Number(metricKind === "DURATION" ? counts.conversions : counts.exposures);
  const total = metricKind === "CONVERSION" ? Number(counts.conversions) : counts.valueSum;
  return subjects === 0 ? null : total / subjects;
}
