import { timingSafeEqual } from "node:crypto";
import type { PresentedToken } from "../auth/tokens.service.ts";
import type { Session } from "../db/session.ts";
import type { Transaction } from "../journal/journal.service.ts";

const lifetimeMs = 24 * 3_600_000;
const mostRequests = 5;

export interface PendingEmail {
  readonly memberId: string;
  readonly email: string;
}

/** Keeps a new address until it is confirmed, in place of an earlier one; false when there were too many within a day. */
export async function keepPending(
  transaction: Transaction,
  { id, memberId, email, tokenHash, now }: PendingEmail & { id: string; tokenHash: Uint8Array; now: Date },
): Promise<boolean> {
  const rows = await transaction.query({
    name: "email-change-keep",
    text: `INSERT INTO email_change AS e (tenant_id, id, member_id, email, token_hash, requested_at, expires_at, first_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $6)
           ON CONFLICT (tenant_id, member_id) DO UPDATE SET id = excluded.id, email = excluded.email, token_hash = excluded.token_hash,
             requested_at = excluded.requested_at, expires_at = excluded.expires_at,
             requests = CASE WHEN e.first_at <= $8 THEN 1 ELSE e.requests + 1 END,
             first_at = CASE WHEN e.first_at <= $8 THEN excluded.first_at ELSE e.first_at END
           WHERE e.first_at <= $8 OR e.requests < ${mostRequests} RETURNING 1`,
    values: [
      transaction.tenantId,
      id,
      memberId,
      email,
      tokenHash,
      now,
      new Date(now.getTime() + lifetimeMs),
      new Date(now.getTime() - lifetimeMs),
    ],
  });
  return rows.length > 0;
}

/** What the token stands for; null when it is void. */
export async function findPending(session: Session, token: PresentedToken, now: Date): Promise<PendingEmail | null> {
  const [row] = await session.query<{ member_id: string; email: string; token_hash: Buffer }>({
    name: "email-change-find",
    text: `SELECT e.member_id, e.email, e.token_hash FROM email_change e
           JOIN member m ON m.tenant_id = e.tenant_id AND m.id = e.member_id AND m.status = 'ACTIVE'
           WHERE e.tenant_id = $1 AND e.id = $2 AND e.expires_at > $3`,
    values: [token.tenantId, token.rowId, now],
  });
  if (row === undefined || !timingSafeEqual(row.token_hash, token.hash)) return null;
  return { memberId: row.member_id, email: row.email };
}

export async function forgetPending(transaction: Transaction, memberId: string): Promise<void> {
  await transaction.query({
    name: "email-change-forget",
    text: "DELETE FROM email_change WHERE tenant_id = $1 AND member_id = $2",
    values: [transaction.tenantId, memberId],
  });
}
