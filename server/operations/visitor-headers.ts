type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Who stands in front of the server tells the country by one of these. */
const countryHeaders = ["cf-ipcountry", "cloudfront-viewer-country", "x-vercel-ip-country", "x-country-code"] as const;
/** Cloudflare's "unknown" and "Tor". */
const noCountries: ReadonlySet<string> = new Set(["XX", "T1"]);

/** The visitor's country (ISO 3166-1 alpha-2) as a proxy tells it; null where none does. Believe it behind a proxy of one's own only. */
export function countryOf(headers: Headers): string | null {
  for (const name of countryHeaders) {
    const country = text(headers[name]).toUpperCase();
    if (/^[A-Z]{2}$/.test(country) && !noCountries.has(country)) return country;
  }
  return null;
}

/** Whether a browser, or a program that shows a preview, only looks ahead: nobody has opened the page, or clicked. */
export function isPrefetch(headers: Headers): boolean {
  return ["sec-purpose", "purpose", "x-purpose", "x-moz"].some((name) =>
    /prefetch|prerender|preview/i.test(text(headers[name])),
  );
}

function text(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : (value?.[0] ?? "");
}
