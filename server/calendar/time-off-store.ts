import type { Session } from "../db/session.ts";
import { newUuid } from "../operations/uuid.ts";
import type { TimeOffRow } from "./availability-row.ts";
import type { ClaimKind } from "./coach-calendar.ts";

export interface Conflict {
  readonly kind: ClaimKind;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

const timeOffColumns = `t.id, t.resource_id AS "coachId", t.reason, c.starts_at AS "startsAt", c.ends_at AS "endsAt"`;
const fromTimeOff = `time_off t JOIN slot_claim c ON c.tenant_id = t.tenant_id AND c.id = t.id`;

/** Time off of coaches that hasn't ended, in order. */
export function findTimeOffOf(session: Session, coachIds: readonly string[], now: Date): Promise<TimeOffRow[]> {
  return session.query<TimeOffRow & Record<string, unknown>>({
    name: "time-off-of-coaches",
    text: `SELECT ${timeOffColumns} FROM ${fromTimeOff}
      WHERE t.tenant_id = nexora_tenant() AND t.resource_id = ANY ($1) AND c.ends_at > $2 ORDER BY c.starts_at`,
    values: [coachIds, now],
  });
}

export function findTimeOff(session: Session, ids: readonly string[]): Promise<TimeOffRow[]> {
  return session.query<TimeOffRow & Record<string, unknown>>({
    name: "time-off-by-id",
    text: `SELECT ${timeOffColumns} FROM ${fromTimeOff} WHERE t.tenant_id = nexora_tenant() AND t.id = ANY ($1)`,
    values: [ids],
  });
}

/** What takes a coach in [startsAt, endsAt), in order. A hold that has ended takes nothing. */
export function findConflicts(
  session: Session,
  wanted: Omit<TimeOffRow, "id" | "reason">,
  now: Date,
): Promise<Conflict[]> {
  const { coachId, startsAt, endsAt } = wanted;
  return session.query<Conflict & Record<string, unknown>>({
    name: "time-off-conflicts",
    text: `SELECT kind, starts_at AS "startsAt", ends_at AS "endsAt" FROM slot_claim
      WHERE tenant_id = nexora_tenant() AND resource_id = $1 AND released_at IS NULL AND busy_to > $2 AND busy_from < $3
        AND (hold_until IS NULL OR hold_until > $4)
      ORDER BY starts_at LIMIT 50`,
    values: [coachId, startsAt, endsAt, now],
  });
}

/** Claims the time; null: somebody was faster. Holds that have ended still block, so they are released first. */
export async function insertTimeOff(
  session: Session,
  wanted: Omit<TimeOffRow, "id">,
  now: Date,
): Promise<string | null> {
  const { coachId, startsAt, endsAt, reason } = wanted;
  await session.query({
    name: "time-off-release-holds",
    text: `UPDATE slot_claim SET released_at = $4
      WHERE tenant_id = nexora_tenant() AND resource_id = $1 AND released_at IS NULL AND busy_to > $2 AND busy_from < $3
        AND hold_until <= $4`,
    values: [coachId, startsAt, endsAt, now],
  });
  const id = newUuid();
  const claimed = await session.query({
    name: "time-off-claim",
    text: `INSERT INTO slot_claim (tenant_id, id, resource_id, kind, starts_at, ends_at, busy_from, busy_to)
      VALUES (nexora_tenant(), $1, $2, 'TIMEOFF', $3, $4, $3, $4)
      ON CONFLICT ON CONSTRAINT slot_claim_no_overlap DO NOTHING RETURNING id`,
    values: [id, coachId, startsAt, endsAt],
  });
  if (claimed.length === 0) return null;
  await session.query({
    name: "time-off-insert",
    text: "INSERT INTO time_off (tenant_id, id, resource_id, reason) VALUES (nexora_tenant(), $1, $2, $3)",
    values: [id, coachId, reason],
  });
  return id;
}

/** With its claim. False: it was gone. */
export async function deleteTimeOff(session: Session, id: string): Promise<boolean> {
  const rows = await session.query({
    name: "time-off-delete",
    text: "DELETE FROM slot_claim WHERE tenant_id = nexora_tenant() AND id = $1 AND kind = 'TIMEOFF' RETURNING id",
    values: [id],
  });
  return rows.length > 0;
}
