import { countsOf, type VariantCounts } from "./experiment-counts.ts";
import type { ExperimentRow, SampleRatio } from "./experiment-row.ts";
import { withAllocations } from "./statistics/sample-ratio-alarm.ts";

export interface JudgedSampleRatio extends SampleRatio {
  readonly hasAlarm: boolean;
}

/**
 * The same after another look. Of the exposures since the last one only the sum of each variant's probabilities is known: their mean
 * is taken for all of them, which finds less evidence than there is (the logarithm is concave), so the alarm stays as rare as promised.
 */
export function nextSampleRatio(
  { id, variants, sampleRatio, hasAlarm }: Pick<ExperimentRow, "id" | "variants" | "sampleRatio" | "hasAlarm">,
  counts: readonly VariantCounts[],
): JudgedSampleRatio {
  const keys = variants.map(({ key }) => key);
  const now = keys.map((key) => countsOf(counts, id, key));
  const exposed = keys.map((key) => sampleRatio.exposures?.[key] ?? 0);
  const expected = keys.map((key) => sampleRatio.expected?.[key] ?? 0);
  const exposures = now.map((each, index) => Number(each.exposures) - (exposed[index] ?? 0));
  const subjects = exposures.reduce((sum, each) => sum + each, 0);
  const probabilities = now.map((each, index) => (each.expected - (expected[index] ?? 0)) / subjects);
  // More were taken out of a variant than came: the next look has more to see.
  const isTooEarly = exposures.some((each, index) => each < 0 || (each > 0 && !((probabilities[index] ?? 0) > 0)));
  if (subjects === 0 || isTooEarly) return { ...sampleRatio, hasAlarm };
  const record = { exposures: exposed, expected, logEvidence: sampleRatio.logEvidence ?? 0, alarmed: hasAlarm };
  const { logEvidence, alarmed } = withAllocations(record, { probabilities, exposures });
  return {
    logEvidence,
    exposures: Object.fromEntries(keys.map((key, index) => [key, Number(now[index]?.exposures ?? 0)])),
    expected: Object.fromEntries(keys.map((key, index) => [key, now[index]?.expected ?? 0])),
    hasAlarm: alarmed,
  };
}
