import type { Session } from "../db/session.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { toId } from "../operations/ids.ts";
import { newUuid } from "../operations/uuid.ts";
import type { Candidate, IdentityField } from "./capture-candidate.ts";
import { type CaptureDecision, type CaptureRefusal, decideCapture, type KnownLead } from "./capture-decision.ts";
import { identitiesOf, identityKey, kindOf, type IdentityKind, lockIdentities } from "./lead-identity.ts";

export interface CaptureOptions {
  /** Whether the caller may overwrite what is known. */
  readonly isTrusted: boolean;
  readonly now: Date;
  /** Kept with each entry: the caller's address, or null. */
  readonly address: string | null;
  /** A transaction of many batches would lock all of a tenant's addresses. It starts again instead when it loses a race. */
  readonly isWithoutLocks?: boolean;
  /** Ends before the first candidate that would change a lead once more: each outcome's lead is as it was just after it. */
  readonly isEachLeadOnce?: boolean;
}

export type CaptureOutcome =
  | {
      readonly kind: "CAPTURED";
      /** The lead's uuid. */
      readonly leadId: string;
      readonly isNew: boolean;
      /** Uuids of other leads that the person's addresses belong to. */
      readonly possibleDuplicates: readonly string[];
    }
  | { readonly kind: "REFUSED"; readonly code: CaptureRefusal["refusal"] };

/**
 * Captures many people with a handful of statements, in their order: a later one of the same person sees what an earlier
 * one did. Call it inside retryOnRace; with a refusal nothing is written of that candidate.
 */
export async function captureBatch(
  transaction: Transaction,
  candidates: readonly Candidate[],
  options: CaptureOptions,
): Promise<CaptureOutcome[]> {
  const batch = new Batch();
  const identities = candidates.flatMap(identitiesOf);
  // Sent together: PostgreSQL answers the second one when it has the locks, and then sees what their holders committed.
  const [, known] = await Promise.all([
    options.isWithoutLocks === true ? undefined : lockIdentities(transaction, identities),
    findOwners(transaction, [...identities]),
  ]);
  for (const row of known) batch.know(row);
  const outcomes: CaptureOutcome[] = [];
  for (const candidate of candidates) {
    const newId = newUuid();
    const decision = decideCapture(candidate, batch.ownersOf(candidate), { newId, isTrusted: options.isTrusted });
    if ("refusal" in decision) {
      outcomes.push({ kind: "REFUSED", code: decision.refusal });
      continue;
    }
    const { lead, isNew, possibleDuplicates } = decision;
    if (options.isEachLeadOnce === true && batch.hasChanged(lead.id)) break;
    batch.apply(candidate, decision);
    record(transaction, candidate, decision, options);
    outcomes.push({ kind: "CAPTURED", leadId: lead.id, isNew, possibleDuplicates });
  }
  await batch.write(transaction, options);
  return outcomes;
}

interface OwnerRow extends Omit<KnownLead, IdentityField> {
  readonly kind: IdentityKind;
  readonly value: string;
  readonly externalId: string | null;
  readonly email: string | null;
  readonly phone: string | null;
}

/** The leads that these addresses belong to, locked against other changes. */
function findOwners(
  session: Session,
  identities: readonly { field: IdentityField; value: string }[],
): Promise<OwnerRow[]> {
  return session.query<OwnerRow>({
    name: "lead-capture-owners",
    text: `SELECT identity.kind, identity.value, lead.id, lead.external_id AS "externalId", lead.email, lead.phone, lead.name,
             lead.company, lead.source, lead.message, lead.referrer, lead.landing_page AS "landingPage",
             lead.utm_source AS "utmSource", lead.utm_medium AS "utmMedium", lead.utm_campaign AS "utmCampaign",
             lead.utm_term AS "utmTerm", lead.utm_content AS "utmContent", lead.tags, lead.attributes
           FROM unnest($2::text[], $3::text[]) AS wanted (kind, value)
           JOIN lead_identity identity
             ON identity.tenant_id = $1 AND identity.kind = wanted.kind AND identity.value = wanted.value
           JOIN lead ON lead.tenant_id = identity.tenant_id AND lead.id = identity.lead_id
           ORDER BY lead.id
           FOR UPDATE OF lead`,
    values: [session.tenantId, identities.map(({ field }) => kindOf(field)), identities.map(({ value }) => value)],
  });
}

/** The leads of one batch while it is decided. */
class Batch {
  readonly #owners = new Map<string, string>();
  readonly #leads = new Map<string, KnownLead>();
  readonly #created = new Set<string>();
  readonly #updated = new Set<string>();
  readonly #identities: { kind: IdentityKind; value: string; lead_id: string }[] = [];
  readonly #consents: object[] = [];

  know({ kind, value, ...lead }: OwnerRow): void {
    this.#owners.set(`${kind}\0${value}`, lead.id);
    this.#leads.set(lead.id, lead);
  }

  ownersOf(candidate: Candidate): Partial<Record<IdentityField, KnownLead>> {
    const owners: Partial<Record<IdentityField, KnownLead>> = {};
    for (const identity of identitiesOf(candidate)) {
      const lead = this.#leads.get(this.#owners.get(identityKey(identity)) ?? "");
      if (lead !== undefined) owners[identity.field] = lead;
    }
    return owners;
  }

  hasChanged(leadId: string): boolean {
    return this.#created.has(leadId) || this.#updated.has(leadId);
  }

  apply(candidate: Candidate, { lead, isNew, newIdentities }: CaptureDecision): void {
    this.#leads.set(lead.id, lead);
    if (isNew) this.#created.add(lead.id);
    else if (!this.#created.has(lead.id)) this.#updated.add(lead.id);
    for (const field of newIdentities) {
      const value = lead[field];
      if (value === null) continue;
      this.#owners.set(identityKey({ field, value }), lead.id);
      this.#identities.push({ kind: kindOf(field), value, lead_id: lead.id });
    }
    for (const { purpose, textVersion, givenAt, address } of candidate.consents) {
      this.#consents.push({ lead_id: lead.id, purpose, text_version: textVersion, given_at: givenAt, address });
    }
  }

  /**
   * One statement per table, sent together. For an untrusted caller also those that have nothing to write: a known person
   * takes as many as a new one, so that the time tells as little as the answer.
   */
  async write(session: Session, { now, isTrusted }: CaptureOptions): Promise<void> {
    const write = (name: string, text: string, rows: readonly object[], ...rest: unknown[]) =>
      rows.length === 0 && isTrusted
        ? []
        : [session.query({ name, text, values: [session.tenantId, JSON.stringify(rows), ...rest] })];
    await Promise.all([
      ...write("lead-capture-insert", insertLeads, this.#rows(this.#created), now),
      ...write("lead-capture-update", updateLeads, this.#rows(this.#updated), now),
      ...write("lead-capture-identities", insertIdentities, this.#identities),
      ...write("lead-capture-consents", insertConsents, this.#consents),
    ]);
  }

  #rows(ids: ReadonlySet<string>): KnownLead[] {
    return [...ids].flatMap((id) => this.#leads.get(id) ?? []);
  }
}

const recordColumns = `id uuid, "externalId" text, email text, phone text, name text, company text, source text, message text,
  referrer text, "landingPage" text, "utmSource" text, "utmMedium" text, "utmCampaign" text, "utmTerm" text, "utmContent" text,
  tags text[], attributes jsonb`;

const insertLeads = `INSERT INTO lead (tenant_id, id, external_id, email, phone, name, company, source, message, referrer,
    landing_page, utm_source, utm_medium, utm_campaign, utm_term, utm_content, tags, attributes, created_at, updated_at)
  SELECT $1, r.id, r."externalId", r.email, r.phone, r.name, r.company, r.source, r.message, r.referrer, r."landingPage",
    r."utmSource", r."utmMedium", r."utmCampaign", r."utmTerm", r."utmContent", r.tags, r.attributes, $3, $3
  FROM jsonb_to_recordset($2) AS r (${recordColumns})`;

const updateLeads = `UPDATE lead SET external_id = r."externalId", email = r.email, phone = r.phone, name = r.name,
    company = r.company, source = r.source, message = r.message, referrer = r.referrer, landing_page = r."landingPage",
    utm_source = r."utmSource", utm_medium = r."utmMedium", utm_campaign = r."utmCampaign", utm_term = r."utmTerm",
    utm_content = r."utmContent", tags = r.tags, attributes = r.attributes,
    updated_at = greatest(lead.updated_at, $3), version = lead.version + 1
  FROM jsonb_to_recordset($2) AS r (${recordColumns})
  WHERE lead.tenant_id = $1 AND lead.id = r.id`;

const insertIdentities = `INSERT INTO lead_identity (tenant_id, kind, value, lead_id)
  SELECT $1, r.kind, r.value, r.lead_id
  FROM jsonb_to_recordset($2) AS r (kind text, value text, lead_id uuid)`;

const insertConsents = `INSERT INTO lead_consent (tenant_id, lead_id, purpose, text_version, given_at, address)
  SELECT $1, r.lead_id, r.purpose, r.text_version, r.given_at, r.address
  FROM jsonb_to_recordset($2) AS r (lead_id uuid, purpose text, text_version text, given_at timestamptz, address text)`;

/** What says nothing about a person stays in the journal for ever; everything else is erased with the lead. */
function record(
  transaction: Transaction,
  candidate: Candidate,
  decision: CaptureDecision,
  { address }: CaptureOptions,
): void {
  const { lead, isNew, changed, possibleDuplicates } = decision;
  const values = Object.fromEntries(changed.filter((field) => field !== "source").map((field) => [field, lead[field]]));
  transaction.record({
    type: "lead.captured",
    subjectType: "Lead",
    subjectId: lead.id,
    data: {
      created: isNew,
      fields: changed,
      ...(changed.includes("source") ? { source: lead.source } : {}),
      ...(possibleDuplicates.length > 0
        ? { possibleDuplicates: possibleDuplicates.map((id) => toId("Lead", id)) }
        : {}),
    },
    personal: {
      ...values,
      // What the person wrote is kept even where it doesn't replace an earlier message.
      ...(candidate.message === null ? {} : { message: candidate.message }),
      ...(candidate.consents.length > 0 ? { consent: candidate.consents } : {}),
      ...(address === null ? {} : { address }),
    },
  });
}
