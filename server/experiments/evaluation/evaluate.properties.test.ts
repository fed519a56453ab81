import { describe, expect, it } from "@jest/globals";
import { GrowthBookClient } from "@growthbook/growthbook";
import fc from "fast-check";
import { evaluate } from "./evaluate.ts";
import type { Assignment, StoredAssignment } from "./assignment.ts";
import {
  type ExperimentDefinition,
  ExperimentStatus,
  type VariantDefinition,
  VariantStatus,
} from "./experiment-definition.ts";
import { toGrowthBookPayload } from "./growthbook-payload.ts";
import { openWeights } from "./open-weights.ts";
import { toStickyBucketDocument } from "./sticky-bucket-document.ts";
import { toSubject } from "./subject.ts";

const share = fc.integer({ min: 0, max: 10_000 }).map((steps) => steps / 10_000);

function variants(statuses: readonly VariantStatus[]): fc.Arbitrary<VariantDefinition[]> {
  return fc
    .array(fc.record({ status: fc.constantFrom(...statuses), weight: share }), { minLength: 2, maxLength: 6 })
    .map((arms) => arms.map((arm, index) => ({ ...arm, key: `v${index}`, payload: `v${index}` })));
}

function experiments(statuses: readonly VariantStatus[] = Object.values(VariantStatus)) {
  return fc.record<ExperimentDefinition>({
    key: fc.constant("headline"),
    salt: fc.uuid(),
    status: fc.constantFrom(...Object.values(ExperimentStatus)),
    variants: variants(statuses),
    weightVersion: fc.nat(),
    condition: fc.constantFrom(null, { plan: "pro" }, { plan: { $in: ["pro", "team"] }, utmSource: { $exists: true } }),
    allocation: fc.oneof(fc.constant(1), share),
    namespace: fc.option(
      fc.record({ key: fc.uuid(), from: share, to: share }).map(({ key, from, to }) => ({
        key,
        from: Math.min(from, to),
        to: Math.max(from, to),
      })),
    ),
    holdout: fc.option(fc.record({ salt: fc.uuid(), share })),
    rolledOutVariantKey: fc.constantFrom("v0", "v1"),
  });
}

const plain = {
  key: "headline",
  salt: "headline-1",
  status: "RUNNING",
  weightVersion: 1,
  condition: null,
  allocation: 1,
  namespace: null,
  holdout: null,
  rolledOutVariantKey: null,
} satisfies Omit<ExperimentDefinition, "variants">;

const attributes = fc.record({
  plan: fc.constantFrom("pro", "team", "free", null),
  utmSource: fc.option(fc.constantFrom("ad", "newsletter"), { nil: undefined }),
});

function ids(salt: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `visitor-${salt}-${index}`);
}

function stored({ variantKey, weightVersion, probability }: Assignment): StoredAssignment | null {
  if (variantKey === null || weightVersion === null || probability === null) return null;
  return { variantKey, weightVersion, probability };
}

describe("evaluate", () => {
  it("never moves a stored subject over 1,000 re-weightings and changes of who is asked", () => {
    // Whoever has a variant keeps it while it isn't dropped, whatever else an experiment that isn't over becomes.
    const living = [VariantStatus.ACTIVE, VariantStatus.PAUSED];
    const changes = fc.array(experiments(living), { minLength: 1_000, maxLength: 1_000 });
    fc.assert(
      fc.property(changes, fc.nat(), (all, salt) => {
        const subjects = ids(salt, 20).map((id) => toSubject({ id, attributes: { plan: "pro" } }));
        const known = new Map<string, StoredAssignment>();
        const moved: unknown[] = [];
        let kept = 0;
        for (const [version, change] of all.entries()) {
          const arms = Array.from({ length: 6 }, (_, index) => change.variants[index % change.variants.length]);
          const experiment: ExperimentDefinition = {
            ...change,
            status: version % 3 === 0 ? "PAUSED" : "RUNNING",
            variants: arms.map((arm, index) => ({
              key: `v${index}`,
              payload: null,
              status: arm?.status ?? "PAUSED",
              weight: arm?.weight ?? 0,
            })),
          };
          for (const subject of subjects) {
            const before = known.get(subject.id);
            const assignment = evaluate(experiment, subject, { stored: before });
            const now = stored(assignment);
            if (before !== undefined) {
              if (now?.variantKey === before.variantKey && now.weightVersion === before.weightVersion) kept += 1;
              else moved.push({ id: subject.id, version, before, now });
            } else if (now !== null) known.set(subject.id, now);
          }
        }
        expect(moved).toEqual([]);
        expect(kept).toBeGreaterThan(0);
      }),
      { numRuns: 1, endOnFailure: true }, // to shrink a thousand experiments would take minutes
    );
  });

  const seed = Math.trunc(Math.random() * 2 ** 31);
  it(`divides new subjects as the weights say, also among those that take part (seed ${seed})`, () => {
    const subjects = 10_000;
    const running = fc.record({ salt: fc.uuid(), arms: variants(Object.values(VariantStatus)), allocation: share });
    fc.assert(
      fc.property(running, fc.nat(), ({ salt, arms, allocation }, batch) => {
        const experiment: ExperimentDefinition = { ...plain, salt, variants: arms, allocation };
        const counts = new Map<string | null, number>();
        for (const id of ids(batch, subjects)) {
          const { variantKey } = evaluate(experiment, toSubject({ id }));
          counts.set(variantKey, (counts.get(variantKey) ?? 0) + 1);
        }
        const weights = openWeights(arms);
        for (const [index, { key }] of arms.entries()) {
          const probability = (weights?.[index] ?? 0) * allocation;
          // Six standard deviations, and what rare events need: less than once in 100 million (Bernstein).
          const bound = 6 * Math.sqrt(subjects * probability * (1 - probability)) + (probability > 0 ? 12 : 0);
          expect(Math.abs((counts.get(key) ?? 0) - subjects * probability)).toBeLessThanOrEqual(bound);
        }
      }),
      { seed, numRuns: 12 },
    );
  });

  it("takes in more subjects when the allocation grows, and no others when the weights move", () => {
    fc.assert(
      fc.property(fc.uuid(), share, share, variants(["ACTIVE"]), variants(["ACTIVE"]), (salt, a, b, before, after) => {
        const small = { ...plain, salt, allocation: Math.min(a, b), variants: before };
        const large = { ...plain, salt, allocation: Math.max(a, b), variants: before };
        for (const id of ids(0, 50)) {
          const isIn = (experiment: ExperimentDefinition) =>
            evaluate(experiment, toSubject({ id })).variantKey !== null;
          if (isIn(small)) expect(isIn(large)).toBe(true);
          expect(isIn({ ...small, variants: after })).toBe(isIn(small));
        }
      }),
    );
  });

  it("puts a subject into exactly one of the experiments that divide a namespace", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uniqueArray(share, { maxLength: 6 }), fc.nat(), (namespace, inner, salt) => {
        const cuts = [...new Set([0, ...inner, 1])].toSorted((a, b) => a - b);
        const parts = cuts.slice(1).map((to, index): ExperimentDefinition => ({
          ...plain,
          key: `part-${index}`,
          salt: `part-${index}`,
          namespace: { key: namespace, from: cuts[index] ?? 0, to },
          variants: ["a", "b"].map((key) => ({ key, status: "ACTIVE", weight: 0.5, payload: null })),
        }));
        for (const id of ids(salt, 50)) {
          const taken = parts.filter((part) => evaluate(part, toSubject({ id })).variantKey !== null);
          expect(taken).toHaveLength(1);
        }
      }),
    );
  });

  it("holds the same subjects out of all experiments, and of what is rolled out", () => {
    fc.assert(
      fc.property(experiments(["ACTIVE"]), experiments(["ACTIVE"]), share, (one, other, heldOut) => {
        const holdout = { salt: "2026", share: heldOut };
        for (const id of ids(0, 50)) {
          const subject = toSubject({ id, attributes: { plan: "pro", utmSource: "ad" } });
          const reasons = [
            evaluate({ ...one, status: "RUNNING", holdout }, subject).reason,
            evaluate({ ...other, status: "RUNNING", holdout }, subject).reason,
            evaluate({ ...other, status: "ROLLED_OUT", holdout }, subject).reason,
          ].map((reason) => reason === "HELD_OUT");
          expect(new Set(reasons).size).toBe(1);
        }
      }),
    );
  });

  it("agrees with a GrowthBook SDK that has our payload and the subject's stored variants", () => {
    const variantKey = fc.constantFrom("v0", "v1", "v2", "gone");
    fc.assert(
      fc.property(experiments(), fc.uuid(), attributes, fc.option(variantKey), (experiment, id, given, before) => {
        const payload = toGrowthBookPayload([experiment], new Date(0));
        const sdk = new GrowthBookClient().initSync({ payload: JSON.parse(JSON.stringify(payload)) as typeof payload });
        const assignments = before === null ? [] : [{ experimentKey: experiment.key, variantKey: before }];
        const { value } = sdk.evalFeature(experiment.key, {
          attributes: { ...given, id },
          stickyBucketAssignmentDocs: { [`id||${id}`]: toStickyBucketDocument(id, assignments) },
          saveStickyBucketAssignmentDoc: () => Promise.resolve(),
        });
        const known = before === null ? null : { variantKey: before, weightVersion: 0, probability: 0.5 };
        expect(value).toBe(evaluate(experiment, toSubject({ id, attributes: given }), { stored: known }).variantKey);
      }),
      { numRuns: 1_000 },
    );
  });

  it("isn't moved by keys that every object has, at any depth", () => {
    const polluting = fc.constantFrom("__proto__", "constructor", "prototype", "toString", "valueOf", "hasOwnProperty");
    const value = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.dictionary(polluting, fc.jsonValue({ maxDepth: 2 })));
    const names = Object.getOwnPropertyNames(Object.prototype);
    fc.assert(
      fc.property(fc.uuid(), fc.dictionary(polluting, value), value, (salt, polluted, plan) => {
        const experiment: ExperimentDefinition = {
          ...plain,
          salt,
          condition: { role: { $ne: "admin" }, plan: "pro" },
          variants: ["a", "b"].map((key) => ({ key, status: "ACTIVE", weight: 0.5, payload: null })),
        };
        const clean = evaluate(experiment, toSubject({ id: "ann", attributes: { plan: "pro" } }));
        const sent = JSON.stringify({ plan: "pro", nested: polluted, list: [polluted], ...polluted });
        const dirty = JSON.parse(sent.replace("{", '{"__proto__":{"role":"admin"},')) as Record<string, unknown>;
        expect(evaluate(experiment, toSubject({ id: "ann", attributes: dirty }))).toEqual(clean);
        // A value that can't be compared isn't equal; it doesn't throw either.
        const odd = JSON.parse(JSON.stringify({ plan: [plan, { toString: 1, valueOf: plan }] })) as typeof dirty;
        expect(evaluate(experiment, toSubject({ id: "ann", attributes: odd })).reason).toBe("NOT_TARGETED");
        expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(names);
        expect({}).not.toHaveProperty("role");
      }),
    );
  });
});
