import type { Filter, JSONValue, VariationMeta } from "@growthbook/growthbook";
import { type Condition, VariantStatus, ExperimentStatus, type ExperimentDefinition } from "./experiment-definition.ts";
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
  readonly filters: Filter[];
  readonly coverage: 1;
  readonly condition?: Condition;
}

/** A running or paused experiment as the rule of a GrowthBook feature. */
export function toGrowthBookRule(experiment: ExperimentDefinition): GrowthBookRule {
  const { key, salt, variants, condition, allocation, namespace, holdout } = experiment;
  const weights = openWeights(variants);
  const [first = null, second = null, ...others] = variants.map(({ payload }) => payload);
  const filters: Filter[] = [];
  if (holdout !== null) filters.push(filter(holdout.salt, holdout.share, 1));
  if (namespace !== null) filters.push(filter(namespaceSeed(namespace.key), namespace.from, namespace.to));
  // Not GrowthBook's `coverage`, which cuts a piece off each variant's range: whenever the weights move, other subjects would lie in
  // the gaps, and of visitors who come back more and more would be enrolled.
  if (allocation < 1) filters.push(filter(allocationSeed(salt), 0, allocation));
  // Whom an SDK finds in its sticky buckets passes the filters; nobody else gets through this one.
  if (weights === null || experiment.status === ExperimentStatus.PAUSED)
    filters.push({ ...filter(salt, 0, 0), ranges: [] });
  return {
    key,
    seed: salt,
    hashVersion: 2,
    hashAttribute: subjectAttribute,
    variations: [first, second, ...others],
    // Weights that aren't 1 together would mean equal ones. With this filter they have no say.
    weights: weights ?? variants.map((_, index) => (index === 0 ? 1 : 0)),
    // Without its key a sticky bucket doesn't find a variant: its subjects get another one.
    meta: variants.map((variant) => (variant.status === VariantStatus.DROPPED ? {} : { key: variant.key })),
    filters,
    coverage: 1,
    ...(condition === null ? {} : { condition }),
  };
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
