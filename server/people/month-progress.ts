import type { Session } from "../db/session.ts";
import { isStanding } from "./standing-marks.ts";

/** Where a learner stands in a subject at the end of a month in which he was marked. */
export interface MonthProgress {
  readonly learnerId: string;
  readonly subject: string;
  readonly mark: number;
  /** Since his last mark before the month; null when there was none. */
  readonly change: number | null;
}

export interface MonthProgressQuery {
  readonly learnerIds: readonly string[];
  readonly from: Date;
  readonly to: Date;
}

/** Progress of learners between two instants, by subject. */
export async function readMonthProgress(
  session: Session,
  { learnerIds, from, to }: MonthProgressQuery,
): Promise<MonthProgress[]> {
  const rows = await session.query<{ learner_id: string; subject: string; mark: number; before: number | null }>({
    name: "learner-month-progress",
    text: `SELECT latest.learner_id, latest.subject, latest.mark, earlier.mark AS before
           FROM (
             SELECT DISTINCT ON (learner_id, subject) learner_id, subject, mark FROM learner_progress
             WHERE tenant_id = $1 AND learner_id = ANY ($2::uuid[]) AND recorded_at >= $3 AND recorded_at < $4
               AND ${isStanding("learner_progress")}
             ORDER BY learner_id, subject, recorded_at DESC, id DESC
           ) AS latest
           LEFT JOIN LATERAL (
             SELECT mark FROM learner_progress p
             WHERE p.tenant_id = $1 AND p.learner_id = latest.learner_id AND p.subject = latest.subject AND p.recorded_at < $3
               AND ${isStanding("p")}
             ORDER BY p.recorded_at DESC, p.id DESC LIMIT 1
           ) AS earlier ON true
           ORDER BY latest.learner_id, latest.subject`,
    values: [session.tenantId, learnerIds, from, to],
  });
  return rows.map(({ learner_id: learnerId, subject, mark, before }) => ({
    learnerId,
    subject,
    mark,
    change: before === null ? null : mark - before,
  }));
}
