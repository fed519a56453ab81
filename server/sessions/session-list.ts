import type { SessionFilter, SessionOrder } from "../../schema/session-list.ts";
import { type Session, SessionStatus } from "../../schema/session.ts";
import type { FilterClock, FilterFields } from "../operations/filter-fields.ts";
import { compileFilter } from "../operations/filter.ts";
import { toUuid } from "../operations/ids.ts";
import { instantKey } from "../operations/keyset.ts";
import { checkOrder, type List } from "../operations/paginate.ts";
import type { SqlValues } from "../operations/sql.ts";
import { sessionColumns, type SessionRow, type SessionShow, toSession } from "./session-row.ts";
import { type SessionView, visibleSessions } from "./sessions.access.ts";

export interface AskedSessions {
  readonly from?: Date | null;
  readonly to?: Date | null;
  readonly learnerId?: string | null;
  readonly coachUuid?: string;
  readonly filter?: SessionFilter | null;
  readonly orderBy?: readonly SessionOrder[] | null;
}

const filterFields = {
  id: { kind: "id", column: "s.id", type: "Session" },
  coachId: { kind: "id", column: "s.coach_id", type: "Coach" },
  sessionTypeId: { kind: "id", column: "s.session_type_id", type: "SessionType" },
  status: { kind: "enum", column: "s.status", values: Object.keys(SessionStatus) },
  startsAt: { kind: "instant", column: "s.starts_at" },
} as const satisfies FilterFields;

/** The sessions that somebody sees, by their start unless another order is asked for. */
export function sessionList(
  view: SessionView,
  show: SessionShow,
  clock: FilterClock,
  { from, to, learnerId, coachUuid, filter, orderBy }: AskedSessions,
): List<SessionRow, Session> {
  const order = orderBy ?? [{ field: "STARTS_AT", direction: "ASC" }];
  checkOrder(order);
  const compiled = compileFilter(filter, filterFields, clock, "s.tenant_id = nexora_tenant()");
  const { values } = compiled;
  const where = [
    compiled.where,
    visibleSessions(view, values),
    ...(from == null ? [] : [endsAfter(values.add(from))]),
    ...(to == null ? [] : [`s.starts_at < ${values.add(to)}::timestamptz`]),
    ...(coachUuid === undefined ? [] : [`s.coach_id = ${values.add(coachUuid)}::uuid`]),
    ...(learnerId == null ? [] : [ofLearner(view, learnerId, values)]),
  ];
  return {
    name: "sessions",
    fingerprint: JSON.stringify([compiled.fingerprint, from, to, learnerId, coachUuid]),
    columns: sessionColumns,
    from: "session s",
    where: where.join(" AND "),
    values,
    id: "s.id",
    order: order.map(({ direction }) => instantKey("s.starts_at", direction)),
    keysOf: (row) => [...order.map(() => row.startsAt.toISOString()), row.id],
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
