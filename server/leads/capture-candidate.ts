import { isIP } from "node:net";
import type { CaptureLeadInput } from "../../schema/lead-capture.ts";
import { type AttributeValue, type FieldError, FieldReader } from "./lead-fields.ts";

/** The texts of a lead that a capture can bring, beside those that tell who it is. */
export const plainFields = [
  "name",
  "company",
  "source",
  "message",
  "referrer",
  "landingPage",
  "utmSource",
  "utmMedium",
  "utmCampaign",
  "utmTerm",
  "utmContent",
] as const;
export type PlainField = (typeof plainFields)[number];

/** In the order of their weight: when they belong to different leads, the first one that is known decides. */
export const identityFields = ["externalId", "email", "phone"] as const;
export type IdentityField = (typeof identityFields)[number];

export interface Consent {
  readonly purpose: string;
  readonly textVersion: string;
  readonly givenAt: Date;
  readonly address: string | null;
}

/** A person who showed interest, with checked and normalised fields. Null: nothing was sent. */
export interface Candidate extends Readonly<Record<IdentityField | PlainField, string | null>> {
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly tags: readonly string[];
  readonly consents: readonly Consent[];
}

export interface CandidateSetting {
  /** ISO 3166-1 code of the country whose phone numbers need no prefix. */
  readonly defaultCountry: string;
  readonly now: Date;
  /** The caller's IP address. */
  readonly address: string | null;
  /** Whether the caller may say when and from where consent was given. */
  readonly isTrusted: boolean;
}

type CandidateErrorCode = FieldError["code"] | "IDENTITY_MISSING";

const maxConsents = 10;
const maxConsentTextLength = 100;
/** Clocks differ a little. */
const maxFutureMs = 60_000;

export function readCandidate(
  input: CaptureLeadInput,
  setting: CandidateSetting,
): { readonly candidate: Candidate } | { readonly userErrors: FieldError<CandidateErrorCode>[] } {
  const reader = new FieldReader();
  const { origin } = input;
  const visit = (field: keyof NonNullable<typeof origin>) => reader.text(field, origin?.[field], ["origin", field]);
  const candidate: Candidate = {
    email: reader.email(input.email),
    phone: reader.phone(input.phone, setting.defaultCountry),
    externalId: reader.text("externalId", input.externalId),
    name: reader.text("name", input.name),
    company: reader.text("company", input.company),
    source: reader.text("source", input.source),
    message: reader.text("message", input.message),
    referrer: visit("referrer"),
    landingPage: visit("landingPage"),
    utmSource: visit("utmSource"),
    utmMedium: visit("utmMedium"),
    utmCampaign: visit("utmCampaign"),
    utmTerm: visit("utmTerm"),
    utmContent: visit("utmContent"),
    attributes: withoutNulls(reader.attributes(input.attributes)),
    tags: reader.tags(input.tags),
    consents: readConsents(reader, input.consent ?? [], setting),
  };
  const userErrors: FieldError<CandidateErrorCode>[] = reader.errors;
  if (userErrors.length === 0 && identityFields.every((field) => candidate[field] === null)) {
    userErrors.push({
      code: "IDENTITY_MISSING",
      message: "An e-mail address, a phone number or an external id is needed.",
      field: ["input"],
    });
  }
  return userErrors.length > 0 ? { userErrors } : { candidate };
}

function readConsents(
  reader: FieldReader,
  inputs: NonNullable<CaptureLeadInput["consent"]>,
  setting: CandidateSetting,
): Consent[] {
  if (inputs.length > maxConsents) {
    reader.refuse("CONSENT_INVALID", `At most ${maxConsents} consents are possible.`, ["consent"]);
    return [];
  }
  return inputs.map((input, index) => {
    const path = ["consent", String(index)];
    const purpose = input.purpose.trim();
    const textVersion = input.textVersion.trim();
    for (const [field, text] of Object.entries({ purpose, textVersion })) {
      if (text.length === 0 || text.length > maxConsentTextLength) {
        reader.refuse("CONSENT_INVALID", `A consent's ${field} has 1 to ${maxConsentTextLength} characters.`, [
          ...path,
          field,
        ]);
      }
    }
    // A stranger's browser can't testify when and from where somebody agreed.
    const givenAt = (setting.isTrusted ? input.givenAt : null) ?? setting.now;
    const address = (setting.isTrusted ? input.address : null) ?? setting.address;
    if (givenAt.getTime() > setting.now.getTime() + maxFutureMs) {
      reader.refuse("CONSENT_INVALID", "A consent can't be given in the future.", [...path, "givenAt"]);
    }
    if (setting.isTrusted && address !== null && isIP(address) === 0) {
      reader.refuse("CONSENT_INVALID", "That is no IP address.", [...path, "address"]);
    }
    return { purpose, textVersion, givenAt, address };
  });
}

function withoutNulls(attributes: Readonly<Record<string, AttributeValue | null>>): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(attributes).filter((entry): entry is [string, AttributeValue] => entry[1] !== null),
  );
}
