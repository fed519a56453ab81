import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { deriveKey } from "../operations/derive-key.ts";
import { type IssuedToken, issueToken, parseToken, type PresentedToken, type TokenOwner } from "./opaque-token.ts";

const randomSize = 16;
const macSize = 16;

/**
 * Refresh tokens carry a MAC, so that "an old token of this session" and "a made-up one" differ: only the former is reuse
 * and ends the session, and a stranger who knows a session's id can't end it.
 */
export class RefreshTokens {
  readonly #key: Buffer;

  constructor(secret: string) {
    this.#key = deriveKey(secret, "refresh-token");
  }

  issue(owner: TokenOwner): IssuedToken {
    const random = randomBytes(randomSize);
    return issueToken("REFRESH", owner, Buffer.concat([random, this.#mac(owner, random)]));
  }

  /** Null unless we issued it. */
  parse(text: string): PresentedToken | null {
    const token = parseToken("REFRESH", text);
    if (token === null) return null;
    const mac = this.#mac(token, token.secret.subarray(0, randomSize));
    return timingSafeEqual(mac, token.secret.subarray(randomSize)) ? token : null;
  }

  #mac({ tenantId, rowId }: TokenOwner, random: Buffer): Buffer {
    return createHmac("sha256", this.#key).update(`${tenantId}/${rowId}/`).update(random).digest().subarray(0, macSize);
  }
}
