import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import {
  type Context,
  evalCondition,
  type Experiment,
  GrowthBook,
  GrowthBookClient,
  type StickyAssignmentsDocument,
  StickyBucketService,
  type UserContext,
} from "@growthbook/growthbook";
import { growthBookCases as cases } from "../../../test/growthbook-cases.ts";
import { bucketOf } from "./bucket.ts";
import { bucketRanges } from "./bucket-ranges.ts";
import { evaluate } from "./evaluate.ts";
import type { ExperimentDefinition } from "./experiment-definition.ts";
import { roundedWeights } from "./rounded-weights.ts";
import { toSubject } from "./subject.ts";

// GrowthBook's own cases, every group and every case. Each runs through the package as we use it or, where the package exports
// nothing that shows the result, through the function in the file that the package itself imports. Where our module decides
// something of its own - conditions, hash version 2, ranges - it has to give the same answer.

/** What the package's util.mjs exports to its other files, but not to us. */
interface Internals {
  hash(seed: string, value: string, version: number): number | null;
  getBucketRanges(variations: number, coverage?: number, weights?: number[]): number[][];
  chooseVariation(hash: number, ranges: number[][]): number;
  getQueryStringOverride(key: string, url: string, variations: number): number | null;
  inNamespace(id: string, namespace: [string, number, number]): boolean;
  getEqualWeights(variations: number): number[];
  decrypt(encrypted: string, key: string): Promise<string>;
}

let internals: Internals;
const consoleError = console.error;

beforeAll(async () => {
  const entry = import.meta.resolve("@growthbook/growthbook");
  internals = (await import(new URL("util.mjs", entry).href)) as Internals;
  // The package complains about what cases get wrong on purpose: unknown operators, wrong weights.
  console.error = () => {};
});
afterAll(() => void (console.error = consoleError));

/** A client as a server has it, and its user, out of a case's context. */
function clientOf({ attributes, url, forcedVariations, features, savedGroups, contextualBandits, ...rest }: Context) {
  expect(Object.keys(rest)).toEqual(
    rest.stickyBucketAssignmentDocs === undefined ? [] : ["stickyBucketAssignmentDocs"],
  );
  const payload = {
    ...(features && { features }),
    ...(savedGroups && { savedGroups }),
    ...(contextualBandits && { contextualBandits }),
  };
  const user: UserContext = {
    attributes: attributes ?? {},
    ...(url !== undefined && { url }),
    ...(forcedVariations && { forcedVariations }),
  };
  return { client: new GrowthBookClient().initSync({ payload }), user };
}

class StickyBuckets extends StickyBucketService {
  readonly documents = new Map<string, StickyAssignmentsDocument>();

  getAssignments(name: string, value: string): Promise<StickyAssignmentsDocument | null> {
    return Promise.resolve(this.documents.get(this.getKey(name, value)) ?? null);
  }

  saveAssignments(document: StickyAssignmentsDocument): Promise<unknown> {
    this.documents.set(this.getKey(document.attributeName, document.attributeValue), document);
    return Promise.resolve();
  }
}

const experiment: ExperimentDefinition = {
  key: "case",
  salt: "case",
  status: "RUNNING",
  variants: [
    { key: "control", status: "ACTIVE", weight: 0.5, payload: null },
    { key: "other", status: "ACTIVE", weight: 0.5, payload: null },
  ],
  weightVersion: 1,
  condition: null,
  allocation: 1,
  namespace: null,
  holdout: null,
  rolledOutVariantKey: null,
};

function rounded(numbers: readonly number[]): number[] {
  return numbers.map((each) => Math.floor(each * 1e8) / 1e8); // as GrowthBook's own test compares them
}

describe("GrowthBook's cases", () => {
  it("are there, every group of them, none without a test below", () => {
    const { specVersion, ...groups } = cases;
    const counts = Object.fromEntries(Object.entries(groups).map(([group, rows]) => [group, rows.length]));
    expect({ specVersion, counts }).toEqual({
      specVersion: "0.8.0",
      counts: {
        evalCondition: 124,
        hash: 7,
        getBucketRange: 6,
        feature: 27,
        run: 36,
        chooseVariation: 6,
        getQueryStringOverride: 8,
        inNamespace: 8,
        getEqualWeights: 3,
        decrypt: 5,
        stickyBucket: 6,
        urlRedirect: 2,
        contextualBandit: 17,
      },
    });
  });

  it.each(cases.evalCondition)("evalCondition: %s", (_name, condition, attributes, passes, savedGroups = {}) => {
    expect(evalCondition(attributes, condition, savedGroups)).toBe(passes);
    expect(savedGroups).toEqual({}); // no case of ours has any; experiments have none
    const { variantKey } = evaluate({ ...experiment, condition }, toSubject({ id: "1", attributes }));
    expect(variantKey !== null).toBe(passes);
  });

  it.each(cases.hash)("hash: %j %j, version %i", (seed, value, version, hash) => {
    expect(internals.hash(seed, value, version)).toBe(hash);
    expect(bucketOf(seed, value)).toBe(internals.hash(seed, value, 2)); // ours is version 2 only
  });

  it.each(cases.getBucketRange)("getBucketRange: %s", (_name, [variations, coverage, weights], ranges) => {
    expect(internals.getBucketRanges(variations, coverage, weights ?? undefined).map(rounded)).toEqual(
      ranges.map(rounded),
    );
    const ours = weights ?? internals.getEqualWeights(variations);
    expect(bucketRanges(ours)).toEqual(internals.getBucketRanges(variations, 1, ours)); // we have no coverage
  });

  it.each(cases.feature)("feature: %s", (_name, context, key, result) => {
    const { client, user } = clientOf(context);
    expect(client.evalFeature(key, user)).toEqual(result);
    expect(new GrowthBook(context).evalFeature(key)).toEqual(result);
  });

  it.each(cases.run)("run: %s", (_name, context, run, value, inExperiment, hashUsed) => {
    const { client, user } = clientOf(context);
    const result = { value, inExperiment, hashUsed };
    expect(client.runInlineExperiment(run, user)).toMatchObject(result);
    expect(new GrowthBook(context).run(run)).toMatchObject(result);
  });

  it.each(cases.chooseVariation)("chooseVariation: %s", (_name, hash, ranges, variation) => {
    expect(internals.chooseVariation(hash, ranges)).toBe(variation);
  });

  it.each(cases.getQueryStringOverride)("getQueryStringOverride: %s", (_name, key, url, variations, forced) => {
    expect(internals.getQueryStringOverride(key, url, variations)).toBe(forced);
    const [first = 0, second = 1, ...others] = Array.from({ length: variations }, (_, index) => index);
    const run: Experiment<number> = { key, variations: [first, second, ...others] };
    const { hashUsed, value } = new GrowthBookClient().runInlineExperiment(run, { attributes: { id: "1" }, url });
    expect(hashUsed ? null : value).toBe(forced);
  });

  it.each(cases.inNamespace)("inNamespace: %s", (_name, id, namespace, isIn) => {
    expect(internals.inNamespace(id, namespace)).toBe(isIn);
    const run = { key: "any", variations: [0, 1] satisfies [number, number], namespace };
    expect(new GrowthBookClient().runInlineExperiment(run, { attributes: { id } }).inExperiment).toBe(isIn);
  });

  it.each(cases.getEqualWeights)("getEqualWeights: %i", (variations, weights) => {
    expect(rounded(internals.getEqualWeights(variations))).toEqual(rounded(weights));
    const ours = variations > 0 ? roundedWeights(internals.getEqualWeights(variations)) : [];
    expect(ours).toHaveLength(weights.length);
    for (const [index, weight] of weights.entries()) expect(Math.abs((ours[index] ?? 1) - weight)).toBeLessThan(0.0001);
  });

  it.each(cases.decrypt)("decrypt: %s", async (_name, encrypted, key, decrypted) => {
    await expect(internals.decrypt(encrypted, key).catch(() => null)).resolves.toBe(decrypted);
  });

  it.each(cases.stickyBucket)("stickyBucket: %s", async (_name, context, stored, key, result, storedAfterwards) => {
    const { client, user } = clientOf(context);
    const buckets = new StickyBuckets();
    for (const document of stored) await buckets.saveAssignments(document);
    const known = await client.applyStickyBuckets(user, buckets);
    expect(client.evalFeature(key, known).experimentResult ?? null).toEqual(result);
    expect(known.stickyBucketAssignmentDocs).toEqual(storedAfterwards);
  });

  it.each(cases.urlRedirect)("urlRedirect: %s", (_name, context, redirects) => {
    const browser = new GrowthBook(context); // the class of browsers: servers don't redirect
    const followed = browser.getDeferredTrackingCalls().map(({ result }) => ({
      inExperiment: result.inExperiment,
      urlRedirect: (result.value as { urlRedirect: string }).urlRedirect,
      urlWithParams: browser.getRedirectUrl(),
    }));
    expect(followed).toEqual(redirects);
  });

  it.each(cases.contextualBandit)("contextualBandit: %s", (_name, context, key, result) => {
    const { client, user } = clientOf(context);
    expect(client.evalFeature(key, user)).toEqual(result);
    expect(new GrowthBook(context).evalFeature(key)).toEqual(result);
  });
});
