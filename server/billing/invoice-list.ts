import type { Invoice, InvoiceOrder, InvoiceOrderField, InvoicesArgs } from "../../schema/invoice.ts";
import { InvoiceState } from "../../schema/invoice.ts";
import type { FilterClock, FilterFields } from "../operations/filter-fields.ts";
import { compileFilter } from "../operations/filter.ts";
import { instantKey } from "../operations/keyset.ts";
import type { ChildList } from "../operations/paginate-children.ts";
import { checkOrder, type List } from "../operations/paginate.ts";
import { invoiceColumns, type InvoiceRow, toInvoice } from "./invoice-row.ts";

type Row = InvoiceRow & Record<string, unknown>;

const filterFields = {
  id: { kind: "id", column: "i.id", type: "Invoice" },
  clientId: { kind: "id", column: "i.client_id", type: "Client" },
  subscriptionId: { kind: "id", column: "i.subscription_id", type: "PlanSubscription" },
  number: { kind: "text", column: "i.number" },
  state: { kind: "enum", column: "i.state", values: Object.keys(InvoiceState) },
  issuedAt: { kind: "instant", column: "i.issued_at" },
  dueAt: { kind: "instant", column: "i.due_at" },
} as const satisfies FilterFields;

const orderFields = {
  ISSUED_AT: { column: "i.issued_at", keyOf: (row) => row.issued_at.toISOString() },
  DUE_AT: { column: "i.due_at", keyOf: (row) => row.due_at.toISOString() },
} as const satisfies Readonly<
  Record<InvoiceOrderField, { readonly column: string; readonly keyOf: (row: InvoiceRow) => string }>
>;

const newestFirst: readonly InvoiceOrder[] = [{ field: "ISSUED_AT", direction: "DESC" }];

/** The invoices of these clients (null: of all), under a filter and an order. */
export function invoiceList(
  clientIds: readonly string[] | null,
  clock: FilterClock,
  args: Pick<InvoicesArgs, "filter" | "orderBy">,
): List<Row, Invoice> {
  const order = args.orderBy ?? newestFirst;
  checkOrder(order);
  const filter = compileFilter(args.filter, filterFields, clock, "i.tenant_id = nexora_tenant()");
  const { values } = filter;
  const own = clientIds === null ? "" : ` AND i.client_id = ANY (${values.add(clientIds)}::uuid[])`;
  return {
    name: "invoices",
    fingerprint: filter.fingerprint,
    columns: invoiceColumns,
    from: "invoice i",
    where: filter.where + own,
    values,
    id: "i.id",
    order: order.map(({ field, direction }) => instantKey(orderFields[field].column, direction)),
    keysOf: (row) => [...order.map(({ field }) => orderFields[field].keyOf(row)), row.id],
    toItem: toInvoice,
  };
}

/** A client's invoices, newest first. */
export const invoicesOfClient = below("client.invoices", "client_id");

/** A subscription's invoices, newest first. */
export const invoicesOfSubscription = below("subscription.invoices", "subscription_id");

function below(name: string, link: string): ChildList<Row, Invoice> {
  return {
    name,
    columns: invoiceColumns,
    from: "invoice i",
    belongsTo: (parent) => `i.tenant_id = nexora_tenant() AND i.${link} = ${parent}`,
    id: "i.id",
    order: [instantKey(orderFields.ISSUED_AT.column, "DESC")],
    keysOf: (row) => [row.issued_at.toISOString(), row.id],
    toItem: toInvoice,
  };
}
