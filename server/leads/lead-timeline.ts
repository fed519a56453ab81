import type { JournalEntry } from "../../schema/journal.ts";
import { journalColumns, type JournalRow, toJournalEntry, toRecord } from "../journal/journal-record.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { ChildList } from "../operations/paginate-children.ts";
import { lineageOf } from "./lead-lineage.ts";

/** What the journal says about a lead and those that it has taken in, in commit order. */
export function timelineList(cursors: CursorCodec): ChildList<JournalRow, JournalEntry> {
  return {
    name: "lead.timeline",
    columns: journalColumns,
    from: "journal_entry",
    id: "journal_entry.id",
    order: [{ column: "journal_entry.position", type: "bigint", isNullable: false, direction: "ASC", nulls: "LAST" }],
    belongsTo: (lead) =>
      `journal_entry.tenant_id = nexora_tenant() AND journal_entry.subject_id = ANY (ARRAY(${lineageOf(lead)}))`,
    keysOf: (row) => [row.position.toString(), row.id],
    toItem: (row) => toJournalEntry(toRecord(row), cursors),
  };
}
