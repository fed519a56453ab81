import type { CoachAgenda } from "../people/coach-agenda.port.ts";

const mostShown = 50;

/** For people, who can't be retired while somebody counts on them. */
export const coachAgenda: CoachAgenda = {
  async ahead(session, coachId, now) {
    const rows = await session.query<{ id: string }>({
      name: "sessions-ahead-of-coach",
      text: `SELECT id FROM session WHERE tenant_id = nexora_tenant() AND coach_id = $1 AND ends_at > $2
        AND status IN ('PENDING', 'CONFIRMED') ORDER BY starts_at, id LIMIT ${mostShown}`,
      values: [coachId, now],
    });
    return rows.map(({ id }) => id);
  },
};
