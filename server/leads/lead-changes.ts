import type { LeadChangeType } from "../../schema/lead.ts";
import type { JournalRecord } from "../journal/entry.ts";

/** A journal entry that tells of a lead's change. */
export interface LeadChange {
  readonly type: LeadChangeType;
  /** The lead's uuid. */
  readonly leadId: string;
  /** Whether the lead doesn't exist any more: deleted, or taken in by another one. */
  readonly isGone: boolean;
  /** Whether the lead came to be by it: no list had it before. */
  readonly isNew: boolean;
  /** Names of the changed fields, as filters call them. */
  readonly fields: readonly string[];
}

const typeByEntry: Readonly<Record<string, LeadChangeType>> = {
  "lead.captured": "CAPTURED",
  "lead.updated": "UPDATED",
  "lead.moved": "MOVED",
  "lead.assigned": "ASSIGNED",
  "lead.noted": "NOTED",
  "lead.merged": "MERGED",
  "lead.absorbed": "MERGED",
  "lead.unmerged": "UNMERGED",
  "lead.restored": "UNMERGED",
  "lead.deleted": "DELETED",
};

/** What belongs to a lead and may be another after such an entry, as filters call it. */
const relationsByEntry: Readonly<Record<string, readonly string[]>> = {
  "lead.captured": ["consents"],
  "lead.noted": ["notes"],
  "lead.merged": ["notes", "consents"],
  "lead.unmerged": ["notes", "consents"],
};

/** Types of the entries that leadChangeOf understands. */
export const leadEntryTypes: readonly string[] = Object.keys(typeByEntry);

/** The change that an entry tells of; null when it is about something else. */
export function leadChangeOf(record: JournalRecord): LeadChange | null {
  const type = typeByEntry[record.type];
  if (type === undefined || record.subjectType !== "Lead") return null;
  const { fields, created } = record.data;
  return {
    type,
    leadId: record.subjectId,
    isGone: record.type === "lead.absorbed" || type === "DELETED",
    isNew: created === true || record.type === "lead.restored",
    // Every change of a lead also moves updatedAt.
    fields: [
      ...(Array.isArray(fields) ? fields.map(String) : []),
      ...(relationsByEntry[record.type] ?? []),
      "updatedAt",
    ],
  };
}

/**
 * Whether a subscriber with a filter gets the change: the lead matches now, or it may have matched before (it is gone, or
 * the change touched a field that the filter asks about), so that a live list can drop it.
 */
export function isDelivered(change: LeadChange, filterFields: ReadonlySet<string>, matches: boolean): boolean {
  if (matches || change.isGone) return true;
  return !change.isNew && change.fields.some((field) => filterFields.has(field));
}
