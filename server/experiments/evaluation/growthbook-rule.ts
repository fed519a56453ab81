import type { Filter, JSONValue, VariationMeta } from "@growthbook/growthbook";
import { type Condition, VariantStatus, type ExperimentDefinition } from "./experiment-definition.ts";
import { openWeights } from "./open-weights.ts";
import { subjectAttribute } from "./subject.ts";

/** Of GrowthBook's rule what we use: a rule of a feature and an experiment are the same then. */
export interface GrowthBookRule {
  readonly key: string;
  readonly seed: string;
  readonly hashVersion: 2;
  readonly hashAttribute: string;
  readonly variations: [JSONValue, JSONValue, ...JSONValue[]];
  readonly weights: number[];
  readonly meta: VariationMeta[];
  readonly filters?: Filter[];
  readonly coverage: 0 | 1;
  readonly condition?: Condition;
}

/** Brings new subjects in; null when no variant is open to them. */
export function toEnrolmentRule(experiment: ExperimentDefinition): GrowthBookRule | null {
  const { salt, variants, condition, allocation, namespace, holdout } = experiment;
  const weights = openWeights(variants);
  if (weights === null) return null;
  const filters = audienceFilters(holdout);
  if (namespace !== null) filters.push(filter(namespaceSeed(namespace.key), namespace.from, namespace.to));
  // Not GrowthBook's `coverage`, which cuts a piece off each variant's range: whenever the weights move, other subjects would
  // lie in the gaps, and of visitors who come back more and more would be enrolled.
  if (allocation < 1) filters.push(filter(allocationSeed(salt), 0, allocation));
  return {
    ...identityOf(experiment),
    weights,
    coverage: 1,
    ...(filters.length > 0 && { filters }),
    ...(condition !== null && { condition }),
  };
}

/**
 * Lets nobody in, but whom an SDK finds in its sticky buckets keeps the variant: a rule's filters would take it away, because
 * the SDKs look at them first.
 */
export function toKeepingRule(experiment: ExperimentDefinition): GrowthBookRule {
  const weights = experiment.variants.map((_, index) => (index === 0 ? 1 : 0));
  return { ...identityOf(experiment), weights, coverage: 0 };
}

function identityOf({ key, salt, variants }: ExperimentDefinition): Omit<GrowthBookRule, "weights" | "coverage"> {
  const [first = null, second = null, ...others] = variants.map(({ payload }) => payload);
  return {
    key,
    seed: salt,
    hashVersion: 2,
    hashAttribute: subjectAttribute,
    variations: [first, second, ...others],
    // Without its key a sticky bucket doesn't find a variant: its subjects get another one.
    meta: variants.map((variant) => (variant.status === VariantStatus.DROPPED ? {} : { key: variant.key })),
  };
}

/** Who is held out sees neither an experiment nor what came of it. */
export function audienceFilters(holdout: ExperimentDefinition["holdout"]): Filter[] {
  return holdout === null ? [] : [filter(holdout.salt, holdout.share, 1)];
}

export function namespaceSeed(namespaceKey: string): string {
  return `namespace:${namespaceKey}`;
}

export function allocationSeed(salt: string): string {
  return `${salt}:allocation`;
}

function filter(seed: string, from: number, to: number): Filter {
  return { attribute: subjectAttribute, seed, hashVersion: 2, ranges: [[from, to]] };
}
