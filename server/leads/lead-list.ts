import { filterClock } from "../operations/filter-clock.ts";
import { type Lead, type LeadFilter, type LeadOrder, type LeadOrderField, LeadStage } from "../../schema/lead.ts";
import type { Session } from "../db/session.ts";
import type { FilterFields } from "../operations/filter-fields.ts";
import { type CompiledFilter, compileFilter } from "../operations/filter.ts";
import type { OrderKey } from "../operations/keyset.ts";
import { narrowFilter } from "../operations/narrow-filter.ts";
import { checkOrder, type List } from "../operations/paginate.ts";
import { named, SqlValues } from "../operations/sql.ts";
import { everything, type LeadSelection, selectColumns } from "./lead-selection.ts";
import { leadColumns, type LeadRow, leadTables, toLead } from "./lead-row.ts";

const lowerCase = (text: string) => text.trim().toLowerCase();

/** What leads can be filtered by. */
const filterFields = {
  id: { kind: "id", column: "lead.id", type: "Lead" },
  email: { kind: "text", column: "lead.email", normalize: lowerCase },
  phone: { kind: "text", column: "lead.phone" },
  externalId: { kind: "text", column: "lead.external_id" },
  name: { kind: "text", column: "lead.name" },
  company: { kind: "text", column: "lead.company" },
  source: { kind: "text", column: "lead.source" },
  stage: { kind: "enum", column: "lead.stage", values: Object.keys(LeadStage) },
  owner: { kind: "id", column: "lead.owner_id", type: "Member" },
  tags: { kind: "texts", column: "lead.tags" },
  createdAt: { kind: "instant", column: "lead.created_at" },
  updatedAt: { kind: "instant", column: "lead.updated_at" },
  notes: {
    kind: "related",
    from: "lead_note AS note",
    scope: "note.tenant_id = nexora_tenant()",
    link: "note.lead_id",
    id: "lead.id",
    fields: {
      author: { kind: "id", column: "note.author_id", type: "Member" },
      createdAt: { kind: "instant", column: "note.created_at" },
    },
  },
  consents: {
    kind: "related",
    from: "lead_consent AS consent",
    scope: "consent.tenant_id = nexora_tenant()",
    link: "consent.lead_id",
    id: "lead.id",
    fields: {
      purpose: { kind: "text", column: "consent.purpose" },
      textVersion: { kind: "text", column: "consent.text_version" },
      givenAt: { kind: "instant", column: "consent.given_at" },
    },
  },
} as const satisfies FilterFields;

interface OrderField {
  readonly column: string;
  readonly type: OrderKey["type"];
  readonly isNullable: boolean;
  readonly keyOf: (row: LeadRow) => string | null;
}

/** What leads can be ordered by. */
const orderFields = {
  CREATED_AT: {
    column: "created_at",
    type: "timestamptz",
    isNullable: false,
    keyOf: (row) => row.created_at.toISOString(),
  },
  UPDATED_AT: {
    column: "updated_at",
    type: "timestamptz",
    isNullable: false,
    keyOf: (row) => row.updated_at.toISOString(),
  },
  NAME: { column: "name", type: "text", isNullable: true, keyOf: (row) => row.name },
  EMAIL: { column: "email", type: "text", isNullable: true, keyOf: (row) => row.email },
  COMPANY: { column: "company", type: "text", isNullable: true, keyOf: (row) => row.company },
} as const satisfies Readonly<Record<LeadOrderField, OrderField>>;

const newestFirst: readonly LeadOrder[] = [{ field: "CREATED_AT", direction: "DESC", nulls: "LAST" }];

/** A tenant's leads under a filter and an order. */
export function listLeads(
  filter: CompiledFilter,
  orderBy: readonly LeadOrder[] | null | undefined,
  selection: LeadSelection = everything,
): List<LeadRow, Lead> {
  const order = orderBy ?? newestFirst;
  checkOrder(order);
  const fields = order.map(({ field }): OrderField => orderFields[field]);
  return {
    name: "leads",
    fingerprint: filter.fingerprint,
    columns: selectColumns(
      selection,
      fields.map(({ column }) => column),
    ),
    from: selection.owner.length > 0 ? leadTables : "lead",
    where: filter.where,
    values: filter.values,
    id: "lead.id",
    order: order.map(({ field, direction, nulls }) => {
      const { column, type, isNullable } = orderFields[field];
      return { column: `lead.${column}`, type, isNullable, direction, nulls };
    }),
    keysOf: (row) => [...fields.map(({ keyOf }) => keyOf(row)), row.id],
    toItem: toLead,
  };
}

/** Compiles a filter on leads. The tenant's zone is read only when the filter counts days in it. */
export async function compileLeadFilter(
  session: Session,
  filter: LeadFilter | null | undefined,
  now: Date,
): Promise<CompiledFilter> {
  const clock = await filterClock(session, { now }, filter);
  return compileFilter(filter, filterFields, clock, "lead.tenant_id = nexora_tenant()");
}

/** Asks indexes for what the filter searches, so that a list need not read all leads to find a few. */
export function narrowLeadFilter(session: Session, filter: CompiledFilter): Promise<CompiledFilter> {
  return narrowFilter(session, filter, { id: "lead.id", call: "lead_search(search, $2)" });
}

/** Leads by uuid, and whether each matches the filter, with one statement. */
export async function readMatches(
  session: Session,
  uuids: readonly string[],
  { where, values }: CompiledFilter,
): Promise<Map<string, { readonly lead: Lead; readonly matches: boolean }>> {
  const all = new SqlValues();
  all.list.push(...values.list);
  // A comparison with a missing value is unknown, and unknown is no match.
  const text = `SELECT ${leadColumns}, (${where}) IS TRUE AS matches FROM ${leadTables}
    WHERE lead.tenant_id = nexora_tenant() AND lead.id = ANY (${all.add(uuids)}::uuid[])`;
  const rows = await session.query<LeadRow & { matches: boolean }>(named(text, all.list));
  return new Map(rows.map((row) => [row.id, { lead: toLead(row), matches: row.matches }]));
}
