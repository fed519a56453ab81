import { timingSafeEqual } from "node:crypto";
import type { ConnectionArgs, Page } from "../../schema/connection.ts";
import type { Invitation } from "../../schema/invitation.ts";
import type { Role } from "../../schema/member.ts";
import type { AcceptInviteInput, InviteMemberInput, RevokeInvitationInput } from "../../schema/member-inputs.ts";
import type {
  AcceptInvitePayload,
  InviteMemberPayload,
  RevokeInvitationPayload,
} from "../../schema/member-payloads.ts";
import type { AuthSessionService, OpenedSession } from "../auth/auth-session.service.ts";
import type { InviteToken, TokenService } from "../auth/tokens.service.ts";
import type { PasswordService } from "../auth/passwords.service.ts";
import type { Database } from "../db/database.ts";
import type { Invitation as InvitationRow, Member as MemberRow } from "../db/generated/client.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context, nameTenant, publicScope } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { normalizeEmail } from "../operations/email-address.ts";
import { toMember, toTenant } from "../operations/identity-objects.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { normalizeName } from "../operations/names.ts";
import { paginate } from "../operations/paginate.ts";
import { newUuid } from "../operations/uuid.ts";
import { type InvitationColumns, invitationList } from "./member-lists.ts";
import { lockMembers, lockTenant } from "./member-lock.ts";

export interface InvitationOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly passwords: PasswordService;
  readonly authSessions: AuthSessionService;
  readonly tokens: TokenService;
}

/** Who wants to know, in the same transaction, what becomes of invitations. */
export interface InvitationListener {
  /** Somebody accepted one. */
  accepted(
    transaction: Transaction,
    event: { readonly invitationId: string; readonly memberId: string; readonly now: Date },
  ): Promise<void>;
  /** These are void now; another one stands for them. */
  replaced(
    transaction: Transaction,
    event: { readonly invitationIds: readonly string[]; readonly byId: string },
  ): Promise<void>;
}

export interface NewInvitation {
  /** Normalised. */
  readonly email: string;
  readonly role: Role;
  readonly invitedById: string | null;
  readonly now: Date;
}

/** Who has an e-mail already. */
export type KnownEmail =
  | {
      readonly kind: "MEMBER";
      readonly id: string;
      readonly name: string;
      readonly role: Role;
      readonly isActive: boolean;
    }
  | { readonly kind: "INVITED"; readonly id: string; readonly role: Role; readonly invitedAt: Date };

const lifetimeMs = 7 * 24 * 3_600_000;

/** How people become members. */
export class InvitationService {
  readonly #options: InvitationOptions;
  readonly #listeners: InvitationListener[] = [];

  constructor(options: InvitationOptions) {
    this.#options = options;
  }

  listen(listener: InvitationListener): void {
    this.#listeners.push(listener);
  }

  /** Makes changes of a tenant's members and invitations follow each other: whoever looks first who is known needs that. */
  lock(transaction: Transaction): Promise<void> {
    return lockTenant(transaction);
  }

  /** Opens an invitation in place of those that are open for this e-mail. Its text is the secret that accepts it. */
  async open(
    transaction: Transaction,
    { email, role, invitedById, now }: NewInvitation,
  ): Promise<{ readonly row: InvitationRow; readonly text: string }> {
    const { prisma, tenantId } = transaction;
    const replaced = await this.#revokeOpen(transaction, email, now);
    const id = newUuid();
    const { hash: tokenHash, text } = this.#options.tokens.issueInvite({ tenantId, rowId: id });
    const expiresAt = new Date(now.getTime() + lifetimeMs);
    const row = await prisma.invitation.create({
      data: { tenantId, id, email, role, tokenHash, invitedById, createdAt: now, expiresAt },
    });
    const entry = { type: "member.invited", subjectType: "Invitation", subjectId: id } as const;
    transaction.record({ ...entry, data: { role: row.role, expiresAt: row.expiresAt }, personal: { email } });
    if (replaced.length > 0) {
      for (const listener of this.#listeners) {
        await listener.replaced(transaction, { invitationIds: replaced, byId: id });
      }
    }
    return { row, text };
  }

  /** Ends open invitations: their links are void. */
  async withdraw(transaction: Transaction, ids: readonly string[], now: Date): Promise<void> {
    const { prisma, tenantId } = transaction;
    const where = { tenantId, id: { in: [...ids] }, acceptedAt: null, revokedAt: null };
    const revoked = await prisma.invitation.updateManyAndReturn({ where, data: { revokedAt: now } });
    for (const row of revoked) recordRevoked(transaction, row);
  }

  /** Forgets whom invitations were for, and ends those that are open. */
  async erase({ prisma, tenantId }: Transaction, ids: readonly string[], now: Date): Promise<void> {
    const where = { tenantId, id: { in: [...ids] } };
    await prisma.invitation.updateMany({
      where: { ...where, acceptedAt: null, revokedAt: null },
      data: { revokedAt: now },
    });
    await prisma.invitation.updateMany({ where, data: { email: "nobody@erased.invalid" } });
  }

  /** Who has these e-mails: members, and else those who are invited. */
  async known(
    { prisma, tenantId }: Transaction,
    emails: readonly string[],
    now: Date,
  ): Promise<ReadonlyMap<string, KnownEmail>> {
    const email = { in: [...emails] };
    const isOpen = { acceptedAt: null, revokedAt: null, expiresAt: { gt: now } };
    const invitations = await prisma.invitation.findMany({ where: { tenantId, email, ...isOpen } });
    const members = await prisma.member.findMany({ where: { tenantId, email } });
    const known = new Map<string, KnownEmail>();
    for (const { id, role, createdAt, ...row } of invitations) {
      known.set(row.email, { kind: "INVITED", id, role, invitedAt: createdAt });
    }
    for (const { id, name, role, status, ...row } of members) {
      known.set(row.email, { kind: "MEMBER", id, name, role, isActive: status === "ACTIVE" });
    }
    return known;
  }

  async inviteMember(context: Context, input: InviteMemberInput): Promise<InviteMemberPayload> {
    const scope = authorizedScope(context, "member:manage");
    const { tenantId, principal } = scope;
    const { cursors, journal } = this.#options;
    const email = normalizeEmail(input.email);
    if (email === null) {
      const refusal = refuseInvite("EMAIL_INVALID", "This isn't an e-mail address.", "email");
      return { ...refusal, cursor: null, token: null };
    }
    let token: string | null = null; // no part of the result, which may be stored
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const { prisma } = transaction;
      const { actorRole } = await lockMembers(transaction, principal, null);
      if (input.role === "OWNER" && actorRole !== "OWNER") {
        return refuseInvite("OWNER_REQUIRED", "Only an owner can invite an owner.", "role");
      }
      const members = await prisma.member.count({ where: { tenantId, email, status: "ACTIVE" } });
      if (members > 0) return refuseInvite("ALREADY_MEMBER", "A member has this e-mail.", "email");
      const invitedById = principal.kind === "MEMBER" ? principal.memberId : null;
      const { row, text } = await this.open(transaction, { email, role: input.role, invitedById, now: context.now });
      token = text;
      return { invitation: toInvitation(row), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, tenantId, position), token };
  }

  async revokeInvitation(context: Context, input: RevokeInvitationInput): Promise<RevokeInvitationPayload> {
    const scope = authorizedScope(context, "member:manage");
    const { tenantId } = scope;
    const id = toUuid("Invitation", input.invitationId);
    if (id === null) return { cursor: null, ...invitationNotFound };
    const { result, position } = await this.#options.journal.mutate(scope, async (transaction) => {
      const { prisma } = transaction;
      const { count } = await prisma.invitation.updateMany({
        where: { tenantId, id, acceptedAt: null, revokedAt: null },
        data: { revokedAt: context.now },
      });
      const invitation = await prisma.invitation.findUnique({ where: { tenantId_id: { tenantId, id } } });
      if (count > 0 && invitation !== null) recordRevoked(transaction, invitation);
      if (invitation === null) return invitationNotFound;
      const userErrors = invitation.acceptedAt === null ? [] : [alreadyAccepted];
      return { invitation: toInvitation(invitation), userErrors };
    });
    return { cursor: cursorAfter(this.#options.cursors, tenantId, position), ...result };
  }

  async acceptInvite(context: Context, input: AcceptInviteInput): Promise<AcceptInvitePayload> {
    const { authSessions, cursors, journal, passwords, tokens } = this.#options;
    const token = tokens.parseInvite(input.token);
    if (token !== null) nameTenant(context, token.tenantId);
    const name = normalizeName(input.name);
    if (name === null) {
      return refuseAccept("NAME_INVALID", "A name has 1 to 200 characters, none of them a control character.", "name");
    }
    // Before the password is hashed: who has no invitation gets no work done.
    const offered = token === null ? null : await this.#findOpen(token, context.now);
    if (token === null || offered === null) return tokenInvalid;
    const problem = passwords.problemOf(input.password, offered.email);
    if (problem !== null) return refuseAccept("PASSWORD_WEAK", problem, "password");
    const passwordHash = await passwords.hash(input.password);
    const { tenantId, rowId } = token;
    const known = await this.#memberId(tenantId, offered.email);
    const memberId = known ?? newUuid();
    const scope = publicScope(context, tenantId, { type: "MEMBER", id: memberId });
    let opened: OpenedSession | undefined; // holds a secret, so no part of the result, which may be stored
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const { prisma } = transaction;
      await lockTenant(transaction);
      const where = { tenantId_email: { tenantId, email: offered.email } };
      const existing = await prisma.member.findUnique({ where });
      // Nobody takes over an active account with an invitation.
      if (existing?.status === "ACTIVE" || (existing?.id ?? null) !== known) return nobodyJoined;
      // Of two that accept at once, one changes the row.
      const { count } = await prisma.invitation.updateMany({
        where: { tenantId, id: rowId, acceptedAt: null, revokedAt: null, expiresAt: { gt: context.now } },
        data: { acceptedAt: context.now },
      });
      if (count === 0) return nobodyJoined;
      const joining = { id: memberId, isBack: existing !== null, name, passwordHash, offered, now: context.now };
      const member = await join(transaction, joining);
      for (const listener of this.#listeners) {
        await listener.accepted(transaction, { invitationId: rowId, memberId, now: context.now });
      }
      const tenant = await prisma.tenant.findUniqueOrThrow({ where: { id: tenantId } });
      opened = await authSessions.open(transaction, member.id, context);
      return { member: toMember(member), tenant: toTenant(tenant), userErrors: [] };
    });
    const tokensOfMember = opened === undefined ? null : await authSessions.tokensOf(opened, context.now);
    return { cursor: cursorAfter(cursors, tenantId, position), tokens: tokensOfMember, ...result };
  }

  async invitations(context: Context, page: ConnectionArgs): Promise<Page<Invitation>> {
    const { tenantId } = authorizedScope(context, "member:read");
    const { database, cursors } = this.#options;
    return database.read(tenantId, (session) =>
      paginate(session, cursors, invitationList(tenantId, toInvitation), page),
    );
  }

  async byIds(context: Context, uuids: readonly string[]): Promise<ReadonlyMap<string, Invitation>> {
    const { tenantId } = authorizedScope(context, "member:read");
    const rows = await this.#options.database.read(tenantId, ({ prisma }) =>
      prisma.invitation.findMany({ where: { tenantId, id: { in: [...uuids] } } }),
    );
    return new Map(rows.map((row) => [row.id, toInvitation(row)]));
  }

  async #findOpen({ tenantId, rowId, hash }: InviteToken, now: Date): Promise<InvitationRow | null> {
    const row = await this.#options.database.read(tenantId, ({ prisma }) =>
      prisma.invitation.findUnique({ where: { tenantId_id: { tenantId, id: rowId } } }),
    );
    if (row === null || !timingSafeEqual(row.tokenHash, hash)) return null;
    return row.acceptedAt === null && row.revokedAt === null && row.expiresAt > now ? row : null;
  }

  /** Somebody who was removed comes back as who they were. */
  async #memberId(tenantId: string, email: string): Promise<string | null> {
    const row = await this.#options.database.read(tenantId, ({ prisma }) =>
      prisma.member.findUnique({ where: { tenantId_email: { tenantId, email } }, select: { id: true } }),
    );
    return row?.id ?? null;
  }

  async #revokeOpen(transaction: Transaction, email: string, revokedAt: Date): Promise<string[]> {
    const { prisma, tenantId } = transaction;
    const where = { tenantId, email, acceptedAt: null, revokedAt: null };
    const revoked = await prisma.invitation.updateManyAndReturn({ where, data: { revokedAt } });
    for (const row of revoked) recordRevoked(transaction, row);
    return revoked.map(({ id }) => id);
  }
}

interface Joining {
  readonly id: string;
  /** Was a member before, and removed. */
  readonly isBack: boolean;
  readonly name: string;
  readonly passwordHash: string;
  readonly offered: InvitationRow;
  readonly now: Date;
}

async function join(transaction: Transaction, joining: Joining): Promise<MemberRow> {
  const { prisma, tenantId } = transaction;
  const { id, isBack, name, passwordHash, now } = joining;
  const { email, role } = joining.offered;
  const joined = { name, passwordHash, role, lastSignedInAt: now };
  const member = isBack
    ? await prisma.member.update({
        where: { tenantId_id: { tenantId, id } },
        data: { ...joined, status: "ACTIVE", version: { increment: 1 } },
      })
    : await prisma.member.create({ data: { tenantId, id, email, ...joined } });
  transaction.record({
    type: "member.joined",
    subjectType: "Member",
    subjectId: member.id,
    data: { role, invitationId: toId("Invitation", joining.offered.id) },
    personal: { email, name },
  });
  return member;
}

function recordRevoked(transaction: Transaction, { id, role }: Pick<InvitationRow, "id" | "role">): void {
  transaction.record({ type: "member.invitation_revoked", subjectType: "Invitation", subjectId: id, data: { role } });
}

/** An invitation as the schema shows it: never with its token's hash. */
function toInvitation({ id, email, role, createdAt, expiresAt, acceptedAt, revokedAt }: InvitationColumns): Invitation {
  const times = { createdAt, expiresAt, acceptedAt, revokedAt };
  return { __typename: "Invitation", id: toId("Invitation", id), email, role, ...times };
}

function refuseInvite(
  code: InviteMemberPayload["userErrors"][number]["code"],
  message: string,
  field: "email" | "role",
): { invitation: null; userErrors: InviteMemberPayload["userErrors"] } {
  return { invitation: null, userErrors: [{ code, message, field: ["input", field] }] };
}

function refuseAccept(
  code: AcceptInvitePayload["userErrors"][number]["code"],
  message: string,
  field: keyof AcceptInviteInput,
): AcceptInvitePayload {
  const nothing = { cursor: null, tokens: null, member: null, tenant: null };
  return { ...nothing, userErrors: [{ code, message, field: ["input", field] }] };
}

const tokenInvalid = refuseAccept(
  "TOKEN_INVALID",
  "The invitation isn't valid, or not any more. Ask for another one.",
  "token",
);

const nobodyJoined = { member: null, tenant: null, userErrors: tokenInvalid.userErrors } as const;

const alreadyAccepted = {
  code: "ALREADY_ACCEPTED",
  message: "The invitation was accepted. Remove the member instead.",
  field: ["input", "invitationId"],
} as const;

const invitationNotFound: Omit<RevokeInvitationPayload, "cursor"> = {
  invitation: null,
  userErrors: [{ code: "NOT_FOUND", message: "There is no such invitation.", field: ["input", "invitationId"] }],
};
