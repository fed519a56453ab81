const maxLength = 2_000;

/**
 * An address that a link may lead to, as the URL standard writes it; null: it may not. Only what a browser opens as a page, and
 * nothing with a user or password in it, which is how addresses are made to look like another site's.
 */
export function readTarget(text: string, ownUrl: string): string | null {
  if (text.length > maxLength || !URL.canParse(text)) return null;
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  if (url.username !== "" || url.password !== "" || url.hostname === "") return null;
  // Two links that lead to each other would never let a browser go.
  if (url.href.toLowerCase().startsWith(new URL(`${ownUrl}/l/`).href.toLowerCase())) return null;
  return fits(url.href) ? url.href : null;
}

/** Whether an address is short enough for every browser, proxy and header. */
export function fits(address: string): boolean {
  return address.length <= maxLength;
}
