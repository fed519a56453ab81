import type { CreditEntryKind, CreditStatement } from "../../schema/credit-account.ts";
import type { Session } from "../db/session.ts";
import {
  type AccountRow,
  entryColumns,
  type EntryRow,
  entryTables,
  holdColumns,
  type HoldRow,
  lotColumns,
  type LotRow,
} from "./credit-row.ts";

/** The accounts of clients at an instant, in no order. Whoever has none yet has an empty one. */
export function findAccounts(session: Session, clientIds: readonly string[], at: Date): Promise<AccountRow[]> {
  return session.query<AccountRow>({
    name: "credit-accounts",
    text: `SELECT wanted.id, coalesce(b.balance, 0) AS balance, coalesce(b.held, 0) AS held, coalesce(b.version, 0) AS version,
             coalesce(lots.usable, 0)::bigint AS usable, lots.next_expiry
           FROM unnest($2::uuid[]) AS wanted (id)
           LEFT JOIN credit_balance b ON b.tenant_id = $1 AND b.account_id = wanted.id
           LEFT JOIN LATERAL (
             SELECT sum(l.remaining) AS usable, min(nullif(l.expires_at, 'infinity')) AS next_expiry
             FROM credit_lot l
             WHERE l.tenant_id = $1 AND l.account_id = wanted.id AND l.is_open AND l.effective_at <= $3 AND l.expires_at > $3
           ) AS lots ON true`,
    values: [session.tenantId, clientIds, at],
  });
}

/** The balance just after an instant. */
export async function balanceAt(session: Session, accountId: string, at: Date): Promise<bigint> {
  const [row] = await session.query<{ balance_after: bigint }>({
    name: "credit-balance-at",
    text: `SELECT balance_after FROM ledger_entry
           WHERE tenant_id = $1 AND account_id = $2 AND lot_id IS NOT NULL AND at <= $3
           ORDER BY at DESC, version DESC, n DESC LIMIT 1`,
    values: [session.tenantId, accountId, at],
  });
  return row?.balance_after ?? 0n;
}

interface StatementRow {
  readonly opening: bigint;
  readonly closing: bigint;
  /** Null when nothing came or went. */
  readonly kind: CreditEntryKind | null;
  readonly amount: bigint;
}

/** With one statement, so that its parts fit each other whatever is written meanwhile. */
export async function readStatement(
  session: Session,
  accountId: string,
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<CreditStatement> {
  const before = (instant: string) => `coalesce((SELECT balance_after FROM ledger_entry
    WHERE tenant_id = $1 AND account_id = $2 AND lot_id IS NOT NULL AND at < ${instant}
    ORDER BY at DESC, version DESC, n DESC LIMIT 1), 0)`;
  const rows = await session.query<StatementRow>({
    name: "credit-statement",
    text: `SELECT edge.opening, edge.closing, total.kind, total.amount
           FROM (SELECT ${before("$3")} AS opening, ${before("$4")} AS closing) AS edge
           LEFT JOIN (
             SELECT t.kind, sum(e.amount)::bigint AS amount
             FROM ledger_entry e JOIN ledger_txn t ON t.tenant_id = e.tenant_id AND t.id = e.txn_id
             WHERE e.tenant_id = $1 AND e.account_id = $2 AND e.lot_id IS NOT NULL AND e.at >= $3 AND e.at < $4
             GROUP BY t.kind
           ) AS total ON true
           ORDER BY total.kind`,
    values: [session.tenantId, accountId, from, to],
  });
  const totals = rows.flatMap(({ kind, amount }) => (kind === null ? [] : [{ kind, amount }]));
  return { from, to, opening: rows[0]?.opening ?? 0n, totals, closing: rows[0]?.closing ?? 0n };
}

export function findLots(session: Session, ids: readonly string[]): Promise<LotRow[]> {
  return session.query<LotRow>({
    name: "credit-lots",
    text: `SELECT ${lotColumns} FROM credit_lot l WHERE l.tenant_id = $1 AND l.id = ANY ($2)`,
    values: [session.tenantId, ids],
  });
}

export function findHolds(session: Session, ids: readonly string[]): Promise<HoldRow[]> {
  return session.query<HoldRow>({
    name: "credit-holds",
    text: `SELECT ${holdColumns} FROM credit_hold h WHERE h.tenant_id = $1 AND h.id = ANY ($2)`,
    values: [session.tenantId, ids],
  });
}

export function findEntries(session: Session, ids: readonly string[]): Promise<EntryRow[]> {
  return session.query<EntryRow>({
    name: "credit-entries",
    text: `SELECT ${entryColumns} FROM ${entryTables} WHERE e.tenant_id = $1 AND e.id = ANY ($2)`,
    values: [session.tenantId, ids],
  });
}
