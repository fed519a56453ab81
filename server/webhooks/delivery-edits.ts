import type { Session } from "../db/session.ts";
import type { JournalRecord } from "../journal/entry.ts";
import { journalColumns, type JournalRow, toRecord } from "../journal/journal-record.ts";
import { matchesTypes } from "./delivery-store.ts";
import { testType } from "./webhook-payload.ts";
import { deliveryColumns, type DeliveryRow, type EndpointRow } from "./webhook-row.ts";

export function findDeliveries(session: Session, ids: readonly string[]): Promise<DeliveryRow[]> {
  return session.query<DeliveryRow>({
    name: "webhook-deliveries",
    text: `SELECT ${deliveryColumns} FROM webhook_delivery d WHERE d.tenant_id = $1 AND d.id = ANY ($2::uuid[])`,
    values: [session.tenantId, ids],
  });
}

/** A test is due at once, whatever the endpoint's state. */
export async function insertTest(session: Session, endpointId: string, id: string): Promise<DeliveryRow> {
  const [row] = await session.query<DeliveryRow>({
    name: "webhook-insert-test",
    text: `INSERT INTO webhook_delivery AS d
             (tenant_id, id, endpoint_id, kind, type, subject_type, subject_id, occurred_at, next_attempt_at)
           VALUES ($1, $2, $3, 'TEST', '${testType}', 'WebhookEndpoint', $3, now(), now())
           RETURNING ${deliveryColumns}`,
    values: [session.tenantId, id, endpointId],
  });
  if (row === undefined) throw new Error("an insert without a row");
  return row;
}

/**
 * Makes a delivery pending with a whole new round of attempts. Undefined: it is being sent. A test is due at once; an event
 * waits for its turn (promote).
 */
export async function renewDelivery(session: Session, id: string): Promise<DeliveryRow | undefined> {
  const [row] = await session.query<DeliveryRow>({
    name: "webhook-renew-delivery",
    text: `UPDATE webhook_delivery d SET status = 'PENDING', round_start = attempts, finished_at = NULL, changed_at = now(),
             is_claimed = false, next_attempt_at = CASE WHEN kind = 'TEST' THEN now() END
           WHERE d.tenant_id = $1 AND d.id = $2 AND NOT (d.is_claimed AND d.next_attempt_at > now())
           RETURNING ${deliveryColumns}`,
    values: [session.tenantId, id],
  });
  return row;
}

/** A part of the journal: positions after the first and up to the second one, and instants. */
export interface JournalRange {
  readonly after: bigint;
  readonly through: bigint;
  readonly from: Date | null;
  readonly to: Date | null;
}

/** More than this isn't replayed with one mutation: it would hold the endpoint's row for too long. */
export const maxReplay = 10_000;

const inRange = `j.tenant_id = $1 AND j.position > $2 AND j.position <= $3
  AND ($4::timestamptz IS NULL OR j.occurred_at >= $4) AND ($5::timestamptz IS NULL OR j.occurred_at < $5)
  AND ${matchesTypes("$6")}`;

const rangeValues = (session: Session, { after, through, from, to }: JournalRange, types: readonly string[]) => [
  ...[session.tenantId, after, through, from, to],
  types,
];

/** Counts a range's entries for this endpoint, as far as the limit. */
export async function countRange(
  session: Session,
  { event_types: types }: EndpointRow,
  range: JournalRange,
): Promise<number> {
  const [row] = await session.query<{ count: bigint }>({
    name: "webhook-count-range",
    text: `SELECT count(*) AS count FROM (SELECT FROM journal_entry j WHERE ${inRange} LIMIT ${maxReplay + 1}) AS entry`,
    values: rangeValues(session, range, types),
  });
  return Number(row?.count ?? 0n);
}

/** Makes the range's deliveries pending again, and those that there were none of. Gives their subjects. */
export async function renewRange(
  session: Session,
  { id, event_types: types }: EndpointRow,
  range: JournalRange,
): Promise<string[]> {
  const rows = await session.query<{ subject_id: string }>({
    name: "webhook-renew-range",
    text: `INSERT INTO webhook_delivery AS d
             (tenant_id, id, endpoint_id, position, entry_id, type, subject_type, subject_id, occurred_at)
           SELECT $1, uuidv7(), $7, e.* FROM (
             SELECT j.position, j.id, j.type, j.subject_type, j.subject_id, j.occurred_at FROM journal_entry j
             WHERE ${inRange} ORDER BY j.position) AS e
           ON CONFLICT (tenant_id, position, endpoint_id) DO UPDATE SET status = 'PENDING', round_start = d.attempts,
             next_attempt_at = NULL, is_claimed = false, finished_at = NULL, changed_at = now()
           WHERE NOT (d.is_claimed AND d.next_attempt_at > now())
           RETURNING d.subject_id`,
    values: [...rangeValues(session, range, types), id],
  });
  return rows.map((row) => row.subject_id);
}

/** An entry by its id, or the latest one that these types match. */
export async function findEntry(
  session: Session,
  entryId: string | null,
  types: readonly string[],
): Promise<JournalRecord | undefined> {
  const [row] = await session.query<JournalRow>(
    entryId === null
      ? {
          name: "webhook-latest-entry",
          text: `SELECT ${journalColumns} FROM journal_entry j WHERE j.tenant_id = $1 AND ${matchesTypes("$2")}
                 ORDER BY j.position DESC LIMIT 1`,
          values: [session.tenantId, types],
        }
      : {
          name: "webhook-entry",
          text: `SELECT ${journalColumns} FROM journal_entry j WHERE j.tenant_id = $1 AND j.id = $2`,
          values: [session.tenantId, entryId],
        },
  );
  return row === undefined ? undefined : toRecord(row);
}

/** The deliveries of an endpoint that changed last, the latest first. */
export function findLatestChanges(session: Session, endpointId: string, limit: number): Promise<DeliveryRow[]> {
  return session.query<DeliveryRow>({
    name: "webhook-latest-changes",
    text: `SELECT ${deliveryColumns} FROM webhook_delivery d WHERE d.tenant_id = $1 AND d.endpoint_id = $2
           ORDER BY d.changed_at DESC LIMIT $3`,
    values: [session.tenantId, endpointId, limit],
  });
}
