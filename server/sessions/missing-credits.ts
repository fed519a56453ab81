import type { BookingPayload } from "../../schema/session-payloads.ts";
import type { CreditOffersService } from "../billing/credit-offers.service.ts";
import { usableOf } from "../credits/ledger.ts";
import type { Database } from "../db/database.ts";

/** What a booking that was refused would have taken, all weeks of a series together. */
export interface WantedCredits {
  readonly clientId: string;
  readonly required: bigint;
}

/** A week of a series, or the one session that is booked. */
export interface WeekCost {
  readonly startsAt: Date;
  readonly credits: number;
}

/** The fields of a payload that tell about missing credits. */
export type MissingCredits = Pick<
  BookingPayload,
  "required" | "usable" | "shortfall" | "nextPack" | "packCount" | "nextPlan"
>;

export const noneMissing: MissingCredits = {
  required: null,
  usable: null,
  shortfall: null,
  nextPack: null,
  packCount: null,
  nextPlan: null,
};

/** What is missing and what to buy for it, as it is after the transaction that failed. */
export async function tellMissingCredits(
  { database, shop, tenantId, now }: { database: Database; shop: CreditOffersService; tenantId: string; now: Date },
  { clientId, required }: WantedCredits,
): Promise<MissingCredits> {
  return database.read(tenantId, async (session) => {
    const usable = await usableOf(session, clientId, now);
    const shortfall = required - usable;
    // Credits have come meanwhile: there is nothing to buy, and the same request books.
    if (shortfall <= 0n) return { ...noneMissing, required, usable, shortfall: 0n };
    const offer = await shop.offerFor(session, { clientId, missing: shortfall });
    return {
      required,
      usable,
      shortfall,
      nextPack: offer?.kind === "PACK" ? offer.pack : null,
      packCount: offer?.kind === "PACK" ? offer.count : null,
      nextPlan: offer?.kind === "PLAN" ? offer.plan : null,
    };
  });
}

/** The first start that so many credits don't pay for; null: they pay for all, because some have come meanwhile. */
export function firstUncovered(costs: readonly WeekCost[], usable: bigint): Date | null {
  let left = usable;
  for (const { startsAt, credits } of costs) {
    left -= BigInt(credits);
    if (left < 0n) return startsAt;
  }
  return null;
}
