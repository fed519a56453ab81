import { hkdfSync } from "node:crypto";

/** A key for one purpose, from the installation's secret (HKDF, RFC 5869): one secret to keep, no key used for two things. */
export function deriveKey(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", secret, "nexora", purpose, 32));
}
