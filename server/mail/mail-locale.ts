/** The languages that mail is written in. */
export type MailLocale = "fr" | "en";

/** The language of a BCP 47 tag; what we don't speak reads English. The tag itself still tells how dates are written. */
export function languageOf(locale: string): { readonly language: MailLocale; readonly locale: string } {
  const [known] = Intl.getCanonicalLocales(isTag(locale) ? locale : "en");
  const language = known?.split("-")[0];
  return language === "fr" || language === "en"
    ? { language, locale: known ?? language }
    : { language: "en", locale: "en-GB" };
}

function isTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}
