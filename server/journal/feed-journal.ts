import type { CursorCodec } from "../operations/cursor.ts";
import type { Feed } from "./feed.ts";
import { toJournalEntry } from "./journal-record.ts";

/** `subscription { journal }`: the entries themselves. */
export function journalFeed(cursors: CursorCodec): Feed {
  return {
    plan({ types }) {
      const wanted = Array.isArray(types) ? new Set(types.map(String)) : undefined;
      return {
        types: wanted === undefined ? undefined : [...wanted],
        updates: (_context, records) =>
          records
            .filter(({ type }) => wanted === undefined || wanted.has(type))
            .map((record) => ({ position: record.position, value: toJournalEntry(record, cursors) })),
      };
    },
  };
}
