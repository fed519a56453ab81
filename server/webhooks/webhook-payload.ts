import type { JournalRecord } from "../journal/entry.ts";
import { toJournalEntry } from "../journal/journal-record.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { DeliveryRow } from "./webhook-row.ts";

/** What a document made of an entry. */
export interface RenderedData {
  readonly data: unknown;
  readonly errors?: readonly unknown[];
}

/**
 * The body of a delivery, as Standard Webhooks advises: type, timestamp, data. Without a document the data are the entry's own.
 * It is made anew for each attempt: what was erased meanwhile isn't sent, and the delivery's row holds nothing of it.
 */
export function eventBody(record: JournalRecord, cursors: CursorCodec, rendered?: RenderedData): string {
  const { id, position, subjectId, actor, requestId, cursor, data } = toJournalEntry(record, cursors);
  const entry = { id, position: Number(position), subjectId, actor, requestId, cursor };
  return JSON.stringify({
    type: record.type,
    timestamp: record.occurredAt.toISOString(),
    ...(rendered ?? { data }),
    entry,
  });
}

export function testBody({ occurred_at: occurredAt }: DeliveryRow): string {
  const data = { message: "This is a test. The endpoint works." };
  return JSON.stringify({ type: testType, timestamp: occurredAt.toISOString(), data, entry: null });
}

export const testType = "webhook.test";
