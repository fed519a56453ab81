import { normalizeEmail } from "../operations/email-address.ts";
import { readLocale } from "../operations/locale.ts";
import { normalizeName } from "../operations/names.ts";
import { normalizePhone } from "../operations/phone-number.ts";
import { readTimeZone } from "../operations/time-zone.ts";
import type { Refuser } from "./refusals.ts";

type Path = readonly string[];

/** Names stand in mails to people whom nobody has asked yet: they aren't to carry a stranger's links. */
const isAddress = /@|:\/\/|\bwww\./i;

/** Empty when it was refused. */
export function checkName(refuser: Refuser<"NAME_INVALID">, value: string | null | undefined, path: Path): string {
  const name = normalizeName(value ?? "");
  if (name === null) {
    refuser.refuse("NAME_INVALID", "A name has 1 to 200 characters, none of them a control character.", path);
  } else if (isAddress.test(name)) {
    refuser.refuse("NAME_INVALID", "A name isn't an address.", path);
  }
  return name ?? "";
}

/** Empty when it was refused. */
export function checkEmail(refuser: Refuser<"EMAIL_INVALID">, value: string, path: Path): string {
  const email = normalizeEmail(value);
  if (email === null) refuser.refuse("EMAIL_INVALID", "This isn't an e-mail address.", path);
  return email ?? "";
}

export function checkOptionalEmail(
  refuser: Refuser<"EMAIL_INVALID">,
  value: string | null | undefined,
  path: Path,
): string | null {
  return isMissing(value) ? null : checkEmail(refuser, value, path);
}

export function checkPhone(
  refuser: Refuser<"PHONE_INVALID">,
  value: string | null | undefined,
  country: string,
  path: Path,
): string | null {
  if (isMissing(value)) return null;
  const phone = normalizePhone(value, country);
  if (phone === null) {
    const message = value.trim().startsWith("+")
      ? "This isn't a phone number."
      : `This isn't a phone number of ${country}. Numbers of other countries begin with "+".`;
    refuser.refuse("PHONE_INVALID", message, path);
  }
  return phone;
}

export function checkTimeZone(
  refuser: Refuser<"TIME_ZONE_INVALID">,
  value: string | null | undefined,
  fallback: string,
  path: Path,
): string {
  if (isMissing(value)) return fallback;
  const zone = readTimeZone(value);
  if (zone === null) {
    const message = "The time zone is none of the IANA database, such as Africa/Tunis.";
    refuser.refuse("TIME_ZONE_INVALID", message, path);
  }
  return zone ?? fallback;
}

export function checkLocale(
  refuser: Refuser<"LOCALE_INVALID">,
  value: string | null | undefined,
  fallback: string,
  path: Path,
): string {
  if (isMissing(value)) return fallback;
  const locale = readLocale(value);
  if (locale === null) refuser.refuse("LOCALE_INVALID", "The language is no BCP 47 tag, such as fr-TN.", path);
  return locale ?? fallback;
}

export function checkGrade(
  refuser: Refuser<"GRADE_INVALID">,
  value: string | null | undefined,
  path: Path,
): string | null {
  if (isMissing(value)) return null;
  const grade = value.trim();
  if (grade.length <= 100) return grade;
  refuser.refuse("GRADE_INVALID", "A grade has at most 100 characters.", path);
  return null;
}

export function checkGoals(refuser: Refuser<"GOALS_INVALID">, value: readonly string[], path: Path): string[] {
  return checkTexts(value, { most: 20, length: 500 }, (message, at) =>
    refuser.refuse("GOALS_INVALID", message, [...path, ...at]),
  );
}

export function checkSubjects(
  refuser: Refuser<"SUBJECTS_INVALID">,
  value: readonly string[],
  most: number,
  path: Path,
): string[] {
  return checkTexts(value, { most, length: 100 }, (message, at) =>
    refuser.refuse("SUBJECTS_INVALID", message, [...path, ...at]),
  );
}

/** Trimmed, each once, in the order given. */
function checkTexts(
  value: readonly string[],
  limit: { readonly most: number; readonly length: number },
  refuse: (message: string, at: Path) => void,
): string[] {
  if (value.length > limit.most) {
    refuse(`At most ${limit.most} are possible.`, []);
    return [];
  }
  const texts = value.map((text) => text.trim().normalize("NFC"));
  const bad = texts.findIndex((text) => text === "" || text.length > limit.length);
  if (bad >= 0) refuse(`Each has 1 to ${limit.length} characters.`, [String(bad)]);
  return [...new Set(texts)];
}

function isMissing(value: string | null | undefined): value is null | undefined | "" {
  return value == null || value.trim() === "";
}
