import type { LeadNote } from "../../schema/lead.ts";
import type { Session } from "../db/session.ts";
import { toId } from "../operations/ids.ts";
import type { ChildList } from "../operations/paginate-children.ts";
import { joinMember, type MemberColumns, memberColumns, toMember } from "../operations/member-columns.ts";

interface NoteRow extends MemberColumns {
  readonly id: string;
  readonly body: string;
  readonly created_at: Date;
}

const columns = `lead_note.id, lead_note.body, lead_note.created_at, ${memberColumns}`;
const tables = `lead_note ${joinMember("lead_note", "author_id")}`;

/** The notes of a lead, oldest first. */
export const noteList: ChildList<NoteRow, LeadNote> = {
  name: "lead.notes",
  columns,
  from: tables,
  id: "lead_note.id",
  order: [{ column: "lead_note.created_at", type: "timestamptz", isNullable: false, direction: "ASC", nulls: "LAST" }],
  belongsTo: (lead) => `lead_note.tenant_id = nexora_tenant() AND lead_note.lead_id = ${lead}`,
  keysOf: (row) => [row.created_at.toISOString(), row.id],
  toItem: toNote,
};

export async function readNote(session: Session, uuid: string): Promise<LeadNote | null> {
  const [note] = await readNotes(session, [uuid]);
  return note ?? null;
}

/** In no particular order; what isn't there is left out. */
export async function readNotes(session: Session, uuids: readonly string[]): Promise<LeadNote[]> {
  const rows = await session.query<NoteRow>({
    name: "lead-notes-by-id",
    text: `SELECT ${columns} FROM ${tables} WHERE lead_note.tenant_id = $1 AND lead_note.id = ANY ($2)`,
    values: [session.tenantId, uuids],
  });
  return rows.map(toNote);
}

function toNote(row: NoteRow): LeadNote {
  return {
    __typename: "LeadNote",
    id: toId("LeadNote", row.id),
    body: row.body,
    author: toMember(row),
    createdAt: row.created_at,
  };
}
