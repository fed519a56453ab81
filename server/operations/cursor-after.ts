import type { CursorCodec } from "./cursor.ts";

/** The cursor of a mutation's payload: the journal's place after its transaction, null when that recorded nothing. */
export function cursorAfter(cursors: CursorCodec, tenantId: string, position: bigint | undefined): string | null {
  return position === undefined ? null : cursors.encodeEvent({ tenantId, position });
}
