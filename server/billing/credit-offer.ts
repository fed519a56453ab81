/** A pack, as far as the choice needs it. */
export interface OfferedPack {
  readonly id: string;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly credits: bigint;
}

/** A plan, as far as the choice needs it. */
export interface OfferedPlan {
  readonly id: string;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly interval: string;
  readonly credits_per_month: bigint;
}

/** What a client is to buy so that he has the credits that he misses. */
export type CreditOffer<Pack, Plan> =
  | { readonly kind: "PACK"; readonly pack: Pack; readonly count: number }
  | { readonly kind: "PLAN"; readonly plan: Plan };

/**
 * The smallest pack that covers what is missing; else the largest one, as often as it takes; without packs the cheapest plan
 * whose month covers it, or the one that gives most. All in the client's own currency, if something is sold in it. Who has a
 * plan is offered a dearer one of the same interval, which begins when it is paid. Null when nothing is sold that helps.
 */
export function chooseOffer<Pack extends OfferedPack, Plan extends OfferedPlan>(options: {
  readonly missing: bigint;
  readonly packs: readonly Pack[];
  readonly plans: readonly Plan[];
  /** The plan that the client has. */
  readonly present: OfferedPlan | null;
  /** In which he has paid before. */
  readonly currency: string | null;
}): CreditOffer<Pack, Plan> | null {
  const { missing, plans, present, currency } = options;
  const packs = inCurrency(options.packs, currency).toSorted(
    (one, other) => compare(one.credits, other.credits) || compare(one.amount_minor, other.amount_minor),
  );
  const pack = packs.find(({ credits }) => credits >= missing) ?? packs.at(-1);
  if (pack !== undefined) return { kind: "PACK", pack, count: Number((missing + pack.credits - 1n) / pack.credits) };
  const upgrades = plans.filter(
    (plan) => plan.credits_per_month > (present?.credits_per_month ?? 0n) && isReachable(plan, present),
  );
  const gain = (plan: Plan) => plan.credits_per_month - (present?.credits_per_month ?? 0n);
  const byPrice = inCurrency(upgrades, currency).toSorted((one, other) =>
    compare(one.amount_minor, other.amount_minor),
  );
  const plan =
    byPrice.find((each) => gain(each) >= missing) ??
    byPrice.toSorted((one, other) => compare(gain(other), gain(one)))[0];
  return plan === undefined ? null : { kind: "PLAN", plan };
}

/** Whether changePlan begins it as soon as it is paid. */
function isReachable(plan: OfferedPlan, present: OfferedPlan | null): boolean {
  if (present === null) return true;
  if (present.amount_minor === 0n) return plan.amount_minor > 0n;
  const { currency, interval, amount_minor: amountMinor } = present;
  return plan.currency === currency && plan.interval === interval && plan.amount_minor > amountMinor;
}

function inCurrency<Offer extends { readonly currency: string }>(
  offers: readonly Offer[],
  currency: string | null,
): readonly Offer[] {
  const own = offers.filter((offer) => offer.currency === currency);
  return own.length === 0 ? offers : own;
}

function compare(one: bigint, other: bigint): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
