import { hash } from "node:crypto";

const pattern = /^sha256:([0-9a-f]{64})$/i;

/** The hash in a document's id; null when it isn't one. */
export function hashOfId(documentId: string): Buffer | null {
  const hex = pattern.exec(documentId)?.[1];
  return hex === undefined ? null : Buffer.from(hex, "hex");
}

/** The id of a document's text. */
export function documentIdOf(text: string): string {
  return idOfHash(hash("sha256", text, "buffer"));
}

export function idOfHash(sha256: Uint8Array): string {
  return `sha256:${Buffer.from(sha256).toString("hex")}`;
}
