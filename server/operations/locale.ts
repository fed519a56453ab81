/** The BCP 47 tag in its canonical spelling; null when it is malformed. */
export function readLocale(text: string): string | null {
  try {
    return text.length <= 35 ? (Intl.getCanonicalLocales(text)[0] ?? null) : null;
  } catch {
    return null; // Intl's way to say "malformed"
  }
}
