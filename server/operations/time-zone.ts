/** The IANA zone that a text names, in the right case; null when there is none. */
export function readTimeZone(text: string): string | null {
  if (!/^[a-z]/i.test(text)) return null; // Intl also takes offsets, which know no summer time
  try {
    const resolved = new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone;
    // Right the case, but keep a name that ICU would replace by an older one (Asia/Kolkata by Asia/Calcutta).
    return resolved.toLowerCase() === text.toLowerCase() ? resolved : text;
  } catch {
    return null; // Intl's way to say "unknown"
  }
}
