import { type CountryCode, isSupportedCountry } from "libphonenumber-js";
import type { UserErrorData } from "../../schema/errors.ts";

export interface SettingsInput {
  readonly defaultCountry: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly currency: string;
}

export type SettingsCode = "COUNTRY_INVALID" | "TIME_ZONE_INVALID" | "LOCALE_INVALID" | "CURRENCY_INVALID";

const currencies = new Set(Intl.supportedValuesOf("currency"));

/** The settings in their canonical spelling, and what is wrong with the others. */
export function readSettings(input: Partial<SettingsInput>): {
  settings: Partial<SettingsInput>;
  userErrors: UserErrorData<SettingsCode>[];
} {
  const userErrors: UserErrorData<SettingsCode>[] = [];
  const settings: { -readonly [Key in keyof SettingsInput]?: SettingsInput[Key] } = {};
  const read = (
    field: keyof SettingsInput,
    rule: (text: string) => string | null,
    code: SettingsCode,
    message: string,
  ) => {
    const text = input[field];
    if (text === undefined) return;
    const value = rule(text);
    if (value === null) userErrors.push({ code, message, field: ["input", field] });
    else settings[field] = value;
  };
  read("defaultCountry", country, "COUNTRY_INVALID", "The country is no ISO 3166-1 code, such as TN.");
  read("timeZone", timeZone, "TIME_ZONE_INVALID", "The time zone is none of the IANA database, such as Africa/Tunis.");
  read("locale", locale, "LOCALE_INVALID", "The language is no BCP 47 tag, such as fr-TN.");
  read("currency", currency, "CURRENCY_INVALID", "The currency is no ISO 4217 code, such as TND.");
  return { settings, userErrors };
}

function country(text: string): CountryCode | null {
  const code = text.trim().toUpperCase();
  return isSupportedCountry(code) ? code : null;
}

function timeZone(text: string): string | null {
  if (!/^[a-z]/i.test(text)) return null; // Intl also takes offsets, which know no summer time
  try {
    const resolved = new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone;
    // Right the case, but keep a name that ICU would replace by an older one (Asia/Kolkata by Asia/Calcutta).
    return resolved.toLowerCase() === text.toLowerCase() ? resolved : text;
  } catch {
    return null; // Intl's way to say "unknown"
  }
}

function locale(text: string): string | null {
  try {
    return text.length <= 35 ? (Intl.getCanonicalLocales(text)[0] ?? null) : null;
  } catch {
    return null; // Intl's way to say "malformed"
  }
}

function currency(text: string): string | null {
  const code = text.trim().toUpperCase();
  return currencies.has(code) ? code : null;
}
