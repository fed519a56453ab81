import { sign, verify } from "node:crypto";
import { keyIdOf, keyName, type SigningKey, toPublicKeyObject } from "./checkpoint-key.ts";

/** What a checkpoint says: so many entries, with this root, at this time. */
export interface CheckpointText {
  /** Whose journal it is: `nexora/tenant_01k…`. */
  readonly origin: string;
  readonly treeSize: number;
  readonly root: Buffer;
  readonly signedAt: Date;
}

export interface CheckpointNote extends CheckpointText {
  readonly keyId: string;
  readonly text: string;
  readonly signature: Buffer;
}

export const originOf = (tenantId: string) => `nexora/${tenantId}`;

/**
 * The checkpoint as a signed note: https://c2sp.org/tlog-checkpoint, with the time as its one further line. The text is what
 * is signed, byte for byte.
 */
export function signCheckpoint(checkpoint: CheckpointText, { id, privateKey }: SigningKey): string {
  const text = textOf(checkpoint);
  const signature = sign(null, Buffer.from(text), privateKey);
  return `${text}\n— ${keyName} ${Buffer.concat([Buffer.from(id, "hex"), signature]).toString("base64")}\n`;
}

const notePattern =
  /^(?<text>(?<origin>\S+)\n(?<size>[1-9]\d{0,15})\n(?<root>[A-Za-z0-9+/]{43}=)\ntime (?<time>\S+)\n)\n— nexora (?<signature>[A-Za-z0-9+/]+=*)\n$/;

/** Reads a note; null when it isn't exactly what signCheckpoint writes. That its signature is good isn't said yet. */
export function parseCheckpoint(note: string): CheckpointNote | null {
  const { text, origin, size, root, time, signature } = notePattern.exec(note)?.groups ?? {};
  if (!text || !origin || !size || !root || !time || !signature) return null;
  const signed = Buffer.from(signature, "base64");
  // Base64 has several texts for the same bytes: only one of them is ours.
  if (signed.length !== 68 || signed.toString("base64") !== signature) return null;
  const treeSize = Number(size);
  const signedAt = new Date(time);
  if (!Number.isSafeInteger(treeSize) || Number.isNaN(signedAt.getTime())) return null;
  const parsed = { origin, treeSize, root: Buffer.from(root, "base64"), signedAt };
  if (textOf(parsed) !== text) return null;
  return { ...parsed, text, keyId: signed.toString("hex", 0, 4), signature: signed.subarray(4) };
}

/** Whether the owner of this key has signed it. */
export function isSignedBy({ keyId, text, signature }: CheckpointNote, publicKey: Uint8Array): boolean {
  return keyIdOf(publicKey) === keyId && verify(null, Buffer.from(text), toPublicKeyObject(publicKey), signature);
}

function textOf({ origin, treeSize, root, signedAt }: CheckpointText): string {
  return `${origin}\n${treeSize}\n${root.toString("base64")}\ntime ${signedAt.toISOString()}\n`;
}
