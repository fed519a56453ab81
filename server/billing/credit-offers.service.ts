import type { Pack, Plan } from "../../schema/plan.ts";
import type { Session } from "../db/session.ts";
import { chooseOffer, type CreditOffer } from "./credit-offer.ts";
import { findPacksForSale, toPack } from "./pack-row.ts";
import { findPlans, findPlansForSale, toPlan } from "./plan-row.ts";
import { findLiveSubscription } from "./subscription-row.ts";

/** Says to other domains what a client can buy. */
export class CreditOffersService {
  /** What gives a client the credits that he misses; null when nothing that is sold does. */
  async offerFor(
    session: Session,
    { clientId, missing }: { readonly clientId: string; readonly missing: bigint },
  ): Promise<CreditOffer<Pack, Plan> | null> {
    const live = await findLiveSubscription(session, clientId);
    const [present = null] = live === undefined ? [] : await findPlans(session, [live.plan_id]);
    // Another plan can be had by who has none, or one that is paid.
    const isOpen = live === undefined || live.state === "ACTIVE";
    const offer = chooseOffer({
      missing,
      packs: await findPacksForSale(session),
      plans: isOpen ? await findPlansForSale(session) : [],
      present,
      currency: await lastCurrency(session, clientId),
    });
    if (offer === null) return null;
    return offer.kind === "PACK" ? { ...offer, pack: toPack(offer.pack) } : { ...offer, plan: toPlan(offer.plan) };
  }
}

async function lastCurrency(session: Session, clientId: string): Promise<string | null> {
  const [row] = await session.query<{ currency: string }>({
    name: "billing-last-currency",
    text: `SELECT currency FROM payment WHERE tenant_id = $1 AND client_id = $2 ORDER BY created_at DESC, id DESC LIMIT 1`,
    values: [session.tenantId, clientId],
  });
  return row?.currency ?? null;
}
