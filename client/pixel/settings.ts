// A tag manager may run the script in a way that leaves no current one.
const script = (document.currentScript ??
  document.querySelector("script[data-key][src*='pixel.js']")) as HTMLScriptElement | null;
const data = script?.dataset ?? {};

/** A publishable key, `pk_…`. Without one there is nothing to do. */
export const key = data["key"];

/** `data-cookieless`: nothing is stored and nobody is recognised, until consent is given. */
export const isCookieless = data["cookieless"] !== undefined;

/** `data-consent`: nothing is sent or stored before somebody has agreed. */
export const needsConsent = data["consent"] !== undefined;

/** Beside the script, so that it also works under a path, or on the site's own host by a proxy. */
export const serverUrl = (path: string): string => new URL(path, script?.src).href;
