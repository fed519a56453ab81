import { readFileSync } from "node:fs";
import type {
  AutoExperiment,
  ConditionInterface,
  Experiment,
  FeatureResult,
  Options,
  Result,
  SavedGroupsPayload,
  StickyAssignmentsDocument,
  VariationRange,
} from "@growthbook/growthbook";

type Range = [from: number, to: number];

/** GrowthBook's cases for whoever builds an SDK: each group's rows, as the file has them. */
export interface GrowthBookCases {
  readonly specVersion: string;
  readonly evalCondition: readonly [
    name: string,
    condition: ConditionInterface,
    attributes: Record<string, unknown>,
    passes: boolean,
    savedGroups?: SavedGroupsPayload,
  ][];
  readonly hash: readonly [seed: string, value: string, version: number, hash: number | null][];
  readonly getBucketRange: readonly [
    name: string,
    input: [variations: number, coverage: number, weights: number[] | null],
    ranges: Range[],
  ][];
  readonly feature: readonly [name: string, context: Options, key: string, result: FeatureResult][];
  readonly run: readonly [
    name: string,
    context: Options,
    experiment: Experiment<unknown>,
    value: unknown,
    inExperiment: boolean,
    hashUsed: boolean,
  ][];
  readonly chooseVariation: readonly [name: string, hash: number, ranges: VariationRange[], variation: number][];
  readonly getQueryStringOverride: readonly [
    name: string,
    key: string,
    url: string,
    variations: number,
    forced: number | null,
  ][];
  readonly inNamespace: readonly [
    name: string,
    id: string,
    namespace: [key: string, from: number, to: number],
    isIn: boolean,
  ][];
  readonly getEqualWeights: readonly [variations: number, weights: number[]][];
  readonly decrypt: readonly [name: string, encrypted: string, key: string, decrypted: string | null][];
  readonly stickyBucket: readonly [
    name: string,
    context: Options,
    stored: StickyAssignmentsDocument[],
    key: string,
    result: Result<unknown> | null,
    storedAfterwards: Record<string, StickyAssignmentsDocument>,
  ][];
  readonly urlRedirect: readonly [
    name: string,
    context: Options & { experiments: AutoExperiment[] },
    redirects: { inExperiment: boolean; urlRedirect: string; urlWithParams: string }[],
  ][];
  readonly contextualBandit: readonly [name: string, context: Options, key: string, result: FeatureResult][];
}

// The file is GrowthBook's and never changes here: its shape is known, not parsed.
export const growthBookCases = JSON.parse(
  readFileSync(new URL("fixtures/growthbook/cases.json", import.meta.url), "utf8"),
) as GrowthBookCases;
