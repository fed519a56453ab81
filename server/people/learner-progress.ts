import type { LearnerProgress, SubjectProgress } from "../../schema/learner-progress.ts";
import type { Session } from "../db/session.ts";
import { toId } from "../operations/ids.ts";
import type { ChildList } from "../operations/paginate-children.ts";
import { named, SqlValues } from "../operations/sql.ts";
import { type PeopleView, visibleLearners } from "./people.access.ts";
import { isStanding } from "./standing-marks.ts";

interface ProgressRow {
  readonly id: string;
  readonly coach_id: string | null;
  readonly subject: string;
  readonly mark: number;
  readonly comment: string | null;
  readonly recorded_at: Date;
}

const columns = `learner_progress.id, learner_progress.coach_id, learner_progress.subject, learner_progress.mark,
  learner_progress.comment, learner_progress.recorded_at`;

/** A learner's marks, latest first. Who sees the learner sees them. */
export const progressList: ChildList<ProgressRow, LearnerProgress> = {
  name: "learner.progress",
  columns,
  from: "learner_progress",
  id: "learner_progress.id",
  order: [
    {
      column: "learner_progress.recorded_at",
      type: "timestamptz",
      isNullable: false,
      direction: "DESC",
      nulls: "LAST",
    },
  ],
  belongsTo: (learner) =>
    `learner_progress.tenant_id = nexora_tenant() AND learner_progress.learner_id = ${learner} AND ${isStanding("learner_progress")}`,
  keysOf: (row) => [row.recorded_at.toISOString(), row.id],
  toItem: toProgress,
};

/** The marks among these that somebody sees, by uuid. */
export async function readProgress(
  session: Session,
  view: PeopleView,
  uuids: readonly string[],
): Promise<Map<string, LearnerProgress>> {
  const values = new SqlValues();
  const wanted = values.add(uuids);
  const text = `SELECT ${columns} FROM learner_progress
    JOIN learner ON learner.tenant_id = learner_progress.tenant_id AND learner.id = learner_progress.learner_id
    WHERE learner_progress.tenant_id = nexora_tenant() AND learner_progress.id = ANY (${wanted}::uuid[])
      AND ${isStanding("learner_progress")} AND ${visibleLearners(view, values)}`;
  const rows = await session.query<ProgressRow>(named(text, values.list));
  return new Map(rows.map((row) => [row.id, toProgress(row)]));
}

interface SubjectRow {
  readonly learner_id: string;
  readonly subject: string;
  readonly mark: number;
  readonly first_mark: number;
  readonly marks: bigint;
  readonly recorded_at: Date;
}

/** Where learners stand in each subject, by name. */
export async function readSubjects(session: Session, learnerIds: readonly string[]): Promise<SubjectProgress[][]> {
  const rows = await session.query<SubjectRow>({
    name: "learner-subjects",
    text: `SELECT learner_id, subject, count(*) AS marks, max(recorded_at) AS recorded_at,
             (array_agg(mark ORDER BY recorded_at DESC, id DESC))[1] AS mark, (array_agg(mark ORDER BY recorded_at, id))[1] AS first_mark
           FROM learner_progress WHERE tenant_id = $1 AND learner_id = ANY ($2) AND ${isStanding("learner_progress")}
           GROUP BY learner_id, subject ORDER BY subject`,
    values: [session.tenantId, learnerIds],
  });
  const byLearner = Map.groupBy(rows, (row) => row.learner_id);
  return learnerIds.map((id) =>
    (byLearner.get(id) ?? []).map(({ subject, mark, first_mark, marks, recorded_at: recordedAt }) => ({
      subject,
      mark,
      change: mark - first_mark,
      marks: Number(marks),
      recordedAt,
    })),
  );
}

function toProgress(row: ProgressRow): LearnerProgress {
  return {
    __typename: "LearnerProgress",
    id: toId("LearnerProgress", row.id),
    coachUuid: row.coach_id,
    subject: row.subject,
    mark: row.mark,
    comment: row.comment,
    recordedAt: row.recorded_at,
  };
}
