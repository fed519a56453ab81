import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { Member, Role } from "../../schema/member.ts";
import type { ChangeMemberRoleInput, RemoveMemberInput } from "../../schema/member-inputs.ts";
import type { ChangeMemberRolePayload, RemoveMemberPayload } from "../../schema/member-payloads.ts";
import type { AuthSessionService } from "../auth/auth-session.service.ts";
import type { GrantService } from "../auth/grants.service.ts";
import type { Database } from "../db/database.ts";
import type { Member as MemberRow } from "../db/generated/client.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toMember } from "../operations/identity-objects.ts";
import { toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import { memberList } from "./member-lists.ts";
import { lockMembers } from "./member-lock.ts";
import { refuseMemberChange } from "./member-rule.ts";

export interface MemberOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly authSessions: AuthSessionService;
  readonly grants: GrantService;
}

/** The people of a tenant. */
export class MemberService {
  readonly #options: MemberOptions;

  constructor(options: MemberOptions) {
    this.#options = options;
  }

  async changeMemberRole(context: Context, input: ChangeMemberRoleInput): Promise<ChangeMemberRolePayload> {
    const scope = authorizedScope(context, "member:manage");
    const id = toUuid("Member", input.memberId);
    if (id === null) return { cursor: null, member: null, userErrors: [notFound] };
    const { result, position } = await this.#options.journal.mutate(scope, async (transaction) => {
      const { actorRole, target, owners } = await lockMembers(transaction, scope.principal, id);
      if (target === null) return { member: null, userErrors: [notFound] };
      if (input.expectedVersion != null && input.expectedVersion !== target.version) {
        return { member: toMember(target), userErrors: [conflict] };
      }
      const refusal = refuseMemberChange({ actorRole, from: target.role, to: input.role, owners });
      if (refusal !== null) return { member: null, userErrors: [refusal] };
      if (target.role === input.role) return { member: toMember(target), userErrors: [] };
      const member = await this.#change(transaction, target, { role: input.role });
      const data = { before: { role: target.role }, after: { role: input.role } };
      transaction.record({ type: "member.role_changed", subjectType: "Member", subjectId: id, data });
      if (!mayInvite(input.role)) await this.#revokeInvitationsBy(transaction, id, context.now);
      return { member: toMember(member), userErrors: [] };
    });
    this.#options.grants.forget(scope.tenantId);
    return { cursor: cursorAfter(this.#options.cursors, scope.tenantId, position), ...result };
  }

  async removeMember(context: Context, input: RemoveMemberInput): Promise<RemoveMemberPayload> {
    const scope = authorizedScope(context, "member:manage");
    const { authSessions, cursors, grants, journal } = this.#options;
    const id = toUuid("Member", input.memberId);
    if (id === null) return { cursor: null, member: null, userErrors: [notFound] };
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const { actorRole, target, owners } = await lockMembers(transaction, scope.principal, id);
      if (target === null) return { member: null, userErrors: [notFound] };
      const refusal = refuseMemberChange({ actorRole, from: target.role, to: null, owners });
      if (refusal !== null) return { member: null, userErrors: [refusal] };
      const member = await this.#change(transaction, target, { status: "REMOVED" });
      transaction.record({ type: "member.removed", subjectType: "Member", subjectId: id, data: { role: target.role } });
      const end = {
        memberId: id,
        only: null,
        now: context.now,
        type: "member.session_revoked",
        reason: "REMOVED",
      } as const;
      await authSessions.end(transaction, end);
      await this.#revokeInvitationsBy(transaction, id, context.now);
      return { member: toMember(member), userErrors: [] };
    });
    grants.forget(scope.tenantId);
    return { cursor: cursorAfter(cursors, scope.tenantId, position), ...result };
  }

  /** The login's new address; `EMAIL_TAKEN` when another member has it, also one who was removed. Call it under the tenant's lock. */
  async changeEmail(transaction: Transaction, memberId: string, email: string): Promise<"EMAIL_TAKEN" | "CHANGED"> {
    const { tenantId, prisma } = transaction;
    const holders = await prisma.member.count({ where: { tenantId, email, id: { not: memberId } } });
    if (holders > 0) return "EMAIL_TAKEN";
    const where = { tenantId_id: { tenantId, id: memberId } };
    const before = await prisma.member.findUniqueOrThrow({ where });
    await prisma.member.update({ where, data: { email, version: { increment: 1 } } });
    transaction.record({
      type: "member.email_changed",
      subjectType: "Member",
      subjectId: memberId,
      data: {},
      personal: { email, previousEmail: before.email },
    });
    return "CHANGED";
  }

  /** Empties a login that nobody needs any more, and ends it. Call forget() after the commit. */
  async erase(transaction: Transaction, memberId: string, now: Date): Promise<void> {
    const { tenantId, prisma } = transaction;
    const { role } = await prisma.member.update({
      where: { tenantId_id: { tenantId, id: memberId } },
      data: {
        name: "(erased)",
        email: `${memberId}@erased.invalid`,
        passwordHash: "",
        status: "REMOVED",
        version: { increment: 1 },
      },
    });
    transaction.record({ type: "member.removed", subjectType: "Member", subjectId: memberId, data: { role } });
    const end = { memberId, only: null, now, type: "member.session_revoked", reason: "REMOVED" } as const;
    await this.#options.authSessions.end(transaction, end);
    await prisma.emailChange.deleteMany({ where: { tenantId, memberId } });
    await prisma.authSession.updateMany({ where: { tenantId, memberId }, data: { userAgent: null, address: null } });
  }

  /** Reads rights anew. */
  forget(tenantId: string): void {
    this.#options.grants.forget(tenantId);
  }

  async members(context: Context, page: ConnectionArgs): Promise<Page<Member>> {
    const { tenantId } = authorizedScope(context, "member:read");
    const { database, cursors } = this.#options;
    return database.read(tenantId, (session) => paginate(session, cursors, memberList(tenantId, toMember), page));
  }

  /** Members by their uuids, also removed ones: they stay the authors of what they did. */
  async byIds(context: Context, uuids: readonly string[]): Promise<ReadonlyMap<string, Member>> {
    const { tenantId } = authorizedScope(context, "member:read");
    const rows = await this.#options.database.read(tenantId, ({ prisma }) =>
      prisma.member.findMany({ where: { tenantId, id: { in: [...uuids] } } }),
    );
    return new Map(rows.map((row) => [row.id, toMember(row)]));
  }

  #change(
    { prisma, tenantId }: Transaction,
    { id }: MemberRow,
    change: { readonly role: Role } | { readonly status: "REMOVED" },
  ): Promise<MemberRow> {
    const where = { tenantId_id: { tenantId, id } };
    return prisma.member.update({ where, data: { ...change, version: { increment: 1 } } });
  }

  /** An invitation is worth what its maker may give: it goes with the maker's right to invite. */
  async #revokeInvitationsBy(transaction: Transaction, invitedById: string, revokedAt: Date): Promise<void> {
    const { prisma, tenantId } = transaction;
    const revoked = await prisma.invitation.updateManyAndReturn({
      where: { tenantId, invitedById, acceptedAt: null, revokedAt: null },
      data: { revokedAt },
    });
    for (const { id, role } of revoked) {
      transaction.record({
        type: "member.invitation_revoked",
        subjectType: "Invitation",
        subjectId: id,
        data: { role },
      });
    }
  }
}

function mayInvite(role: Role): boolean {
  return role === "OWNER" || role === "ADMIN";
}

const notFound = { code: "NOT_FOUND", message: "There is no such member.", field: ["input", "memberId"] } as const;
const conflict = {
  code: "CONFLICT",
  message: "Somebody else has changed the member meanwhile.",
  field: ["input", "expectedVersion"],
} as const;
