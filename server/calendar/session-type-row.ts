import type { Session } from "../db/session.ts";

export type SessionTypeKind = "ONLINE" | "ON_SITE" | "GROUP";

/** What can be booked, as the rules of slots need it. */
export interface SessionTypeRow {
  readonly id: string;
  readonly kind: SessionTypeKind;
  readonly name: string;
  readonly description: string;
  readonly subjects: readonly string[];
  readonly durationMin: number;
  readonly gridMin: number;
  readonly bufferBeforeMin: number;
  readonly bufferAfterMin: number;
  readonly minimumNoticeMin: number;
  readonly bookingWindowDays: number;
  readonly seats: number;
  readonly creditCost: bigint;
  readonly isConfirmedAtBooking: boolean;
  readonly cancellationNoticeMin: number;
  readonly lateCancellation: "REFUSED" | "UNPAID";
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly version: number;
  /** Who gives it; none: all who teach its subjects its way. */
  readonly coachIds: readonly string[];
  /** Where it may be; none: it needs no room. */
  readonly roomIds: readonly string[];
  /** Those of them that are in use. */
  readonly openRoomIds: readonly string[];
}

const resourcesOf = (condition: string) => `ARRAY(
    SELECT r.resource_id::text FROM session_type_resource r
    JOIN resource x ON x.tenant_id = r.tenant_id AND x.id = r.resource_id
    WHERE r.tenant_id = t.tenant_id AND r.session_type_id = t.id AND ${condition} ORDER BY r.resource_id)`;

/** Of `session_type t`. */
export const sessionTypeColumns = `t.id, t.kind, t.name, t.description, t.subjects, t.duration_min AS "durationMin",
  t.grid_min AS "gridMin", t.buffer_before_min AS "bufferBeforeMin", t.buffer_after_min AS "bufferAfterMin",
  t.minimum_notice_min AS "minimumNoticeMin", t.booking_window_days AS "bookingWindowDays", t.seats,
  t.credit_cost AS "creditCost", t.is_confirmed_at_booking AS "isConfirmedAtBooking",
  t.cancellation_notice_min AS "cancellationNoticeMin", t.late_cancellation AS "lateCancellation",
  t.archived_at AS "archivedAt", t.created_at AS "createdAt", t.updated_at AS "updatedAt", t.version,
  ${resourcesOf("x.kind = 'COACH'")} AS "coachIds",
  ${resourcesOf("x.kind = 'ROOM'")} AS "roomIds",
  ${resourcesOf("x.kind = 'ROOM' AND x.archived_at IS NULL")} AS "openRoomIds"`;

/** Session types of the connection's tenant by their ids, archived ones, too. */
export function findSessionTypes(session: Session, ids: readonly string[]): Promise<SessionTypeRow[]> {
  return session.query<SessionTypeRow & Record<string, unknown>>({
    name: "session-types-by-id",
    text: `SELECT ${sessionTypeColumns} FROM session_type t WHERE t.tenant_id = nexora_tenant() AND t.id = ANY ($1)`,
    values: [ids],
  });
}
