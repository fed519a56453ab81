import type { FeatureDefinition, FeatureRule, GrowthBookPayload, JSONValue } from "@growthbook/growthbook";
import { type ExperimentDefinition, ExperimentStatus } from "./experiment-definition.ts";
import { audienceFilters, toEnrolmentRule, toKeepingRule } from "./growthbook-rule.ts";

/**
 * Experiments as GrowthBook's SDKs download them: a feature for each, with a variant's payload as its value and null for
 * whoever doesn't take part, so that the caller's own default holds. Drafts are nobody's business yet.
 */
export function toGrowthBookPayload(experiments: readonly ExperimentDefinition[], updatedAt: Date): GrowthBookPayload {
  const published = experiments.filter(({ status }) => status !== ExperimentStatus.DRAFT);
  return {
    features: Object.fromEntries(published.map((experiment) => [experiment.key, toFeature(experiment)])),
    dateUpdated: updatedAt.toISOString(),
  };
}

function toFeature(experiment: ExperimentDefinition): FeatureDefinition<JSONValue> {
  switch (experiment.status) {
    case ExperimentStatus.RUNNING:
      return { defaultValue: null, rules: runningRules(experiment) };
    case ExperimentStatus.PAUSED:
      return { defaultValue: null, rules: [toKeepingRule(experiment)] };
    case ExperimentStatus.ROLLED_OUT:
      return { defaultValue: null, rules: [rollOutRule(experiment)] };
    case ExperimentStatus.DRAFT:
    case ExperimentStatus.CONCLUDED:
      return { defaultValue: null };
  }
}

function runningRules(experiment: ExperimentDefinition): FeatureRule<JSONValue>[] {
  const enrolment = toEnrolmentRule(experiment);
  if (enrolment === null) return [toKeepingRule(experiment)];
  return enrolment.filters === undefined ? [enrolment] : [toKeepingRule(experiment), enrolment];
}

function rollOutRule({
  variants,
  rolledOutVariantKey,
  holdout,
  condition,
}: ExperimentDefinition): FeatureRule<JSONValue> {
  const filters = audienceFilters(holdout);
  return {
    force: variants.find(({ key }) => key === rolledOutVariantKey)?.payload ?? null,
    ...(filters.length > 0 && { filters }),
    ...(condition !== null && { condition }),
  };
}
