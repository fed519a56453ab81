import type { SessionChangeType } from "../../schema/session-changed.ts";
import type { JournalRecord } from "../journal/entry.ts";
import { toUuid } from "../operations/ids.ts";
import type { SessionEvent } from "./session-journal.ts";
import { isOwnBooking, type SessionView } from "./sessions.access.ts";

/** A place in a session, as a journal entry names it. Ids are uuids. */
interface TouchedBooking {
  readonly id: string;
  readonly learnerId: string;
  readonly clientId: string;
}

/** What a journal entry says of a session. Ids are uuids. */
export interface SessionChange {
  readonly type: SessionChangeType;
  readonly sessionId: string;
  /** Who gives it since. */
  readonly coachId: string | null;
  /** Of a move: who gave it before. */
  readonly previousCoachId: string | null;
  readonly previousStartsAt: Date | null;
  /** The places that it happened to. */
  readonly bookings: readonly TouchedBooking[];
}

const changeTypes = {
  "session.booked": "BOOKED",
  "session.rescheduled": "MOVED",
  "session.left": "LEFT",
  "session.cancelled": "CANCELLED",
  "session.confirmed": "CONFIRMED",
  "session.completed": "COMPLETED",
  "session.missed": "MISSED",
  "session.no_show": "NO_SHOW",
  "session.charged": "CHARGED",
  "session.reversed": "REVERSED",
} as const satisfies Readonly<Record<SessionEvent, SessionChangeType>>;

export const sessionEntryTypes: readonly string[] = Object.keys(changeTypes);

/** Null: the entry isn't about a session. */
export function sessionChangeOf({ type, subjectId, data }: JournalRecord): SessionChange | null {
  if (!isSessionEvent(type)) return null;
  const previous = data["previousStartsAt"];
  return {
    type: changeTypes[type],
    sessionId: subjectId,
    coachId: readUuid("Coach", data["coachId"]),
    previousCoachId: readUuid("Coach", data["previousCoachId"]),
    previousStartsAt: typeof previous === "string" ? new Date(previous) : null,
    bookings: readBookings(data["bookings"]),
  };
}

/** Whether it is about the viewer's own session or place, though he may not see the session any more. */
export function isOwnChange(view: SessionView, change: SessionChange): boolean {
  if (view.kind === "TEAM") return true;
  const { coachId, previousCoachId, bookings } = change;
  const isCoach = view.coachId !== null && (view.coachId === coachId || view.coachId === previousCoachId);
  return isCoach || bookings.some((booking) => isOwnBooking(view, booking));
}

function isSessionEvent(type: string): type is SessionEvent {
  return type in changeTypes;
}

function readBookings(value: unknown): TouchedBooking[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each: { readonly id?: unknown; readonly learnerId?: unknown; readonly clientId?: unknown }) => {
    const id = readUuid("Booking", each.id);
    const learnerId = readUuid("Learner", each.learnerId);
    const clientId = readUuid("Client", each.clientId);
    return id === null || learnerId === null || clientId === null ? [] : [{ id, learnerId, clientId }];
  });
}

function readUuid(type: "Coach" | "Booking" | "Learner" | "Client", id: unknown): string | null {
  return typeof id === "string" ? toUuid(type, id) : null;
}
