import { z } from "zod";
import type { LeadChanges } from "./lead-edit.ts";
import type { LeadRow } from "./lead-row.ts";

/** Columns that the lead that stays takes from the other one where it has nothing. */
const filledColumns = [
  "email",
  "phone",
  "external_id",
  "name",
  "company",
  "source",
  "message",
  "referrer",
  "landing_page",
  "utm_source",
  "utm_medium",
  "utm_campaign",
  "utm_term",
  "utm_content",
] as const;
type FilledColumn = (typeof filledColumns)[number];

const maxTagsOfLead = 100;

const text = z.string().nullable();

/** A lead as the journal keeps it when another one takes it in; enough to bring it back. */
export const snapshotSchema = z.object({
  id: z.string(),
  email: text,
  phone: text,
  external_id: text,
  name: text,
  company: text,
  source: text,
  message: text,
  stage: z.enum(["NEW", "CONTACTED", "QUALIFIED", "WON", "LOST"]),
  stage_reason: text,
  owner_id: text,
  tags: z.array(z.string()),
  attributes: z.record(z.string(), z.unknown()),
  referrer: text,
  landing_page: text,
  utm_source: text,
  utm_medium: text,
  utm_campaign: text,
  utm_term: text,
  utm_content: text,
  created_at: z.string(),
  version: z.number(),
});
export type LeadSnapshot = z.infer<typeof snapshotSchema>;

/** What a `lead.absorbed` entry keeps of the lead that was taken in. */
export const mergeRecordSchema = z.object({
  merged: snapshotSchema,
  identities: z.array(z.object({ kind: z.string(), value: z.string() })),
  noteIds: z.array(z.string()),
  consentIds: z.array(z.string()),
  /** Columns of the lead that stayed that were filled from the other one. */
  filled: z.array(z.enum(filledColumns)),
  filledOwner: z.boolean(),
  addedTags: z.array(z.string()),
  addedAttributes: z.array(z.string()),
});
export type MergeRecord = z.infer<typeof mergeRecordSchema>;

export function snapshotOf(row: LeadRow): LeadSnapshot {
  const { id, email, phone, external_id, name, company, source, message, stage, stage_reason, tags, attributes } = row;
  const { referrer, landing_page, utm_source, utm_medium, utm_campaign, utm_term, utm_content, version } = row;
  return {
    ...{ id, email, phone, external_id, name, company, source, message, stage, stage_reason, tags, attributes },
    ...{ referrer, landing_page, utm_source, utm_medium, utm_campaign, utm_term, utm_content, version },
    owner_id: row.member_id,
    created_at: row.created_at.toISOString(),
  };
}

export interface MergeDecision extends Pick<MergeRecord, "filled" | "filledOwner" | "addedTags" | "addedAttributes"> {
  readonly changes: LeadChanges;
}

/** The values of the lead that stays win; what it lacks comes from the other one. */
export function decideMerge(keep: LeadSnapshot, merged: LeadSnapshot): MergeDecision {
  const filled = filledColumns.filter((column) => keep[column] === null && merged[column] !== null);
  const filledOwner = keep.owner_id === null && merged.owner_id !== null;
  const room = Math.max(0, maxTagsOfLead - keep.tags.length);
  const addedTags = merged.tags.filter((tag) => !keep.tags.includes(tag)).slice(0, room);
  const addedAttributes = Object.keys(merged.attributes).filter((name) => !Object.hasOwn(keep.attributes, name));
  const changes: LeadChanges = {
    ...Object.fromEntries(filled.map((column) => [column, merged[column]])),
    ...(filledOwner ? { owner_id: merged.owner_id } : {}),
    ...(addedTags.length > 0 ? { tags: [...keep.tags, ...addedTags].sort() } : {}),
    ...(addedAttributes.length > 0 ? { attributes: { ...merged.attributes, ...keep.attributes } } : {}),
  };
  return { changes, filled, filledOwner, addedTags, addedAttributes };
}

const columnOfKind = { EMAIL: "email", PHONE: "phone", EXTERNAL_ID: "external_id" } as const;

/**
 * What the lead that stayed gives back: only what it still has from the other one, so that later work on it isn't lost. `own`
 * are the addresses that it keeps.
 */
export function decideUnmerge(keep: LeadSnapshot, record: MergeRecord, own: MergeRecord["identities"]): LeadChanges {
  const { merged, identities, filled, filledOwner, addedTags, addedAttributes } = record;
  const returned: FilledColumn[] = filled.filter((column) => keep[column] === merged[column]);
  const isFromMerge = (name: string) =>
    addedAttributes.includes(name) && JSON.stringify(keep.attributes[name]) === JSON.stringify(merged.attributes[name]);
  // A capture may have put an address of the other person in the place of the lead's own.
  const replaced = Object.entries(columnOfKind).flatMap(([kind, column]) =>
    identities.some((identity) => identity.kind === kind && identity.value === keep[column])
      ? [[column, own.find((identity) => identity.kind === kind)?.value ?? null]]
      : [],
  );
  return {
    ...Object.fromEntries(returned.map((column) => [column, null])),
    ...Object.fromEntries(replaced),
    ...(filledOwner && keep.owner_id === merged.owner_id ? { owner_id: null } : {}),
    tags: keep.tags.filter((tag) => !addedTags.includes(tag)),
    attributes: Object.fromEntries(Object.entries(keep.attributes).filter(([name]) => !isFromMerge(name))),
  };
}
