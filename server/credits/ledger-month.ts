import type { Session } from "../db/session.ts";

/** What an account's month came to, and what it has now. */
export interface CreditMonth {
  readonly clientId: string;
  /** Used up within the month, less what was given back. */
  readonly used: number;
  /** What can be used now. */
  readonly usable: number;
  /** Held for what is booked. */
  readonly held: number;
}

export interface CreditMonthQuery {
  readonly clientIds: readonly string[];
  readonly from: Date;
  readonly to: Date;
  readonly now: Date;
}

/** For a report to clients: one row for each, also for those who never had credits. */
export async function readCreditMonths(
  session: Session,
  { clientIds, from, to, now }: CreditMonthQuery,
): Promise<CreditMonth[]> {
  const rows = await session.query<{ id: string; used: bigint; usable: bigint; held: bigint }>({
    name: "credit-months",
    text: `SELECT wanted.id, coalesce(b.held, 0) AS held, coalesce(moved.used, 0)::bigint AS used, coalesce(lots.usable, 0)::bigint AS usable
           FROM unnest($2::uuid[]) AS wanted (id)
           LEFT JOIN credit_balance b ON b.tenant_id = $1 AND b.account_id = wanted.id
           LEFT JOIN LATERAL (
             SELECT -sum(e.amount) AS used
             FROM ledger_entry e JOIN ledger_txn t ON t.tenant_id = e.tenant_id AND t.id = e.txn_id
             WHERE e.tenant_id = $1 AND e.account_id = wanted.id AND e.lot_id IS NOT NULL AND e.at >= $3 AND e.at < $4
               AND t.kind IN ('USAGE', 'REFUND')
           ) AS moved ON true
           LEFT JOIN LATERAL (
             SELECT sum(l.remaining) AS usable FROM credit_lot l
             WHERE l.tenant_id = $1 AND l.account_id = wanted.id AND l.is_open AND l.effective_at <= $5 AND l.expires_at > $5
           ) AS lots ON true`,
    values: [session.tenantId, clientIds, from, to, now],
  });
  return rows.map(({ id, used, usable, held }) => ({
    clientId: id,
    used: Math.max(0, Number(used)),
    usable: Number(usable),
    held: Number(held),
  }));
}
