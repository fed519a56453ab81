import type { GroupSessions, OpenGroup } from "../calendar/group-sessions.port.ts";

/** Workshops that have seats left, for the calendar's slots. */
export const groupSessions: GroupSessions = {
  async openGroups(session, { sessionTypeId, coachIds, range }) {
    const rows = await session.query<{ id: string; coach_id: string; starts_at: Date; ends_at: Date; free: number }>({
      name: "session-open-groups",
      text: `SELECT s.id, s.coach_id, s.starts_at, s.ends_at, s.capacity - s.taken AS free FROM session s
        WHERE s.tenant_id = nexora_tenant() AND s.session_type_id = $1 AND s.coach_id = ANY ($2)
          AND s.starts_at >= $3 AND s.starts_at < $4 AND s.kind = 'GROUP' AND s.status IN ('PENDING', 'CONFIRMED')
          AND s.taken < s.capacity ORDER BY s.starts_at, s.id`,
      values: [sessionTypeId, coachIds, new Date(range.from), new Date(range.to)],
    });
    return rows.map((row): OpenGroup => ({
      sessionId: row.id,
      coachId: row.coach_id,
      startsAt: row.starts_at.getTime(),
      endsAt: row.ends_at.getTime(),
      seatsLeft: row.free,
    }));
  },
};
