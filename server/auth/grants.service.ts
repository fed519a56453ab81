import { LRUCache } from "lru-cache";
import type { DocumentMode } from "../../schema/document-mode.ts";
import type { Role } from "../../schema/member.ts";
import type { Database } from "../db/database.ts";
import type { AccessClaims } from "./access-tokens.ts";

/** What the database says about a signed-in member now. */
export interface MemberGrant {
  readonly role: Role;
  readonly isActive: boolean;
  readonly isSessionRevoked: boolean;
  readonly sessionExpiresAt: Date;
}

/** What the database says about a key now. */
export interface KeyGrant {
  readonly kind: "SECRET" | "PUBLISHABLE";
  readonly secretHash: Buffer;
  readonly scopes: readonly string[];
  readonly allowedOrigins: readonly string[];
  readonly expiresAt: Date | null;
  readonly isRevoked: boolean;
  readonly documentMode: DocumentMode;
  readonly lastUsedAt: Date | null;
}

interface MemberRow {
  role: Role;
  status: string;
  revoked_at: Date | null;
  expires_at: Date;
}

interface KeyRow {
  kind: KeyGrant["kind"];
  secret_hash: Buffer;
  scopes: string[];
  allowed_origins: string[];
  expires_at: Date | null;
  revoked_at: Date | null;
  document_mode: DocumentMode;
  last_used_at: Date | null;
}

const lastUsePrecisionMs = 60_000;

/** Journal entries after which somebody's rights differ. */
const entriesThatChangeRights = /^(?:key\.|member\.(?:role_changed|removed|signed_out|session_revoked))/;

/**
 * The current rights of members and keys, remembered for one second. So a busy credential costs one indexed read a
 * second and process, not one per request, and a revocation takes effect
 * - at once in the process that made it (forget),
 * - as soon as the hub of another process reads its journal entry (observe),
 * - and within a second everywhere, whatever became of the hint.
 */
export class GrantService {
  readonly #database: Database;
  readonly #members: LRUCache<string, Remembered<MemberGrant | null>>;
  readonly #keys: LRUCache<string, Remembered<KeyGrant | null>>;

  constructor(database: Database, clock: () => Date) {
    this.#database = database;
    const perf = { now: () => clock().getTime() };
    const options = { max: 10_000, ttl: 1_000, ttlResolution: 0, perf };
    this.#members = new LRUCache(options);
    this.#keys = new LRUCache(options);
  }

  memberGrant({ tenantId, memberId, authSessionId }: Omit<AccessClaims, "expiresAt">): Promise<MemberGrant | null> {
    return remembered(this.#members, `${tenantId}/${memberId}/${authSessionId}`, () =>
      this.#readMember(tenantId, memberId, authSessionId),
    );
  }

  keyGrant(tenantId: string, keyId: string): Promise<KeyGrant | null> {
    return remembered(this.#keys, `${tenantId}/${keyId}`, () => this.#readKey(tenantId, keyId));
  }

  /** What is remembered and needs no waiting; undefined: ask for it. */
  knownMember({ tenantId, memberId, authSessionId }: AccessClaims): MemberGrant | null | undefined {
    return this.#members.get(`${tenantId}/${memberId}/${authSessionId}`)?.value;
  }

  /** The same of a key. */
  knownKey(tenantId: string, keyId: string): KeyGrant | null | undefined {
    return this.#keys.get(`${tenantId}/${keyId}`)?.value;
  }

  /** Whether a key's use at this time goes without saying. */
  isUseNoted({ lastUsedAt }: KeyGrant, now: Date): boolean {
    return lastUsedAt !== null && lastUsedAt.getTime() > now.getTime() - lastUsePrecisionMs;
  }

  /** Notes that a key was used, at most once a minute: it is no change of the tenant's, so the journal doesn't tell of it. */
  async noteUse(tenantId: string, keyId: string, grant: KeyGrant, now: Date): Promise<void> {
    if (this.isUseNoted(grant, now)) return;
    const before = new Date(now.getTime() - lastUsePrecisionMs);
    await this.#database.read(tenantId, (session) =>
      session.query({
        text: `UPDATE api_key SET last_used_at = $3
          WHERE tenant_id = $1 AND id = $2 AND (last_used_at IS NULL OR last_used_at <= $4)`,
        values: [tenantId, keyId, now, before],
      }),
    );
    this.#keys.delete(`${tenantId}/${keyId}`);
  }

  /** Called by whoever changed rights in this process, after the commit. */
  forget(tenantId: string): void {
    for (const cache of [this.#members, this.#keys]) {
      for (const key of cache.keys()) if (key.startsWith(`${tenantId}/`)) cache.delete(key);
    }
  }

  /** Called with journal entries as a process learns of them. True: the tenant's long-lived connections need a new check. */
  observe({ tenantId, type }: { readonly tenantId: string; readonly type: string }): boolean {
    const changesRights = entriesThatChangeRights.test(type);
    if (changesRights) this.forget(tenantId);
    return changesRights;
  }

  async #readMember(tenantId: string, memberId: string, authSessionId: string): Promise<MemberGrant | null> {
    const [row] = await this.#database.read(tenantId, (session) =>
      session.query<MemberRow>({
        name: "member-grant",
        text: `SELECT m.role, m.status, s.revoked_at, s.expires_at
          FROM auth_session s JOIN member m ON m.tenant_id = s.tenant_id AND m.id = s.member_id
          WHERE s.tenant_id = $1 AND s.id = $2 AND s.member_id = $3`,
        values: [tenantId, authSessionId, memberId],
      }),
    );
    if (row === undefined) return null;
    return {
      role: row.role,
      isActive: row.status === "ACTIVE",
      isSessionRevoked: row.revoked_at !== null,
      sessionExpiresAt: row.expires_at,
    };
  }

  async #readKey(tenantId: string, keyId: string): Promise<KeyGrant | null> {
    const [row] = await this.#database.read(tenantId, (session) =>
      session.query<KeyRow>({
        name: "key-grant",
        text: `SELECT kind, secret_hash, scopes, allowed_origins, expires_at, revoked_at, document_mode, last_used_at
          FROM api_key WHERE tenant_id = $1 AND id = $2`,
        values: [tenantId, keyId],
      }),
    );
    if (row === undefined) return null;
    return {
      kind: row.kind,
      secretHash: row.secret_hash,
      scopes: row.scopes,
      allowedOrigins: row.allowed_origins,
      expiresAt: row.expires_at,
      isRevoked: row.revoked_at !== null,
      documentMode: row.document_mode,
      lastUsedAt: row.last_used_at,
    };
  }
}

interface Remembered<T> {
  readonly read: Promise<T>;
  /** Once it has come. */
  value?: T;
}

/** Remembers the promise, too: callers at the same time share one read, and forgetting also covers a running one. */
function remembered<T>(cache: LRUCache<string, Remembered<T>>, key: string, read: () => Promise<T>): Promise<T> {
  const known = cache.get(key);
  if (known !== undefined) return known.read;
  const entry: Remembered<T> = { read: read() };
  cache.set(key, entry);
  entry.read.then(
    (value) => (entry.value = value),
    () => cache.delete(key),
  );
  return entry.read;
}
