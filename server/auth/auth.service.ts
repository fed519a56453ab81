import { timingSafeEqual } from "node:crypto";
import { LRUCache } from "lru-cache";
import { AppError } from "../operations/app-error.ts";
import type { Principal } from "../operations/principal.ts";
import type { AccessTokens } from "./access-tokens.ts";
import type { GrantService, KeyGrant } from "./grants.service.ts";
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
    const token = /^Bearer +([^\s]+) *$/i.exec(authorization)?.[1];
    if (token === undefined) throw invalidCredential();
    const key = this.#keys.get(token) ?? parseKey(token);
    if (key === null) return this.#member(token);
    const grant = await this.#validKey(key);
    this.#keys.set(token, key); // only once it has proved valid: strangers can't push keys in use out
    return key.kind === "SECRET" ? secretKey(key, grant) : publishableKey(key, grant, request);
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
    if (grant === null || !grant.isActive || grant.isSessionRevoked) throw invalidCredential();
    return { kind: "MEMBER", ...claims, role: grant.role };
  }

  async #validKey({ kind, tenantId, rowId, hash }: PresentedKey): Promise<KeyGrant> {
    const grant = await this.#grants.keyGrant(tenantId, rowId);
    if (grant === null || grant.kind !== kind || !timingSafeEqual(hash, grant.secretHash) || grant.isRevoked)
      throw invalidCredential();
    const now = this.#clock();
    if (grant.expiresAt !== null && grant.expiresAt <= now) throw expiredCredential();
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

function secretKey({ tenantId, rowId }: PresentedKey, { scopes, expiresAt, documentMode }: KeyGrant): Principal {
  return { kind: "API_KEY", tenantId, keyId: rowId, scopes, expiresAt, documentMode };
}

function publishableKey(
  key: PresentedKey,
  { allowedOrigins, expiresAt, documentMode }: KeyGrant,
  { origin }: AuthRequest,
): Principal {
  // Browsers name their origin on each POST and socket; who doesn't is no page of the allow-list.
  if (allowedOrigins.length > 0 && (origin === undefined || !allowedOrigins.includes(origin.toLowerCase()))) {
    throw new AppError("FORBIDDEN", "This key isn't for pages of this origin.", { reason: "ORIGIN" });
  }
  return { kind: "PUBLISHABLE_KEY", tenantId: key.tenantId, keyId: key.rowId, expiresAt, documentMode };
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
