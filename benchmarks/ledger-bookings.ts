import { randomBytes } from "node:crypto";
import { newUuid } from "../server/operations/uuid.ts";
import type { NewBooking, NewSession } from "../server/sessions/session-functions.ts";
import type { BenchmarkAccount } from "./ledger-database.ts";

const hourMs = 3_600_000;
const firstHour = Date.parse("2030-01-01T00:00:00Z");
let hours = 0;

/** A lesson at an hour that nobody else has, so that no booking is refused. */
export function nextBooking(account: BenchmarkAccount): { readonly session: NewSession; readonly booking: NewBooking } {
  const { clientId, learnerId, coachId, sessionTypeId } = account;
  const startsAt = new Date(firstHour + hours * hourMs);
  const endsAt = new Date(startsAt.getTime() + hourMs);
  hours += 1;
  const session: NewSession = {
    id: newUuid(),
    session_type_id: sessionTypeId,
    coach_id: coachId,
    room_id: null,
    series_id: null,
    kind: "ONLINE",
    title: "Lesson",
    status: "CONFIRMED",
    starts_at: startsAt,
    ends_at: endsAt,
    busy_from: startsAt,
    busy_to: endsAt,
    time_zone: "UTC",
    local_start: startsAt.toISOString().slice(0, 16),
    capacity: 1,
    meeting_room: randomBytes(16).toString("hex"),
  };
  const booking: NewBooking = {
    id: newUuid(),
    session_id: session.id,
    is_join: false,
    starts_at: startsAt,
    learner_id: learnerId,
    client_id: clientId,
    credits: 1,
    hold_until: endsAt,
    cancellation_notice_min: 1_440,
    late_cancellation: "REFUSED",
    deadline_at: startsAt,
  };
  return { session, booking };
}

/** What the journal is told of it besides its hold. */
export function toldOf(session: NewSession, booking: NewBooking) {
  const { id, learner_id: learnerId, client_id: clientId, credits } = booking;
  return {
    type: "session.booked" as const,
    subjectType: "Session",
    subjectId: session.id,
    data: {
      sessionTypeId: session.session_type_id,
      coachId: session.coach_id,
      status: session.status,
      startsAt: session.starts_at,
      endsAt: session.ends_at,
      version: 1,
      bookings: [{ id, learnerId, clientId, credits }],
    },
  };
}
