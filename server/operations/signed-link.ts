import { createHmac, timingSafeEqual } from "node:crypto";

/** What a link allows: one thing of one tenant, handed to one principal, for a while. Ids are uuids. */
export interface LinkGrant {
  readonly tenantId: string;
  readonly subjectId: string;
  readonly principalId: string;
  readonly expiresAt: Date;
}

const uuidBytes = 16;
const timeBytes = 6;
const macBytes = 16;
const tokenBytes = 3 * uuidBytes + timeBytes + macBytes;

/** Writes and reads the secret part of links that work without another credential. A key for each kind of link. */
export class SignedLinks {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  sign({ tenantId, subjectId, principalId, expiresAt }: LinkGrant): string {
    const time = Buffer.alloc(timeBytes);
    time.writeUIntBE(expiresAt.getTime(), 0, timeBytes);
    const bytes = Buffer.concat([bytesOf(tenantId), bytesOf(subjectId), bytesOf(principalId), time]);
    return Buffer.concat([bytes, this.#mac(bytes)]).toString("base64url");
  }

  /** Null: not one of ours. Whether it has expired is for the caller to say. */
  read(token: string): LinkGrant | null {
    const bytes = Buffer.from(token, "base64url");
    if (bytes.length !== tokenBytes || bytes.toString("base64url") !== token) return null;
    const payload = bytes.subarray(0, tokenBytes - macBytes);
    if (!timingSafeEqual(this.#mac(payload), bytes.subarray(tokenBytes - macBytes))) return null;
    const uuid = (index: number) => uuidOf(payload.subarray(index * uuidBytes, (index + 1) * uuidBytes));
    return {
      tenantId: uuid(0),
      subjectId: uuid(1),
      principalId: uuid(2),
      expiresAt: new Date(payload.readUIntBE(3 * uuidBytes, timeBytes)),
    };
  }

  #mac(bytes: Buffer): Buffer {
    return createHmac("sha256", this.#key).update(bytes).digest().subarray(0, macBytes);
  }
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
