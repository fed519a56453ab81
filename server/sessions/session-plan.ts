import { randomBytes } from "node:crypto";
import { dayMs, minuteMs } from "../calendar/clock-time.ts";
import type { CheckedSlot } from "../calendar/slot-rules.ts";
import { newUuid } from "../operations/uuid.ts";
import type { MovedSlot, NewBooking, NewSession } from "./session-functions.ts";

/** How long after a session somebody has to say whether it took place, before it is charged. */
const reportDays = 30;
/** How long credits stay held: far longer, so that a late charge doesn't find them gone. */
const holdDays = 365;
const roomBytes = 16;

export function planSession(slot: CheckedSlot, seriesId: string | null): NewSession {
  const { type } = slot;
  return {
    id: newUuid(),
    session_type_id: type.id,
    series_id: seriesId,
    kind: type.kind,
    title: type.name,
    status: type.isConfirmedAtBooking ? "CONFIRMED" : "PENDING",
    capacity: type.seats,
    meeting_room: randomBytes(roomBytes).toString("hex"),
    ...planSlot(slot),
  };
}

export function planSlot(slot: CheckedSlot): MovedSlot {
  return {
    coach_id: slot.coachId,
    room_id: slot.roomId,
    starts_at: slot.startsAt,
    ends_at: slot.endsAt,
    busy_from: slot.busyFrom,
    busy_to: slot.busyTo,
    time_zone: slot.timeZone,
    local_start: slot.localStart,
  };
}

/** A place in a session, with the rules of its type as they are now. */
export function planBooking(
  { type, startsAt, endsAt }: CheckedSlot,
  who: Pick<NewBooking, "session_id" | "is_join" | "learner_id" | "client_id">,
): NewBooking {
  return {
    id: newUuid(),
    ...who,
    starts_at: startsAt,
    credits: Number(type.creditCost),
    hold_until: holdUntil(endsAt),
    cancellation_notice_min: type.cancellationNoticeMin,
    late_cancellation: type.lateCancellation,
    deadline_at: new Date(startsAt.getTime() - type.cancellationNoticeMin * minuteMs),
  };
}

export function holdUntil(endsAt: Date): Date {
  return new Date(endsAt.getTime() + holdDays * dayMs);
}

/** Sessions that ended until then are charged at an instant, whether or not somebody has reported on them. */
export function chargedUntil(at: Date): Date {
  return new Date(at.getTime() - reportDays * dayMs);
}
