import { isbot } from "isbot";

export type ClickDevice = "DESKTOP" | "MOBILE" | "TABLET" | "BOT";

/** What is kept of who took a link: nothing that is one person's. */
export interface ClickSource {
  /** Host of the page that the link was on; empty: unknown. */
  readonly referrer: string;
  /** utm_source; empty: none. */
  readonly source: string;
  readonly device: ClickDevice;
  /** ISO 3166-1; empty: unknown. */
  readonly country: string;
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

const maxSource = 100;
/** Who stands in front of the server tells the country by one of these. */
const countryHeaders = ["cf-ipcountry", "cloudfront-viewer-country", "x-vercel-ip-country", "x-country-code"] as const;
/** Cloudflare's "unknown" and "Tor". */
const noCountries: ReadonlySet<string> = new Set(["XX", "T1"]);

/** What a request says of its click. `source` is the request's own utm_source, or the link's. */
export function readClickSource(
  headers: Headers,
  { source, isProxied }: { readonly source: string; readonly isProxied: boolean },
): ClickSource {
  return {
    referrer: referrerOf(text(headers["referer"])),
    source: readable(source),
    device: deviceOf(text(headers["user-agent"]), text(headers["sec-ch-ua-mobile"])),
    country: isProxied ? countryOf(headers) : "", // else anybody could say any
  };
}

/** Whether a browser, or a program that shows a preview, only looks ahead: nobody has clicked. */
export function isPrefetch(headers: Headers): boolean {
  return ["sec-purpose", "purpose", "x-purpose", "x-moz"].some((name) =>
    /prefetch|prerender|preview/i.test(text(headers[name])),
  );
}

/** Tablets say either so or, on Android, that they aren't mobile. An iPad that asks for desktop pages is one for us, too. */
export function deviceOf(userAgent: string, mobileHint = ""): ClickDevice {
  if (userAgent === "" || isbot(userAgent)) return "BOT"; // every browser says who it is
  if (/ipad|tablet|kindle|silk|playbook/i.test(userAgent)) return "TABLET";
  if (/android/i.test(userAgent)) return /mobi/i.test(userAgent) || mobileHint === "?1" ? "MOBILE" : "TABLET";
  return /mobi|iphone|ipod|windows phone/i.test(userAgent) || mobileHint === "?1" ? "MOBILE" : "DESKTOP";
}

/** The host alone: the page's address may say who reads it. */
function referrerOf(address: string): string {
  if (!URL.canParse(address)) return "";
  return new URL(address).hostname.replace(/^www\./, "").slice(0, 253);
}

function countryOf(headers: Headers): string {
  for (const name of countryHeaders) {
    const country = text(headers[name]).toUpperCase();
    if (/^[A-Z]{2}$/.test(country) && !noCountries.has(country)) return country;
  }
  return "";
}

/** A text of a stranger's as the database can keep it. */
function readable(value: string): string {
  return Array.from(
    value
      .toWellFormed()
      .replace(/\p{Cc}/gu, "")
      .trim(),
  )
    .slice(0, maxSource)
    .join("");
}

function text(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : (value?.[0] ?? "");
}
