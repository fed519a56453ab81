import type { GraphQLResolveInfo } from "graphql";
import type { Lead } from "../../schema/lead.ts";
import type { Member } from "../../schema/member.ts";
import { selectedBelow, selectedOfRows } from "../operations/selection.ts";
import { memberColumn, type MemberColumns } from "../operations/member-columns.ts";

/** Columns of a lead that a list reads, beside those that its order needs. */
export interface LeadSelection {
  readonly lead: readonly string[];
  /** Columns of the owner; none: the members' table isn't read. */
  readonly owner: readonly (keyof MemberColumns)[];
}

type OwnColumns = Readonly<Record<Exclude<keyof Lead, "__typename" | "id" | "uuid" | "owner">, readonly string[]>>;

/** The columns behind each field. */
const columnsByField: OwnColumns = {
  email: ["email"],
  phone: ["phone"],
  externalId: ["external_id"],
  name: ["name"],
  company: ["company"],
  source: ["source"],
  message: ["message"],
  stage: ["stage"],
  stageReason: ["stage_reason"],
  tags: ["tags"],
  attributes: ["attributes"],
  origin: ["referrer", "landing_page", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"],
  createdAt: ["created_at"],
  updatedAt: ["updated_at"],
  version: ["version"],
};

const memberColumnByField: Readonly<Record<Exclude<keyof Member, "__typename" | "id">, keyof MemberColumns>> = {
  email: "member_email",
  name: "member_name",
  role: "member_role",
  status: "member_status",
  createdAt: "member_created_at",
  lastSignedInAt: "member_last_signed_in_at",
  version: "member_version",
};

export const everything: LeadSelection = {
  lead: Object.values(columnsByField).flat(),
  owner: ["member_id", ...Object.values(memberColumnByField)],
};

// graphql-jit hands over the same array each time it executes a compiled operation.
const known = new WeakMap<GraphQLResolveInfo["fieldNodes"], LeadSelection>();

/** What a query of a list of leads needs to read. Columns cost more than anything else in a page: fewer are faster. */
export function leadSelection(info: GraphQLResolveInfo): LeadSelection {
  let selection = known.get(info.fieldNodes);
  if (selection === undefined) {
    selection = readSelection(info);
    known.set(info.fieldNodes, selection);
  }
  return selection;
}

function readSelection(info: GraphQLResolveInfo): LeadSelection {
  const fields = selectedOfRows(info);
  const owner = fields.get("owner");
  const ofOwner = owner === undefined ? undefined : selectedBelow(owner, info.fragments);
  return {
    lead: Object.entries(columnsByField).flatMap(([field, columns]) => (fields.has(field) ? columns : [])),
    owner:
      ofOwner === undefined
        ? []
        : [
            "member_id",
            ...Object.entries(memberColumnByField).flatMap(([field, column]) => (ofOwner.has(field) ? [column] : [])),
          ],
  };
}

/** The selection as SQL between SELECT and FROM; `further` are columns that the list itself needs. */
export function selectColumns({ lead, owner }: LeadSelection, further: readonly string[]): string {
  const own = [...new Set(["id", ...lead, ...further])].map((column) => `lead.${column}`);
  return [...own, ...owner.map(memberColumn)].join(", ");
}
