import type { WebhookDeliveryFilter } from "../../schema/webhook-inputs.ts";
import type { WebhookAttempt, WebhookDelivery } from "../../schema/webhook.ts";
import type { Session } from "../db/session.ts";
import { type CompiledFilter, compileFilter, type FilterFields, mentionsDuration } from "../operations/filter.ts";
import type { List } from "../operations/paginate.ts";
import type { ChildList } from "../operations/paginate-children.ts";
import { loadTenantSettings } from "../operations/tenant-settings.ts";
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
  status: { kind: "enum", column: "d.status" },
  type: { kind: "text", column: "d.type" },
  createdAt: { kind: "instant", column: "d.created_at" },
} as const satisfies FilterFields;

export async function compileDeliveryFilter(
  session: Session,
  filter: WebhookDeliveryFilter | null | undefined,
  now: Date,
): Promise<CompiledFilter> {
  const timeZone = mentionsDuration(filter) ? (await loadTenantSettings(session)).timeZone : "UTC";
  return compileFilter(filter, filterFields, { now, timeZone }, "d.tenant_id = nexora_tenant()");
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
