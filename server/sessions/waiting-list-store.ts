import type { FilterClock, FilterFields } from "../operations/filter-fields.ts";
import { compileFilter } from "../operations/filter.ts";
import { instantKey } from "../operations/keyset.ts";
import type { WaitingListArgs } from "../../schema/waiting-list-filter.ts";
import { type WaitingListEntry, WaitingStatus } from "../../schema/waiting-list.ts";
import type { Session } from "../db/session.ts";
import { toId } from "../operations/ids.ts";
import { checkOrder, type List } from "../operations/paginate.ts";
import { named, SqlValues } from "../operations/sql.ts";
import type { SessionView } from "./sessions.access.ts";
import { waitingColumns, type WaitingRow } from "./waiting-list.ts";

type StoredRow = WaitingRow & Record<string, unknown>;

/** A coach sees who waits for him; the others see their own. */
function visibleEntries(view: SessionView, values: SqlValues): string {
  if (view.kind === "TEAM") return "true";
  const coach = view.coachId === null ? "" : `coach_id = ${values.add(view.coachId)}::uuid OR `;
  return `(${coach}learner_id = ANY (${values.add(view.learnerIds)}::uuid[]))`;
}

const filterFields = {
  id: { kind: "id", column: "id", type: "WaitingListEntry" },
  status: { kind: "enum", column: "status", values: Object.keys(WaitingStatus) },
  joinedAt: { kind: "instant", column: "joined_at" },
} as const satisfies FilterFields;

/** Who waits, as somebody sees it, under a filter and an order. */
export function waitingPages(
  view: SessionView,
  clock: FilterClock,
  { filter, orderBy }: Pick<WaitingListArgs, "filter" | "orderBy">,
): List<StoredRow, WaitingListEntry> {
  const order = orderBy ?? [{ field: "JOINED_AT", direction: "ASC" }];
  checkOrder(order);
  const compiled = compileFilter(filter, filterFields, clock, "tenant_id = nexora_tenant()");
  const { values } = compiled;
  return {
    name: "waiting-list",
    fingerprint: compiled.fingerprint,
    columns: waitingColumns,
    from: "waiting_list_entry",
    where: `${compiled.where} AND ${visibleEntries(view, values)}`,
    values,
    id: "id",
    order: order.map(({ direction }) => instantKey("joined_at", direction)),
    keysOf: (row) => [...order.map(() => row.joined_at.toISOString()), row.id],
    toItem: toEntry,
  };
}

export function findWaiting(
  session: Session,
  view: SessionView,
  ids: readonly string[],
  forUpdate: boolean,
): Promise<WaitingRow[]> {
  const values = new SqlValues();
  const text = `SELECT ${waitingColumns} FROM waiting_list_entry WHERE tenant_id = nexora_tenant()
    AND id = ANY (${values.add(ids)}::uuid[]) AND ${visibleEntries(view, values)}${forUpdate ? " FOR UPDATE" : ""}`;
  return session.query<StoredRow>(named(text, values.list));
}

interface Slot {
  readonly sessionTypeId: string;
  readonly coachId: string;
  readonly startsAt: Date;
}

/** The session that has a slot's time, or had it before it was offered to somebody who waits; null: none has. */
export async function occupantOf(
  tx: Session,
  { sessionTypeId, coachId, startsAt }: Slot,
  now: Date,
): Promise<string | null> {
  const [row] = await tx.query<{ id: string }>({
    name: "waiting-occupant",
    text: `SELECT taken.id FROM session_type t CROSS JOIN LATERAL (
          SELECT s.id, s.starts_at, s.busy_from, s.busy_to FROM session s
          WHERE s.tenant_id = t.tenant_id AND s.coach_id = $2 AND s.status IN ('PENDING', 'CONFIRMED')
          UNION ALL
          SELECT c.session_id, c.starts_at, c.busy_from, c.busy_to FROM slot_claim c
          WHERE c.tenant_id = t.tenant_id AND c.resource_id = $2 AND c.kind = 'HOLD' AND c.released_at IS NULL
            AND c.hold_until > $4 AND c.session_id IS NOT NULL
        ) AS taken
      WHERE t.tenant_id = nexora_tenant() AND t.id = $1
        AND taken.busy_from < $3::timestamptz + (t.duration_min + t.buffer_after_min) * interval '1 minute'
        AND taken.busy_to > $3::timestamptz - t.buffer_before_min * interval '1 minute'
      ORDER BY taken.starts_at, taken.id LIMIT 1`,
    values: [sessionTypeId, coachId, startsAt, now],
  });
  return row?.id ?? null;
}

/** Null: the learner waits for it already, or has a place in it. */
export async function insertWaiting(
  tx: Session,
  entry: Slot & { sessionId: string; learnerId: string; clientId: string; now: Date },
): Promise<WaitingRow | null> {
  const [row] = await tx.query<StoredRow>({
    name: "waiting-insert",
    text: `INSERT INTO waiting_list_entry (tenant_id, session_type_id, coach_id, starts_at, session_id, learner_id, client_id,
        status, joined_at)
      SELECT nexora_tenant(), $1, $2, $3, $4, $5, $6, 'WAITING', $7
      WHERE NOT EXISTS (SELECT FROM booking WHERE tenant_id = nexora_tenant() AND session_id = $4 AND learner_id = $5
        AND status = 'BOOKED')
      ON CONFLICT DO NOTHING RETURNING ${waitingColumns}`,
    values: [
      entry.sessionTypeId,
      entry.coachId,
      entry.startsAt,
      entry.sessionId,
      entry.learnerId,
      entry.clientId,
      entry.now,
    ],
  });
  return row ?? null;
}

export function toEntry(row: WaitingRow): WaitingListEntry {
  return {
    __typename: "WaitingListEntry",
    id: toId("WaitingListEntry", row.id),
    status: row.status,
    learnerId: toId("Learner", row.learner_id),
    sessionTypeId: toId("SessionType", row.session_type_id),
    coachId: toId("Coach", row.coach_id),
    startsAt: row.starts_at,
    joinedAt: row.joined_at,
    offeredUntil: row.offered_until,
  };
}
