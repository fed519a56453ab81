import type { JournalActor, JournalEntry } from "../../schema/journal.ts";
import { parseSubjectType, toId } from "../operations/ids.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { Actor, JournalRecord } from "./entry.ts";

/** A row of journal_entry. */
export interface JournalRow {
  readonly tenant_id: string;
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly subject_type: string;
  readonly subject_id: string;
  readonly actor: Actor;
  readonly request_id: string;
  readonly occurred_at: Date;
  readonly data: Record<string, unknown>;
  readonly personal: Record<string, unknown> | null;
  readonly hash: Buffer;
}

export const journalColumns =
  "tenant_id, position, id, type, subject_type, subject_id, actor, request_id, occurred_at, data, personal, hash";

export function toRecord(row: JournalRow): JournalRecord {
  return {
    tenantId: row.tenant_id,
    position: row.position,
    id: row.id,
    type: row.type,
    subjectType: row.subject_type,
    subjectId: row.subject_id,
    actor: row.actor,
    requestId: row.request_id,
    occurredAt: row.occurred_at,
    data: row.data,
    personal: row.personal,
    hash: row.hash,
  };
}

/** The entry as the API shows it. Personal data stands among the rest, and is missing once it was erased. */
export function toJournalEntry(record: JournalRecord, cursors: CursorCodec): JournalEntry {
  return {
    __typename: "JournalEntry",
    id: toId("JournalEntry", record.id),
    position: record.position,
    type: record.type,
    subjectId: toId(parseSubjectType(record.subjectType), record.subjectId),
    actor: toActor(record.actor),
    occurredAt: record.occurredAt,
    requestId: record.requestId,
    data: publicData(record),
    hash: record.hash.toString("hex"),
    cursor: cursors.encodeEvent(record),
  };
}

/** Ids are TypeIDs everywhere; the database needs the uuids of what was erased, to verify the journal. */
function publicData({ subjectType, data, personal }: JournalRecord): Record<string, unknown> {
  const erased = data["erasedSubjects"];
  if (!Array.isArray(erased)) return { ...data, ...personal };
  // With a person goes what tells of him alone: his login, invitations, sessions.
  const { erasedTypes, ...rest } = data;
  const typeOf = (index: number) =>
    parseSubjectType(String(Array.isArray(erasedTypes) ? erasedTypes[index] : subjectType));
  const erasedSubjects = erased.map((uuid, index) => toId(typeOf(index), String(uuid)));
  return { ...rest, ...personal, erasedSubjects };
}

export function toActor(actor: Actor): JournalActor {
  if (actor.type === "SYSTEM") return { type: "SYSTEM", principalId: null };
  return { type: actor.type, principalId: toId(actor.type === "MEMBER" ? "Member" : "ApiKey", actor.id) };
}
