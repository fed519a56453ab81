import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

/** The name that stands in front of each signature, for every tenant of every installation: the key tells them apart. */
export const keyName = "nexora";

/** Ed25519 in signed notes (https://c2sp.org/signed-note). */
const signatureType = Buffer.from([0x01]);

/** PKCS #8 of an Ed25519 private key, up to its 32 bytes (RFC 8410 §7). */
const privateKeyPrefix = Buffer.from("302e020100300506032b657004220420", "hex");

export interface SigningKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Buffer;
}

/** The key whose private half are these 32 bytes. */
export function signingKeyFrom(seed: Uint8Array): SigningKey {
  const privateKey = createPrivateKey({ key: Buffer.concat([privateKeyPrefix, seed]), format: "der", type: "pkcs8" });
  const { x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  const publicKey = Buffer.from(x, "base64url");
  return { id: keyIdOf(publicKey), privateKey, publicKey };
}

/** The bytes that stand in front of a signature to say whose it is: of the key's name and of the key. */
export function keyIdOf(publicKey: Uint8Array): string {
  const named = Buffer.concat([Buffer.from(`${keyName}\n`), signatureType, publicKey]);
  return createHash("sha256").update(named).digest("hex").slice(0, 8);
}

/** The key as programs for signed notes take it: `nexora+1a2b3c4d+AW…`. */
export function verifierKeyOf(publicKey: Uint8Array): string {
  return `${keyName}+${keyIdOf(publicKey)}+${Buffer.concat([signatureType, publicKey]).toString("base64")}`;
}

/** For node:crypto. */
export function toPublicKeyObject(publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: toJwk(publicKey), format: "jwk" });
}

/** RFC 8037. */
export function toJwk(publicKey: Uint8Array): { kty: "OKP"; crv: "Ed25519"; x: string } {
  return { kty: "OKP", crv: "Ed25519", x: Buffer.from(publicKey).toString("base64url") };
}
