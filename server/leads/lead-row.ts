import type { Lead, LeadStage } from "../../schema/lead.ts";
import type { Member, MemberStatus, Role } from "../../schema/member.ts";
import { toId } from "../operations/ids.ts";

/** A row of lead with its owner. */
export interface LeadRow {
  readonly id: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly external_id: string | null;
  readonly name: string | null;
  readonly company: string | null;
  readonly source: string | null;
  readonly message: string | null;
  readonly stage: LeadStage;
  readonly stage_reason: string | null;
  readonly tags: string[];
  readonly attributes: Record<string, unknown>;
  readonly referrer: string | null;
  readonly landing_page: string | null;
  readonly utm_source: string | null;
  readonly utm_medium: string | null;
  readonly utm_campaign: string | null;
  readonly utm_term: string | null;
  readonly utm_content: string | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly version: number;
  readonly owner_id: string | null;
  readonly owner_email: string | null;
  readonly owner_name: string | null;
  readonly owner_role: Role | null;
  readonly owner_status: MemberStatus | null;
  readonly owner_created_at: Date | null;
  readonly owner_last_signed_in_at: Date | null;
  readonly owner_version: number | null;
}

/**
 * The owner comes with the lead in one statement: a page of leads with owners is what people look at most, and a join on
 * the member's primary key costs less than a second statement. Nothing else here knows the members' table.
 */
export const leadColumns = `lead.id, lead.email, lead.phone, lead.external_id, lead.name, lead.company, lead.source, lead.message,
  lead.stage, lead.stage_reason, lead.tags, lead.attributes, lead.referrer, lead.landing_page, lead.utm_source, lead.utm_medium,
  lead.utm_campaign, lead.utm_term, lead.utm_content, lead.created_at, lead.updated_at, lead.version, lead.owner_id,
  owner.email AS owner_email, owner.name AS owner_name, owner.role AS owner_role, owner.status AS owner_status,
  owner.created_at AS owner_created_at, owner.last_signed_in_at AS owner_last_signed_in_at, owner.version AS owner_version`;

export const leadTables =
  "lead LEFT JOIN member AS owner ON owner.tenant_id = lead.tenant_id AND owner.id = lead.owner_id";

export function toLead(row: LeadRow): Lead {
  return {
    __typename: "Lead",
    id: toId("Lead", row.id),
    uuid: row.id,
    email: row.email,
    phone: row.phone,
    externalId: row.external_id,
    name: row.name,
    company: row.company,
    source: row.source,
    message: row.message,
    stage: row.stage,
    stageReason: row.stage_reason,
    owner: toOwner(row),
    tags: row.tags,
    attributes: row.attributes,
    origin: {
      referrer: row.referrer,
      landingPage: row.landing_page,
      utmSource: row.utm_source,
      utmMedium: row.utm_medium,
      utmCampaign: row.utm_campaign,
      utmTerm: row.utm_term,
      utmContent: row.utm_content,
    },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
  };
}

function toOwner(row: LeadRow): Member | null {
  const { owner_id, owner_email, owner_name, owner_role, owner_status, owner_created_at, owner_version } = row;
  if (owner_id === null || owner_email === null || owner_name === null || owner_role === null) return null;
  if (owner_status === null || owner_created_at === null || owner_version === null) return null;
  return {
    __typename: "Member",
    id: toId("Member", owner_id),
    email: owner_email,
    name: owner_name,
    role: owner_role,
    status: owner_status,
    createdAt: owner_created_at,
    lastSignedInAt: row.owner_last_signed_in_at,
    version: owner_version,
  };
}
