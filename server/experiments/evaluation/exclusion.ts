import { evalCondition } from "@growthbook/growthbook";
import { AssignmentReason } from "./assignment.ts";
import { bucketOf } from "./bucket.ts";
import type { ExperimentDefinition } from "./experiment-definition.ts";
import { allocationSeed, namespaceSeed } from "./growthbook-rule.ts";
import type { Subject } from "./subject.ts";

/** Why the experiment isn't for this subject, whether it runs or is rolled out. */
export function audienceExclusion(
  { holdout, condition }: ExperimentDefinition,
  { id, context }: Subject,
): AssignmentReason | null {
  if (holdout !== null) {
    if (id === "") return AssignmentReason.NO_SUBJECT;
    if (bucketOf(holdout.salt, id) < holdout.share) return AssignmentReason.HELD_OUT;
  }
  if (condition !== null && !evalCondition(context.attributes, condition)) return AssignmentReason.NOT_TARGETED;
  return null;
}

/** Why a subject was left out of a running experiment. It explains; GrowthBook's package has decided. */
export function explainExclusion(experiment: ExperimentDefinition, subject: Subject): AssignmentReason {
  const { namespace, allocation, salt } = experiment;
  if (subject.id === "") return AssignmentReason.NO_SUBJECT;
  const audience = audienceExclusion(experiment, subject);
  if (audience !== null) return audience;
  if (namespace !== null) {
    const bucket = bucketOf(namespaceSeed(namespace.key), subject.id);
    if (bucket < namespace.from || bucket >= namespace.to) return AssignmentReason.OTHER_NAMESPACE_PART;
  }
  if (bucketOf(allocationSeed(salt), subject.id) >= allocation) return AssignmentReason.NOT_ALLOCATED;
  return AssignmentReason.NO_OPEN_VARIANT;
}
