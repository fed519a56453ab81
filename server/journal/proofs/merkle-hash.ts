import { createHash } from "node:crypto";

const leafPrefix = Buffer.from([0x00]);
const nodePrefix = Buffer.from([0x01]);

/** RFC 6962 §2.1: leaves and nodes begin differently, so that neither can be passed off as the other. */
export function leafHash(entry: Uint8Array): Buffer {
  return createHash("sha256").update(leafPrefix).update(entry).digest();
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  return createHash("sha256").update(nodePrefix).update(left).update(right).digest();
}
