import type { UserErrorData } from "../../schema/errors.ts";
import { normalizeEmail } from "../operations/email-address.ts";
import { normalizePhone } from "../operations/phone-number.ts";

/** A value of an attribute. */
export type AttributeValue = string | number | boolean | readonly (string | number | boolean)[];

export type FieldErrorCode =
  | "EMAIL_INVALID"
  | "PHONE_INVALID"
  | "TOO_LONG"
  | "ATTRIBUTES_INVALID"
  | "ATTRIBUTES_TOO_LARGE"
  | "TAGS_INVALID"
  | "CONSENT_INVALID";

export type FieldError<Code extends string = FieldErrorCode> = UserErrorData<Code>;

export const maxLengths = {
  externalId: 200,
  name: 200,
  company: 200,
  source: 100,
  message: 10_000,
  referrer: 2_000,
  landingPage: 2_000,
  utmSource: 2_000,
  utmMedium: 2_000,
  utmCampaign: 2_000,
  utmTerm: 2_000,
  utmContent: 2_000,
} as const;

const maxTags = 50;
const maxTagLength = 50;
export const maxAttributes = 100;
const maxAttributeNameLength = 100;
export const maxAttributesBytes = 16 * 1024;

/** Reads the fields of a person one by one and collects what is wrong with them. Empty texts count as missing. */
export class FieldReader {
  readonly errors: FieldError[] = [];
  readonly #path: readonly string[];

  constructor(path: readonly string[] = ["input"]) {
    this.#path = path;
  }

  text(
    field: keyof typeof maxLengths,
    value: string | null | undefined,
    path: readonly string[] = [field],
  ): string | null {
    const text = value?.trim() ?? "";
    const limit = maxLengths[field];
    if (text.length > limit) {
      this.refuse("TOO_LONG", `At most ${limit.toLocaleString("en")} characters are possible.`, path);
      return null;
    }
    return text === "" ? null : text;
  }

  email(value: string | null | undefined): string | null {
    if (value == null || value.trim() === "") return null;
    const email = normalizeEmail(value);
    if (email === null) this.refuse("EMAIL_INVALID", "That is no e-mail address.", ["email"]);
    return email;
  }

  phone(value: string | null | undefined, defaultCountry: string): string | null {
    if (value == null || value.trim() === "") return null;
    const phone = normalizePhone(value, defaultCountry);
    if (phone === null) {
      this.refuse(
        "PHONE_INVALID",
        value.trim().startsWith("+")
          ? "That is no phone number."
          : `That is no phone number of ${defaultCountry}. Numbers of other countries begin with "+".`,
        ["phone"],
      );
    }
    return phone;
  }

  /** Distinct tags in a stable order. */
  tags(value: readonly string[] | null | undefined): string[] {
    if (value == null) return [];
    if (value.length > maxTags) {
      this.refuse("TAGS_INVALID", `At most ${maxTags} tags are possible.`, ["tags"]);
      return [];
    }
    const tags = value.map((tag) => tag.trim());
    const bad = tags.findIndex((tag) => tag.length === 0 || tag.length > maxTagLength);
    if (bad >= 0) this.refuse("TAGS_INVALID", `A tag has 1 to ${maxTagLength} characters.`, ["tags", String(bad)]);
    return [...new Set(tags)].sort();
  }

  /** Attributes to set; null ones are to be removed. */
  attributes(value: Readonly<Record<string, unknown>> | null | undefined): Record<string, AttributeValue | null> {
    const entries = Object.entries(value ?? {});
    const result: Record<string, AttributeValue | null> = {};
    if (entries.length > maxAttributes) {
      this.refuse("ATTRIBUTES_INVALID", `At most ${maxAttributes} attributes are possible.`, ["attributes"]);
      return result;
    }
    for (const [name, attribute] of entries) {
      const isName = name.trim().length > 0 && name.length <= maxAttributeNameLength && name !== "__proto__";
      if (isName && (attribute === null || isAttributeValue(attribute))) result[name] = attribute;
      else
        this.refuse("ATTRIBUTES_INVALID", "An attribute is a text, a number, a boolean or a list of them.", [
          "attributes",
          name.slice(0, 100),
        ]);
    }
    if (Buffer.byteLength(JSON.stringify(result)) > maxAttributesBytes) {
      this.refuse("ATTRIBUTES_TOO_LARGE", "Attributes have at most 16 kB as JSON.", ["attributes"]);
    }
    return result;
  }

  refuse(code: FieldErrorCode, message: string, path: readonly string[]): void {
    this.errors.push({ code, message, field: [...this.#path, ...path] });
  }
}

function isAttributeValue(value: unknown): value is AttributeValue {
  return Array.isArray(value) ? value.every(isScalar) : isScalar(value);
}

function isScalar(value: unknown): value is string | number | boolean {
  return (
    typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))
  );
}
