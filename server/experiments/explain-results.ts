import type { ExperimentResults, ExperimentStop } from "../../schema/experiment.ts";
import type { ExperimentRow } from "./experiment-row.ts";

const fewConversions = 10;

/** Results in words, for who doesn't read posteriors. The most important sentence comes first. */
export function explainResults(
  { metricKind, metricEvent, variants, status }: ExperimentRow,
  results: Omit<ExperimentResults, "explanations">,
): string[] {
  if (status === "DRAFT") return ["The experiment hasn't begun."];
  if (results.exposures === 0n) return ["Nobody has been exposed so far: nothing calls assign, or nobody is targeted."];
  const nameOf = (key: string) => variants.find((variant) => variant.key === key)?.name ?? key;
  const conversions = results.variants.reduce((sum, each) => sum + each.conversions, 0n);
  const uneven = results.hasSampleRatioAlarm
    ? [
        "Subjects were shared out differently than they should be. Find out why before you trust anything below: a variant may lose subjects before they are assigned.",
      ]
    : [];
  const all = results.exposures + results.seenSeveral;
  const mixed =
    results.seenSeveral * 100n > all
      ? [
          `${results.seenSeveral} of ${all} subjects have seen several variants and were left out: assign people by one id from the beginning.`,
        ]
      : [];
  if (conversions === 0n) {
    return [
      ...uneven,
      ...mixed,
      `${results.exposures} subjects were exposed and none has sent “${metricEvent}” so far. Is it sent, and with the same subject?`,
    ];
  }
  const [leader] = [...results.variants].sort((a, b) => b.probabilityBest - a.probabilityBest);
  if (leader === undefined) return uneven;
  const chance = leader.probabilityBest > 0.999 ? "more than 99.9" : (leader.probabilityBest * 100).toFixed(1);
  const loss =
    metricKind === "CONVERSION"
      ? `${(leader.expectedLoss * 100).toFixed(3)} percentage points`
      : leader.expectedLoss.toPrecision(3);
  const early =
    conversions < fewConversions ? [`There are ${conversions} conversions only: this may well turn around.`] : [];
  return [
    ...uneven,
    ...mixed,
    `“${nameOf(leader.variantKey)}” is the best with a probability of ${chance} %. Who chooses it now loses ${loss} on average, should another one be better.`,
    ...early,
    ...(results.verdict === null || status === "CONCLUDED" ? [] : [stopsBecause(results.verdict.stop)]),
  ];
}

function stopsBecause(stop: ExperimentStop | null): string {
  switch (stop) {
    case "DIFFERENCE_IS_CERTAIN":
      return "You may stop: the difference is certain, however often you have looked.";
    case "PROBABLY_BEST":
      return "You may stop: it is the best with a probability of 95 % or more.";
    case "NOTHING_LEFT_TO_GAIN":
      return "You may stop: whichever you choose, there is nothing left to gain.";
    case null:
      return "Go on: it runs for 14 days at least, and until the evidence is enough.";
  }
}
