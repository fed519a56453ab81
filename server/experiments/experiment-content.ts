import type { UserErrorData } from "../../schema/errors.ts";
import type { ExperimentAllocation, ExperimentMetric, ExperimentMode } from "../../schema/experiment.ts";
import { normalizeName } from "../operations/names.ts";
import { checkCondition } from "./evaluation/check-condition.ts";
import { isSmallJson } from "./small-json.ts";

/** What people say of an experiment, without its variants. */
export interface ExperimentContent {
  readonly name: string;
  readonly hypothesis: string;
  readonly allocation: ExperimentAllocation;
  readonly mode: ExperimentMode;
  readonly metric: ExperimentMetric;
  readonly targeting: Record<string, unknown> | null;
  readonly coverage: number;
  readonly namespace: { readonly name: string; readonly from: number; readonly to: number } | null;
  readonly holdout: number;
  readonly conversionWindowHours: number;
}

export type ContentCode =
  | "NAME_INVALID"
  | "HYPOTHESIS_INVALID"
  | "METRIC_INVALID"
  | "TARGETING_INVALID"
  | "SHARE_INVALID"
  | "NAMESPACE_INVALID";

const maxHypothesis = 2_000;
const maxHoldout = 0.9;
const maxWindowHours = 2_160;

/** The content as it is stored, or all that is wrong with it. */
export function readContent(
  content: ExperimentContent,
): { readonly content: ExperimentContent } | { readonly userErrors: UserErrorData<ContentCode>[] } {
  const { metric, namespace } = content;
  const name = normalizeName(content.name);
  const event = eventName(metric.event);
  const part = namespace === null ? null : eventName(namespace.name);
  const userErrors: UserErrorData<ContentCode>[] = [];
  const refuse = (code: ContentCode, field: string, message: string) =>
    userErrors.push({ code, message, field: ["input", ...field.split(".")] });

  if (name === null) refuse("NAME_INVALID", "name", "A name has 1 to 200 characters.");
  if (content.hypothesis.length > maxHypothesis) {
    refuse("HYPOTHESIS_INVALID", "hypothesis", "A hypothesis has at most 2,000 characters.");
  }
  if (event === null) refuse("METRIC_INVALID", "metric.event", "An event's name has 1 to 100 characters.");
  // An exposure's weight is known, but not how spread the amounts are that it weighs.
  if (content.mode === "SEASONAL" && metric.kind !== "CONVERSION") {
    refuse("METRIC_INVALID", "mode", "SEASONAL is for conversions.");
  }
  const { targeting } = content;
  if (!isSmallJson(targeting)) refuse("TARGETING_INVALID", "targeting", "A condition has at most 16 kB.");
  const problem = targeting === null ? null : checkCondition(targeting);
  if (problem !== null) refuse("TARGETING_INVALID", "targeting", problem);
  if (!(content.coverage > 0 && content.coverage <= 1)) {
    refuse("SHARE_INVALID", "coverage", "The coverage is more than 0 and at most 1.");
  }
  if (!(content.holdout >= 0 && content.holdout <= maxHoldout)) {
    refuse("SHARE_INVALID", "holdout", `The holdout is 0 to ${maxHoldout}.`);
  }
  if (!(content.conversionWindowHours >= 1 && content.conversionWindowHours <= maxWindowHours)) {
    refuse("SHARE_INVALID", "conversionWindowHours", `The window is 1 to ${maxWindowHours} hours.`);
  }
  if (namespace !== null && part === null) {
    refuse("NAMESPACE_INVALID", "namespace.name", "A namespace's name has 1 to 100 characters.");
  }
  if (namespace !== null && !(namespace.from >= 0 && namespace.from < namespace.to && namespace.to <= 1)) {
    refuse(
      "NAMESPACE_INVALID",
      "namespace",
      "A part of a namespace begins at 0 or later, before it ends at 1 or earlier.",
    );
  }
  if (userErrors.length > 0 || name === null || event === null) return { userErrors };
  return {
    content: {
      ...content,
      name,
      metric: { kind: metric.kind, event, direction: metric.direction },
      namespace: namespace === null ? null : { ...namespace, name: part ?? namespace.name },
    },
  };
}

const maxEventName = 100;

/** A name that programs send, or null when it can't be one. */
export function eventName(text: string): string | null {
  const name = text.trim();
  return name !== "" && name.length <= maxEventName && !/\p{Cc}/u.test(name) ? name : null;
}
