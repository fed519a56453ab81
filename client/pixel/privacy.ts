import { read, readJson } from "./page-storage.ts";
import { isCookieless, needsConsent } from "./settings.ts";

// What may be sent and stored. Decided anew each time: it can change in another tab.

/** Purposes and whether they were agreed to; `analytics` is the one that counts here. */
export type Consent = Readonly<Record<string, boolean>>;

const { doNotTrack, globalPrivacyControl } = navigator as Navigator & {
  doNotTrack?: string | null;
  globalPrivacyControl?: boolean;
};

/** Global Privacy Control (w3c.github.io/gpc) or its predecessor. */
const isPrivacyAsked = globalPrivacyControl || doNotTrack === "1";

/** An address as it may be told: what follows its path can name a person, as an advertisement's click id does. */
export const shown = (address: string): string => (isPrivacyAsked ? address.replace(/[?#].*/, "") : address);

export const readConsent = () => readJson("consent") as Consent | null;
const hasAgreed = () => readConsent()?.["analytics"];

/** Nothing is recorded: opted out, excluded, or consent was refused. */
export const isOff = (): boolean => !!read("off") || (!isCookieless && hasAgreed() === false);

/** Nobody has said yet: what happens waits in memory. */
export const isHeld = (): boolean => needsConsent && !isCookieless && hasAgreed() === undefined;

/** Whether a visitor may be recognised: only then there are identifiers and stored events. */
export const isIdentified = (): boolean =>
  !isPrivacyAsked && !isOff() && (hasAgreed() ?? !(isCookieless || needsConsent));
