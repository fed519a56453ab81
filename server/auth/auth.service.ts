import { timingSafeEqual } from "node:crypto";
import { LRUCache } from "lru-cache";
import { AppError } from "../operations/app-error.ts";
import type { Principal } from "../operations/principal.ts";
import type { AccessClaims, AccessTokens } from "./access-tokens.ts";
import type { GrantService, KeyGrant, MemberGrant } from "./grants.service.ts";
import { parseToken, type PresentedToken } from "./opaque-token.ts";

export interface AuthRequest {
  /** The Origin header, as browsers send it. */
  readonly origin?: string | undefined;
  readonly address: string | null;
}

interface PresentedKey extends PresentedToken {
  readonly kind: KeyGrant["kind"];
}

/** Tells who a request comes from. */
export class AuthService {
  readonly #accessTokens: AccessTokens;
  readonly #grants: GrantService;
  readonly #clock: () => Date;
  /** What stands in keys that were valid: reading and hashing the same text is done once. Validity is checked each time. */
  readonly #keys = new LRUCache<string, PresentedKey>({ max: 10_000 });

  constructor(accessTokens: AccessTokens, grants: GrantService, clock: () => Date) {
    this.#accessTokens = accessTokens;
    this.#grants = grants;
    this.#clock = clock;
  }

  /**
   * The principal behind `Bearer <access token | secret key | publishable key>`. Without a header it is anonymous; with one
   * that isn't valid this throws UNAUTHENTICATED, and FORBIDDEN for a publishable key on a foreign page.
   */
  async authenticate(authorization: string | undefined, request: AuthRequest): Promise<Principal> {
    if (authorization === undefined || authorization.trim() === "") return { kind: "ANONYMOUS" };
    const token = bearerToken(authorization);
    if (token === undefined) throw invalidCredential();
    const key = this.#keys.get(token) ?? parseKey(token);
    if (key === null) return this.#member(token);
    const grant = await this.#validKey(key);
    this.#keys.set(token, key); // only once it has proved valid: strangers can't push keys in use out
    if (!isPageAllowed(grant, request)) {
      throw new AppError("FORBIDDEN", "This key isn't for pages of this origin.", { reason: "ORIGIN" });
    }
    return principalOf(key, grant);
  }

  /**
   * The same without waiting, where all that is asked for is in memory: so for most requests. Undefined: authenticate. What
   * isn't valid is told there.
   */
  known(authorization: string | undefined, request: AuthRequest): Principal | undefined {
    const token = authorization === undefined ? undefined : bearerToken(authorization);
    if (token === undefined) return undefined;
    const now = this.#clock();
    const key = this.#keys.get(token);
    if (key === undefined) {
      const claims = this.#accessTokens.known(token, now);
      const grant = claims === undefined ? undefined : this.#grants.knownMember(claims);
      return claims === undefined || grant == null || !isInForce(grant) ? undefined : memberOf(claims, grant);
    }
    const grant = this.#grants.knownKey(key.tenantId, key.rowId);
    if (grant == null || !isValid(key, grant) || isExpired(grant, now)) return undefined;
    if (!this.#grants.isUseNoted(grant, now) || !isPageAllowed(grant, request)) return undefined;
    return principalOf(key, grant);
  }

  /** Whether what a long-lived connection was allowed when it began still holds. */
  async isStillValid(principal: Principal): Promise<boolean> {
    if (principal.kind === "ANONYMOUS") return true;
    const now = this.#clock();
    if (principal.expiresAt !== null && principal.expiresAt <= now) return false;
    if (principal.kind === "MEMBER") {
      const grant = await this.#grants.memberGrant(principal);
      return (
        grant !== null &&
        grant.isActive &&
        !grant.isSessionRevoked &&
        grant.sessionExpiresAt > now &&
        grant.role === principal.role
      );
    }
    const grant = await this.#grants.keyGrant(principal.tenantId, principal.keyId);
    if (grant === null || grant.isRevoked) return false;
    return principal.documentMode === undefined || principal.documentMode === grant.documentMode;
  }

  /** Hands on what the journal says, so that a revocation by another process takes effect at once. See GrantService. */
  observe(entry: { readonly tenantId: string; readonly type: string }): boolean {
    return this.#grants.observe(entry);
  }

  async #member(token: string): Promise<Principal> {
    const now = this.#clock();
    const verdict = await this.#accessTokens.verify(token, now);
    if (verdict.outcome === "EXPIRED") throw expiredCredential();
    if (verdict.outcome === "INVALID") throw invalidCredential();
    const { claims } = verdict;
    const grant = await this.#grants.memberGrant(claims);
    if (grant === null || !isInForce(grant)) throw invalidCredential();
    return memberOf(claims, grant);
  }

  async #validKey(key: PresentedKey): Promise<KeyGrant> {
    const { tenantId, rowId } = key;
    const grant = await this.#grants.keyGrant(tenantId, rowId);
    if (grant === null || !isValid(key, grant)) throw invalidCredential();
    const now = this.#clock();
    if (isExpired(grant, now)) throw expiredCredential();
    await this.#grants.noteUse(tenantId, rowId, grant, now);
    return grant;
  }
}

function parseKey(text: string): PresentedKey | null {
  for (const kind of ["SECRET", "PUBLISHABLE"] as const) {
    const token = parseToken(kind, text);
    if (token !== null) return { kind, ...token };
  }
  return null;
}

function bearerToken(authorization: string): string | undefined {
  return /^Bearer +([^\s]+) *$/i.exec(authorization)?.[1];
}

function isInForce({ isActive, isSessionRevoked }: MemberGrant): boolean {
  return isActive && !isSessionRevoked;
}

function memberOf(claims: AccessClaims, { role }: MemberGrant): Principal {
  return { kind: "MEMBER", ...claims, role };
}

function isValid({ kind, hash }: PresentedKey, grant: KeyGrant): boolean {
  return grant.kind === kind && timingSafeEqual(hash, grant.secretHash) && !grant.isRevoked;
}

function isExpired({ expiresAt }: KeyGrant, now: Date): boolean {
  return expiresAt !== null && expiresAt <= now;
}

/** Browsers name their origin on each POST and socket; who doesn't is no page of the allow-list. */
function isPageAllowed({ kind, allowedOrigins }: KeyGrant, { origin }: AuthRequest): boolean {
  if (kind === "SECRET" || allowedOrigins.length === 0) return true;
  return origin !== undefined && allowedOrigins.includes(origin.toLowerCase());
}

function principalOf({ kind, tenantId, rowId }: PresentedKey, grant: KeyGrant): Principal {
  const { scopes, expiresAt, documentMode } = grant;
  return kind === "SECRET"
    ? { kind: "API_KEY", tenantId, keyId: rowId, scopes, expiresAt, documentMode }
    : { kind: "PUBLISHABLE_KEY", tenantId, keyId: rowId, expiresAt, documentMode };
}

function invalidCredential(): AppError {
  return new AppError("UNAUTHENTICATED", "The credential isn't valid.", { reason: "CREDENTIAL" });
}

function expiredCredential(): AppError {
  return new AppError("UNAUTHENTICATED", "The credential has expired.", {
    reason: "CREDENTIAL",
    details: { expired: true },
  });
}
