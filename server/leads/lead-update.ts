import type { UpdateLeadInput } from "../../schema/lead-edits.ts";
import { type IdentityField, identityFields } from "./capture-candidate.ts";
import type { LeadChanges } from "./lead-edit.ts";
import { type AttributeValue, type FieldError, FieldReader } from "./lead-fields.ts";
import type { Identity } from "./lead-identity.ts";
import type { LeadRow } from "./lead-row.ts";

type UpdatedText = IdentityField | "name" | "company" | "source";

/** An update with checked and normalised fields. A field that is missing stays; null empties it. */
export interface LeadUpdate extends Readonly<Partial<Record<UpdatedText, string | null>>> {
  readonly tags?: readonly string[];
  /** Attributes to set, or to remove (null); null as a whole removes all. */
  readonly attributes?: Readonly<Record<string, AttributeValue | null>> | null;
}

export type UpdateRefusal =
  FieldError | { readonly code: "IDENTITY_MISSING"; readonly message: string; readonly field: readonly string[] };

export interface UpdateDecision {
  readonly changes: LeadChanges;
  /** Names of the fields that change, as the API calls them. */
  readonly fields: readonly string[];
  readonly newIdentities: readonly Identity[];
  readonly lostIdentities: readonly Identity[];
}

const columns = {
  externalId: "external_id",
  email: "email",
  phone: "phone",
  name: "name",
  company: "company",
  source: "source",
} as const satisfies Record<UpdatedText, keyof LeadChanges & keyof LeadRow>;

export function readUpdate(
  input: UpdateLeadInput,
  defaultCountry: string,
): { readonly update: LeadUpdate; readonly userErrors: readonly FieldError[] } {
  const reader = new FieldReader();
  const plain = (field: "externalId" | "name" | "company" | "source") =>
    input[field] === undefined ? {} : { [field]: reader.text(field, input[field]) };
  const update: LeadUpdate = {
    ...plain("externalId"),
    ...(input.email === undefined ? {} : { email: reader.email(input.email) }),
    ...(input.phone === undefined ? {} : { phone: reader.phone(input.phone, defaultCountry) }),
    ...plain("name"),
    ...plain("company"),
    ...plain("source"),
    ...(input.tags === undefined ? {} : { tags: reader.tags(input.tags) }),
    ...(input.attributes === undefined
      ? {}
      : { attributes: input.attributes === null ? null : reader.attributes(input.attributes) }),
  };
  return { update, userErrors: reader.errors };
}

/** What an update changes of the lead as it is. */
export function decideUpdate(
  before: LeadRow,
  update: LeadUpdate,
): UpdateDecision | { readonly refusal: UpdateRefusal } {
  const changes: Record<string, unknown> = {};
  const fields: string[] = [];
  const change = (field: string, column: keyof LeadChanges, value: unknown) => {
    fields.push(field);
    changes[column] = value;
  };
  for (const [field, column] of Object.entries(columns) as [UpdatedText, (typeof columns)[UpdatedText]][]) {
    const value = update[field];
    if (value !== undefined && value !== before[column]) change(field, column, value);
  }
  if (update.tags !== undefined && update.tags.join("\n") !== before.tags.join("\n"))
    change("tags", "tags", update.tags);
  if (update.attributes !== undefined) {
    const merged = mergeAttributes(before.attributes, update.attributes);
    const { userErrors } = checkAttributes(merged);
    const [error] = userErrors;
    if (error !== undefined) return { refusal: error };
    if (JSON.stringify(merged) !== JSON.stringify(before.attributes)) change("attributes", "attributes", merged);
  }

  const changedIdentities = identityFields.filter((field) => fields.includes(field));
  const isKnown = identityFields.some(
    (field) => (columns[field] in changes ? changes[columns[field]] : before[columns[field]]) !== null,
  );
  if (changedIdentities.length > 0 && !isKnown) {
    const message = "A lead keeps an e-mail address, a phone number or an external id.";
    return { refusal: { code: "IDENTITY_MISSING", message, field: ["input"] } };
  }
  const identity = (field: IdentityField, value: string | null | undefined): Identity[] =>
    value == null ? [] : [{ field, value }];
  return {
    changes: changes satisfies LeadChanges,
    fields,
    newIdentities: changedIdentities.flatMap((field) => identity(field, update[field])),
    lostIdentities: changedIdentities.flatMap((field) => identity(field, before[columns[field]])),
  };
}

function mergeAttributes(
  before: Readonly<Record<string, unknown>>,
  sent: Readonly<Record<string, AttributeValue | null>> | null,
): Record<string, unknown> {
  if (sent === null) return {};
  return Object.fromEntries(Object.entries({ ...before, ...sent }).filter(([, value]) => value !== null));
}

/** The limits hold for all attributes of a lead together. */
function checkAttributes(attributes: Readonly<Record<string, unknown>>): {
  readonly userErrors: readonly FieldError[];
} {
  const reader = new FieldReader();
  reader.attributes(attributes);
  return { userErrors: reader.errors };
}
