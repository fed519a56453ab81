import type { EnrollInput, EnrollPayload } from "../../schema/enroll.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import type { SignInThrottle } from "../auth/throttle.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { loadTenantSettings } from "../operations/tenant-settings.ts";
import { newUuid } from "../operations/uuid.ts";
import type { InvitationService, KnownEmail } from "../tenants/invitations.service.ts";
import { type Enrollment, readEnrollment } from "./enrollment-input.ts";
import type { Logins } from "./logins.ts";
import { insertClient, insertLearner } from "./new-people.ts";
import type { PeopleMails } from "./people-mail.port.ts";
import { pretend } from "./pretend.ts";

export interface EnrollmentOptions {
  readonly journal: JournalService;
  readonly invitations: InvitationService;
  readonly logins: Logins;
  readonly mails: PeopleMails;
  readonly throttle: SignInThrottle;
}

interface Setting {
  readonly now: Date;
  /** Where the consent comes from; null when that isn't the client's own browser. */
  readonly address: string | null;
}

/** Not more often does a person get another link, whoever asks for it. */
const linkIntervalMs = 3_600_000;

/**
 * Takes clients with their learners. Strangers call it: what it answers, and about how long that takes, is the same whether
 * or not somebody is known. Only mails tell, and those go to whom they concern.
 */
export class EnrollmentService {
  readonly #options: EnrollmentOptions;

  constructor(options: EnrollmentOptions) {
    this.#options = options;
  }

  async enroll(context: Context, input: EnrollInput): Promise<EnrollPayload> {
    const scope = authorizedScope(context, "people:enroll");
    const { invitations, journal, throttle } = this.#options;
    const isStranger = scope.principal.kind === "PUBLISHABLE_KEY";
    const { now } = context;
    // Whoever fills a field that people don't see is a program; it must not learn that it was found out.
    if ((input.honeypot ?? "") !== "") return taken;
    if (isStranger) await throttle.signUp(context.address, now);
    const { result } = await journal.mutate(scope, async (transaction) => {
      const read = readEnrollment(input, await loadTenantSettings(transaction));
      if ("userErrors" in read) return { accepted: false, cursor: null, userErrors: read.userErrors };
      const { enrollment } = read;
      await invitations.lock(transaction);
      const emails = [enrollment.client.email, ...enrollment.learners.flatMap(({ email }) => email ?? [])];
      const known = await invitations.known(transaction, emails, now);
      const client = await findClient(transaction, enrollment.client.email);
      const setting = { now, address: isStranger ? context.address : null };
      if (client === undefined && !known.has(enrollment.client.email)) {
        await this.#write(transaction, enrollment, known, setting);
      } else {
        await this.#pretend(transaction, enrollment, setting);
        await this.#tell(transaction, enrollment, { client, known: known.get(enrollment.client.email) }, now);
      }
      return taken;
    });
    return result;
  }

  async #write(
    transaction: Transaction,
    { client, learners, consents }: Enrollment,
    known: ReadonlyMap<string, KnownEmail>,
    { now, address }: Setting,
  ): Promise<void> {
    const { logins } = this.#options;
    await insertClient(transaction, client, now);
    await insertConsents(transaction, client.id, consents, { now, address });
    for (const learner of learners) await insertLearner(transaction, learner, { clientId: client.id, now });
    await logins.offer(transaction, { table: "client", ...client, invitedById: null, now });
    for (const learner of learners) {
      const { email, isClient } = learner;
      if (isClient) {
        await shareLogin(transaction, client.id, learner.id);
      } else if (email !== null) {
        const somebody = known.get(email);
        // An e-mail that somebody has proves nothing about this learner: the file stays without a login.
        if (somebody !== undefined) await this.#tellMember(transaction, somebody, { ...learner, email }, now);
        else await logins.offer(transaction, { table: "learner", ...learner, email, invitedById: null, now });
      }
    }
  }

  /** The same work for nothing, so that the time it takes doesn't tell who is known. */
  async #pretend(transaction: Transaction, enrollment: Enrollment, setting: Setting): Promise<void> {
    const nobody = () => `${newUuid()}@enrolment.invalid`;
    const { client, learners, consents } = enrollment;
    await pretend(transaction, (silent) =>
      this.#write(
        silent,
        {
          client: { ...client, email: nobody() },
          learners: learners.map((learner) => ({ ...learner, email: learner.email === null ? null : nobody() })),
          consents,
        },
        new Map(),
        setting,
      ),
    );
  }

  /** Who is known gets a mail: another link when there is no login yet, else the hint to sign in. */
  async #tell(
    transaction: Transaction,
    { client: sent }: Enrollment,
    { client, known }: { readonly client: ClientWithoutLogin | undefined; readonly known: KnownEmail | undefined },
    now: Date,
  ): Promise<void> {
    const isWaiting = known?.kind !== "MEMBER" && client !== undefined && !client.has_login;
    const isFresh = known?.kind === "INVITED" && now.getTime() - known.invitedAt.getTime() < linkIntervalMs;
    if (isWaiting && isFresh) return; // the link is on its way, and stays valid
    if (isWaiting && (known === undefined || known.role === "CLIENT")) {
      const { id, name, locale, time_zone: timeZone } = client;
      const offer = { table: "client", id, name, locale, timeZone, email: sent.email } as const;
      await this.#options.logins.offer(transaction, { ...offer, invitedById: null, now });
      return;
    }
    await this.#tellMember(transaction, known ?? { kind: "INVITED", id: client?.id ?? sent.id }, sent, now);
  }

  /** One such mail a day: nobody's inbox is filled by strangers. */
  async #tellMember(
    transaction: Transaction,
    known: { readonly kind: KnownEmail["kind"]; readonly id: string; readonly name?: string },
    to: { readonly name: string; readonly email: string; readonly locale: string; readonly timeZone: string },
    now: Date,
  ): Promise<void> {
    // By the name that they have chosen, not by what a stranger typed.
    const name = known.name ?? to.email;
    await this.#options.mails.queue(transaction, {
      kind: "DUPLICATE_ENROLMENT",
      cause: `duplicate-enrolment:${known.id}:${now.toISOString().slice(0, 10)}`,
      to: to.email,
      toName: name,
      locale: to.locale,
      timeZone: to.timeZone,
      data: { name },
    });
  }
}

const taken = { accepted: true, cursor: null, userErrors: [] } satisfies EnrollPayload;

interface ClientWithoutLogin {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly time_zone: string;
  readonly has_login: boolean;
}

async function findClient(transaction: Transaction, email: string): Promise<ClientWithoutLogin | undefined> {
  const [row] = await transaction.query<ClientWithoutLogin>({
    name: "enrolled-client",
    text: `SELECT id, name, locale, time_zone, member_id IS NOT NULL AS has_login FROM client
           WHERE tenant_id = $1 AND email = $2`,
    values: [transaction.tenantId, email],
  });
  return row;
}

/** A client who learns has one login for both. */
async function shareLogin(transaction: Transaction, clientId: string, learnerId: string): Promise<void> {
  await transaction.query({
    name: "enrolled-client-learns",
    text: `UPDATE learner SET invitation_id = client.invitation_id FROM client
           WHERE learner.tenant_id = $1 AND learner.id = $3 AND client.tenant_id = $1 AND client.id = $2`,
    values: [transaction.tenantId, clientId, learnerId],
  });
}

async function insertConsents(
  transaction: Transaction,
  clientId: string,
  consents: Enrollment["consents"],
  { now, address }: Setting,
): Promise<void> {
  await transaction.query({
    name: "client-consents",
    text: `INSERT INTO client_consent (tenant_id, client_id, purpose, text_version, given_at, address)
           SELECT $1, $2, given.purpose, given.text_version, $5, $6
           FROM unnest($3::text[], $4::text[]) AS given (purpose, text_version)`,
    values: [
      transaction.tenantId,
      clientId,
      consents.map(({ purpose }) => purpose),
      consents.map(({ textVersion }) => textVersion),
      now,
      address,
    ],
  });
}
