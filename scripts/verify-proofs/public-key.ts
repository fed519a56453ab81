import { keyIdOf } from "../../server/journal/proofs/checkpoint-key.ts";

/** A public key as people have it: base64 of its 32 bytes, or a verifier key of signed notes. */
export function readPublicKey(text: string): Buffer {
  const [, id, encoded] = /^nexora\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text) ?? [];
  const bytes = Buffer.from(encoded ?? text, "base64");
  const key = encoded === undefined ? bytes : bytes.subarray(1);
  const isKey = key.length === 32 && (encoded === undefined || (bytes[0] === 1 && keyIdOf(key) === id));
  if (!isKey) throw new Error(`${text} is no public key: 32 bytes in base64, or nexora+<id>+<key>`);
  return key;
}
