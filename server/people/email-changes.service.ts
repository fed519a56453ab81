import type {
  ChangeEmailInput,
  ChangeEmailPayload,
  ConfirmEmailChangeInput,
  ConfirmEmailChangePayload,
} from "../../schema/email-change.ts";
import type { PasswordService } from "../auth/passwords.service.ts";
import type { SignInThrottle } from "../auth/throttle.service.ts";
import type { TokenService } from "../auth/tokens.service.ts";
import type { Database } from "../db/database.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context, nameTenant, publicScope } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { normalizeEmail } from "../operations/email-address.ts";
import type { KnownPrincipal } from "../operations/principal.ts";
import { newUuid } from "../operations/uuid.ts";
import type { InvitationService } from "../tenants/invitations.service.ts";
import type { MemberService } from "../tenants/members.service.ts";
import { type EmailHolder, findHolder, findOwnHolder, isEmailTaken } from "./email-holder.ts";
import type { Logins } from "./logins.ts";
import type { PeopleMails } from "./people-mail.port.ts";
import { peopleView } from "./people.access.ts";
import { findPending, forgetPending, keepPending } from "./pending-emails.ts";
import { type PersonTable, writePerson } from "./person-edit.ts";

export interface EmailChangesOptions {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly invitations: InvitationService;
  readonly members: MemberService;
  readonly logins: Logins;
  readonly mails: PeopleMails;
  readonly passwords: PasswordService;
  readonly throttle: SignInThrottle;
  readonly tokens: TokenService;
  /** Where people reach this server. */
  readonly url: () => string;
}

type Code = ChangeEmailPayload["userErrors"][number]["code"];
type Result = Omit<ChangeEmailPayload, "cursor">;

const subjects = { client: "Client", learner: "Learner", coach: "Coach" } as const;
const tables: readonly PersonTable[] = ["client", "learner", "coach"];

/** Changes people's e-mail addresses. Whoever signs in with one proves first that the new one is his. */
export class EmailChangesService {
  readonly #options: EmailChangesOptions;

  constructor(options: EmailChangesOptions) {
    this.#options = options;
  }

  async changeEmail(context: Context, input: ChangeEmailInput): Promise<ChangeEmailPayload> {
    const scope = authorizedScope(context, "person:email");
    const { cursors, invitations, journal } = this.#options;
    const { principal } = scope;
    const email = normalizeEmail(input.email);
    if (email === null) return { ...refuse("EMAIL_INVALID", "This isn't an e-mail address.", "email"), cursor: null };
    const isSelf = input.id == null || peopleView(principal).kind !== "TEAM";
    if (isSelf && !(await this.#isPassword(context, principal, input.password ?? ""))) {
      return { ...refuse("PASSWORD_WRONG", "This isn't your password.", "password"), cursor: null };
    }
    const { result, position } = await journal.mutate(scope, async (transaction): Promise<Result> => {
      // Of two who want an address, one comes first.
      await invitations.lock(transaction);
      const holder = await findFor(transaction, principal, input.id ?? null);
      if (holder === null) return refuse("NOT_FOUND", "There is no such person.", "id");
      if (holder.email === email) return { isPending: false, userErrors: [] };
      if (!isSelf && isOfTeam(holder)) return refuse("SELF_ONLY", "Only he himself changes this address.", "id");
      // Who isn't of the team learns nothing about who else is known.
      if (!isSelf && (await isEmailTaken(transaction, email, holder))) {
        return refuse("EMAIL_TAKEN", "Somebody else has this address.", "email");
      }
      return holder.login === null
        ? this.#changeAtOnce(transaction, { holder, email, principal, now: context.now })
        : this.#ask(transaction, { ...holder, email, memberId: holder.login.memberId }, context.now);
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async confirmEmailChange(context: Context, input: ConfirmEmailChangeInput): Promise<ConfirmEmailChangePayload> {
    const { cursors, database, invitations, journal, members, tokens } = this.#options;
    const token = tokens.parseEmail(input.token);
    if (token === null) return tokenInvalid;
    nameTenant(context, token.tenantId);
    const known = await database.read(token.tenantId, (session) => findPending(session, token, context.now));
    if (known === null) return tokenInvalid;
    const scope = publicScope(context, token.tenantId, { type: "MEMBER", id: known.memberId });
    const { result, position } = await journal.mutate(
      scope,
      async (transaction): Promise<Omit<ConfirmEmailChangePayload, "cursor">> => {
        await invitations.lock(transaction);
        const pending = await findPending(transaction, token, context.now);
        const before = pending === null ? null : await findOwnHolder(transaction, pending.memberId);
        if (pending === null || before === null) return tokenInvalid;
        const { email, memberId } = pending;
        if (await isEmailTaken(transaction, email, before)) return taken;
        await members.changeEmail(transaction, memberId, email);
        await this.#writeProfiles(transaction, pending, context.now);
        await forgetPending(transaction, memberId);
        await this.#mail(transaction, { ...before, email: before.email ?? "" }, "EMAIL_CHANGED", token.rowId);
        return { email, userErrors: [] };
      },
    );
    return { ...result, cursor: cursorAfter(cursors, token.tenantId, position) };
  }

  /** Counted like sign-ins: a stolen token is no way to guess passwords. */
  async #isPassword({ address, now }: Context, principal: KnownPrincipal, password: string): Promise<boolean> {
    if (principal.kind !== "MEMBER") return true; // a key has no address of its own: nobody is found
    const { database, passwords, throttle } = this.#options;
    const { tenantId, memberId: id } = principal;
    const { email, passwordHash } = await database.read(tenantId, ({ prisma }) =>
      prisma.member.findUniqueOrThrow({ where: { tenantId_id: { tenantId, id } } }),
    );
    await throttle.attempt(email, address, now);
    if (!(await passwords.verify(passwordHash, password))) return false;
    await throttle.succeeded(email, address);
    return true;
  }

  /** Mails the new address a link. */
  async #ask(
    transaction: Transaction,
    asked: Pick<EmailHolder, "name" | "locale" | "timeZone"> & { readonly email: string; readonly memberId: string },
    now: Date,
  ): Promise<Result> {
    const id = newUuid();
    const { tenantId } = transaction;
    const { hash: tokenHash, text } = this.#options.tokens.issueEmail({ tenantId, rowId: id });
    if (!(await keepPending(transaction, { ...asked, id, tokenHash, now }))) {
      return refuse("TOO_MANY_REQUESTS", "It was asked for too often. Try again tomorrow.", "email");
    }
    transaction.record({
      type: "member.email_change_requested",
      subjectType: "Member",
      subjectId: asked.memberId,
      data: {},
      personal: { email: asked.email },
    });
    await this.#mail(transaction, asked, "EMAIL_CHANGE", id, text);
    return { isPending: true, userErrors: [] };
  }

  /** Nobody signs in with it yet. Who was mailed a login gets it at the new address; the earlier link is void. */
  async #changeAtOnce(
    transaction: Transaction,
    { holder, email, principal, now }: { holder: EmailHolder; email: string; principal: KnownPrincipal; now: Date },
  ): Promise<Result> {
    const { invitations, logins } = this.#options;
    const { profile, name, locale, timeZone } = holder;
    if (profile === null) throw new Error("somebody without a login has a profile");
    await writeEmail(transaction, profile, email, now);
    if (profile.invitationId !== null) {
      await invitations.withdraw(transaction, [profile.invitationId], now);
      const known = await invitations.known(transaction, [email], now);
      const invitedById = principal.kind === "MEMBER" ? principal.memberId : null;
      await logins.give(transaction, known.get(email), { ...profile, email, name, locale, timeZone, invitedById, now });
    }
    return { isPending: false, userErrors: [] };
  }

  async #writeProfiles(
    transaction: Transaction,
    { memberId, email }: { readonly memberId: string; readonly email: string },
    now: Date,
  ): Promise<void> {
    for (const table of tables) {
      const rows = await transaction.query<{ id: string }>({
        name: `email-profiles-${table}`,
        text: `SELECT id FROM ${table} WHERE tenant_id = $1 AND member_id = $2 FOR NO KEY UPDATE`,
        values: [transaction.tenantId, memberId],
      });
      for (const { id } of rows) await writeEmail(transaction, { table, id }, email, now);
    }
  }

  async #mail(
    transaction: Transaction,
    to: { readonly name: string; readonly email: string; readonly locale: string; readonly timeZone: string },
    kind: "EMAIL_CHANGE" | "EMAIL_CHANGED",
    id: string,
    secret = "",
  ): Promise<void> {
    const { name, email, locale, timeZone } = to;
    const { mails, url } = this.#options;
    const letter = { cause: `email-change:${id}:${kind}`, to: email, toName: name, locale, timeZone };
    if (kind === "EMAIL_CHANGED") await mails.queue(transaction, { ...letter, kind, data: { name } });
    // The secret stands behind the #, where no server and no referrer sees it.
    else
      await mails.queue(transaction, {
        ...letter,
        kind,
        data: { name, link: `${url()}/confirm-email#token=${secret}` },
      });
  }
}

/** Clients, learners and coaches change their own address only. */
async function findFor(
  transaction: Transaction,
  principal: KnownPrincipal,
  id: string | null,
): Promise<EmailHolder | null> {
  const memberId = principal.kind === "MEMBER" ? principal.memberId : null;
  if (id === null) return memberId === null ? null : findOwnHolder(transaction, memberId);
  const holder = await findHolder(transaction, id);
  const isTheirs = peopleView(principal).kind === "TEAM" || (memberId !== null && holder?.login?.memberId === memberId);
  return isTheirs ? holder : null;
}

function isOfTeam({ login }: EmailHolder): boolean {
  return login !== null && ["OWNER", "ADMIN", "ASSISTANT"].includes(login.role);
}

async function writeEmail(
  transaction: Transaction,
  { table, id }: { readonly table: PersonTable; readonly id: string },
  email: string,
  now: Date,
): Promise<void> {
  await writePerson(transaction, { table, id }, { email }, now);
  transaction.record({
    type: `${table}.updated`,
    subjectType: subjects[table],
    subjectId: id,
    data: { fields: ["email"] },
    personal: { email },
  });
}

function refuse(code: Code, message: string, field: keyof ChangeEmailInput): Result {
  return { isPending: false, userErrors: [{ code, message, field: ["input", field] }] };
}

const tokenInvalid = refuseToken("TOKEN_INVALID", "The link isn't valid any more. Ask for another one.");
const taken = refuseToken("EMAIL_TAKEN", "Somebody else has this address meanwhile.");

function refuseToken(
  code: ConfirmEmailChangePayload["userErrors"][number]["code"],
  message: string,
): ConfirmEmailChangePayload {
  return { email: null, cursor: null, userErrors: [{ code, message, field: ["input", "token"] }] };
}
