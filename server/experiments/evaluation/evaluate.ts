import { type Experiment, GrowthBookClient } from "@growthbook/growthbook";
import { type Assignment, AssignmentReason, type StoredAssignment } from "./assignment.ts";
import { bucketRanges } from "./bucket-ranges.ts";
import {
  type ExperimentDefinition,
  ExperimentStatus,
  type VariantDefinition,
  VariantStatus,
} from "./experiment-definition.ts";
import { audienceExclusion, explainExclusion } from "./exclusion.ts";
import { type GrowthBookRule, toEnrolmentRule } from "./growthbook-rule.ts";
import type { Subject } from "./subject.ts";

export interface KnownOfSubject {
  /** What the subject has already: it wins over everything but a preview, a dropped variant and the experiment's end. */
  readonly stored?: StoredAssignment | null | undefined;
  /** A preview. A key that no variant has is ignored. */
  readonly forcedVariantKey?: string | null | undefined;
}

interface Prepared {
  readonly experiment: Experiment<string>;
  readonly weights: readonly number[];
}

// It has no features: an experiment is handed over with each call, its ranges worked out beforehand.
const client = new GrowthBookClient();
const preparedOnes = new WeakMap<ExperimentDefinition, Prepared | null>();

/** Which variant a subject gets, and why. Writes nothing: whether it is stored, the caller decides. */
export function evaluate(experiment: ExperimentDefinition, subject: Subject, known: KnownOfSubject = {}): Assignment {
  const { stored, forcedVariantKey } = known;
  if (forcedVariantKey != null && findVariant(experiment, forcedVariantKey) !== undefined) {
    return without(AssignmentReason.FORCED, forcedVariantKey);
  }
  const { status } = experiment;
  if (status === ExperimentStatus.ROLLED_OUT) {
    const exclusion = audienceExclusion(experiment, subject);
    if (exclusion !== null) return without(exclusion);
    return without(AssignmentReason.ROLLED_OUT, experiment.rolledOutVariantKey);
  }
  if (status === ExperimentStatus.DRAFT || status === ExperimentStatus.CONCLUDED) {
    return without(AssignmentReason.NOT_RUNNING);
  }
  if (stored != null && isKept(findVariant(experiment, stored.variantKey))) {
    return { ...stored, reason: AssignmentReason.STORED, bucket: null };
  }
  if (status === ExperimentStatus.PAUSED) return without(AssignmentReason.NOT_RUNNING);
  return enrol(experiment, subject, stored != null);
}

function enrol(experiment: ExperimentDefinition, subject: Subject, hadOther: boolean): Assignment {
  const prepared = prepare(experiment);
  if (prepared === null) return without(explainExclusion(experiment, subject));
  const { inExperiment, variationId, value, bucket } = client.runInlineExperiment(prepared.experiment, subject.context);
  if (!inExperiment) return without(explainExclusion(experiment, subject));
  return {
    variantKey: value,
    reason: hadOther ? AssignmentReason.REASSIGNED : AssignmentReason.ASSIGNED,
    bucket: bucket ?? null,
    weightVersion: experiment.weightVersion,
    probability: prepared.weights[variationId] ?? null,
  };
}

function prepare(experiment: ExperimentDefinition): Prepared | null {
  const known = preparedOnes.get(experiment);
  if (known !== undefined) return known;
  const rule = toEnrolmentRule(experiment);
  const prepared = rule === null ? null : withRanges(rule, experiment);
  preparedOnes.set(experiment, prepared);
  return prepared;
}

function withRanges({ weights, key, ...rule }: GrowthBookRule, { variants }: ExperimentDefinition): Prepared {
  const [first = "", second = "", ...others] = variants.map(({ key }) => key);
  return {
    // With a name that every object has the package would find a forced variation; the seed is the salt in any case.
    experiment: { ...rule, key: `:${key}`, variations: [first, second, ...others], ranges: bucketRanges(weights) },
    weights,
  };
}

function findVariant({ variants }: ExperimentDefinition, key: string): VariantDefinition | undefined {
  return variants.find((variant) => variant.key === key);
}

function isKept(variant: VariantDefinition | undefined): boolean {
  return variant !== undefined && variant.status !== VariantStatus.DROPPED;
}

/** Where no hash decided. */
function without(reason: AssignmentReason, variantKey: string | null = null): Assignment {
  return { variantKey, reason, bucket: null, weightVersion: null, probability: null };
}
