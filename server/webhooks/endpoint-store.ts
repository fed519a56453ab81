import type { Session } from "../db/session.ts";
import { endpointColumns, type EndpointRow } from "./webhook-row.ts";

export async function findEndpoint(session: Session, id: string): Promise<EndpointRow | undefined> {
  const [row] = await findEndpoints(session, [id]);
  return row;
}

export function findEndpoints(session: Session, ids: readonly string[]): Promise<EndpointRow[]> {
  return session.query<EndpointRow>({
    name: "webhook-endpoints",
    text: `SELECT ${endpointColumns} FROM webhook_endpoint e WHERE e.tenant_id = $1 AND e.id = ANY ($2::uuid[])`,
    values: [session.tenantId, ids],
  });
}

/** The endpoints that have entries to plan now. */
export async function findBehind(session: Session): Promise<string[]> {
  const rows = await session.query<{ id: string }>({
    name: "webhooks-behind",
    text: `SELECT e.id FROM webhook_endpoint e JOIN journal_head h ON h.tenant_id = e.tenant_id
           WHERE e.tenant_id = $1 AND e.status = 'ENABLED' AND e.position < h.position
             AND coalesce(e.paused_until, '-infinity') <= now()`,
    values: [session.tenantId],
  });
  return rows.map(({ id }) => id);
}

/** How many endpoints the tenant has. The tenant's row is held, so that nobody adds another one meanwhile. */
export async function countEndpoints(session: Session): Promise<number> {
  await session.query({
    name: "webhook-hold-tenant",
    text: "SELECT id FROM tenant WHERE id = $1 FOR NO KEY UPDATE",
    values: [session.tenantId],
  });
  const [row] = await session.query<{ count: bigint }>({
    name: "webhook-count-endpoints",
    text: "SELECT count(*) AS count FROM webhook_endpoint WHERE tenant_id = $1",
    values: [session.tenantId],
  });
  return Number(row?.count ?? 0n);
}

export interface NewEndpoint {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly eventTypes: readonly string[];
  readonly document: string | null;
  readonly scopes: readonly string[];
  readonly isEnabled: boolean;
  /** Deliveries begin after it; null: after the journal's last entry. */
  readonly position: bigint | null;
  readonly secret: Buffer;
}

export async function insertEndpoint(session: Session, endpoint: NewEndpoint): Promise<EndpointRow> {
  const { id, url, description, eventTypes, document, scopes, isEnabled, position, secret } = endpoint;
  const [row] = await session.query<EndpointRow>({
    name: "webhook-insert-endpoint",
    text: `INSERT INTO webhook_endpoint AS e
             (tenant_id, id, url, description, event_types, document, scopes, secret, position, status, disabled_reason, disabled_at)
           SELECT $1, $2, $3, $4, $5, $6, $7, $8, coalesce($9::bigint, h.position),
             CASE WHEN $10 THEN 'ENABLED' ELSE 'DISABLED' END, CASE WHEN NOT $10 THEN 'MANUAL' END, CASE WHEN NOT $10 THEN now() END
           FROM journal_head h WHERE h.tenant_id = $1 RETURNING ${endpointColumns}`,
    values: [session.tenantId, id, url, description, eventTypes, document, scopes, secret, position, isEnabled],
  });
  if (row === undefined) throw new Error("an insert without a row");
  return row;
}

/** What of an endpoint a caller can change. */
export type EndpointContent = Pick<EndpointRow, "url" | "description" | "event_types" | "document" | "scopes">;

export function updateEndpoint(session: Session, id: string, content: EndpointContent): Promise<EndpointRow> {
  return changeEndpoint(session, id, {
    name: "webhook-update-endpoint",
    set: "url = $3, description = $4, event_types = $5, document = $6, scopes = $7",
    values: [content.url, content.description, content.event_types, content.document, content.scopes],
  });
}

export function disableEndpoint(session: Session, id: string): Promise<EndpointRow> {
  return changeEndpoint(session, id, {
    name: "webhook-disable-endpoint",
    set: "status = 'DISABLED', disabled_reason = 'MANUAL', disabled_at = now()",
    values: [],
  });
}

/** It goes on where it was: what is pending is tried as if it were new. */
export async function enableEndpoint(session: Session, id: string): Promise<EndpointRow> {
  await session.query({
    name: "webhook-renew-rounds",
    text: `UPDATE webhook_delivery SET round_start = attempts, next_attempt_at = now(), is_claimed = false, changed_at = now()
           WHERE tenant_id = $1 AND endpoint_id = $2 AND kind = 'EVENT' AND next_attempt_at IS NOT NULL
             AND (NOT is_claimed OR next_attempt_at <= now())`,
    values: [session.tenantId, id],
  });
  return changeEndpoint(session, id, {
    name: "webhook-enable-endpoint",
    set: `status = 'ENABLED', disabled_reason = NULL, disabled_at = NULL, failures = 0, failing_since = NULL,
      paused_until = NULL`,
    values: [],
  });
}

export function rotateSecret(session: Session, id: string, secret: Buffer, overlapHours: number): Promise<EndpointRow> {
  return changeEndpoint(session, id, {
    name: "webhook-rotate-secret",
    set: `secret = $3, previous_secret = CASE WHEN $4 > 0 THEN secret END,
      previous_secret_expires_at = CASE WHEN $4 > 0 THEN now() + $4 * interval '1 hour' END`,
    values: [secret, overlapHours],
  });
}

export async function deleteEndpoint(session: Session, id: string): Promise<void> {
  await session.query({
    name: "webhook-delete-endpoint",
    text: "DELETE FROM webhook_endpoint WHERE tenant_id = $1 AND id = $2",
    values: [session.tenantId, id],
  });
}

interface Change {
  readonly name: string;
  readonly set: string;
  readonly values: readonly unknown[];
}

async function changeEndpoint(session: Session, id: string, { name, set, values }: Change): Promise<EndpointRow> {
  const [row] = await session.query<EndpointRow>({
    name,
    text: `UPDATE webhook_endpoint AS e SET ${set}, version = version + 1, updated_at = now()
           WHERE e.tenant_id = $1 AND e.id = $2 RETURNING ${endpointColumns}`,
    values: [session.tenantId, id, ...values],
  });
  if (row === undefined) throw new Error("an endpoint that was held has gone");
  return row;
}
