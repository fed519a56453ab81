import {
  type Experiment,
  type ExperimentFilter,
  type ExperimentOrder,
  type ExperimentOrderField,
  ExperimentStatus,
} from "../../schema/experiment.ts";
import type { FilterClock, FilterFields } from "../operations/filter-fields.ts";
import { type CompiledFilter, compileFilter } from "../operations/filter.ts";
import { checkOrder, type List } from "../operations/paginate.ts";
import { experimentColumns, type ExperimentRow, experimentTables, toExperiment } from "./experiment-row.ts";

/** What experiments can be filtered by. */
const filterFields = {
  status: { kind: "enum", column: "e.status", values: Object.keys(ExperimentStatus) },
  createdAt: { kind: "instant", column: "e.created_at" },
} as const satisfies FilterFields;

/** What experiments can be ordered by. */
const orderFields = {
  CREATED_AT: { column: "e.created_at", type: "timestamptz", keyOf: (row) => row.createdAt.toISOString() },
  KEY: { column: "e.key", type: "text", keyOf: (row) => row.key },
} as const satisfies Readonly<
  Record<ExperimentOrderField, { column: string; type: "timestamptz" | "text"; keyOf: (row: ExperimentRow) => string }>
>;

const newestFirst: readonly ExperimentOrder[] = [{ field: "CREATED_AT", direction: "DESC" }];

export function compileExperimentFilter(
  filter: ExperimentFilter | null | undefined,
  clock: FilterClock,
): CompiledFilter {
  return compileFilter(filter, filterFields, clock, "e.tenant_id = nexora_tenant()");
}

/** A tenant's experiments, under a filter and an order. */
export function experimentList(
  filter: CompiledFilter,
  orderBy: readonly ExperimentOrder[] | null | undefined,
): List<ExperimentRow & Record<string, unknown>, Experiment> {
  const order = orderBy ?? newestFirst;
  checkOrder(order);
  return {
    name: "experiments",
    fingerprint: filter.fingerprint,
    columns: experimentColumns,
    from: experimentTables,
    where: filter.where,
    values: filter.values,
    id: "e.id",
    order: order.map(({ field, direction }) => {
      const { column, type } = orderFields[field];
      return { column, type, isNullable: false, direction, nulls: "LAST" };
    }),
    keysOf: (row) => [...order.map(({ field }) => orderFields[field].keyOf(row)), row.id],
    toItem: toExperiment,
  };
}
