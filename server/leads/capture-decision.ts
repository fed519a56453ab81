import {
  type Candidate,
  type IdentityField,
  identityFields,
  type PlainField,
  plainFields,
} from "./capture-candidate.ts";
import { type AttributeValue, maxAttributes, maxAttributesBytes } from "./lead-fields.ts";

/** What a capture needs to know of a lead. */
export interface KnownLead extends Readonly<Record<IdentityField | PlainField, string | null>> {
  readonly id: string;
  readonly tags: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface CaptureDecision {
  /** The lead as it is to be, under its old id or the new one. */
  readonly lead: KnownLead;
  readonly isNew: boolean;
  /** Fields that change, in a stable order. */
  readonly changed: readonly (IdentityField | PlainField | "tags" | "attributes")[];
  /** What the lead is known by from now on, and wasn't before. */
  readonly newIdentities: readonly IdentityField[];
  /** Other leads that the person's addresses belong to. A capture never merges leads that exist. */
  readonly possibleDuplicates: readonly string[];
}

export type CaptureRefusal = { readonly refusal: "ATTRIBUTES_TOO_LARGE" };

/** A lead never has more, however often it is captured (the database checks it, too). */
const maxTagsOfLead = 100;

/**
 * What a capture does, given the leads that its externalId, e-mail and phone belong to.
 * - The lead that externalId belongs to is the person's; else the e-mail's; else the phone's; else a new one.
 * - An untrusted caller (a publishable key) fills empty fields and adds tags and attributes; he overwrites nothing, so
 *   nobody can change or take over another person's lead by knowing an address.
 * - A trusted caller overwrites with what he sends.
 */
export function decideCapture(
  candidate: Candidate,
  owners: Readonly<Partial<Record<IdentityField, KnownLead>>>,
  { newId, isTrusted }: { newId: string; isTrusted: boolean },
): CaptureDecision | CaptureRefusal {
  const known = identityFields.flatMap((field) => owners[field] ?? []);
  const [target] = known;
  const before = target ?? emptyLead(newId);
  const canSet = (current: unknown) => isTrusted || current === null;

  const texts: Partial<Record<IdentityField | PlainField, string>> = {};
  const newIdentities: IdentityField[] = [];
  for (const field of identityFields) {
    const value = candidate[field];
    const owner = owners[field];
    if (value === null || (owner !== undefined && owner.id !== before.id) || !canSet(before[field])) continue;
    texts[field] = value;
    if (owner === undefined) newIdentities.push(field);
  }
  for (const field of plainFields) {
    const value = candidate[field];
    if (value !== null && canSet(before[field])) texts[field] = value;
  }
  const tags = [...new Set([...before.tags, ...candidate.tags])].slice(0, maxTagsOfLead).sort();
  const attributes = mergeAttributes(before.attributes, candidate.attributes, isTrusted);
  if (attributes === null) return { refusal: "ATTRIBUTES_TOO_LARGE" };

  const lead: KnownLead = { ...before, ...texts, tags, attributes };
  const changed: CaptureDecision["changed"] = [
    ...[...identityFields, ...plainFields].filter((field) => lead[field] !== before[field]),
    ...(tags.length === before.tags.length ? [] : (["tags"] as const)),
    ...(isSame(attributes, before.attributes) ? [] : (["attributes"] as const)),
  ];
  const possibleDuplicates = [...new Set(known.map(({ id }) => id))].filter((id) => id !== before.id);
  return { lead, isNew: target === undefined, changed, newIdentities, possibleDuplicates };
}

/** Null: a trusted caller's attributes don't fit. An untrusted one's are left out then, since he may not learn why. */
function mergeAttributes(
  before: Readonly<Record<string, unknown>>,
  sent: Readonly<Record<string, AttributeValue>>,
  isTrusted: boolean,
): Readonly<Record<string, unknown>> | null {
  const merged = isTrusted ? { ...before, ...sent } : { ...sent, ...before };
  const fits =
    Object.keys(merged).length <= maxAttributes && Buffer.byteLength(JSON.stringify(merged)) <= maxAttributesBytes;
  if (fits) return merged;
  return isTrusted ? null : before;
}

function isSame(one: Readonly<Record<string, unknown>>, other: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => JSON.stringify(one[name]) === JSON.stringify(other[name]))
  );
}

export function emptyLead(id: string): KnownLead {
  return {
    id,
    externalId: null,
    email: null,
    phone: null,
    name: null,
    company: null,
    source: null,
    message: null,
    referrer: null,
    landingPage: null,
    utmSource: null,
    utmMedium: null,
    utmCampaign: null,
    utmTerm: null,
    utmContent: null,
    tags: [],
    attributes: {},
  };
}
