import { type Told, recordMove } from "../credits/ledger.ts";
import type { Move } from "../credits/ledger-move.ts";
import type { JournalType } from "../journal/journal-types.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { toId } from "../operations/ids.ts";
import type { BookingRow, SessionRow } from "./session-row.ts";

export type SessionEvent =
  | "session.booked"
  | "session.rescheduled"
  | "session.cancelled"
  | "session.confirmed"
  | "session.completed"
  | "session.no_show"
  | "session.missed"
  | "session.left"
  | "session.charged"
  | "session.reversed";

/** Tells the journal what happened to a session, and to whose places in it. */
export function recordSession(
  tx: Transaction,
  type: SessionEvent,
  row: SessionRow,
  {
    bookings,
    details = {},
    personal,
  }: {
    readonly bookings: readonly Pick<BookingRow, "id" | "learnerId" | "clientId" | "credits">[];
    readonly details?: Readonly<Record<string, unknown>>;
    readonly personal?: Readonly<Record<string, unknown>>;
  },
): void {
  tx.record({
    type,
    subjectType: "Session",
    subjectId: row.id,
    data: {
      ...details,
      sessionTypeId: toId("SessionType", row.sessionTypeId),
      coachId: toId("Coach", row.coachId),
      status: row.status,
      startsAt: row.startsAt,
      endsAt: row.endsAt,
      version: row.version,
      bookings: bookings.map(({ id, learnerId, clientId, credits }) => ({
        id: toId("Booking", id),
        learnerId: toId("Learner", learnerId),
        clientId: toId("Client", clientId),
        credits,
      })),
    },
    ...(personal === undefined ? {} : { personal }),
  });
}

/** Tells of holds that were made, with what they are for. */
export function recordHolds(
  tx: Transaction,
  moves: readonly Move[],
  told: readonly Omit<Told, "type" | "kind">[],
): void {
  for (const [index, move] of moves.entries()) {
    recordMove(tx, move, { type: "credits.held", kind: "HOLD", ...told[index] });
  }
}

/** Tells of holds that were settled, each as the session's row says it was. */
export function recordSettled(
  tx: Transaction,
  moves: readonly Move[],
  { bookings }: SessionRow,
  reason?: string,
): void {
  for (const move of moves) {
    recordMove(tx, move, { ...toldOf(move, bookings), reason });
  }
}

function toldOf(
  { holdId }: Move,
  bookings: readonly BookingRow[],
): { readonly type: JournalType; readonly kind: string } {
  if (holdId === null) return { type: "credits.refunded", kind: "REFUND" }; // what was spent already has no hold
  const isSpent = bookings.some((booking) => booking.holdId === holdId && booking.payment === "SPENT");
  return isSpent ? { type: "credits.posted", kind: "USAGE" } : { type: "credits.voided", kind: "VOID" };
}
