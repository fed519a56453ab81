import type { Learner, LearnerFilter, LearnerOrder, LearnerOrderField } from "../../schema/learner.ts";
import type { FilterClock, FilterFields } from "../operations/filter-fields.ts";
import { type CompiledFilter, compileFilter } from "../operations/filter.ts";
import { checkOrder, type List } from "../operations/paginate.ts";
import { learnerColumns, type LearnerRow, toLearner } from "./learner-row.ts";
import type { OrderField } from "./order-field.ts";
import { type PeopleView, visibleLearners } from "./people.access.ts";

const lowerCase = (text: string) => text.trim().toLowerCase();

/** What learners can be filtered by. */
const filterFields = {
  id: { kind: "id", column: "learner.id", type: "Learner" },
  name: { kind: "text", column: "learner.name" },
  email: { kind: "text", column: "learner.email", normalize: lowerCase },
  grade: { kind: "text", column: "learner.grade" },
  subjects: { kind: "texts", column: "learner.subjects" },
  createdAt: { kind: "instant", column: "learner.created_at" },
  updatedAt: { kind: "instant", column: "learner.updated_at" },
} as const satisfies FilterFields;

/** What learners can be ordered by. */
const orderFields: Readonly<Record<LearnerOrderField, OrderField<LearnerRow>>> = {
  CREATED_AT: { column: "learner.created_at", type: "timestamptz", keyOf: (row) => row.created_at.toISOString() },
  UPDATED_AT: { column: "learner.updated_at", type: "timestamptz", keyOf: (row) => row.updated_at.toISOString() },
  NAME: { column: "learner.name", type: "text", keyOf: (row) => row.name },
  GRADE: { column: "learner.grade", type: "text", isNullable: true, keyOf: (row) => row.grade },
};

const newestFirst: readonly LearnerOrder[] = [{ field: "CREATED_AT", direction: "DESC", nulls: "LAST" }];

export function compileLearnerFilter(filter: LearnerFilter | null | undefined, clock: FilterClock): CompiledFilter {
  return compileFilter(filter, filterFields, clock, "learner.tenant_id = nexora_tenant()");
}

/** The learners whom somebody sees, under a filter and an order. */
export function learnerList(
  view: PeopleView,
  filter: CompiledFilter,
  orderBy: readonly LearnerOrder[] | null | undefined,
): List<LearnerRow, Learner> {
  const order = orderBy ?? newestFirst;
  checkOrder(order);
  const { values } = filter;
  return {
    name: "learners",
    fingerprint: filter.fingerprint,
    columns: learnerColumns,
    from: "learner",
    where: `${filter.where} AND learner.erased_at IS NULL AND ${visibleLearners(view, values)}`,
    values,
    id: "learner.id",
    order: order.map(({ field, direction, nulls }) => {
      const { column, type, isNullable = false } = orderFields[field];
      return { column, type, isNullable, direction, nulls };
    }),
    keysOf: (row) => [...order.map(({ field }) => orderFields[field].keyOf(row)), row.id],
    toItem: toLearner,
  };
}
