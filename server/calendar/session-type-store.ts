import type { Session } from "../db/session.ts";
import type { SessionTypeContent } from "./session-type-content.ts";
import { findSessionTypes, type SessionTypeRow } from "./session-type-row.ts";

const columns = {
  name: "name",
  description: "description",
  subjects: "subjects",
  durationMin: "duration_min",
  gridMin: "grid_min",
  bufferBeforeMin: "buffer_before_min",
  bufferAfterMin: "buffer_after_min",
  minimumNoticeMin: "minimum_notice_min",
  bookingWindowDays: "booking_window_days",
  seats: "seats",
  creditCost: "credit_cost",
  isConfirmedAtBooking: "is_confirmed_at_booking",
  cancellationNoticeMin: "cancellation_notice_min",
  lateCancellation: "late_cancellation",
} as const satisfies Partial<Record<keyof SessionTypeContent, string>>;

const fields = Object.keys(columns) as (keyof typeof columns)[];

export async function insertSessionType(
  session: Session,
  id: string,
  content: SessionTypeContent,
): Promise<SessionTypeRow> {
  await session.query({
    name: "session-type-insert",
    text: `INSERT INTO session_type (tenant_id, id, kind, ${fields.map((field) => columns[field]).join(", ")})
      VALUES (nexora_tenant(), $1, $2, ${fields.map((_, index) => `$${index + 3}`).join(", ")})`,
    values: [id, content.kind, ...fields.map((field) => content[field])],
  });
  return writeResources(session, id, content);
}

/** The row, which nobody else changes until the transaction's end. */
export async function lockSessionType(session: Session, id: string): Promise<SessionTypeRow | undefined> {
  const locked = await session.query({
    name: "session-type-lock",
    text: "SELECT FROM session_type WHERE tenant_id = nexora_tenant() AND id = $1 FOR UPDATE",
    values: [id],
  });
  return locked.length === 0 ? undefined : (await findSessionTypes(session, [id]))[0];
}

export async function rewriteSessionType(
  session: Session,
  id: string,
  content: SessionTypeContent,
): Promise<SessionTypeRow> {
  await session.query({
    name: "session-type-update",
    text: `UPDATE session_type SET ${fields.map((field, index) => `${columns[field]} = $${index + 2}`).join(", ")},
        updated_at = now(), version = version + 1
      WHERE tenant_id = nexora_tenant() AND id = $1`,
    values: [id, ...fields.map((field) => content[field])],
  });
  return writeResources(session, id, content);
}

export async function markArchived(session: Session, id: string, now: Date): Promise<SessionTypeRow> {
  await session.query({
    name: "session-type-archive",
    text: `UPDATE session_type SET archived_at = $2, updated_at = now(), version = version + 1
      WHERE tenant_id = nexora_tenant() AND id = $1`,
    values: [id, now],
  });
  return reread(session, id);
}

/** Which of these coaches and rooms aren't there. */
export async function missingResources(
  session: Session,
  { coachIds, roomIds }: Pick<SessionTypeContent, "coachIds" | "roomIds">,
): Promise<{ readonly coaches: boolean; readonly rooms: boolean }> {
  const found = await session.query<{ id: string; kind: string }>({
    name: "session-type-resources-exist",
    text: `SELECT id, kind FROM resource WHERE tenant_id = nexora_tenant() AND id = ANY ($1)`,
    values: [[...coachIds, ...roomIds]],
  });
  const kinds = new Map(found.map(({ id, kind }) => [id, kind]));
  return {
    coaches: coachIds.some((id) => kinds.get(id) !== "COACH"),
    rooms: roomIds.some((id) => kinds.get(id) !== "ROOM"),
  };
}

async function writeResources(session: Session, id: string, content: SessionTypeContent): Promise<SessionTypeRow> {
  await session.query({
    name: "session-type-resources-clear",
    text: "DELETE FROM session_type_resource WHERE tenant_id = nexora_tenant() AND session_type_id = $1",
    values: [id],
  });
  await session.query({
    name: "session-type-resources",
    text: `INSERT INTO session_type_resource (tenant_id, session_type_id, resource_id)
      SELECT nexora_tenant(), $1, resource_id FROM unnest($2::uuid[]) AS resource_id`,
    values: [id, [...content.coachIds, ...content.roomIds]],
  });
  return reread(session, id);
}

async function reread(session: Session, id: string): Promise<SessionTypeRow> {
  const [row] = await findSessionTypes(session, [id]);
  if (row === undefined) throw new Error("the session type is gone");
  return row;
}
