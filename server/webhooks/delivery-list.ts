import { filterClock } from "../operations/filter-clock.ts";
import type { WebhookDeliveryFilter } from "../../schema/webhook-inputs.ts";
import { type WebhookAttempt, type WebhookDelivery, WebhookDeliveryStatus } from "../../schema/webhook.ts";
import type { Session } from "../db/session.ts";
import type { FilterFields } from "../operations/filter-fields.ts";
import { type CompiledFilter, compileFilter } from "../operations/filter.ts";
import type { List } from "../operations/paginate.ts";
import type { ChildList } from "../operations/paginate-children.ts";
import {
  attemptColumns,
  type AttemptRow,
  deliveryColumns,
  type DeliveryRow,
  toAttempt,
  toDelivery,
} from "./webhook-row.ts";

/** What deliveries can be filtered by. Each has an index that ends in the list's order. */
const filterFields = {
  endpoint: { kind: "id", column: "d.endpoint_id", type: "WebhookEndpoint" },
  status: { kind: "enum", column: "d.status", values: Object.keys(WebhookDeliveryStatus) },
  type: { kind: "text", column: "d.type" },
  createdAt: { kind: "instant", column: "d.created_at" },
} as const satisfies FilterFields;

/** The types that there are deliveries of: from each the index leads to the next. */
const distinctTypes = `WITH RECURSIVE known (type) AS (
    SELECT min(d.type) FROM webhook_delivery d WHERE d.tenant_id = nexora_tenant()
    UNION ALL
    SELECT (SELECT min(d.type) FROM webhook_delivery d WHERE d.tenant_id = nexora_tenant() AND d.type > known.type)
    FROM known WHERE known.type IS NOT NULL)
  SELECT type FROM known WHERE type IS NOT NULL`;

/** Whether a filter asks for parts of texts. No index of texts has those; of types there are few. */
function mentionsPart(filter: unknown): boolean {
  if (typeof filter !== "object" || filter === null) return false;
  return Object.entries(filter).some(
    ([name, operand]) => ((name === "contains" || name === "startsWith") && operand != null) || mentionsPart(operand),
  );
}

async function loadTypes(session: Session): Promise<string[]> {
  const rows = await session.query<{ type: string }>({ name: "webhook-delivery-types", text: distinctTypes });
  return rows.map(({ type }) => type);
}

export async function compileDeliveryFilter(
  session: Session,
  filter: WebhookDeliveryFilter | null | undefined,
  now: Date,
): Promise<CompiledFilter> {
  const [clock, types] = await Promise.all([
    filterClock(session, { now }, filter),
    mentionsPart(filter) ? loadTypes(session) : undefined,
  ]);
  const fields =
    types === undefined ? filterFields : { ...filterFields, type: { ...filterFields.type, values: types } };
  return compileFilter(filter, fields, clock, "d.tenant_id = nexora_tenant()");
}

/** A tenant's deliveries under a filter, newest first. */
export function listDeliveries(filter: CompiledFilter): List<DeliveryRow, WebhookDelivery> {
  return {
    name: "webhookDeliveries",
    fingerprint: filter.fingerprint,
    columns: deliveryColumns,
    from: "webhook_delivery d",
    where: filter.where,
    values: filter.values,
    id: "d.id",
    order: [{ column: "d.created_at", type: "timestamptz", isNullable: false, direction: "DESC", nulls: "LAST" }],
    keysOf: (row) => [row.created_at.toISOString(), row.id],
    toItem: toDelivery,
  };
}

/** A delivery's attempts, in their order. */
export const attemptList: ChildList<AttemptRow, WebhookAttempt> = {
  name: "webhookDelivery.attempts",
  columns: attemptColumns,
  from: "webhook_attempt a",
  belongsTo: (delivery) => `a.tenant_id = nexora_tenant() AND a.delivery_id = ${delivery}`,
  id: "a.id",
  order: [{ column: "a.number", type: "bigint", isNullable: false, direction: "ASC", nulls: "LAST" }],
  keysOf: (row) => [String(row.number), row.id],
  toItem: toAttempt,
};
