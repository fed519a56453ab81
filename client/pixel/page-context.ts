import { readConsent, shown } from "./privacy.ts";
import { landing } from "./visitor.ts";

declare const pixelVersion: string; // by scripts/build-pixel.mjs

/** What the page is at this moment, in Segment's words. */
export function readContext(url: string, referrer: string): object {
  const { utmSource, utmMedium, utmCampaign, utmTerm, utmContent } = landing.origin;
  const consent = readConsent();
  return {
    page: { url: shown(url), path: new URL(url).pathname, title: document.title, referrer: shown(referrer) },
    screen: { width: screen.width, height: screen.height },
    locale: navigator.language,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    campaign: { source: utmSource, medium: utmMedium, name: utmCampaign, term: utmTerm, content: utmContent },
    consent: consent ? { categoryPreferences: consent } : undefined,
    library: { name: "nexora-pixel", version: pixelVersion },
  };
}
