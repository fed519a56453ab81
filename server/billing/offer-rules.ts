import type { UserErrorData } from "../../schema/errors.ts";
import { isCurrency } from "../operations/currency.ts";
import { normalizeName } from "../operations/names.ts";
import type { PackRow } from "./pack-row.ts";
import type { PlanRow } from "./plan-row.ts";

type OfferCode = "NAME_INVALID" | "DESCRIPTION_INVALID" | "PRICE_INVALID" | "CREDITS_INVALID";
type PlanCode = OfferCode | "ROLLOVER_INVALID" | "AI_SUBJECTS_INVALID" | "LIMIT_INVALID";
type PackCode = OfferCode | "MONTHS_INVALID";

const mostMinor = 1_000_000_000_000n;
const mostCredits = 1_000_000_000n;

export function isKey(key: string): boolean {
  return /^[A-Z][A-Z0-9_]{0,49}$/.test(key);
}

/** Whether a payment may have this amount. */
export function isPayable({
  amountMinor,
  currency,
}: {
  readonly amountMinor: bigint;
  readonly currency: string;
}): boolean {
  return amountMinor >= 1n && amountMinor <= mostMinor && isCurrency(currency);
}

/** What is wrong with a plan. */
export function checkPlan(plan: PlanRow): UserErrorData<PlanCode>[] {
  const { credits_per_month: credits, rollover, rollover_cap: cap, ai_subjects: subjects } = plan;
  const limits = [plan.learner_limit, plan.ai_message_limit];
  return [
    ...checkOffer(plan, 0n),
    ...unless(
      credits >= 0n && credits <= mostCredits,
      "CREDITS_INVALID",
      "A month has 0 to 1,000,000,000 credits.",
      "creditsPerMonth",
    ),
    ...unless(
      (rollover === "CAP") === (cap !== null) && (cap === null || cap >= 0n),
      "ROLLOVER_INVALID",
      "CAP has a cap of 0 or more, the other rules have none.",
      "rolloverCap",
    ),
    ...unless(
      subjects.length <= 50 && subjects.every((subject) => normalizeName(subject) !== null),
      "AI_SUBJECTS_INVALID",
      "Name at most 50 subjects, of 1 to 200 characters.",
      "aiSubjects",
    ),
    ...unless(
      limits.every((limit) => limit === null || limit >= 0),
      "LIMIT_INVALID",
      "A limit is 0 or more.",
      "learnerLimit",
    ),
  ];
}

/** What is wrong with a pack. */
export function checkPack(pack: PackRow): UserErrorData<PackCode>[] {
  const { credits, expires_after_months: months } = pack;
  return [
    ...checkOffer(pack, 1n),
    ...unless(
      credits >= 1n && credits <= mostCredits,
      "CREDITS_INVALID",
      "A pack has 1 to 1,000,000,000 credits.",
      "credits",
    ),
    ...unless(
      months === null || (months >= 1 && months <= 120),
      "MONTHS_INVALID",
      "Credits expire after 1 to 120 months.",
      "expiresAfterMonths",
    ),
  ];
}

function checkOffer(offer: PlanRow | PackRow, leastMinor: bigint): UserErrorData<OfferCode>[] {
  const { name, description, amount_minor: amountMinor, currency } = offer;
  return [
    ...unless(normalizeName(name) !== null, "NAME_INVALID", "A name has 1 to 200 characters.", "name"),
    ...unless(
      description === null || (description.length <= 2_000 && !description.includes("\0")),
      "DESCRIPTION_INVALID",
      "A description has at most 2,000 characters.",
      "description",
    ),
    ...unless(
      amountMinor >= leastMinor && amountMinor <= mostMinor && isCurrency(currency),
      "PRICE_INVALID",
      `A price is ${leastMinor} to 1,000,000,000,000 minor units of a currency of ISO 4217.`,
      "price",
    ),
  ];
}

function unless<Code extends string>(
  isFine: boolean,
  code: Code,
  message: string,
  field: string,
): UserErrorData<Code>[] {
  return isFine ? [] : [{ code, message, field: ["input", field] }];
}
