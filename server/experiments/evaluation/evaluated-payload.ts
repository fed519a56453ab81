import {
  type FeatureDefinition,
  type FeatureResult,
  type GrowthBookPayload,
  GrowthBookClient,
  type StickyAssignmentsDocument,
} from "@growthbook/growthbook";
import type { Subject } from "./subject.ts";

export interface RemoteEvaluation {
  readonly subject: Subject;
  /** What the subject has already: `toStickyBucketDocument`. */
  readonly stored: StickyAssignmentsDocument;
  /** Previews, by the experiment's key: the variant's place. */
  readonly forcedVariations?: Readonly<Record<string, number>> | undefined;
  /** The page, whose query can ask for a preview (`?headline=1`). */
  readonly url?: string | undefined;
}

/**
 * A payload's features as their values for one subject, for GrowthBook's SDKs with remote evaluation: rules, weights and salts
 * stay here. A value that the hash or a stored variant decided carries what the SDK reports as an exposure; a preview doesn't.
 */
export function toEvaluatedPayload(
  payload: GrowthBookPayload,
  { subject, stored, forcedVariations, url }: RemoteEvaluation,
): GrowthBookPayload {
  const client = new GrowthBookClient().initSync({ payload });
  const user = {
    attributes: subject.context.attributes,
    stickyBucketAssignmentDocs: { [`${stored.attributeName}||${stored.attributeValue}`]: stored },
    // Its presence makes the package look at the stored variants; whether one is kept, the caller decides.
    saveStickyBucketAssignmentDoc: () => Promise.resolve(),
    ...(forcedVariations !== undefined && { forcedVariations: { ...forcedVariations } }),
    ...(url !== undefined && { url }),
  };
  const keys = Object.keys(payload.features ?? {});
  return { ...payload, features: Object.fromEntries(keys.map((key) => [key, toValue(client.evalFeature(key, user))])) };
}

function toValue({ value, source, experiment, experimentResult }: FeatureResult): FeatureDefinition {
  if (source !== "experiment" && source !== "force") return { defaultValue: null };
  const isExposure = experiment !== undefined && experimentResult?.hashUsed === true;
  if (!isExposure) return { defaultValue: null, rules: [{ force: value }] };
  const { key, variations, meta = [] } = experiment;
  const tracks = [{ experiment: { key, variations, meta }, result: experimentResult }];
  return { defaultValue: null, rules: [{ force: value, tracks }] };
}
