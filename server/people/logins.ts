import type { Transaction } from "../journal/journal.service.ts";
import type { InvitationListener, InvitationService, KnownEmail } from "../tenants/invitations.service.ts";
import { toId } from "../operations/ids.ts";
import type { PeopleMails } from "./people-mail.port.ts";
import { type PersonTable, writePerson } from "./person-edit.ts";

/** Whose login is made. */
export interface LoginOffer {
  readonly table: PersonTable;
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly invitedById: string | null;
  readonly now: Date;
}

export interface LoginsOptions {
  readonly invitations: InvitationService;
  readonly mails: PeopleMails;
  /** Where people reach this server. */
  readonly url: () => string;
}

const subjects = { client: "Client", learner: "Learner", coach: "Coach" } as const;
const roles = { client: "CLIENT", learner: "LEARNER", coach: "COACH" } as const;
const tables = ["client", "learner", "coach"] as const;

/** The logins of clients, learners and coaches: an invitation by mail, and the profile that whoever accepts it gets. */
export class Logins implements InvitationListener {
  readonly #options: LoginsOptions;

  constructor(options: LoginsOptions) {
    this.#options = options;
    options.invitations.listen(this);
  }

  /** Mails a link that makes the login, in place of an earlier one. Nobody may be a member with this e-mail. */
  async offer(transaction: Transaction, offer: LoginOffer): Promise<void> {
    const { table, id, email, name, locale, timeZone, invitedById, now } = offer;
    const { invitations, mails, url } = this.#options;
    const { row, text } = await invitations.open(transaction, { email, role: roles[table], invitedById, now });
    await transaction.query({
      text: `UPDATE ${table} SET invitation_id = $3 WHERE tenant_id = $1 AND id = $2
             AND NOT EXISTS (SELECT FROM ${table} WHERE tenant_id = $1 AND invitation_id = $3)`,
      values: [transaction.tenantId, id, row.id],
    });
    // The secret stands behind the #, where no server and no referrer sees it.
    const link = `${url()}/join#${new URLSearchParams({ token: text, name }).toString()}`;
    await mails.queue(transaction, {
      kind: "WELCOME",
      cause: `login:${row.id}`,
      to: email,
      toName: name,
      locale,
      timeZone,
      data: { name, link },
    });
  }

  /**
   * Gives somebody who was just added by the team a login: the one that the e-mail has, or a mail that makes one. An
   * invitation to the team isn't replaced by one to less.
   */
  async give(transaction: Transaction, known: KnownEmail | undefined, offer: LoginOffer): Promise<void> {
    if (known?.kind === "MEMBER" && known.isActive) {
      if (offer.table === "coach" && (known.role === "CLIENT" || known.role === "LEARNER")) return;
      await this.#link(transaction, offer.table, { id: offer.id, memberId: known.id, now: offer.now });
    } else if (known?.kind !== "INVITED" || !isOfTeam(known)) {
      await this.offer(transaction, offer);
    }
  }

  async accepted(
    transaction: Transaction,
    { invitationId, memberId, now }: { readonly invitationId: string; readonly memberId: string; readonly now: Date },
  ): Promise<void> {
    for (const table of tables) {
      const [row] = await transaction.query<{ id: string }>({
        name: `login-accepted-${table}`,
        text: `SELECT id FROM ${table} WHERE tenant_id = $1 AND invitation_id = $2 AND member_id IS NULL FOR UPDATE`,
        values: [transaction.tenantId, invitationId],
      });
      if (row !== undefined) await this.#link(transaction, table, { id: row.id, memberId, now });
    }
  }

  async replaced(
    transaction: Transaction,
    { invitationIds, byId }: { readonly invitationIds: readonly string[]; readonly byId: string },
  ): Promise<void> {
    for (const table of tables) {
      await transaction.query({
        name: `login-replaced-${table}`,
        text: `UPDATE ${table} SET invitation_id = $3 WHERE tenant_id = $1 AND id = (
                 SELECT id FROM ${table} WHERE tenant_id = $1 AND invitation_id = ANY ($2) AND member_id IS NULL
                 ORDER BY id LIMIT 1)`,
        values: [transaction.tenantId, invitationIds, byId],
      });
    }
  }

  /** Who has such a profile already keeps that one. */
  async #link(
    transaction: Transaction,
    table: PersonTable,
    { id, memberId, now }: { readonly id: string; readonly memberId: string; readonly now: Date },
  ): Promise<void> {
    const taken = await transaction.query({
      name: `login-taken-${table}`,
      text: `SELECT FROM ${table} WHERE tenant_id = $1 AND member_id = $2`,
      values: [transaction.tenantId, memberId],
    });
    if (taken.length > 0) return;
    await writePerson(transaction, { table, id }, { member_id: memberId }, now);
    transaction.record({
      type: `${table}.joined`,
      subjectType: subjects[table],
      subjectId: id,
      data: { memberId: toId("Member", memberId) },
    });
  }
}

function isOfTeam({ role }: KnownEmail): boolean {
  return role === "OWNER" || role === "ADMIN" || role === "ASSISTANT";
}
