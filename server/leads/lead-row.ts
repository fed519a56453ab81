import type { Lead, LeadStage } from "../../schema/lead.ts";
import { toId } from "../operations/ids.ts";
import { joinMember, type MemberColumns, memberColumns, toMember } from "../operations/member-columns.ts";

/** A row of lead with its owner. */
export interface LeadRow extends MemberColumns {
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
}

export const leadColumns = `lead.id, lead.email, lead.phone, lead.external_id, lead.name, lead.company, lead.source, lead.message,
  lead.stage, lead.stage_reason, lead.tags, lead.attributes, lead.referrer, lead.landing_page, lead.utm_source, lead.utm_medium,
  lead.utm_campaign, lead.utm_term, lead.utm_content, lead.created_at, lead.updated_at, lead.version, ${memberColumns}`;

export const leadTables = `lead ${joinMember("lead", "owner_id")}`;

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
    owner: toMember(row),
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
