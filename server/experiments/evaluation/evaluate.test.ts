import { describe, expect, it } from "@jest/globals";
import type { StoredAssignment } from "./assignment.ts";
import { evaluate } from "./evaluate.ts";
import type { ExperimentDefinition, VariantDefinition } from "./experiment-definition.ts";
import { toSubject } from "./subject.ts";

function variant(key: string, changes: Partial<VariantDefinition> = {}): VariantDefinition {
  return { key, status: "ACTIVE", weight: 0.5, payload: { title: key }, ...changes };
}

function experiment(changes: Partial<ExperimentDefinition> = {}): ExperimentDefinition {
  return {
    key: "headline",
    salt: "headline-1",
    status: "RUNNING",
    variants: [variant("control"), variant("bold")],
    weightVersion: 3,
    condition: null,
    allocation: 1,
    namespace: null,
    holdout: null,
    rolledOutVariantKey: null,
    ...changes,
  };
}

const ann = toSubject({ id: "ann" });
const stored: StoredAssignment = { variantKey: "bold", weightVersion: 1, probability: 0.2 };

describe("evaluate", () => {
  it("says which weights decided, and with what probability", () => {
    const everything = [variant("control", { weight: 0 }), variant("bold", { weight: 1 })];
    expect(evaluate(experiment({ variants: everything }), ann)).toEqual({
      variantKey: "bold",
      reason: "ASSIGNED",
      bucket: expect.any(Number),
      weightVersion: 3,
      probability: 1,
    });
  });

  it("keeps a stored variant whatever has changed since", () => {
    const changes: Partial<ExperimentDefinition>[] = [
      { variants: [variant("control", { weight: 1 }), variant("bold", { weight: 0 })] },
      { variants: [variant("control"), variant("bold", { status: "PAUSED" })] },
      { condition: { plan: "pro" } },
      { allocation: 0 },
      { namespace: { key: "pricing", from: 0, to: 0 } },
      { holdout: { salt: "2026", share: 1 } },
      { status: "PAUSED" },
    ];
    for (const change of changes) {
      expect(evaluate(experiment(change), ann, { stored })).toEqual({ ...stored, reason: "STORED", bucket: null });
    }
  });

  it("gives the subjects of a dropped variant another one", () => {
    const variants = [variant("control"), variant("bold", { status: "DROPPED" }), variant("calm", { weight: 0.1 })];
    const { variantKey, reason } = evaluate(experiment({ variants }), ann, { stored });
    expect(reason).toBe("REASSIGNED");
    expect(["control", "calm"]).toContain(variantKey);
  });

  it("shows a preview of a draft, and ignores one of a variant that there isn't", () => {
    const draft = experiment({ status: "DRAFT" });
    expect(evaluate(draft, ann, { forcedVariantKey: "bold" })).toMatchObject({ variantKey: "bold", reason: "FORCED" });
    expect(evaluate(draft, ann, { forcedVariantKey: "constructor" })).toMatchObject({ reason: "NOT_RUNNING" });
  });

  it("gives everybody who is targeted and not held out what was rolled out, whatever is stored", () => {
    const over = experiment({ status: "ROLLED_OUT", rolledOutVariantKey: "control", allocation: 0 });
    expect(evaluate(over, ann, { stored })).toMatchObject({ variantKey: "control", reason: "ROLLED_OUT" });
    const heldOut = { ...over, holdout: { salt: "2026", share: 1 } };
    expect(evaluate(heldOut, ann)).toMatchObject({ variantKey: null, reason: "HELD_OUT" });
    const targeted = { ...over, condition: { plan: "pro" } };
    expect(evaluate(targeted, ann)).toMatchObject({ variantKey: null, reason: "NOT_TARGETED" });
  });

  it.each<[string, Partial<ExperimentDefinition>]>([
    ["NOT_RUNNING", { status: "PAUSED" }],
    ["NOT_RUNNING", { status: "CONCLUDED" }],
    ["HELD_OUT", { holdout: { salt: "2026", share: 1 } }],
    ["OTHER_NAMESPACE_PART", { namespace: { key: "pricing", from: 0, to: 0 } }],
    ["NOT_ALLOCATED", { allocation: 0 }],
    ["NOT_TARGETED", { condition: { plan: "pro" } }],
    [
      "NO_OPEN_VARIANT",
      { variants: [variant("control", { status: "PAUSED" }), variant("bold", { status: "DROPPED" })] },
    ],
  ])("leaves a new subject out: %s", (reason, changes) => {
    expect(evaluate(experiment(changes), ann)).toEqual({
      variantKey: null,
      reason,
      bucket: null,
      weightVersion: null,
      probability: null,
    });
  });

  it("leaves out whoever has no id", () => {
    expect(evaluate(experiment(), toSubject({ id: "" }))).toMatchObject({ variantKey: null, reason: "NO_SUBJECT" });
  });

  it("targets by attributes, campaign and device", () => {
    const condition = { plan: { $in: ["pro", "team"] }, utmSource: "newsletter", deviceType: "mobile" };
    const targeted = experiment({ condition });
    const facts = { id: "ann", attributes: { plan: "pro" }, utm: { source: "newsletter" }, device: { type: "mobile" } };
    expect(evaluate(targeted, toSubject(facts)).reason).toBe("ASSIGNED");
    expect(evaluate(targeted, toSubject({ ...facts, device: { type: "desktop" } })).reason).toBe("NOT_TARGETED");
  });

  it("works with a key that every object has", () => {
    for (const key of ["constructor", "toString"]) {
      expect(evaluate(experiment({ key }), ann).reason).toBe("ASSIGNED");
    }
  });

  it("leaves out texts and lists that are too long for tenants' regular expressions", () => {
    const targeted = experiment({ condition: { text: { $regex: "x" } } });
    const reasonOf = (text: unknown) => evaluate(targeted, toSubject({ id: "ann", attributes: { text } })).reason;
    expect(reasonOf("x".repeat(1_024))).toBe("ASSIGNED");
    expect(reasonOf("x".repeat(1_025))).toBe("NOT_TARGETED");
    expect(reasonOf(Array.from({ length: 600 }, () => "x"))).toBe("NOT_TARGETED");
  });
});
