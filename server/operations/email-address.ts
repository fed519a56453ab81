import { domainToASCII } from "node:url";

// A dot-atom without quotes and comments (RFC 5321 §4.1.2), and letters of all scripts in it (RFC 6531).
const localPart = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
// What ends a host in a URL, or is dropped from it: the domain is read by the URL standard's rules.
const notInDomain = /[\s\p{Cc}/\\?#:@%[\]]/u;
const domainLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The one spelling under which an e-mail address is stored and compared: trimmed, NFC, lower case, its domain in ASCII.
 * Null when it can't be an address that somebody on the internet has.
 */
export function normalizeEmail(text: string): string | null {
  const trimmed = text.trim().normalize("NFC").toLowerCase();
  const at = trimmed.lastIndexOf("@");
  if (at < 1) return null;
  const local = trimmed.slice(0, at);
  const written = trimmed.slice(at + 1);
  const domain = notInDomain.test(written) ? "" : domainToASCII(written); // "" when it is none
  const labels = domain.split(".");
  const hasDomain =
    labels.length >= 2 && labels.every((label) => domainLabel.test(label)) && !/^\d+$/.test(labels.at(-1) ?? "");
  if (!hasDomain || !localPart.test(local) || Buffer.byteLength(local) > 64) return null;
  const email = `${local}@${domain}`;
  return email.length <= 254 ? email : null;
}
