import type { Session, SessionStatus } from "../../schema/session.ts";
import { toUuid } from "../operations/ids.ts";
import type { List } from "../operations/paginate.ts";
import { SqlValues } from "../operations/sql.ts";
import { sessionColumns, type SessionRow, type SessionShow, toSession } from "./session-row.ts";
import { type SessionView, visibleSessions } from "./sessions.access.ts";

export interface SessionFilter {
  readonly from?: Date | null;
  readonly to?: Date | null;
  readonly statuses?: readonly SessionStatus[] | null;
  readonly learnerId?: string | null;
  readonly coachUuid?: string;
}

/** The sessions that somebody sees, by their start. */
export function sessionList(view: SessionView, show: SessionShow, filter: SessionFilter): List<SessionRow, Session> {
  const values = new SqlValues();
  const { from, to, statuses, learnerId, coachUuid } = filter;
  const where = [
    "s.tenant_id = nexora_tenant()",
    visibleSessions(view, values),
    ...(from == null ? [] : [endsAfter(values.add(from))]),
    ...(to == null ? [] : [`s.starts_at < ${values.add(to)}::timestamptz`]),
    ...(statuses == null ? [] : [`s.status = ANY (${values.add(statuses)}::text[])`]),
    ...(coachUuid === undefined ? [] : [`s.coach_id = ${values.add(coachUuid)}::uuid`]),
    ...(learnerId == null ? [] : [ofLearner(view, learnerId, values)]),
  ];
  return {
    name: "sessions",
    fingerprint: JSON.stringify([from, to, statuses, learnerId, coachUuid]),
    columns: sessionColumns,
    from: "session s",
    where: where.join(" AND "),
    values,
    id: "s.id",
    order: [{ column: "s.starts_at", type: "timestamptz", isNullable: false, direction: "ASC", nulls: "LAST" }],
    keysOf: (row) => [row.startsAt.toISOString(), row.id],
    toItem: (row) => toSession(row, show),
  };
}

/** Nobody learns by this filter who else is in a workshop that he sees. */
function ofLearner(view: SessionView, learnerId: string, values: SqlValues): string {
  const uuid = toUuid("Learner", learnerId);
  const isHidden = view.kind === "MEMBER" && view.coachId === null && !view.learnerIds.includes(uuid ?? "");
  if (uuid === null || isHidden) return "false";
  return `s.id = ANY (ARRAY(SELECT b.session_id FROM booking b WHERE b.tenant_id = nexora_tenant()
    AND b.learner_id = ${values.add(uuid)}::uuid))`;
}

/** The index knows when sessions begin, and none takes longer than a day. */
function endsAfter(instant: string): string {
  return `s.ends_at > ${instant}::timestamptz AND s.starts_at > ${instant}::timestamptz - interval '1 day'`;
}
