import { type CountryCode, isSupportedCountry } from "libphonenumber-js";
import type { UserErrorData } from "../../schema/errors.ts";
import { readLocale } from "../operations/locale.ts";
import { readTimeZone } from "../operations/time-zone.ts";

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
  read(
    "timeZone",
    readTimeZone,
    "TIME_ZONE_INVALID",
    "The time zone is none of the IANA database, such as Africa/Tunis.",
  );
  read("locale", readLocale, "LOCALE_INVALID", "The language is no BCP 47 tag, such as fr-TN.");
  read("currency", currency, "CURRENCY_INVALID", "The currency is no ISO 4217 code, such as TND.");
  return { settings, userErrors };
}

function country(text: string): CountryCode | null {
  const code = text.trim().toUpperCase();
  return isSupportedCountry(code) ? code : null;
}

function currency(text: string): string | null {
  const code = text.trim().toUpperCase();
  return currencies.has(code) ? code : null;
}
