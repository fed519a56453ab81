import type { CoachNote, NoteVisibility } from "../../schema/coach-note.ts";
import type { Session } from "../db/session.ts";
import { toId } from "../operations/ids.ts";
import { joinMember, type MemberColumns, memberColumns, toMember } from "../operations/member-columns.ts";
import type { ChildList } from "../operations/paginate-children.ts";
import { named, SqlValues } from "../operations/sql.ts";
import { type PeopleView, visibleNotes } from "./people.access.ts";

/** A note with its author, and the pseudonym if that is a coach. */
export interface NoteRow extends MemberColumns {
  readonly id: string;
  readonly learner_id: string;
  readonly author_id: string | null;
  readonly author_pseudonym: string | null;
  readonly body: string;
  readonly visible_to: NoteVisibility;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly version: number;
}

const columns = `coach_note.id, coach_note.learner_id, coach_note.author_id, author_coach.pseudonym AS author_pseudonym, coach_note.body,
  coach_note.visible_to, coach_note.created_at, coach_note.updated_at, coach_note.version, ${memberColumns}`;
const tables = `coach_note ${joinMember("coach_note", "author_id")}
  LEFT JOIN coach AS author_coach ON author_coach.tenant_id = coach_note.tenant_id AND author_coach.member_id = coach_note.author_id`;

/** The notes on a learner that somebody sees, oldest first. */
export function noteList(view: PeopleView): ChildList<NoteRow, CoachNote> {
  return {
    name: "learner.coachNotes",
    columns,
    from: tables,
    id: "coach_note.id",
    order: [
      { column: "coach_note.created_at", type: "timestamptz", isNullable: false, direction: "ASC", nulls: "LAST" },
    ],
    belongsTo: (learner, values) =>
      `coach_note.tenant_id = nexora_tenant() AND coach_note.learner_id = ${learner} AND ${visibleNotes(view, values)}`,
    keysOf: (row) => [row.created_at.toISOString(), row.id],
    toItem: (row) => toNote(row, view),
  };
}

/** The notes among these that somebody sees. */
export function readNotes(
  session: Session,
  view: PeopleView,
  uuids: readonly string[],
  { forUpdate = false } = {},
): Promise<NoteRow[]> {
  const values = new SqlValues();
  const wanted = values.add(uuids);
  const text = `SELECT ${columns} FROM ${tables} WHERE coach_note.tenant_id = nexora_tenant()
    AND coach_note.id = ANY (${wanted}::uuid[]) AND ${visibleNotes(view, values)}${forUpdate ? " FOR UPDATE OF coach_note" : ""}`;
  return session.query<NoteRow>(named(text, values.list));
}

/** A note as somebody sees it: coaches know each other by pseudonym. */
export function toNote(row: NoteRow, view: PeopleView): CoachNote {
  const isKnown = view.kind === "TEAM" || (view.kind === "MEMBER" && view.memberId === row.author_id);
  return {
    __typename: "CoachNote",
    id: toId("CoachNote", row.id),
    body: row.body,
    visibleTo: row.visible_to,
    author: isKnown ? toMember(row) : null,
    authorPseudonym: row.author_pseudonym,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  };
}
