import type { Session } from "../db/session.ts";
import { type Move, type MoveRow, readMoves } from "../credits/ledger-move.ts";
import type { Actor } from "../journal/entry.ts";
import { toBookingRefusal } from "./booking-refusal.ts";
import type { Canceller } from "./cancellation-rule.ts";

// The SQL functions that change sessions: one call, one round trip. They throw BookingRefusal or LedgerRefusal.

/** A session as session_book makes it: names are those of the columns. */
export interface NewSession {
  readonly id: string;
  readonly session_type_id: string;
  readonly coach_id: string;
  readonly room_id: string | null;
  readonly series_id: string | null;
  readonly kind: string;
  readonly title: string;
  readonly status: "PENDING" | "CONFIRMED";
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly busy_from: Date;
  readonly busy_to: Date;
  readonly time_zone: string;
  readonly local_start: string;
  readonly capacity: number;
  readonly meeting_room: string;
}

export interface NewBooking {
  readonly id: string;
  readonly session_id: string;
  /** Whether the session is there already. */
  readonly is_join: boolean;
  /** When it begins, as it was planned: a session that was moved meanwhile isn't joined. */
  readonly starts_at: Date;
  readonly learner_id: string;
  readonly client_id: string;
  readonly credits: number;
  readonly hold_until: Date;
  readonly cancellation_notice_min: number;
  readonly late_cancellation: string;
  readonly deadline_at: Date;
}

export interface BookCall {
  readonly series: { readonly id: string; readonly weeks: number } | null;
  readonly sessions: readonly NewSession[];
  readonly bookings: readonly NewBooking[];
  /** The waiting list's entry whose offer is accepted. */
  readonly offerId: string | null;
  readonly at: Date;
  readonly actor: Actor;
}

/** Holds of the bookings that cost something, in their order. */
export function callBook(tx: Session, { series, sessions, bookings, offerId, at, actor }: BookCall): Promise<Move[]> {
  return call(tx, "session_book", [
    JSON.stringify(series ?? {}),
    JSON.stringify(sessions),
    JSON.stringify(bookings),
    offerId,
    at,
    actor,
  ]);
}

/** A session as it was read: another version is refused. */
export interface SessionAt {
  readonly id: string;
  readonly version: number;
}

export interface Settlement {
  readonly id: string;
  readonly settle: "RETURN" | "SPEND";
  /** What becomes of the booking; null where the function says it. */
  readonly status: "ATTENDED" | "NO_SHOW" | null;
}

export function callCancel(
  tx: Session,
  { id, version }: SessionAt,
  bookings: readonly Settlement[],
  { reason, at, actor }: { readonly reason: string | null; readonly at: Date; readonly actor: Actor },
): Promise<Move[]> {
  return call(tx, "session_cancel", [id, version, JSON.stringify(bookings), reason, at, actor]);
}

export type MovedSlot = Pick<
  NewSession,
  "coach_id" | "room_id" | "starts_at" | "ends_at" | "busy_from" | "busy_to" | "time_zone" | "local_start"
>;

export async function callMove(
  tx: Session,
  { id, version }: SessionAt,
  slot: MovedSlot,
  { by, holdUntil, at }: { readonly by: Canceller; readonly holdUntil: Date; readonly at: Date },
): Promise<void> {
  await run(tx, "session_move", [id, version, JSON.stringify(slot), by === "CUSTOMER", holdUntil, at]);
}

/** Before several sessions are changed in one transaction: all of their locks, in the server's order. */
export async function lockSessions(tx: Session, rows: readonly SessionAt[]): Promise<void> {
  await run(tx, "session_lock", [rows.map(({ id }) => id)]);
}

export async function callConfirm(tx: Session, { id, version }: SessionAt, at: Date): Promise<void> {
  await run(tx, "session_confirm", [id, version, at]);
}

export function callEnd(
  tx: Session,
  { id, version }: SessionAt,
  /** CONFIRMED: it isn't over for those who aren't settled. */
  status: "COMPLETED" | "NO_SHOW" | "CONFIRMED",
  bookings: readonly Settlement[],
  { at, actor }: { readonly at: Date; readonly actor: Actor },
): Promise<Move[]> {
  return call(tx, "session_end", [id, version, status, JSON.stringify(bookings), at, actor]);
}

/** Spends what is held for a session that is over. */
export function callCharge(tx: Session, { id, version }: SessionAt, at: Date, actor: Actor): Promise<Move[]> {
  return call(tx, "session_charge", [id, version, at, actor]);
}

/** Takes back what was said of these bookings. */
export function callReverse(
  tx: Session,
  { id, version }: SessionAt,
  bookingIds: readonly string[],
  { reason, at, actor }: { readonly reason: string; readonly at: Date; readonly actor: Actor },
): Promise<Move[]> {
  return call(tx, "session_reverse", [id, version, bookingIds, reason, at, actor]);
}

async function call(tx: Session, name: string, values: readonly unknown[]): Promise<Move[]> {
  return readMoves(await run<MoveRow & Record<string, unknown>>(tx, name, values));
}

async function run<Row extends Record<string, unknown>>(
  tx: Session,
  name: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const placeholders = values.map((_, index) => `$${index + 1}`).join(", ");
  try {
    return await tx.query<Row>({ name, text: `SELECT * FROM ${name}(${placeholders})`, values });
  } catch (error) {
    throw toBookingRefusal(error);
  }
}
