import type { PackRow } from "./pack-row.ts";
import type { PlanRow } from "./plan-row.ts";

type ExamplePlan = Omit<PlanRow, "id" | "withdrawn_at" | "created_at" | "version">;
type ExamplePack = Omit<PackRow, "id" | "withdrawn_at" | "created_at" | "version">;

const subjects = ["Français", "Mathématiques", "NSI", "Philosophie"];

const plan = (
  key: string,
  name: string,
  amountMinor: bigint,
  currency: string,
  more: Partial<ExamplePlan> = {},
): ExamplePlan => ({
  key,
  name,
  description: null,
  amount_minor: amountMinor,
  currency,
  interval: "MONTH",
  credits_per_month: 0n,
  rollover: "NONE",
  rollover_cap: null,
  ai_subjects: subjects,
  learner_limit: null,
  ai_message_limit: null,
  ...more,
});

/** A tutoring school's offers, to begin with: two lines of plans, and a special pack. */
export const examplePlans: readonly ExamplePlan[] = [
  plan("ACCES_PLATEFORME", "Accès plateforme", 79_000n, "TND"),
  plan("HYBRIDE", "Hybride", 179_000n, "TND", { credits_per_month: 4n, rollover: "CAP", rollover_cap: 4n }),
  plan("IMMERSION", "Immersion", 299_000n, "TND", { credits_per_month: 8n, rollover: "FULL" }),
  plan("FREEMIUM", "Freemium", 0n, "EUR", { ai_subjects: ["Français"], learner_limit: 1, ai_message_limit: 20 }),
  plan("PREMIUM", "Premium", 1_499n, "EUR", { ai_subjects: ["Français", "Mathématiques"], learner_limit: 1 }),
  plan("ULTRA", "Ultra", 2_999n, "EUR"),
  plan("ULTRA_ANNUEL", "Ultra, un an", 29_900n, "EUR", { interval: "YEAR" }),
];

export const examplePacks: readonly ExamplePack[] = [
  {
    key: "GRAND_ORAL",
    name: "Grand Oral",
    description: "Cinq séances pour préparer le Grand Oral.",
    amount_minor: 249_000n,
    currency: "TND",
    credits: 5n,
    expires_after_months: 6,
  },
];
