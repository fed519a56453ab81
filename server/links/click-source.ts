import { isbot } from "isbot";
import { countryOf } from "../operations/visitor-headers.ts";

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

/** What a request says of its click. `source` is the request's own utm_source, or the link's. */
export function readClickSource(
  headers: Headers,
  { source, isProxied }: { readonly source: string; readonly isProxied: boolean },
): ClickSource {
  return {
    referrer: referrerOf(text(headers["referer"])),
    source: readable(source),
    device: deviceOf(text(headers["user-agent"]), text(headers["sec-ch-ua-mobile"])),
    country: isProxied ? (countryOf(headers) ?? "") : "", // else everybody could claim one
  };
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
