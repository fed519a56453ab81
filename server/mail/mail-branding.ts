import type { UpdateMailBrandingInput } from "../../schema/mail-inputs.ts";
import type { UpdateMailBrandingPayload } from "../../schema/mail-payloads.ts";
import { normalizeEmail } from "../operations/email-address.ts";

type BrandingErrors = UpdateMailBrandingPayload["userErrors"];
type Code = BrandingErrors[number]["code"];

/** The columns that an input changes. */
export interface BrandingChanges {
  sender_name?: string | null;
  sender_address?: string | null;
  reply_to?: string | null;
  color?: string | null;
  logo_url?: string | null;
}

/** The input in its canonical spelling, and what is wrong with it. */
export function readBranding(
  input: UpdateMailBrandingInput,
  senderDomains: readonly string[],
): { readonly changes: BrandingChanges; readonly userErrors: BrandingErrors } {
  const changes: BrandingChanges = {};
  const userErrors: BrandingErrors = [];
  const read = (
    [field, column]: readonly [keyof UpdateMailBrandingInput, keyof BrandingChanges],
    rule: (text: string) => string | null,
    [code, message]: readonly [Code, string],
  ) => {
    const text = input[field];
    if (text === undefined) return;
    const value = text === null ? null : rule(text);
    if (text !== null && value === null) userErrors.push({ code, message, field: ["input", field] });
    else changes[column] = value;
  };
  const notAddress = "This isn't an e-mail address.";
  read(["senderName", "sender_name"], senderName, ["SENDER_NAME_INVALID", "A name has 1 to 100 characters."]);
  read(["senderAddress", "sender_address"], normalizeEmail, ["SENDER_ADDRESS_INVALID", notAddress]);
  read(["replyTo", "reply_to"], normalizeEmail, ["REPLY_TO_INVALID", notAddress]);
  read(["color", "color"], color, ["COLOR_INVALID", "A colour looks like #0a6c74."]);
  read(["logoUrl", "logo_url"], logoUrl, ["LOGO_URL_INVALID", "This isn't an https address."]);
  const domain = changes.sender_address?.split("@").at(-1);
  if (domain !== undefined && !senderDomains.includes(domain)) {
    const message = `The operator of this server doesn't allow mail from ${domain}.`;
    userErrors.push({ code: "SENDER_DOMAIN_NOT_ALLOWED", message, field: ["input", "senderAddress"] });
  }
  return { changes, userErrors };
}

function senderName(text: string): string | null {
  const name = text.trim().normalize("NFC");
  return name !== "" && name.length <= 100 && !/\p{Cc}/u.test(name) ? name : null;
}

function color(text: string): string | null {
  const value = text.trim().toLowerCase();
  return /^#[0-9a-f]{6}$/.test(value) ? value : null;
}

function logoUrl(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.protocol === "https:" && url.href.length <= 2_000 ? url.href : null;
}
