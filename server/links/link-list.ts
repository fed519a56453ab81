import type { Link, LinkOrder, LinkOrderField, LinksArgs } from "../../schema/link.ts";
import type { FilterClock, FilterFields } from "../operations/filter-fields.ts";
import { compileFilter } from "../operations/filter.ts";
import { checkOrder, type List } from "../operations/paginate.ts";
import { linkColumns, type LinkRow, toLink } from "./link-row.ts";

type Row = LinkRow & Record<string, unknown>;

const filterFields = {
  id: { kind: "id", column: "link.id", type: "Link" },
  slug: { kind: "text", column: "link.slug", normalize: (text) => text.trim().toLowerCase() },
  campaign: { kind: "text", column: "link.utm_campaign" },
  createdAt: { kind: "instant", column: "link.created_at" },
  expiresAt: { kind: "instant", column: "link.expires_at" },
} as const satisfies FilterFields;

const orderFields = {
  CREATED_AT: { column: "link.created_at", type: "timestamptz", keyOf: (row) => row.created_at.toISOString() },
  SLUG: { column: "link.slug", type: "text", keyOf: (row) => row.slug },
} as const satisfies Readonly<
  Record<
    LinkOrderField,
    { readonly column: string; readonly type: "text" | "timestamptz"; readonly keyOf: (row: LinkRow) => string }
  >
>;

const newestFirst: readonly LinkOrder[] = [{ field: "CREATED_AT", direction: "DESC" }];

/** A tenant's links, under a filter and an order. */
export function linkList(
  { filter: asked, orderBy, includeArchived }: Pick<LinksArgs, "filter" | "orderBy" | "includeArchived">,
  clock: FilterClock,
  ownUrl: string,
): List<Row, Link> {
  const order = orderBy ?? newestFirst;
  checkOrder(order);
  const filter = compileFilter(asked, filterFields, clock, "link.tenant_id = nexora_tenant()");
  return {
    name: "links",
    fingerprint: `${filter.fingerprint} ${includeArchived}`,
    columns: linkColumns,
    from: "link",
    where: `${filter.where}${includeArchived ? "" : " AND link.archived_at IS NULL"}`,
    values: filter.values,
    id: "link.id",
    order: order.map(({ field, direction }) => {
      const { column, type } = orderFields[field];
      return { column, type, isNullable: false, direction, nulls: "LAST" };
    }),
    keysOf: (row) => [...order.map(({ field }) => orderFields[field].keyOf(row)), row.id],
    toItem: (row) => toLink(row, ownUrl),
  };
}
