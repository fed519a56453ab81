import { hash, randomBytes } from "node:crypto";

/** The prefix tells people, secret scanners and the log's redaction what they found. */
const prefixes = {
  SECRET: "nx_live_",
  PUBLISHABLE: "pk_",
  REFRESH: "nx_refresh_",
  INVITE: "nx_invite_",
  FEED: "nx_feed_",
  EMAIL: "nx_email_",
} as const;

export type TokenKind = keyof typeof prefixes;

/** Where a token's row is, so that finding it never searches across tenants. */
export interface TokenOwner {
  readonly tenantId: string;
  readonly rowId: string;
}

export interface IssuedToken {
  /** Shown once, stored nowhere. */
  readonly text: string;
  /** What the database keeps. A fast hash is enough: the secret has 256 random bits, nothing can be guessed. */
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly lastFour: string;
}

export interface PresentedToken extends TokenOwner {
  readonly secret: Buffer;
  readonly hash: Uint8Array<ArrayBuffer>;
}

const uuidBytes = 16;
const secretBytes = 32;
const tokenBytes = 2 * uuidBytes + secretBytes;

export function issueToken(kind: TokenKind, owner: TokenOwner, secret: Buffer = randomBytes(secretBytes)): IssuedToken {
  const bytes = Buffer.concat([bytesOf(owner.tenantId), bytesOf(owner.rowId), secret]);
  if (bytes.length !== tokenBytes) throw new Error("a token is two uuids and a secret of 32 bytes");
  const text = prefixes[kind] + bytes.toString("base64url");
  return { text, hash: hashOf(secret), lastFour: text.slice(-4) };
}

/** Null when the text isn't a token of this kind. Says nothing about whether the token is valid. */
export function parseToken(kind: TokenKind, text: string): PresentedToken | null {
  if (!text.startsWith(prefixes[kind])) return null;
  const encoded = text.slice(prefixes[kind].length);
  const bytes = Buffer.from(encoded, "base64url");
  // Node skips what isn't base64url: only a text that comes out the same is what we issued.
  if (bytes.length !== tokenBytes || bytes.toString("base64url") !== encoded) return null;
  const secret = bytes.subarray(2 * uuidBytes);
  return {
    tenantId: uuidOf(bytes.subarray(0, uuidBytes)),
    rowId: uuidOf(bytes.subarray(uuidBytes, 2 * uuidBytes)),
    secret,
    hash: hashOf(secret),
  };
}

function hashOf(secret: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hash("sha256", secret, "buffer"));
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}

function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
