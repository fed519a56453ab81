import type { SessionChanged } from "../../schema/session-changed.ts";
import type { Database } from "../db/database.ts";
import type { JournalRecord } from "../journal/entry.ts";
import type { FeedUpdate } from "../journal/feed.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId } from "../operations/ids.ts";
import type { PeopleService } from "../people/people.service.ts";
import { isOwnChange, type SessionChange } from "./session-change.ts";
import { type SessionRow, toSession, visibleBookings } from "./session-row.ts";
import { findSessions } from "./session-store.ts";
import { isOwnBooking, seesAll, type SessionView, sessionView } from "./sessions.access.ts";

export interface SessionFeedOptions {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
  readonly jitsiDomain: string;
}

export interface RecordedChange {
  readonly record: JournalRecord;
  readonly change: SessionChange;
}

/** As whom the caller looks at sessions now: it may be different for the next entries. */
export function readView(context: Context, { database, people }: SessionFeedOptions): Promise<SessionView> {
  const { tenantId, principal } = authorizedScope(context, "session:read");
  return database.read(tenantId, (session) => sessionView(session, people, principal));
}

/** What somebody is told of these changes: of those of sessions that he sees, or that were about him. */
export async function sessionUpdates(
  context: Context,
  changes: readonly RecordedChange[],
  view: SessionView,
  { database, cursors, jitsiDomain }: SessionFeedOptions,
  isWanted: (change: SessionChange, visible: SessionRow | undefined) => boolean = () => true,
): Promise<FeedUpdate[]> {
  if (changes.length === 0) return [];
  const { tenantId } = authorizedScope(context, "session:read");
  const ids = [...new Set(changes.map(({ change }) => change.sessionId))];
  const rows = await database.read(tenantId, (session) => findSessions(session, view, ids));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return changes.flatMap(({ record, change }) => {
    const row = byId.get(change.sessionId);
    if (row === undefined && !isOwnChange(view, change)) return [];
    if (!isWanted(change, row)) return [];
    const value: SessionChanged = {
      __typename: "SessionChanged",
      cursor: cursors.encodeEvent(record),
      type: change.type,
      occurredAt: record.occurredAt,
      sessionId: toId("Session", change.sessionId),
      bookingIds: seenBookings(view, change, row).map(({ id }) => toId("Booking", id)),
      previousStartsAt: change.previousStartsAt,
      session: row === undefined ? null : toSession(row, { view, now: context.now, jitsiDomain }),
    };
    return [{ position: record.position, value }];
  });
}

/** Whether a learner has a place in it that the viewer sees: nobody learns by a filter who else is in a workshop. */
export function hasLearner(view: SessionView, row: SessionRow | undefined, learnerId: string): boolean {
  return row !== undefined && visibleBookings(row, view).some((booking) => booking.learnerId === learnerId);
}

function seenBookings(view: SessionView, { bookings }: SessionChange, row: SessionRow | undefined) {
  if (view.kind === "TEAM" || (row !== undefined && seesAll(view, row))) return bookings;
  return bookings.filter((booking) => isOwnBooking(view, booking));
}
