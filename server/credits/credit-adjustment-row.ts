import type { FilterClock, FilterFields } from "../operations/filter-fields.ts";
import { compileFilter } from "../operations/filter.ts";
import { instantKey } from "../operations/keyset.ts";
import type { CreditAdjustmentsArgs } from "../../schema/credit-adjustment-list.ts";
import { type CreditAdjustment, CreditAdjustmentStatus } from "../../schema/credit-adjustment.ts";
import type { Session } from "../db/session.ts";
import type { Actor } from "../journal/entry.ts";
import { toActor } from "../journal/journal-record.ts";
import { toId } from "../operations/ids.ts";
import { checkOrder, type List } from "../operations/paginate.ts";

export interface AdjustmentRow {
  readonly id: string;
  readonly account_id: string;
  readonly amount: bigint;
  readonly reason: string;
  readonly status: CreditAdjustmentStatus;
  readonly requested_by: Actor;
  readonly requested_at: Date;
  readonly decided_by_id: string | null;
  readonly decided_at: Date | null;
  readonly txn_id: string | null;
  /** A transfer's receiver; null: a correction. */
  readonly to_account_id: string | null;
}

const columns =
  "a.id, a.account_id, a.amount, a.reason, a.status, a.requested_by, a.requested_at, a.decided_by_id, a.decided_at, a.txn_id, a.to_account_id";

export function toAdjustment(row: AdjustmentRow): CreditAdjustment {
  return {
    __typename: "CreditAdjustment",
    id: toId("CreditAdjustment", row.id),
    clientId: toId("Client", row.account_id),
    toClientId: row.to_account_id === null ? null : toId("Client", row.to_account_id),
    amount: row.amount,
    reason: row.reason,
    status: row.status,
    requestedBy: toActor(row.requested_by),
    requestedAt: row.requested_at,
    decidedById: row.decided_by_id === null ? null : toId("Member", row.decided_by_id),
    decidedAt: row.decided_at,
    transactionId: row.txn_id === null ? null : toId("CreditTransaction", row.txn_id),
  };
}

export function findAdjustments(session: Session, ids: readonly string[]): Promise<AdjustmentRow[]> {
  return session.query<AdjustmentRow>({
    name: "credit-adjustments",
    text: `SELECT ${columns} FROM credit_adjustment a WHERE a.tenant_id = $1 AND a.id = ANY ($2)`,
    values: [session.tenantId, ids],
  });
}

/** Nobody else decides it meanwhile. */
export async function lockAdjustment(session: Session, id: string): Promise<AdjustmentRow | undefined> {
  const [row] = await session.query<AdjustmentRow>({
    name: "credit-lock-adjustment",
    text: `SELECT ${columns} FROM credit_adjustment a WHERE a.tenant_id = $1 AND a.id = $2 FOR UPDATE`,
    values: [session.tenantId, id],
  });
  return row;
}

export async function insertAdjustment(session: Session, row: AdjustmentRow): Promise<void> {
  await session.query({
    name: "credit-insert-adjustment",
    text: `INSERT INTO credit_adjustment (tenant_id, id, account_id, amount, reason, status, requested_by, requested_at, txn_id,
             to_account_id)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [
      session.tenantId,
      row.id,
      row.account_id,
      row.amount,
      row.reason,
      row.status,
      row.requested_by,
      row.requested_at,
      row.txn_id,
      row.to_account_id,
    ],
  });
}

export async function decideAdjustment(session: Session, row: AdjustmentRow): Promise<void> {
  await session.query({
    name: "credit-decide-adjustment",
    text: `UPDATE credit_adjustment SET status = $3, decided_by_id = $4, decided_at = $5, txn_id = $6 WHERE tenant_id = $1 AND id = $2`,
    values: [session.tenantId, row.id, row.status, row.decided_by_id, row.decided_at, row.txn_id],
  });
}

/**
 * How much was corrected on an account, or moved from or to it by hand, since an instant without a second person; of several
 * accounts the most. Who asks next waits for this transaction, so that two at once don't each find the other's missing.
 */
export async function movedAlone(session: Session, accountIds: readonly string[], since: Date): Promise<bigint> {
  const totals: bigint[] = [];
  for (const accountId of accountIds.toSorted()) {
    await session.query({
      name: "credit-lock-corrections",
      text: "SELECT pg_advisory_xact_lock(hashtextextended('credit_adjustment' || $1 || $2, 0))",
      values: [session.tenantId, accountId],
    });
    const [row] = await session.query<{ total: bigint }>({
      name: "credit-moved-alone",
      text: `SELECT coalesce(sum(abs(amount)), 0)::bigint AS total FROM credit_adjustment
             WHERE tenant_id = $1 AND (account_id = $2 OR to_account_id = $2) AND requested_at > $3
               AND status = 'APPLIED' AND decided_by_id IS NULL`,
      values: [session.tenantId, accountId, since],
    });
    totals.push(row?.total ?? 0n);
  }
  return totals.reduce((most, total) => (total > most ? total : most), 0n);
}

const filterFields = {
  id: { kind: "id", column: "a.id", type: "CreditAdjustment" },
  status: { kind: "enum", column: "a.status", values: Object.keys(CreditAdjustmentStatus) },
  requestedAt: { kind: "instant", column: "a.requested_at" },
} as const satisfies FilterFields;

/** Corrections and transfers, under a filter and an order. */
export function listAdjustments(
  clock: FilterClock,
  { filter, orderBy }: Pick<CreditAdjustmentsArgs, "filter" | "orderBy">,
): List<AdjustmentRow, CreditAdjustment> {
  const order = orderBy ?? [{ field: "REQUESTED_AT", direction: "DESC" }];
  checkOrder(order);
  const compiled = compileFilter(filter, filterFields, clock, "a.tenant_id = nexora_tenant()");
  return {
    name: "creditAdjustments",
    fingerprint: compiled.fingerprint,
    columns,
    from: "credit_adjustment a",
    where: compiled.where,
    values: compiled.values,
    id: "a.id",
    order: order.map(({ direction }) => instantKey("a.requested_at", direction)),
    keysOf: (row) => [...order.map(() => row.requested_at.toISOString()), row.id],
    toItem: toAdjustment,
  };
}
