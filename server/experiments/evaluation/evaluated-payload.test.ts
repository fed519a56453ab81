import { describe, expect, it } from "@jest/globals";
import { GrowthBook, GrowthBookClient } from "@growthbook/growthbook";
import { evaluate } from "./evaluate.ts";
import { toEvaluatedPayload } from "./evaluated-payload.ts";
import type { ExperimentDefinition } from "./experiment-definition.ts";
import { toGrowthBookPayload } from "./growthbook-payload.ts";
import { toStickyBucketDocument } from "./sticky-bucket-document.ts";
import { toSubject } from "./subject.ts";

const headline: ExperimentDefinition = {
  key: "headline",
  salt: "headline-1",
  status: "RUNNING",
  variants: ["control", "bold"].map((key) => ({ key, status: "ACTIVE", weight: 0.5, payload: { title: key } })),
  weightVersion: 1,
  condition: { plan: "pro" },
  allocation: 0.5,
  namespace: null,
  holdout: { salt: "2026", share: 0.1 },
  rolledOutVariantKey: null,
};
const won: ExperimentDefinition = { ...headline, key: "price", status: "ROLLED_OUT", rolledOutVariantKey: "bold" };
const draft: ExperimentDefinition = { ...headline, key: "secret", status: "DRAFT" };
const over: ExperimentDefinition = { ...headline, key: "over", status: "CONCLUDED" };
const payload = toGrowthBookPayload([headline, won, draft, over], new Date("2026-11-22T00:00:00Z"));

function subjectOf(id: string) {
  return toSubject({ id, attributes: { plan: "pro" } });
}

/** What a browser makes of it, and what it reports. */
async function browse(evaluated: typeof payload) {
  const viewed: string[] = [];
  const sent = JSON.parse(JSON.stringify(evaluated)) as typeof payload;
  const browser = new GrowthBook({
    trackingCallback: (experiment, result) => void viewed.push(`${experiment.key}=${result.key}`),
  });
  await browser.init({ payload: sent });
  return { value: browser.getFeatureValue<unknown>("headline", null), viewed };
}

describe("toGrowthBookPayload", () => {
  it("publishes what runs and what was rolled out, and says nothing of drafts", () => {
    expect(Object.keys(payload.features ?? {})).toEqual(["headline", "price", "over"]);
    expect(payload.dateUpdated).toBe("2026-11-22T00:00:00.000Z");
    expect(payload.features?.["over"]).toEqual({ defaultValue: null });
    const sdk = new GrowthBookClient().initSync({ payload });
    for (const id of Array.from({ length: 200 }, (_, index) => `visitor-${index}`)) {
      const heldOut = evaluate(won, subjectOf(id)).variantKey === null;
      const value = sdk.getFeatureValue("price", "none", { attributes: { id, plan: "pro" } });
      expect(value).toEqual(heldOut ? "none" : { title: "bold" });
      expect(sdk.getFeatureValue("price", "none", { attributes: { id } })).toBe("none");
    }
  });
});

describe("toEvaluatedPayload", () => {
  it("gives a browser the values of one subject, and what to report", async () => {
    for (const id of Array.from({ length: 60 }, (_, index) => `visitor-${index}`)) {
      const subject = subjectOf(id);
      const { variantKey } = evaluate(headline, subject);
      const stored = toStickyBucketDocument(id, []);
      expect(await browse(toEvaluatedPayload(payload, { subject, stored }))).toEqual({
        value: variantKey === null ? null : { title: variantKey },
        viewed: variantKey === null ? [] : [`headline=${variantKey}`],
      });
    }
  });

  it("keeps a stored variant of whom nothing else lets in", async () => {
    const subject = toSubject({ id: "ann" });
    const stored = toStickyBucketDocument("ann", [{ experimentKey: "headline", variantKey: "bold" }]);
    const { value, viewed } = await browse(toEvaluatedPayload(payload, { subject, stored }));
    expect({ value, viewed }).toEqual({ value: { title: "bold" }, viewed: ["headline=bold"] });
  });

  it("shows a preview and reports none", async () => {
    const [subject, stored] = [toSubject({ id: "ann" }), toStickyBucketDocument("ann", [])];
    const shown = { value: { title: "bold" }, viewed: [] };
    const forced = toEvaluatedPayload(payload, { subject, stored, forcedVariations: { headline: 1 } });
    expect(await browse(forced)).toEqual(shown);
    const asked = toEvaluatedPayload(payload, { subject, stored, url: "https://example.com/?headline=1" });
    expect(await browse(asked)).toEqual(shown);
  });

  it("tells nobody the rules", () => {
    const evaluated = toEvaluatedPayload(payload, {
      subject: subjectOf("ann"),
      stored: toStickyBucketDocument("ann", [{ experimentKey: "headline", variantKey: "bold" }]),
    });
    expect(JSON.stringify(evaluated)).not.toMatch(/headline-1|condition|weights|seed|filters/);
  });
});
