import { takeBack } from "../credits/ledger.ts";
import type { Session } from "../db/session.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { toId } from "../operations/ids.ts";
import { newUuid } from "../operations/uuid.ts";
import type { Moment } from "./billing-parts.ts";

/** Credits that were used before their money went back. */
interface Owed {
  readonly refund_id: string;
  readonly credits: bigint;
}

interface Settlement {
  readonly refundId: string;
  readonly clientId: string;
  readonly credits: bigint;
  readonly reason: string;
  /** The move that took them; or who says that they needn't be taken. */
  readonly by: { readonly transactionId: string } | { readonly memberId: string };
}

/** What a client owes still, the oldest first. */
export function findOwed(session: Session, clientIds: readonly string[]): Promise<(Owed & { client_id: string })[]> {
  return session.query<Owed & { client_id: string }>({
    name: "billing-owed",
    text: `SELECT * FROM (
             SELECT f.client_id, f.id AS refund_id, f.credits_owed - coalesce((SELECT sum(s.credits) FROM refund_settlement s
               WHERE s.tenant_id = f.tenant_id AND s.refund_id = f.id), 0)::bigint AS credits
             FROM payment_refund f WHERE f.tenant_id = $1 AND f.client_id = ANY ($2) AND f.credits_owed > 0
           ) AS owed WHERE credits > 0 ORDER BY refund_id`,
    values: [session.tenantId, clientIds],
  });
}

/** What a client owes is taken from credits that he has just paid for. The caller holds the client's lock. */
export async function settleOwed(
  tx: Transaction,
  { clientId, grantId, granted }: { readonly clientId: string; readonly grantId: string; readonly granted: bigint },
  { at, actor }: Moment,
): Promise<void> {
  let left = granted;
  const reason = "settles what was owed after a refund";
  for (const { refund_id: refundId, credits } of await findOwed(tx, [clientId])) {
    if (left === 0n) return;
    const amount = credits < left ? credits : left;
    const key = `settle:${refundId}:${grantId}`;
    const taken = await takeBack(tx, { clientId, grantId, amount, key, at, actor, reason });
    if (taken === undefined) return;
    left -= taken.amount;
    const by = { transactionId: taken.transactionId };
    await recordSettlement(tx, { refundId, clientId, credits: taken.amount, reason, by }, at);
  }
}

export async function recordSettlement(tx: Transaction, settlement: Settlement, at: Date): Promise<void> {
  const { refundId, clientId, credits, reason, by } = settlement;
  const isTaken = "transactionId" in by;
  await tx.query({
    name: "billing-insert-settlement",
    text: `INSERT INTO refund_settlement (tenant_id, id, refund_id, client_id, credits, txn_id, settled_by_id, reason, settled_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [
      ...[tx.tenantId, newUuid(), refundId, clientId, credits, isTaken ? by.transactionId : null],
      ...[isTaken ? null : by.memberId, reason, at],
    ],
  });
  const data = {
    clientId: toId("Client", clientId),
    credits: Number(credits),
    ...(isTaken ? { transactionId: toId("CreditTransaction", by.transactionId) } : { reason }),
  };
  tx.record({ type: "refund.settled", subjectType: "PaymentRefund", subjectId: refundId, data });
}
