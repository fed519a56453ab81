import type { Plan, PlanInterval, PlanRollover } from "../../schema/plan.ts";
import type { Session } from "../db/session.ts";
import { toMoney } from "../operations/currency.ts";
import { toId } from "../operations/ids.ts";
import type { List } from "../operations/paginate.ts";
import { SqlValues } from "../operations/sql.ts";

/** A row of plan. */
export interface PlanRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly description: string | null;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly interval: PlanInterval;
  readonly credits_per_month: bigint;
  readonly rollover: PlanRollover;
  readonly rollover_cap: bigint | null;
  readonly ai_subjects: string[];
  readonly learner_limit: number | null;
  readonly ai_message_limit: number | null;
  readonly withdrawn_at: Date | null;
  readonly created_at: Date;
  readonly version: number;
}

const columns = `p.id, p.key, p.name, p.description, p.amount_minor, p.currency, p.interval, p.credits_per_month, p.rollover,
  p.rollover_cap, p.ai_subjects, p.learner_limit, p.ai_message_limit, p.withdrawn_at, p.created_at, p.version`;

export function toPlan(row: PlanRow): Plan {
  return {
    __typename: "Plan",
    id: toId("Plan", row.id),
    key: row.key,
    name: row.name,
    description: row.description,
    price: toMoney(row.amount_minor, row.currency),
    interval: row.interval,
    creditsPerMonth: row.credits_per_month,
    rollover: row.rollover,
    rolloverCap: row.rollover_cap,
    aiSubjects: row.ai_subjects,
    learnerLimit: row.learner_limit,
    aiMessageLimit: row.ai_message_limit,
    withdrawnAt: row.withdrawn_at,
    createdAt: row.created_at,
    version: row.version,
  };
}

export function findPlans(session: Session, ids: readonly string[]): Promise<PlanRow[]> {
  return session.query<PlanRow>({
    name: "billing-plans",
    text: `SELECT ${columns} FROM plan p WHERE p.tenant_id = $1 AND p.id = ANY ($2)`,
    values: [session.tenantId, ids],
  });
}

/** Those that can be bought, the oldest first; a catalogue of more than 200 isn't looked through to its end. */
export function findPlansForSale(session: Session): Promise<PlanRow[]> {
  return session.query<PlanRow>({
    name: "billing-plans-for-sale",
    text: `SELECT ${columns} FROM plan p WHERE p.tenant_id = $1 AND p.withdrawn_at IS NULL ORDER BY p.created_at, p.id LIMIT 200`,
    values: [session.tenantId],
  });
}

/** Nobody withdraws or changes it until the transaction's end; `forUpdate` says that this transaction does. */
export async function lockPlan(
  session: Session,
  id: string,
  { forUpdate = false }: { readonly forUpdate?: boolean } = {},
): Promise<PlanRow | undefined> {
  const [row] = await session.query<PlanRow>({
    name: forUpdate ? "billing-lock-plan-for-update" : "billing-lock-plan",
    text: `SELECT ${columns} FROM plan p WHERE p.tenant_id = $1 AND p.id = $2 FOR ${forUpdate ? "NO KEY UPDATE" : "SHARE"}`,
    values: [session.tenantId, id],
  });
  return row;
}

export async function findPlanByKey(session: Session, key: string): Promise<PlanRow | undefined> {
  const [row] = await session.query<PlanRow>({
    name: "billing-plan-by-key",
    text: `SELECT ${columns} FROM plan p WHERE p.tenant_id = $1 AND p.key = $2`,
    values: [session.tenantId, key],
  });
  return row;
}

/** Undefined when its key is taken. */
export async function insertPlan(session: Session, row: PlanRow): Promise<PlanRow | undefined> {
  const [written] = await session.query<PlanRow>({
    name: "billing-insert-plan",
    text: `INSERT INTO plan AS p (tenant_id, id, key, name, description, amount_minor, currency, interval, credits_per_month, rollover,
             rollover_cap, ai_subjects, learner_limit, ai_message_limit, created_at, version)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)
           ON CONFLICT (tenant_id, key) DO NOTHING RETURNING ${columns}`,
    values: [session.tenantId, row.id, row.key, ...contentOf(row), row.created_at],
  });
  return written;
}

/** Undefined when somebody else has changed it meanwhile. */
export async function rewritePlan(session: Session, row: PlanRow): Promise<PlanRow | undefined> {
  const [written] = await session.query<PlanRow>({
    name: "billing-rewrite-plan",
    text: `UPDATE plan p SET name = $4, description = $5, amount_minor = $6, currency = $7, interval = $8, credits_per_month = $9,
             rollover = $10, rollover_cap = $11, ai_subjects = $12, learner_limit = $13, ai_message_limit = $14,
             withdrawn_at = $15, version = p.version + 1
           WHERE p.tenant_id = $1 AND p.id = $2 AND p.version = $3 RETURNING ${columns}`,
    values: [session.tenantId, row.id, row.version, ...contentOf(row), row.withdrawn_at],
  });
  return written;
}

function contentOf(row: PlanRow): unknown[] {
  return [
    ...[row.name, row.description, row.amount_minor, row.currency, row.interval, row.credits_per_month, row.rollover],
    ...[row.rollover_cap, row.ai_subjects, row.learner_limit, row.ai_message_limit],
  ];
}

/** The oldest first. */
export function planList(includeWithdrawn: boolean): List<PlanRow & Record<string, unknown>, Plan> {
  return {
    name: "plans",
    fingerprint: String(includeWithdrawn),
    columns,
    from: "plan p",
    where: `p.tenant_id = nexora_tenant()${includeWithdrawn ? "" : " AND p.withdrawn_at IS NULL"}`,
    values: new SqlValues(),
    id: "p.id",
    order: [{ column: "p.created_at", type: "timestamptz", isNullable: false, direction: "ASC", nulls: "LAST" }],
    keysOf: (row) => [row.created_at.toISOString(), row.id],
    toItem: toPlan,
  };
}
