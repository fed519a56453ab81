import type { Session } from "../db/session.ts";
import { dayMs } from "./clock-time.ts";
import { type CoachHours, type OverrideTuple, readOpenHours, type RuleTuple } from "./coach-calendar.ts";

/** In milliseconds since 1970, [from, to). */
export interface Range {
  readonly from: number;
  readonly to: number;
}

interface HoursRow {
  coach_id: string;
  time_zone: string;
  day_limit: number | null;
  week_limit: number | null;
  rules: RuleTuple[] | null;
  overrides: OverrideTuple[] | null;
}

/** The hours of coaches, with overrides of dates around the range. Who has set none is missing. */
export async function readHours(session: Session, coachIds: readonly string[], range: Range): Promise<CoachHours[]> {
  const rows = await session.query<HoursRow & Record<string, unknown>>({
    name: "calendar-hours",
    text: `SELECT a.coach_id, a.time_zone, a.day_limit, a.week_limit,
        (SELECT json_agg(json_build_array(r.weekday, r.start_minute, r.end_minute)) FROM availability_rule r
          WHERE r.tenant_id = a.tenant_id AND r.coach_id = a.coach_id) AS rules,
        (SELECT json_agg(json_build_array(o.day - DATE '1970-01-01', o.start_minutes, o.end_minutes))
          FROM availability_override o
          WHERE o.tenant_id = a.tenant_id AND o.coach_id = a.coach_id
            AND o.day BETWEEN DATE '1970-01-01' + $2::int AND DATE '1970-01-01' + $3::int) AS overrides
      FROM availability a WHERE a.tenant_id = nexora_tenant() AND a.coach_id = ANY ($1)`,
    // A zone's date is at most a day away from UTC's; a window may begin the day before.
    values: [coachIds, Math.floor(range.from / dayMs) - 2, Math.floor(range.to / dayMs) + 2],
  });
  return rows.map((row) => ({
    coachId: row.coach_id,
    open: readOpenHours(row.time_zone, row.rules ?? [], row.overrides ?? []),
    limits: { dayLimit: row.day_limit, weekLimit: row.week_limit },
  }));
}
