import type { Session } from "../db/session.ts";
import type { JournalRecord } from "../journal/entry.ts";
import { journalColumns, type JournalRow, toRecord } from "../journal/journal-record.ts";
import type { WebhookDeliveryStatus } from "../../schema/webhook.ts";
import type { AttemptResult } from "./attempt-verdict.ts";
import { deliveryColumns, type DeliveryRow, endpointColumns, type EndpointRow } from "./webhook-row.ts";

/** An endpoint as it is for the rest of the transaction. */
export interface LockedEndpoint extends EndpointRow {
  /** The database's clock: several processes share one endpoint, and theirs may differ. */
  readonly now: Date;
  /** The journal's last entry. */
  readonly head: bigint;
}

/** Whoever plans, claims or settles an endpoint's deliveries holds its row: so an entry is planned once and sent by one. */
export async function lockEndpoint(session: Session, endpointId: string): Promise<LockedEndpoint | undefined> {
  const [row] = await session.query<LockedEndpoint>({
    name: "webhook-lock-endpoint",
    text: `SELECT ${endpointColumns}, now() AS now, h.position AS head
           FROM webhook_endpoint e JOIN journal_head h ON h.tenant_id = e.tenant_id
           WHERE e.tenant_id = $1 AND e.id = $2 FOR UPDATE OF e`,
    values: [session.tenantId, endpointId],
  });
  return row;
}

/** Entries that one transaction plans. */
const planAtOnce = 1_000n;

/** Condition on a journal entry `j`: its type is one of the array $n. */
export function matchesTypes(placeholder: string): string {
  return `(cardinality(${placeholder}::text[]) = 0 OR j.type = ANY (${placeholder}::text[])
    OR split_part(j.type, '.', 1) || '.*' = ANY (${placeholder}::text[]))`;
}

/** Makes a delivery of each entry that follows, none of them due yet. */
export async function planDeliveries(
  session: Session,
  { id, position, head, event_types: types }: LockedEndpoint,
): Promise<{ readonly through: bigint; readonly subjects: string[] }> {
  const through = position + planAtOnce < head ? position + planAtOnce : head;
  const rows = await session.query<{ subject_id: string }>({
    name: "webhook-plan",
    text: `INSERT INTO webhook_delivery
             (tenant_id, id, endpoint_id, position, entry_id, type, subject_type, subject_id, occurred_at)
           SELECT $1, uuidv7(), $2, e.* FROM (
             SELECT j.position, j.id, j.type, j.subject_type, j.subject_id, j.occurred_at FROM journal_entry j
             WHERE j.tenant_id = $1 AND j.position > $3 AND j.position <= $4 AND ${matchesTypes("$5")}
             ORDER BY j.position) AS e
           ON CONFLICT (tenant_id, position, endpoint_id) DO NOTHING RETURNING subject_id`,
    values: [session.tenantId, id, position, through, types],
  });
  return { through, subjects: rows.map((row) => row.subject_id) };
}

/** Makes the first pending delivery of each subject due that has none which is. */
export function promote(session: Session, endpointId: string, subjects: Iterable<string>): Promise<void> {
  return promoteFirst(session, endpointId, subjects, {
    name: "webhook-promote",
    condition: `NOT EXISTS (
      SELECT FROM webhook_delivery o WHERE o.tenant_id = $1 AND o.endpoint_id = $2 AND o.subject_id = subject.id
        AND o.next_attempt_at IS NOT NULL AND o.kind = 'EVENT')`,
  });
}

/** The same for subjects whose due delivery has just been settled: there is no other one. */
export function promoteNext(session: Session, endpointId: string, subjects: Iterable<string>): Promise<void> {
  return promoteFirst(session, endpointId, subjects, { name: "webhook-promote-next", condition: "true" });
}

async function promoteFirst(
  session: Session,
  endpointId: string,
  subjects: Iterable<string>,
  { name, condition }: { readonly name: string; readonly condition: string },
): Promise<void> {
  const distinct = [...new Set(subjects)];
  if (distinct.length === 0) return;
  await session.query({
    name,
    text: `UPDATE webhook_delivery d SET next_attempt_at = now(), changed_at = now()
           WHERE d.tenant_id = $1 AND d.id = ANY (ARRAY(
             SELECT first.id FROM unnest($3::uuid[]) AS subject (id) CROSS JOIN LATERAL (
               SELECT p.id FROM webhook_delivery p
               WHERE p.tenant_id = $1 AND p.endpoint_id = $2 AND p.subject_id = subject.id
                 AND p.status = 'PENDING' AND p.kind = 'EVENT'
               ORDER BY p.position LIMIT 1) AS first
             WHERE ${condition}))`,
    values: [session.tenantId, endpointId, distinct],
  });
}

/**
 * Takes deliveries that are due, until the lease ends, and notes the attempt: what is sent was written down before. An attempt
 * that is still running then was another process's, which has ended.
 */
export function claimDue(
  session: Session,
  endpointId: string,
  { kind, limit, leaseMs }: { readonly kind: "EVENT" | "TEST"; readonly limit: number; readonly leaseMs: number },
): Promise<DeliveryRow[]> {
  return session.query<DeliveryRow>({
    name: `webhook-claim-${kind}`,
    text: `WITH claimed AS (
             UPDATE webhook_delivery d SET attempts = d.attempts + 1, is_claimed = true, changed_at = now(),
               next_attempt_at = now() + $4 * interval '1 millisecond'
             WHERE d.tenant_id = $1 AND d.id = ANY (ARRAY(
               SELECT o.id FROM webhook_delivery o
               WHERE o.tenant_id = $1 AND o.endpoint_id = $2 AND o.kind = '${kind}' AND o.next_attempt_at <= now()
               ORDER BY o.next_attempt_at, o.position LIMIT $3))
             RETURNING ${deliveryColumns}
           ), lost AS (
             UPDATE webhook_attempt a SET outcome = 'INTERRUPTED', error = 'The server was stopped.'
             WHERE a.tenant_id = $1 AND a.delivery_id = ANY (ARRAY(SELECT c.id FROM claimed c WHERE c.attempts > 1))
               AND a.outcome = 'RUNNING'
           ), noted AS (
             INSERT INTO webhook_attempt (tenant_id, id, delivery_id, number, started_at)
             SELECT $1, uuidv7(), c.id, c.attempts, clock_timestamp() FROM claimed c
           )
           SELECT * FROM claimed ORDER BY position`,
    values: [session.tenantId, endpointId, limit, leaseMs],
  });
}

interface DueTimes {
  /** The database's clock. */
  readonly now: Date;
  readonly event: Date | null;
  readonly test: Date | null;
}

/** Milliseconds until an endpoint's next delivery may be sent, none or less for one that may be now; null: there is none. */
export async function untilDue(
  session: Session,
  endpointId: string,
  { isEnabled, pausedUntil }: { readonly isEnabled: boolean; readonly pausedUntil: Date | null },
): Promise<number | null> {
  const first = (kind: "EVENT" | "TEST") => `(
    SELECT min(d.next_attempt_at) FROM webhook_delivery d
    WHERE d.tenant_id = $1 AND d.endpoint_id = $2 AND d.kind = '${kind}' AND d.next_attempt_at IS NOT NULL)`;
  const [row] = await session.query<DueTimes>({
    name: "webhook-until-due",
    text: `SELECT clock_timestamp()::timestamptz(3) AS now, ${first("EVENT")} AS event, ${first("TEST")} AS test`,
    values: [session.tenantId, endpointId],
  });
  if (row === undefined) return null;
  // At the end of a pause there may also be entries to plan.
  const isPaused = pausedUntil !== null && pausedUntil > row.now;
  const events = isEnabled ? (isPaused ? pausedUntil : row.event) : null;
  const times = [row.test, events].flatMap((time) => (time === null ? [] : [time.getTime() - row.now.getTime()]));
  return times.length === 0 ? null : Math.min(...times);
}

/** An attempt's end and what it means for its delivery. */
export interface SettledAttempt extends AttemptResult {
  readonly deliveryId: string;
  /** The attempt's number: who was taken for lost meanwhile settles nothing. */
  readonly number: number;
  readonly durationMs: number;
  readonly status: WebhookDeliveryStatus;
  readonly afterMs: number;
}

/** Gives the subjects whose deliveries are done by it. */
export async function settleAttempts(session: Session, settled: readonly SettledAttempt[]): Promise<string[]> {
  if (settled.length === 0) return [];
  const rows = settled.map((attempt) => ({
    id: attempt.deliveryId,
    number: attempt.number,
    outcome: attempt.outcome,
    duration_ms: attempt.durationMs,
    status_code: attempt.statusCode,
    error: attempt.error,
    answer: attempt.answer,
    status: attempt.status,
    after_ms: attempt.afterMs,
  }));
  const done = await session.query<{ subject_id: string | null }>({
    name: "webhook-settle",
    text: `WITH settled AS (
             SELECT * FROM jsonb_to_recordset($2) AS s (id uuid, number int, outcome text, duration_ms int, status_code int,
               error text, answer text, status text, after_ms bigint)
           ), attempt AS (
             UPDATE webhook_attempt a SET outcome = s.outcome, duration_ms = s.duration_ms, status_code = s.status_code,
               error = s.error, answer = s.answer
             FROM settled s WHERE a.tenant_id = $1 AND a.delivery_id = ANY ($3::uuid[]) AND a.delivery_id = s.id AND a.number = s.number
           )
           UPDATE webhook_delivery d SET status = s.status, is_claimed = false, changed_at = now(),
             last_status_code = s.status_code,
             next_attempt_at = CASE WHEN s.status = 'PENDING' THEN clock_timestamp() + s.after_ms * interval '1 millisecond' END,
             finished_at = CASE WHEN s.status <> 'PENDING' THEN clock_timestamp() END
           FROM settled s WHERE d.tenant_id = $1 AND d.id = ANY ($3::uuid[]) AND d.id = s.id AND d.attempts = s.number AND d.is_claimed
           RETURNING CASE WHEN d.status <> 'PENDING' AND d.kind = 'EVENT' THEN d.subject_id END AS subject_id`,
    // The ids once more: with them PostgreSQL reads by key, however little it knows of the tables.
    values: [session.tenantId, JSON.stringify(rows), rows.map(({ id }) => id)],
  });
  return done.flatMap(({ subject_id: subjectId }) => (subjectId === null ? [] : [subjectId]));
}

/** The entries at these positions. */
export async function readEntries(
  session: Session,
  positions: readonly bigint[],
): Promise<ReadonlyMap<bigint, JournalRecord>> {
  if (positions.length === 0) return new Map();
  const rows = await session.query<JournalRow>({
    name: "webhook-entries",
    text: `SELECT ${journalColumns} FROM journal_entry WHERE tenant_id = $1 AND position = ANY ($2::bigint[])`,
    values: [session.tenantId, positions],
  });
  return new Map(rows.map((row) => [row.position, toRecord(row)]));
}
