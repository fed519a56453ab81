import type { WebhookEndpoint } from "../../schema/webhook.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { List } from "../operations/paginate.ts";
import { SqlValues } from "../operations/sql.ts";
import { endpointColumns, type EndpointRow, toEndpoint } from "./webhook-row.ts";

/** A tenant's endpoints, newest first. */
export function listEndpoints(cursors: CursorCodec, now: Date): List<EndpointRow, WebhookEndpoint> {
  return {
    name: "webhookEndpoints",
    fingerprint: "",
    columns: endpointColumns,
    from: "webhook_endpoint e",
    where: "e.tenant_id = nexora_tenant()",
    values: new SqlValues(),
    id: "e.id",
    order: [{ column: "e.created_at", type: "timestamptz", isNullable: false, direction: "DESC", nulls: "LAST" }],
    keysOf: (row) => [row.created_at.toISOString(), row.id],
    toItem: (row) => toEndpoint(row, cursors, now),
  };
}
