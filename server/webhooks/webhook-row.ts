import type {
  WebhookAttempt,
  WebhookAttemptOutcome,
  WebhookDelivery,
  WebhookDeliveryKind,
  WebhookDeliveryStatus,
  WebhookDisabledReason,
  WebhookEndpoint,
  WebhookEndpointStatus,
} from "../../schema/webhook.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { parseSubjectType, toId } from "../operations/ids.ts";
import { circuitThreshold } from "./retry-schedule.ts";

/** A row of webhook_endpoint. */
export interface EndpointRow {
  readonly tenant_id: string;
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly event_types: readonly string[];
  readonly document: string | null;
  readonly scopes: readonly string[];
  readonly status: WebhookEndpointStatus;
  readonly disabled_reason: WebhookDisabledReason | null;
  readonly disabled_at: Date | null;
  readonly position: bigint;
  readonly secret: Buffer;
  readonly previous_secret: Buffer | null;
  readonly previous_secret_expires_at: Date | null;
  readonly failures: number;
  readonly failing_since: Date | null;
  readonly paused_until: Date | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export const endpointColumns = [
  ...["tenant_id", "id", "url", "description", "event_types", "document", "scopes", "status", "disabled_reason"],
  ...["disabled_at", "position", "secret", "previous_secret", "previous_secret_expires_at", "failures"],
  ...["failing_since", "paused_until", "version", "created_at", "updated_at"],
]
  .map((column) => `e.${column}`)
  .join(", ");

export function toEndpoint(row: EndpointRow, cursors: CursorCodec, now: Date): WebhookEndpoint {
  const isTripped = row.failures >= circuitThreshold;
  const isPaused = isTripped && row.paused_until !== null && row.paused_until > now;
  const hasPrevious = row.previous_secret_expires_at !== null && row.previous_secret_expires_at > now;
  return {
    __typename: "WebhookEndpoint",
    id: toId("WebhookEndpoint", row.id),
    version: row.version,
    url: row.url,
    description: row.description,
    eventTypes: row.event_types,
    document: row.document,
    scopes: row.scopes,
    status: row.status,
    disabledReason: row.disabled_reason,
    disabledAt: row.disabled_at,
    circuit: isPaused ? "OPEN" : isTripped ? "HALF_OPEN" : "CLOSED",
    pausedUntil: isPaused ? row.paused_until : null,
    failingSince: row.failing_since,
    previousSecretExpiresAt: hasPrevious ? row.previous_secret_expires_at : null,
    cursor: cursors.encodeEvent({ tenantId: row.tenant_id, position: row.position }),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** A row of webhook_delivery. */
export interface DeliveryRow {
  readonly id: string;
  readonly endpoint_id: string;
  readonly kind: WebhookDeliveryKind;
  readonly position: bigint | null;
  readonly entry_id: string | null;
  readonly type: string;
  readonly subject_type: string;
  readonly subject_id: string;
  readonly occurred_at: Date;
  readonly status: WebhookDeliveryStatus;
  readonly attempts: number;
  readonly round_start: number;
  readonly is_claimed: boolean;
  readonly next_attempt_at: Date | null;
  readonly last_status_code: number | null;
  readonly created_at: Date;
  readonly changed_at: Date;
  readonly finished_at: Date | null;
}

export const deliveryColumns = [
  ...["id", "endpoint_id", "kind", "position", "entry_id", "type", "subject_type", "subject_id", "occurred_at"],
  ...["status", "attempts", "round_start", "is_claimed", "next_attempt_at", "last_status_code"],
  ...["created_at", "changed_at", "finished_at"],
]
  .map((column) => `d.${column}`)
  .join(", ");

export function toDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    __typename: "WebhookDelivery",
    id: toId("WebhookDelivery", row.id),
    uuid: row.id,
    endpointUuid: row.endpoint_id,
    kind: row.kind,
    type: row.type,
    subjectId: toId(parseSubjectType(row.subject_type), row.subject_id),
    entryId: row.entry_id === null ? null : toId("JournalEntry", row.entry_id),
    occurredAt: row.occurred_at,
    status: row.status,
    attemptCount: row.attempts,
    // While it is being sent the column says when others may take it for lost.
    nextAttemptAt: row.is_claimed ? null : row.next_attempt_at,
    lastStatusCode: row.last_status_code,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
  };
}

/** A row of webhook_attempt. */
export interface AttemptRow {
  readonly id: string;
  readonly delivery_id: string;
  readonly number: number;
  readonly started_at: Date;
  readonly outcome: WebhookAttemptOutcome;
  readonly duration_ms: number | null;
  readonly status_code: number | null;
  readonly error: string | null;
  readonly answer: string | null;
}

export const attemptColumns =
  "a.id, a.delivery_id, a.number, a.started_at, a.outcome, a.duration_ms, a.status_code, a.error, a.answer";

export function toAttempt(row: AttemptRow): WebhookAttempt {
  return {
    __typename: "WebhookAttempt",
    id: toId("WebhookAttempt", row.id),
    number: row.number,
    outcome: row.outcome,
    statusCode: row.status_code,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    error: row.error,
    answer: row.answer,
  };
}
