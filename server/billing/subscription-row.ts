import type { FilterClock, FilterFields } from "../operations/filter-fields.ts";
import { compileFilter } from "../operations/filter.ts";
import { instantKey } from "../operations/keyset.ts";
import type { SubscriptionsArgs } from "../../schema/subscription-list.ts";
import type { PaymentProviderName } from "../../schema/payment.ts";
import { type PlanSubscription, SubscriptionState } from "../../schema/subscription.ts";
import type { Session } from "../db/session.ts";
import { toId } from "../operations/ids.ts";
import { checkOrder, type List } from "../operations/paginate.ts";
import { monthStart } from "./billing-months.ts";

/** A row of subscription. */
export interface SubscriptionRow {
  readonly id: string;
  readonly client_id: string;
  readonly plan_id: string;
  readonly next_plan_id: string | null;
  readonly state: SubscriptionState;
  readonly provider: PaymentProviderName;
  readonly anchor_at: Date | null;
  readonly time_zone: string | null;
  readonly period_month: number;
  readonly period_months: number;
  readonly period_starts_at: Date | null;
  readonly period_ends_at: Date | null;
  readonly month: number;
  readonly due_at: Date | null;
  readonly ended_at: Date | null;
  readonly created_at: Date;
  readonly version: number;
}

const columns = `s.id, s.client_id, s.plan_id, s.next_plan_id, s.state, s.provider, s.anchor_at, s.time_zone, s.period_month,
  s.period_months, s.period_starts_at, s.period_ends_at, s.month, s.due_at, s.ended_at, s.created_at, s.version`;

export function toSubscription(row: SubscriptionRow): PlanSubscription {
  const isRunning = row.state === "ACTIVE" || row.state === "CANCELLED_AT_PERIOD_END";
  return {
    __typename: "PlanSubscription",
    id: toId("PlanSubscription", row.id),
    uuid: row.id,
    clientId: toId("Client", row.client_id),
    planUuid: row.plan_id,
    nextPlanUuid: row.next_plan_id,
    state: row.state,
    provider: row.provider,
    periodStartsAt: row.period_starts_at,
    periodEndsAt: row.period_ends_at,
    nextMonthAt:
      isRunning && row.anchor_at !== null && row.time_zone !== null
        ? monthStart(row.anchor_at, row.time_zone, row.month + 1)
        : null,
    endedAt: row.ended_at,
    createdAt: row.created_at,
    version: row.version,
  };
}

export function findSubscriptions(session: Session, ids: readonly string[]): Promise<SubscriptionRow[]> {
  return session.query<SubscriptionRow>({
    name: "billing-subscriptions",
    text: `SELECT ${columns} FROM subscription s WHERE s.tenant_id = $1 AND s.id = ANY ($2)`,
    values: [session.tenantId, ids],
  });
}

/** The one that the client has or is about to have. */
export async function findLiveSubscription(session: Session, clientId: string): Promise<SubscriptionRow | undefined> {
  const [row] = await session.query<SubscriptionRow>({
    name: "billing-live-subscription",
    text: `SELECT ${columns} FROM subscription s WHERE s.tenant_id = $1 AND s.client_id = $2
             AND s.state IN ('INCOMPLETE', 'ACTIVE', 'PAST_DUE', 'CANCELLED_AT_PERIOD_END')`,
    values: [session.tenantId, clientId],
  });
  return row;
}

export function findDueSubscriptions(
  session: Session,
  at: Date,
  most: number,
): Promise<{ id: string; client_id: string }[]> {
  return session.query<{ id: string; client_id: string }>({
    name: "billing-due-subscriptions",
    text: "SELECT id, client_id FROM subscription WHERE tenant_id = $1 AND due_at <= $2 ORDER BY due_at LIMIT $3",
    values: [session.tenantId, at, most],
  });
}

export async function insertSubscription(session: Session, row: SubscriptionRow): Promise<void> {
  await session.query({
    name: "billing-insert-subscription",
    text: `INSERT INTO subscription (tenant_id, id, client_id, plan_id, state, provider, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values: [session.tenantId, row.id, row.client_id, row.plan_id, row.state, row.provider, row.created_at],
  });
}

/** Compare and swap on the version; the caller holds the client's lock, so nobody can be faster. */
export async function rewriteSubscription(
  session: Session,
  before: SubscriptionRow,
  change: Partial<SubscriptionRow>,
): Promise<SubscriptionRow> {
  const after: SubscriptionRow = { ...before, ...change, version: before.version + 1 };
  const written = await session.query({
    name: "billing-rewrite-subscription",
    text: `UPDATE subscription SET plan_id = $4, next_plan_id = $5, state = $6, anchor_at = $7, time_zone = $8, period_month = $9,
             period_months = $10, period_starts_at = $11, period_ends_at = $12, month = $13, due_at = $14, ended_at = $15,
             version = version + 1
           WHERE tenant_id = $1 AND id = $2 AND version = $3 RETURNING id`,
    values: [
      ...[session.tenantId, before.id, before.version, after.plan_id, after.next_plan_id, after.state, after.anchor_at],
      ...[after.time_zone, after.period_month, after.period_months, after.period_starts_at, after.period_ends_at],
      ...[after.month, after.due_at, after.ended_at],
    ],
  });
  if (written.length === 0) throw new Error(`the subscription ${before.id} isn't what it was`);
  return after;
}

/** Newest first. */
const filterFields = {
  id: { kind: "id", column: "s.id", type: "PlanSubscription" },
  clientId: { kind: "id", column: "s.client_id", type: "Client" },
  state: { kind: "enum", column: "s.state", values: Object.keys(SubscriptionState) },
  createdAt: { kind: "instant", column: "s.created_at" },
} as const satisfies FilterFields;

/** The subscriptions of these clients (null: of all), under a filter and an order. */
export function subscriptionList(
  clientIds: readonly string[] | null,
  clock: FilterClock,
  { filter, orderBy }: Pick<SubscriptionsArgs, "filter" | "orderBy">,
): List<SubscriptionRow & Record<string, unknown>, PlanSubscription> {
  const order = orderBy ?? [{ field: "CREATED_AT", direction: "DESC" }];
  checkOrder(order);
  const compiled = compileFilter(filter, filterFields, clock, "s.tenant_id = nexora_tenant()");
  const { values } = compiled;
  const own = clientIds === null ? "" : ` AND s.client_id = ANY (${values.add(clientIds)}::uuid[])`;
  return {
    name: "subscriptions",
    fingerprint: compiled.fingerprint,
    columns,
    from: "subscription s",
    where: compiled.where + own,
    values,
    id: "s.id",
    order: order.map(({ direction }) => instantKey("s.created_at", direction)),
    keysOf: (row) => [...order.map(() => row.created_at.toISOString()), row.id],
    toItem: toSubscription,
  };
}
