import type { Session } from "../db/session.ts";
import { named, SqlValues } from "../operations/sql.ts";
import { sessionColumns, type SessionRow } from "./session-row.ts";
import { type SessionView, visibleSessions } from "./sessions.access.ts";

/** The sessions among these that somebody sees. */
export function findSessions(session: Session, view: SessionView, ids: readonly string[]): Promise<SessionRow[]> {
  const values = new SqlValues();
  const text = `SELECT ${sessionColumns} FROM session s WHERE s.tenant_id = nexora_tenant()
    AND s.id = ANY (${values.add(ids)}::uuid[]) AND ${visibleSessions(view, values)} ORDER BY s.starts_at, s.id`;
  return session.query<SessionRow>(named(text, values.list));
}

/** The later sessions of one's series that somebody sees and that aren't over or cancelled, in order. */
export function findFollowing(
  session: Session,
  view: SessionView,
  { seriesId, startsAt }: Pick<SessionRow, "seriesId" | "startsAt">,
): Promise<SessionRow[]> {
  const values = new SqlValues();
  const text = `SELECT ${sessionColumns} FROM session s WHERE s.tenant_id = nexora_tenant()
    AND s.series_id = ${values.add(seriesId)}::uuid AND s.starts_at > ${values.add(startsAt)}::timestamptz
    AND s.status IN ('PENDING', 'CONFIRMED') AND ${visibleSessions(view, values)} ORDER BY s.starts_at, s.id`;
  return session.query<SessionRow>(named(text, values.list));
}

export interface GroupSlot {
  readonly sessionTypeId: string;
  /** Null: anybody's. */
  readonly coachId: string | null;
  readonly startsAt: Date;
}

/** A workshop that somebody can join, those with seats first. */
export async function findWorkshop(
  session: Session,
  { sessionTypeId, coachId, startsAt }: GroupSlot,
): Promise<{ readonly id: string; readonly coach_id: string; readonly is_full: boolean } | undefined> {
  const [row] = await session.query<{ id: string; coach_id: string; is_full: boolean }>({
    name: "session-workshop",
    text: `SELECT s.id, s.coach_id, s.taken >= s.capacity AS is_full FROM session s
      WHERE s.tenant_id = nexora_tenant() AND s.session_type_id = $1 AND s.starts_at = $2 AND s.kind = 'GROUP'
        AND s.status IN ('PENDING', 'CONFIRMED') AND ($3::uuid IS NULL OR s.coach_id = $3)
      ORDER BY s.taken >= s.capacity, s.id LIMIT 1`,
    values: [sessionTypeId, startsAt, coachId],
  });
  return row;
}

/** As it is after a change in the same transaction. */
export async function rereadSession(tx: Session, id: string): Promise<SessionRow> {
  const [row] = await findSessions(tx, { kind: "TEAM" }, [id]);
  if (row === undefined) throw new Error("the session is gone");
  return row;
}
