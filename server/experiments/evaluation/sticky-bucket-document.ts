import type { StickyAssignmentsDocument } from "@growthbook/growthbook";
import { subjectAttribute } from "./subject.ts";

/** A subject's stored variants in the form in which GrowthBook's SDKs keep them: they win over the hash there, too. */
export function toStickyBucketDocument(
  subjectId: string,
  stored: readonly { readonly experimentKey: string; readonly variantKey: string }[],
): StickyAssignmentsDocument {
  return {
    attributeName: subjectAttribute,
    attributeValue: subjectId,
    // `__0`: we have one bucket version, because a stored variant is never thrown away.
    assignments: Object.fromEntries(stored.map(({ experimentKey, variantKey }) => [`${experimentKey}__0`, variantKey])),
  };
}
