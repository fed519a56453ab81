import type { Learner } from "../../schema/learner.ts";
import { toId } from "../operations/ids.ts";

/** A row of learner. */
export interface LearnerRow {
  readonly id: string;
  readonly member_id: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly grade: string | null;
  readonly goals: string[];
  readonly subjects: string[];
  readonly time_zone: string;
  readonly locale: string;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly version: number;
  readonly erased_at: Date | null;
}

export const learnerColumns = `learner.id, learner.member_id, learner.name, learner.email, learner.grade, learner.goals,
  learner.subjects, learner.time_zone, learner.locale, learner.created_at, learner.updated_at, learner.version, learner.erased_at`;

export function toLearner(row: LearnerRow): Learner {
  return {
    __typename: "Learner",
    id: toId("Learner", row.id),
    uuid: row.id,
    name: row.name,
    email: row.email,
    grade: row.grade,
    goals: row.goals,
    subjects: row.subjects,
    timeZone: row.time_zone,
    locale: row.locale,
    hasLogin: row.member_id !== null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
    erasedAt: row.erased_at,
  };
}
