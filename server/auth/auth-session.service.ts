import type { AuthTokens, RefreshSessionPayload, SignOutPayload } from "../../schema/identity.ts";
import type { RefreshSessionInput, SignOutInput } from "../../schema/identity-inputs.ts";
import type { Database } from "../db/database.ts";
import type { JournalType } from "../journal/journal-types.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { type Context, authorizedScope } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { newUuid } from "../operations/uuid.ts";
import type { AccessTokens } from "./access-tokens.ts";
import type { GrantService } from "./grants.service.ts";
import type { IssuedToken, PresentedToken } from "./opaque-token.ts";
import type { RefreshTokens } from "./refresh-token.ts";

export interface AuthSessionOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly accessTokens: AccessTokens;
  readonly refreshTokens: RefreshTokens;
  readonly grants: GrantService;
}

/** A sign-in that a transaction has begun; its tokens are made when it has committed. */
export interface OpenedSession {
  readonly tenantId: string;
  readonly memberId: string;
  readonly authSessionId: string;
  readonly refreshToken: IssuedToken;
  readonly expiresAt: Date;
}

const idleLifetimeMs = 30 * 24 * 3_600_000;

/** Sign-ins of members on their devices: each is a chain of refresh tokens of which only the newest works. */
export class AuthSessionService {
  readonly #options: AuthSessionOptions;

  constructor(options: AuthSessionOptions) {
    this.#options = options;
  }

  /** Begins a sign-in as a part of the transaction that found out who the member is. */
  async open(transaction: Transaction, memberId: string, context: Context): Promise<OpenedSession> {
    const { tenantId } = transaction;
    const authSessionId = newUuid();
    const refreshToken = this.#options.refreshTokens.issue({ tenantId, rowId: authSessionId });
    const expiresAt = new Date(context.now.getTime() + idleLifetimeMs);
    const { address, userAgent } = context;
    await transaction.query({
      text: `INSERT INTO auth_session (tenant_id, id, member_id, token_hash, user_agent, address, created_at, last_used_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)`,
      values: [
        tenantId,
        authSessionId,
        memberId,
        refreshToken.hash,
        userAgent?.slice(0, 500) ?? null,
        address,
        context.now,
        expiresAt,
      ],
    });
    transaction.record({
      type: "member.signed_in",
      subjectType: "Member",
      subjectId: memberId,
      data: { authSessionId },
      personal: { address, userAgent: userAgent?.slice(0, 500) ?? null },
    });
    return { tenantId, memberId, authSessionId, refreshToken, expiresAt };
  }

  /** After the commit, because signing may read the signing keys, and a transaction must not wait for a second connection. */
  async tokensOf(opened: OpenedSession, now: Date): Promise<AuthTokens> {
    const access = await this.#options.accessTokens.sign(opened, now);
    return {
      accessToken: access.token,
      accessTokenExpiresAt: access.expiresAt,
      refreshToken: opened.refreshToken.text,
      refreshTokenExpiresAt: opened.expiresAt,
    };
  }

  async refreshSession(context: Context, { refreshToken }: RefreshSessionInput): Promise<RefreshSessionPayload> {
    const presented = this.#options.refreshTokens.parse(refreshToken);
    if (presented === null) return refused("TOKEN_INVALID", "The refresh token isn't valid. Sign in again.");
    const rotated = await this.#rotate(presented, context.now);
    if (rotated !== null) return { cursor: null, tokens: await this.tokensOf(rotated, context.now), userErrors: [] };
    const { isReuse, cursor } = await this.#endIfReused(presented, context);
    return isReuse
      ? refused("TOKEN_REUSED", "The refresh token had been used before. Sign in again.", cursor)
      : refused("TOKEN_INVALID", "The refresh token isn't valid. Sign in again.");
  }

  async signOut(context: Context, { everywhere }: SignOutInput): Promise<SignOutPayload> {
    const scope = authorizedScope(context, "auth:sign-out");
    const { principal } = scope;
    if (principal.kind !== "MEMBER") throw new Error("keys have no sign-ins"); // the table of actions keeps them out
    const { result: ended, position } = await this.#options.journal.transaction(scope, async (transaction) => {
      const only = everywhere ? null : principal.authSessionId;
      return this.end(transaction, {
        memberId: principal.memberId,
        only,
        now: context.now,
        type: "member.signed_out",
        reason: "SIGN_OUT",
      });
    });
    this.#options.grants.forget(scope.tenantId);
    const userErrors =
      ended > 0 ? [] : [{ code: "NOT_SIGNED_IN" as const, message: "The sign-in had ended already.", field: null }];
    return { cursor: cursorAfter(this.#options.cursors, scope.tenantId, position), ended, userErrors };
  }

  /** Ends sign-ins of a member; all of them unless one is named. Returns how many. Call forget() after the commit. */
  async end(
    transaction: Transaction,
    {
      memberId,
      only,
      now,
      type,
      reason,
    }: { memberId: string; only: string | null; now: Date; type: JournalType; reason: string },
  ): Promise<number> {
    const ended = await transaction.query<{ id: string }>({
      text: `UPDATE auth_session SET revoked_at = $4
        WHERE tenant_id = $1 AND member_id = $2 AND ($3::uuid IS NULL OR id = $3) AND revoked_at IS NULL RETURNING id`,
      values: [transaction.tenantId, memberId, only, now],
    });
    if (ended.length > 0) {
      transaction.record({
        type,
        subjectType: "Member",
        subjectId: memberId,
        data: { reason, authSessionIds: ended.map(({ id }) => id) },
      });
    }
    return ended.length;
  }

  /** One conditional update: of two callers with the same token exactly one changes the row. */
  async #rotate({ tenantId, rowId, hash }: PresentedToken, now: Date): Promise<OpenedSession | null> {
    const refreshToken = this.#options.refreshTokens.issue({ tenantId, rowId });
    const expiresAt = new Date(now.getTime() + idleLifetimeMs);
    const [row] = await this.#options.database.read(tenantId, (session) =>
      session.query<{ member_id: string }>({
        text: `UPDATE auth_session s SET token_hash = $4, last_used_at = $5, expires_at = $6
          FROM member m
          WHERE s.tenant_id = $1 AND s.id = $2 AND s.token_hash = $3 AND s.revoked_at IS NULL AND s.expires_at > $5
            AND m.tenant_id = s.tenant_id AND m.id = s.member_id AND m.status = 'ACTIVE'
          RETURNING s.member_id`,
        values: [tenantId, rowId, hash, refreshToken.hash, now, expiresAt],
      }),
    );
    return row === undefined
      ? null
      : { tenantId, memberId: row.member_id, authSessionId: rowId, refreshToken, expiresAt };
  }

  /** The token is ours but not the newest: somebody has an old copy. Nobody can tell who is the thief, so the chain ends. */
  async #endIfReused(
    { tenantId, rowId, hash }: PresentedToken,
    context: Context,
  ): Promise<{ isReuse: boolean; cursor: string | null }> {
    const scope = { tenantId, actor: { type: "SYSTEM" } as const, requestId: context.requestId };
    const { result: isReuse, position } = await this.#options.journal.transaction(scope, async (transaction) => {
      const [row] = await transaction.query<{ member_id: string }>({
        text: "SELECT member_id FROM auth_session WHERE tenant_id = $1 AND id = $2 AND token_hash <> $3 AND revoked_at IS NULL",
        values: [tenantId, rowId, hash],
      });
      if (row === undefined) return false;
      const end = {
        memberId: row.member_id,
        only: rowId,
        now: context.now,
        type: "member.session_revoked",
        reason: "TOKEN_REUSED",
      } as const;
      await this.end(transaction, end);
      return true;
    });
    if (isReuse) this.#options.grants.forget(tenantId);
    return { isReuse, cursor: cursorAfter(this.#options.cursors, tenantId, position) };
  }
}

function refused(
  code: "TOKEN_INVALID" | "TOKEN_REUSED",
  message: string,
  cursor: string | null = null,
): RefreshSessionPayload {
  const field = ["input", "refreshToken"];
  return { cursor, tokens: null, userErrors: [{ code, message, field }] };
}
