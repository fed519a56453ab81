import type { Client, ClientFilter, ClientOrder, ClientOrderField } from "../../schema/client.ts";
import type { FilterClock, FilterFields } from "../operations/filter-fields.ts";
import { type CompiledFilter, compileFilter } from "../operations/filter.ts";
import { checkOrder, type List } from "../operations/paginate.ts";
import { clientColumns, type ClientRow, toClient } from "./client-row.ts";
import type { OrderField } from "./order-field.ts";
import { type PeopleView, visibleClients } from "./people.access.ts";

const lowerCase = (text: string) => text.trim().toLowerCase();

/** What clients can be filtered by. */
const filterFields = {
  id: { kind: "id", column: "client.id", type: "Client" },
  name: { kind: "text", column: "client.name" },
  email: { kind: "text", column: "client.email", normalize: lowerCase },
  phone: { kind: "text", column: "client.phone" },
  createdAt: { kind: "instant", column: "client.created_at" },
  updatedAt: { kind: "instant", column: "client.updated_at" },
} as const satisfies FilterFields;

/** What clients can be ordered by. */
const orderFields = {
  CREATED_AT: { column: "client.created_at", type: "timestamptz", keyOf: (row) => row.created_at.toISOString() },
  UPDATED_AT: { column: "client.updated_at", type: "timestamptz", keyOf: (row) => row.updated_at.toISOString() },
  NAME: { column: "client.name", type: "text", keyOf: (row) => row.name },
  EMAIL: { column: "client.email", type: "text", keyOf: (row) => row.email },
} as const satisfies Readonly<Record<ClientOrderField, OrderField<ClientRow>>>;

const newestFirst: readonly ClientOrder[] = [{ field: "CREATED_AT", direction: "DESC" }];

export function compileClientFilter(filter: ClientFilter | null | undefined, clock: FilterClock): CompiledFilter {
  return compileFilter(filter, filterFields, clock, "client.tenant_id = nexora_tenant()");
}

/** The clients whom somebody sees, under a filter and an order. */
export function clientList(
  view: PeopleView,
  filter: CompiledFilter,
  orderBy: readonly ClientOrder[] | null | undefined,
): List<ClientRow, Client> {
  const order = orderBy ?? newestFirst;
  checkOrder(order);
  const { values } = filter;
  return {
    name: "clients",
    fingerprint: filter.fingerprint,
    columns: clientColumns,
    from: "client",
    where: `${filter.where} AND client.erased_at IS NULL AND ${visibleClients(view, values)}`,
    values,
    id: "client.id",
    order: order.map(({ field, direction }) => {
      const { column, type } = orderFields[field];
      return { column, type, isNullable: false, direction, nulls: "LAST" };
    }),
    keysOf: (row) => [...order.map(({ field }) => orderFields[field].keyOf(row)), row.id],
    toItem: toClient,
  };
}
