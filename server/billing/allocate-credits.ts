import { expiryOf } from "../credits/credit-expiry.ts";
import { loadCreditRules } from "../credits/credit-settings.ts";
import { grant, type GrantKind, type Rollover, rollOver } from "../credits/ledger.ts";
import type { Transaction } from "../journal/journal.service.ts";
import type { Moment } from "./billing-parts.ts";
import { insertGrant } from "./payment-grants.ts";
import type { PlanRow } from "./plan-row.ts";
import { settleOwed } from "./settle-owed.ts";
import type { SubscriptionRow } from "./subscription-row.ts";

interface Allocation {
  readonly clientId: string;
  readonly credits: bigint;
  readonly kind: GrantKind;
  readonly key: string;
  readonly effectiveAt: Date;
  /** Default: the tenant's rule. */
  readonly months?: number | null;
  /** When it ends whatever the tenant's rule is; null: by that rule. */
  readonly endsAt?: Date | null;
  readonly reference: string;
  /** Whose money it is; null: it is free. */
  readonly paymentId: string | null;
}

/**
 * Grants what was paid, once for each key. What the client owes after a refund is settled from it, unless it is free. The move's
 * id; null when it is nothing.
 */
export async function allocateCredits(
  tx: Transaction,
  allocation: Allocation,
  { at, actor }: Moment,
): Promise<string | null> {
  const { clientId, credits, kind, key, effectiveAt, reference, paymentId } = allocation;
  if (credits === 0n) return null;
  const { expiresAfterMonths, timeZone } = await loadCreditRules(tx);
  const months = allocation.months ?? expiresAfterMonths;
  const { endsAt = null } = allocation;
  const usual = expiryOf(effectiveAt, months, timeZone);
  // By the rule, what comes so late that it would have expired already begins now. A month that is over stays over: its credits
  // come as if the job had been in time, and are gone.
  const expiresAt = endsAt ?? (usual > at ? usual : expiryOf(at, months, timeZone));
  const grantedAt = expiresAt > at ? at : effectiveAt;
  const { transactionId, isNew } = await grant(tx, {
    clientId,
    amount: credits,
    kind,
    key,
    at: grantedAt,
    actor,
    effectiveAt,
    expiresAt,
    reference,
  });
  if (paymentId !== null && isNew) {
    await insertGrant(tx, { paymentId, transactionId, credits, at });
    await settleOwed(tx, { clientId, grantId: transactionId, granted: credits }, { at: grantedAt, actor });
  }
  return transactionId;
}

/** Books what the plan's rule doesn't carry over when a month turns. */
export async function turnMonth(
  tx: Transaction,
  subscription: Pick<SubscriptionRow, "id" | "client_id">,
  plan: PlanRow,
  turn: Date,
  { at, actor }: Moment,
): Promise<void> {
  const key = `rollover:${subscription.id}:${turn.toISOString()}`;
  await rollOver(tx, { clientId: subscription.client_id, rollover: ruleOf(plan), turn, key, at, actor });
}

function ruleOf({ rollover, rollover_cap: cap }: PlanRow): Rollover {
  switch (rollover) {
    case "NONE":
      return { kind: "NONE" };
    case "FULL":
      return { kind: "FULL" };
    case "CAP":
      return { kind: "CAP", credits: cap ?? 0n };
  }
}
