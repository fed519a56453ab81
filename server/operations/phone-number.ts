import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";

/** The number in E.164; null when it is none, or national and not one of this country. */
export function normalizePhone(text: string, defaultCountry: string): string | null {
  if (text.length > 100) return null;
  const country = defaultCountry.trim().toUpperCase();
  const options = isSupportedCountry(country) ? { defaultCountry: country satisfies CountryCode } : {};
  const parsed = parsePhoneNumberFromString(text.trim(), { ...options, extract: false });
  return parsed?.isValid() === true ? parsed.number : null;
}
