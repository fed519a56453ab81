import jwt from "jsonwebtoken";
import { LRUCache } from "lru-cache";
import { toId, toUuid } from "../operations/ids.ts";
import type { SigningKeys } from "./signing-keys.ts";

/** Whom an access token speaks for. Ids are uuids. What they may do is looked up, not carried. */
export interface AccessClaims {
  readonly tenantId: string;
  readonly memberId: string;
  readonly authSessionId: string;
  readonly expiresAt: Date;
}

export type AccessTokenVerdict =
  | { readonly outcome: "VALID"; readonly claims: AccessClaims }
  | { readonly outcome: "EXPIRED" }
  | { readonly outcome: "INVALID" };

export const accessTokenLifetimeMs = 15 * 60_000;

const algorithm = "HS256";
const issuer = "nexora";
const audience = "nexora-api";

/** JSON web tokens that prove a sign-in for a quarter of an hour. */
export class AccessTokens {
  readonly #keys: SigningKeys;
  /** Verified tokens: the signature of the same token is checked once. Expiry is checked each time. */
  readonly #verified = new LRUCache<string, AccessClaims>({ max: 10_000 });

  constructor(keys: SigningKeys) {
    this.#keys = keys;
  }

  async sign(subject: Omit<AccessClaims, "expiresAt">, now: Date): Promise<{ token: string; expiresAt: Date }> {
    const { id, key } = await this.#keys.current();
    const iat = Math.floor(now.getTime() / 1_000);
    const exp = iat + accessTokenLifetimeMs / 1_000;
    const claims = {
      iss: issuer,
      aud: audience,
      sub: toId("Member", subject.memberId),
      tenant: toId("Tenant", subject.tenantId),
      sid: subject.authSessionId,
      iat,
      exp,
    };
    return { token: jwt.sign(claims, key, { algorithm, keyid: id }), expiresAt: new Date(exp * 1_000) };
  }

  /** The claims of a token that was verified before and hasn't expired. */
  known(token: string, now: Date): AccessClaims | undefined {
    const claims = this.#verified.get(token);
    return claims !== undefined && claims.expiresAt > now ? claims : undefined;
  }

  async verify(token: string, now: Date): Promise<AccessTokenVerdict> {
    const known = this.#verified.get(token);
    if (known !== undefined)
      return known.expiresAt > now ? { outcome: "VALID", claims: known } : { outcome: "EXPIRED" };
    const kid = keyIdOf(token);
    const key = kid === undefined ? null : await this.#keys.find(kid);
    if (key === null) return { outcome: "INVALID" };
    try {
      const clockTimestamp = Math.floor(now.getTime() / 1_000);
      const claims = claimsOf(
        jwt.verify(token, key.key, { algorithms: [algorithm], issuer, audience, clockTimestamp }),
      );
      if (claims === null) return { outcome: "INVALID" };
      this.#verified.set(token, claims);
      return { outcome: "VALID", claims };
    } catch (error) {
      if (error instanceof jwt.TokenExpiredError) return { outcome: "EXPIRED" };
      if (error instanceof jwt.JsonWebTokenError || error instanceof SyntaxError) return { outcome: "INVALID" };
      throw error;
    }
  }
}

function keyIdOf(token: string): string | undefined {
  try {
    return jwt.decode(token, { complete: true })?.header.kid;
  } catch {
    return undefined; // a part of it isn't JSON
  }
}

function claimsOf(payload: string | jwt.JwtPayload): AccessClaims | null {
  if (typeof payload === "string") return null;
  const { sub, tenant, sid, exp } = payload as Record<string, unknown>;
  if (typeof sub !== "string" || typeof tenant !== "string" || typeof sid !== "string" || typeof exp !== "number")
    return null;
  const memberId = toUuid("Member", sub);
  const tenantId = toUuid("Tenant", tenant);
  if (memberId === null || tenantId === null) return null;
  return { memberId, tenantId, authSessionId: sid, expiresAt: new Date(exp * 1_000) };
}
