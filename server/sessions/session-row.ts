import type { QueryResultRow } from "pg";
import type { Booking, JoinLink, Session } from "../../schema/session.ts";
import type { BookingPayment, BookingStatus, SessionStatus } from "../../schema/session.ts";
import type { SessionKind } from "../../schema/session-type.ts";
import { toId } from "../operations/ids.ts";
import { isOpen, joinWindow } from "./join-window.ts";
import { isOwnBooking, seesAll, type SessionView } from "./sessions.access.ts";

export interface BookingRow {
  readonly id: string;
  readonly learnerId: string;
  readonly clientId: string;
  readonly status: BookingStatus;
  readonly credits: number;
  readonly payment: BookingPayment;
  readonly holdId: string | null;
  readonly deadlineAt: string;
  readonly lateCancellation: "REFUSED" | "UNPAID";
  readonly bookedAt: string;
  readonly endedAt: string | null;
}

/** Of a coach, [from, to). */
export interface FreedTime {
  readonly coachId: string;
  readonly from: Date;
  readonly to: Date;
}

interface ReportRow {
  readonly summary: string;
  readonly topics: readonly string[];
  readonly homework: string | null;
  readonly writtenAt: string;
}

/** A session with its places and its report. */
export interface SessionRow extends QueryResultRow {
  readonly id: string;
  readonly sessionTypeId: string;
  readonly coachId: string;
  readonly roomId: string | null;
  readonly roomName: string | null;
  readonly seriesId: string | null;
  readonly kind: SessionKind;
  readonly title: string;
  readonly status: SessionStatus;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly busyFrom: Date;
  readonly busyTo: Date;
  readonly timeZone: string;
  readonly localStart: string;
  readonly capacity: number;
  readonly taken: number;
  readonly meetingRoom: string;
  readonly sequence: number;
  readonly cancelReason: string | null;
  readonly bookedAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
  readonly bookings: readonly BookingRow[];
  readonly report: ReportRow | null;
}

/** Of `session s`. */
export const sessionColumns = `s.id, s.session_type_id AS "sessionTypeId", s.coach_id AS "coachId", s.room_id AS "roomId",
  (SELECT r.name FROM resource r WHERE r.tenant_id = s.tenant_id AND r.id = s.room_id) AS "roomName",
  s.series_id AS "seriesId", s.kind, s.title, s.status, s.starts_at AS "startsAt", s.ends_at AS "endsAt",
  s.busy_from AS "busyFrom", s.busy_to AS "busyTo",
  s.time_zone AS "timeZone", s.local_start AS "localStart", s.capacity, s.taken, s.meeting_room AS "meetingRoom", s.sequence,
  s.cancel_reason AS "cancelReason", s.booked_at AS "bookedAt", s.updated_at AS "updatedAt", s.version,
  coalesce((SELECT json_agg(json_build_object('id', b.id, 'learnerId', b.learner_id, 'clientId', b.client_id, 'status', b.status,
      'credits', b.credits, 'payment', b.payment, 'holdId', b.hold_id, 'deadlineAt', b.deadline_at, 'lateCancellation', b.late_cancellation,
      'bookedAt', b.booked_at, 'endedAt', b.ended_at) ORDER BY b.booked_at, b.id)
    FROM booking b WHERE b.tenant_id = s.tenant_id AND b.session_id = s.id), '[]') AS bookings,
  (SELECT json_build_object('summary', p.summary, 'topics', p.topics, 'homework', p.homework, 'writtenAt', p.written_at)
    FROM session_report p WHERE p.tenant_id = s.tenant_id AND p.session_id = s.id) AS report`;

/** How sessions are shown: to whom, when, and where they take place. */
export interface SessionShow {
  readonly view: SessionView;
  readonly now: Date;
  readonly jitsiDomain: string;
}

export function toSession(row: SessionRow, show: SessionShow): Session {
  // A report of what is cancelled is one that was reversed.
  const report = row.status !== "CANCELLED" && isTold(row, show.view) ? row.report : null;
  return {
    __typename: "Session",
    id: toId("Session", row.id),
    coachUuid: row.coachId,
    version: row.version,
    status: row.status,
    kind: row.kind,
    typeId: toId("SessionType", row.sessionTypeId),
    title: row.title,
    roomId: row.roomId === null ? null : toId("Room", row.roomId),
    seriesId: row.seriesId === null ? null : toId("SessionSeries", row.seriesId),
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    timeZone: row.timeZone,
    localStartsAt: row.localStart,
    seats: row.capacity,
    seatsLeft: row.capacity - row.taken,
    bookings: visibleBookings(row, show.view).map(toBooking),
    report:
      report === null
        ? null
        : {
            __typename: "SessionReport",
            summary: report.summary,
            topics: report.topics,
            homework: report.homework,
            writtenAt: new Date(report.writtenAt),
          },
    joinLink: joinLink(row, show),
    cancelReason: isTold(row, show.view) ? row.cancelReason : null,
    bookedAt: row.bookedAt,
    updatedAt: row.updatedAt,
  };
}

export function visibleBookings(row: SessionRow, view: SessionView): readonly BookingRow[] {
  return seesAll(view, row) ? row.bookings : row.bookings.filter((booking) => isOwnBooking(view, booking));
}

/** Whether somebody is told how a session ended: not who had left it before. */
function isTold(row: SessionRow, view: SessionView): boolean {
  if (seesAll(view, row)) return true;
  return visibleBookings(row, view).some(({ status, endedAt }) => {
    const isOfTheEnd = endedAt !== null && new Date(endedAt).getTime() === row.updatedAt.getTime();
    return status !== "CANCELLED" || (row.status === "CANCELLED" && isOfTheEnd);
  });
}

/** Whose time a session takes, with its buffers. */
export function timeOf({ coachId, busyFrom, busyTo }: SessionRow): FreedTime {
  return { coachId, from: busyFrom, to: busyTo };
}

/** Those who have a place now. */
export function openBookings(row: SessionRow): readonly BookingRow[] {
  return row.bookings.filter(({ status }) => status === "BOOKED");
}

/** A workshop is online unless it has a room. */
export function takesPlaceOnline({ kind, roomId }: Pick<SessionRow, "kind" | "roomId">): boolean {
  return kind !== "ON_SITE" && roomId === null;
}

/** What takes place neither online nor any more has none. */
function joinLink(row: SessionRow, { view, now, jitsiDomain }: SessionShow): JoinLink | null {
  if (!takesPlaceOnline(row) || row.status !== "CONFIRMED") return null;
  const window = joinWindow(row);
  const isHere = isOpen(window, now) && takesPart(row, view);
  const url = isHere ? roomUrl(jitsiDomain, row.meetingRoom) : null;
  return { __typename: "JoinLink", url, ...window };
}

export function roomUrl(jitsiDomain: string, meetingRoom: string): string {
  return `https://${jitsiDomain}/${meetingRoom}`;
}

/** The team doesn't, unless it is the coach. */
function takesPart(row: SessionRow, view: SessionView): boolean {
  if (view.kind === "TEAM") return false;
  return view.coachId === row.coachId || openBookings(row).some((booking) => isOwnBooking(view, booking));
}

function toBooking(row: BookingRow): Booking {
  return {
    __typename: "Booking",
    id: toId("Booking", row.id),
    learnerUuid: row.learnerId,
    clientUuid: row.clientId,
    status: row.status,
    credits: row.credits,
    payment: row.payment,
    deadlineAt: new Date(row.deadlineAt),
    lateCancellation: row.lateCancellation,
    bookedAt: new Date(row.bookedAt),
  };
}

export function isOpenSession({ status }: SessionRow): boolean {
  return status === "PENDING" || status === "CONFIRMED";
}

/** Whether the caller has seen another version. */
export function isOlder(
  { expectedVersion }: { readonly expectedVersion?: number | null },
  { version }: SessionRow,
): boolean {
  return expectedVersion != null && expectedVersion !== version;
}
