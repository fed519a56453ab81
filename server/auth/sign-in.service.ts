import { setTimeout as sleep } from "node:timers/promises";
import type { SignInPayload } from "../../schema/identity.ts";
import type { SignInInput } from "../../schema/identity-inputs.ts";
import type { Tenant } from "../../schema/tenant.ts";
import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import type { Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { normalizeEmail } from "../operations/email-address.ts";
import { toMember, toTenant } from "../operations/identity-objects.ts";
import { toUuid } from "../operations/ids.ts";
import type { AuthSessionService } from "./auth-session.service.ts";
import { maximumPasswordLength } from "./password-policy.ts";
import type { PasswordService } from "./passwords.service.ts";
import type { SignInThrottle } from "./throttle.service.ts";

export interface SignInOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly passwords: PasswordService;
  readonly authSessions: AuthSessionService;
  readonly throttle: SignInThrottle;
  /**
   * No refusal comes sooner. An unknown account and a wrong password cost one hash each, so they take the same time on any
   * machine; this covers the further hashes for an e-mail that is a member of several tenants.
   */
  readonly refusalAfterMs?: number;
}

interface Candidate {
  tenantId: string;
  memberId: string;
  passwordHash: string;
}

/** One e-mail can be a member of many tenants; so many of them, the most recently used, are tried without a tenant's id. */
const maximumCandidates = 10;

/** Finds out who somebody is by e-mail and password. */
export class SignInService {
  readonly #options: SignInOptions;
  readonly #refusalAfterMs: number;

  constructor(options: SignInOptions) {
    this.#options = options;
    this.#refusalAfterMs = options.refusalAfterMs ?? 1_000;
  }

  async signIn(context: Context, input: SignInInput): Promise<SignInPayload> {
    const startedAt = performance.now();
    const email = normalizeEmail(input.email);
    const account = email ?? input.email.slice(0, 254);
    await this.#options.throttle.attempt(account, context.address, context.now);
    const candidates = email === null ? [] : await this.#candidates(email, input.tenantId ?? null);
    const matching = await this.#matching(candidates, input.password);
    const [only] = matching;
    if (only === undefined) return this.#refuse(startedAt);
    await this.#options.throttle.succeeded(account, context.address);
    if (matching.length > 1) return this.#askForTenant(matching);
    return (await this.#open(context, only)) ?? this.#refuse(startedAt);
  }

  /**
   * The active members with this e-mail. Without a tenant, row-level security shows exactly these rows for this
   * transaction (policy sign_in_by_email) and nothing else of any tenant.
   */
  async #candidates(email: string, tenantId: string | null): Promise<readonly Candidate[]> {
    const tenantUuid = tenantId === null ? null : toUuid("Tenant", tenantId);
    if (tenantId !== null && tenantUuid === null) return [];
    const { result } = await this.#options.database.transaction("", async (session) => {
      await session.query({
        name: "sign-in-email",
        text: "SELECT set_config('nexora.sign_in_email', $1, true)",
        values: [email],
      });
      return session.query<Candidate & Record<string, unknown>>({
        name: "sign-in-candidates",
        text: `SELECT tenant_id AS "tenantId", id AS "memberId", password_hash AS "passwordHash" FROM member
          WHERE email = $1 AND status = 'ACTIVE' AND ($2::uuid IS NULL OR tenant_id = $2)
          ORDER BY last_signed_in_at DESC NULLS LAST, id DESC LIMIT ${maximumCandidates}`,
        values: [email, tenantUuid],
      });
    });
    return result;
  }

  async #matching(candidates: readonly Candidate[], password: string): Promise<readonly Candidate[]> {
    const { passwords } = this.#options;
    // Nobody can have set a longer one; hashing a megabyte would be work for nothing.
    const attempted = password.slice(0, 4 * maximumPasswordLength);
    if (candidates.length === 0) {
      await passwords.verifyNothing(attempted);
      return [];
    }
    const verdicts = await Promise.all(candidates.map(({ passwordHash }) => passwords.verify(passwordHash, attempted)));
    return candidates.filter((_, index) => verdicts[index] === true);
  }

  /** Null when the member was removed, or the password changed, since it was verified. */
  async #open(context: Context, { tenantId, memberId, passwordHash }: Candidate): Promise<SignInPayload | null> {
    const { authSessions, cursors, journal } = this.#options;
    const scope = { tenantId, actor: { type: "MEMBER", id: memberId } as const, requestId: context.requestId };
    const { result, position } = await journal.transaction(scope, async (transaction) => {
      const { count } = await transaction.prisma.member.updateMany({
        where: { tenantId, id: memberId, status: "ACTIVE", passwordHash },
        data: { lastSignedInAt: context.now },
      });
      if (count === 0) return null;
      const where = { tenantId_id: { tenantId, id: memberId } };
      const { tenant, ...member } = await transaction.prisma.member.findUniqueOrThrow({
        where,
        include: { tenant: true },
      });
      return { member, tenant, opened: await authSessions.open(transaction, memberId, context) };
    });
    if (result === null || position === undefined) return null;
    return {
      cursor: cursors.encodeEvent({ tenantId, position }),
      tokens: await authSessions.tokensOf(result.opened, context.now),
      member: toMember(result.member),
      tenant: toTenant(result.tenant),
      tenants: [],
      userErrors: [],
    };
  }

  async #askForTenant(matching: readonly Candidate[]): Promise<SignInPayload> {
    const tenants: Tenant[] = [];
    for (const { tenantId: id } of matching) {
      const row = await this.#options.database.read(id, (session) =>
        session.prisma.tenant.findUniqueOrThrow({ where: { id } }),
      );
      tenants.push(toTenant(row));
    }
    const message = "E-mail and password fit several tenants. Choose one.";
    return { ...refusal, tenants, userErrors: [{ code: "TENANT_REQUIRED", message, field: ["input", "tenantId"] }] };
  }

  /** The same words after the same time, whatever was wrong. */
  async #refuse(startedAt: number): Promise<SignInPayload> {
    await sleep(Math.max(0, this.#refusalAfterMs - (performance.now() - startedAt)));
    const message = "E-mail or password is wrong.";
    return { ...refusal, userErrors: [{ code: "INVALID_CREDENTIALS", message, field: null }] };
  }
}

const refusal = { cursor: null, tokens: null, member: null, tenant: null, tenants: [] } as const;
