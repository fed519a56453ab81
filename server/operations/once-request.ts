import { createHmac, type KeyObject } from "node:crypto";
import type { KeyedRequest } from "../journal/keyed-request.ts";
import type { Principal } from "./principal.ts";

const nobody = "00000000-0000-0000-0000-000000000000";

export interface OnceRequestOptions {
  /** From the installation's secret: without it neither keys nor arguments (a password, an address) can be guessed from a row. */
  readonly hashKey: KeyObject;
  readonly principal: Principal;
  readonly key: string;
  readonly field: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly encode: (result: object) => string;
}

/** A root field of a mutation that is to be done once. */
export class OnceRequest implements KeyedRequest {
  readonly principalId: string;
  readonly keyHash: Buffer;
  readonly fingerprint: Buffer;
  readonly encode: (result: object) => string;
  isLookedUp = false;
  /** Without a credential it is known when the service has found out whose tenant it is about. */
  tenantId: string | undefined;

  constructor({ hashKey, principal, key, field, args, encode }: OnceRequestOptions) {
    this.principalId = idOf(principal);
    this.tenantId = principal.kind === "ANONYMOUS" ? undefined : principal.tenantId;
    this.keyHash = createHmac("sha256", hashKey).update(`key ${key}`).digest();
    this.fingerprint = createHmac("sha256", hashKey)
      .update(canonicalJson([field, args]))
      .digest();
    this.encode = encode;
  }

  /** A uuid that belongs to the key (version 8, RFC 9562): what a repeated request would make, it finds under the same id. */
  get derivedUuid(): string {
    const bytes = Buffer.from(this.keyHash.subarray(16));
    bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
    bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
    return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  }
}

function idOf(principal: Principal): string {
  switch (principal.kind) {
    case "ANONYMOUS":
      return nobody;
    case "MEMBER":
      return principal.memberId;
    case "API_KEY":
    case "PUBLISHABLE_KEY":
      return principal.keyId;
  }
}

/** The same text for the same arguments, whatever order their members came in. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (typeof member === "bigint") return `${member}n`;
    if (typeof member !== "object" || member === null || Array.isArray(member)) return member;
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
