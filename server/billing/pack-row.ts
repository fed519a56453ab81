import type { Pack } from "../../schema/plan.ts";
import type { Session } from "../db/session.ts";
import { toMoney } from "../operations/currency.ts";
import { toId } from "../operations/ids.ts";
import type { List } from "../operations/paginate.ts";
import { SqlValues } from "../operations/sql.ts";

/** A row of pack. */
export interface PackRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly credits: bigint;
  readonly expires_after_months: number | null;
  readonly withdrawn_at: Date | null;
  readonly created_at: Date;
  readonly version: number;
}

const columns = `p.id, p.key, p.name, p.description, p.amount_minor, p.currency, p.credits, p.expires_after_months, p.withdrawn_at,
  p.created_at, p.version`;

export function toPack(row: PackRow): Pack {
  return {
    __typename: "Pack",
    id: toId("Pack", row.id),
    key: row.key,
    name: row.name,
    description: row.description,
    price: toMoney(row.amount_minor, row.currency),
    credits: row.credits,
    expiresAfterMonths: row.expires_after_months,
    withdrawnAt: row.withdrawn_at,
    createdAt: row.created_at,
    version: row.version,
  };
}

export function findPacks(session: Session, ids: readonly string[]): Promise<PackRow[]> {
  return session.query<PackRow>({
    name: "billing-packs",
    text: `SELECT ${columns} FROM pack p WHERE p.tenant_id = $1 AND p.id = ANY ($2)`,
    values: [session.tenantId, ids],
  });
}

/** Those that can be bought, the oldest first; a catalogue of more than 200 isn't looked through to its end. */
export function findPacksForSale(session: Session): Promise<PackRow[]> {
  return session.query<PackRow>({
    name: "billing-packs-for-sale",
    text: `SELECT ${columns} FROM pack p WHERE p.tenant_id = $1 AND p.withdrawn_at IS NULL ORDER BY p.created_at, p.id LIMIT 200`,
    values: [session.tenantId],
  });
}

/** Nobody withdraws or changes it until the transaction's end; `forUpdate` says that this transaction does. */
export async function lockPack(
  session: Session,
  id: string,
  { forUpdate = false }: { readonly forUpdate?: boolean } = {},
): Promise<PackRow | undefined> {
  const [row] = await session.query<PackRow>({
    name: forUpdate ? "billing-lock-pack-for-update" : "billing-lock-pack",
    text: `SELECT ${columns} FROM pack p WHERE p.tenant_id = $1 AND p.id = $2 FOR ${forUpdate ? "NO KEY UPDATE" : "SHARE"}`,
    values: [session.tenantId, id],
  });
  return row;
}

export async function findPackByKey(session: Session, key: string): Promise<PackRow | undefined> {
  const [row] = await session.query<PackRow>({
    name: "billing-pack-by-key",
    text: `SELECT ${columns} FROM pack p WHERE p.tenant_id = $1 AND p.key = $2`,
    values: [session.tenantId, key],
  });
  return row;
}

/** Undefined when its key is taken. */
export async function insertPack(session: Session, row: PackRow): Promise<PackRow | undefined> {
  const [written] = await session.query<PackRow>({
    name: "billing-insert-pack",
    text: `INSERT INTO pack AS p (tenant_id, id, key, name, description, amount_minor, currency, credits, expires_after_months,
             created_at, version)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1) ON CONFLICT (tenant_id, key) DO NOTHING RETURNING ${columns}`,
    values: [session.tenantId, row.id, row.key, ...contentOf(row), row.created_at],
  });
  return written;
}

/** Undefined when somebody else has changed it meanwhile. */
export async function rewritePack(session: Session, row: PackRow): Promise<PackRow | undefined> {
  const [written] = await session.query<PackRow>({
    name: "billing-rewrite-pack",
    text: `UPDATE pack p SET name = $4, description = $5, amount_minor = $6, currency = $7, credits = $8, expires_after_months = $9,
             withdrawn_at = $10, version = p.version + 1
           WHERE p.tenant_id = $1 AND p.id = $2 AND p.version = $3 RETURNING ${columns}`,
    values: [session.tenantId, row.id, row.version, ...contentOf(row), row.withdrawn_at],
  });
  return written;
}

function contentOf(row: PackRow): unknown[] {
  return [row.name, row.description, row.amount_minor, row.currency, row.credits, row.expires_after_months];
}

/** The oldest first. */
export function packList(includeWithdrawn: boolean): List<PackRow & Record<string, unknown>, Pack> {
  return {
    name: "packs",
    fingerprint: String(includeWithdrawn),
    columns,
    from: "pack p",
    where: `p.tenant_id = nexora_tenant()${includeWithdrawn ? "" : " AND p.withdrawn_at IS NULL"}`,
    values: new SqlValues(),
    id: "p.id",
    order: [{ column: "p.created_at", type: "timestamptz", isNullable: false, direction: "ASC", nulls: "LAST" }],
    keysOf: (row) => [row.created_at.toISOString(), row.id],
    toItem: toPack,
  };
}
