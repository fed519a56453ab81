import type { Coach, CoachFilter, CoachOrder, CoachOrderField } from "../../schema/coach.ts";
import { CoachStatus } from "../../schema/coach.ts";
import type { FilterFields } from "../operations/filter-fields.ts";
import { type CompiledFilter, compileFilter } from "../operations/filter.ts";
import { checkOrder, type List } from "../operations/paginate.ts";
import { coachColumns, type CoachRow, toCoach } from "./coach-row.ts";
import type { OrderField } from "./order-field.ts";
import { type PeopleView, visibleCoaches } from "./people.access.ts";

/** What coaches can be filtered by. Nothing that the public doesn't see: a filter would tell it. */
const filterFields = {
  id: { kind: "id", column: "coach.id", type: "Coach" },
  pseudonym: { kind: "text", column: "coach.pseudonym" },
  subjects: { kind: "texts", column: "coach.subjects" },
  modes: { kind: "texts", column: "coach.modes" },
  status: { kind: "enum", column: "coach.status", values: Object.keys(CoachStatus) },
} as const satisfies FilterFields;

/** What coaches can be ordered by. */
const orderFields = {
  PSEUDONYM: { column: "coach.pseudonym", type: "text", keyOf: (row) => row.pseudonym },
  CREATED_AT: { column: "coach.created_at", type: "timestamptz", keyOf: (row) => row.created_at.toISOString() },
} as const satisfies Readonly<Record<CoachOrderField, OrderField<CoachRow>>>;

const byPseudonym: readonly CoachOrder[] = [{ field: "PSEUDONYM", direction: "ASC" }];

export function compileCoachFilter(filter: CoachFilter | null | undefined, now: Date): CompiledFilter {
  const clock = { now, timeZone: "UTC" }; // no condition on time
  return compileFilter(filter, filterFields, clock, "coach.tenant_id = nexora_tenant()");
}

/** The coaches whom somebody sees, under a filter and an order. */
export function coachList(
  view: PeopleView,
  filter: CompiledFilter,
  orderBy: readonly CoachOrder[] | null | undefined,
): List<CoachRow, Coach> {
  const order = orderBy ?? byPseudonym;
  checkOrder(order);
  const { values } = filter;
  return {
    name: "coaches",
    fingerprint: filter.fingerprint,
    columns: coachColumns,
    from: "coach",
    where: `${filter.where} AND coach.erased_at IS NULL AND ${visibleCoaches(view, values)}`,
    values,
    id: "coach.id",
    order: order.map(({ field, direction }) => {
      const { column, type } = orderFields[field];
      return { column, type, isNullable: false, direction, nulls: "LAST" };
    }),
    keysOf: (row) => [...order.map(({ field }) => orderFields[field].keyOf(row)), row.id],
    toItem: (row) => toCoach(row, view),
  };
}
