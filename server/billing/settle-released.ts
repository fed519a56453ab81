import { takeBack } from "../credits/ledger.ts";
import type { Session } from "../db/session.ts";
import type { JournalDraft } from "../journal/entry.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { newUuid } from "../operations/uuid.ts";
import { tryLockClient } from "./client-lock.ts";
import { findOwed, recordSettlement } from "./settle-owed.ts";

const actor = { type: "SYSTEM" } as const;
const reason = "settles what was owed after a refund";

/**
 * Credits that were held or used when their money went back are owed; when they come back they are taken, in the same
 * transaction, or the client would have both. Who is at work on the client's payments at this very moment settles himself.
 */
export async function settleReleased(
  tx: Transaction,
  { subjectId: clientId, data: { at } }: JournalDraft,
): Promise<void> {
  if (!(at instanceof Date) || (await findOwed(tx, [clientId])).length === 0) return;
  // The account is locked already, and others lock the client first: waiting for him here could be for ever.
  if (!(await tryLockClient(tx, clientId))) return;
  for (const { refund_id: refundId, credits: owed } of await findOwed(tx, [clientId])) {
    let left = owed;
    for (const { txn_id: grantId } of await refundedGrants(tx, refundId)) {
      if (left === 0n) break;
      const key = `settle:${refundId}:${newUuid()}`;
      const taken = await takeBack(tx, { clientId, grantId, amount: left, key, at, actor, reason });
      if (taken === undefined) continue;
      left -= taken.amount;
      const by = { transactionId: taken.transactionId };
      await recordSettlement(tx, { refundId, clientId, credits: taken.amount, reason, by }, at);
    }
  }
}

/** What the payment whose money went back had given, the latest first. */
function refundedGrants(session: Session, refundId: string): Promise<{ txn_id: string }[]> {
  return session.query<{ txn_id: string }>({
    name: "billing-refunded-grants",
    text: `SELECT g.txn_id FROM payment_refund f JOIN payment_grant g ON g.tenant_id = f.tenant_id AND g.payment_id = f.payment_id
           WHERE f.tenant_id = $1 AND f.id = $2 ORDER BY g.granted_at DESC, g.txn_id DESC`,
    values: [session.tenantId, refundId],
  });
}
