import type { ResendLoginInput, ResendLoginPayload } from "../../schema/email-change.ts";
import type { SignInThrottle } from "../auth/throttle.service.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { normalizeEmail } from "../operations/email-address.ts";
import { newUuid } from "../operations/uuid.ts";
import type { InvitationService, KnownEmail } from "../tenants/invitations.service.ts";
import type { LoginOffer, Logins } from "./logins.ts";
import type { PeopleMails } from "./people-mail.port.ts";
import { pretend } from "./pretend.ts";

export interface LoginResendsOptions {
  readonly journal: JournalService;
  readonly invitations: InvitationService;
  readonly logins: Logins;
  readonly mails: PeopleMails;
  readonly throttle: SignInThrottle;
}

/** Not more often does a person get another link, whoever asks for it. */
const linkIntervalMs = 3_600_000;

interface Waiting extends Pick<LoginOffer, "table" | "id" | "name" | "locale"> {
  readonly time_zone: string;
}

/** Mails people the link to their login once more. Strangers call it: the answer is always the same. */
export class LoginResendsService {
  readonly #options: LoginResendsOptions;

  constructor(options: LoginResendsOptions) {
    this.#options = options;
  }

  async resendLogin(context: Context, input: ResendLoginInput): Promise<ResendLoginPayload> {
    const scope = authorizedScope(context, "people:enroll");
    const { invitations, journal, throttle } = this.#options;
    const { now } = context;
    if (scope.principal.kind === "PUBLISHABLE_KEY") await throttle.signUp(context.address, now);
    const email = normalizeEmail(input.email);
    if (email === null) return refused;
    const { result } = await journal.mutate(scope, async (transaction): Promise<ResendLoginPayload> => {
      await invitations.lock(transaction);
      const known = (await invitations.known(transaction, [email], now)).get(email);
      const [waiting] = await findWaiting(transaction, email);
      if (!(await this.#tell(transaction, { email, known, waiting }, now))) {
        await pretend(transaction, (silent) => this.#offer(silent, nobody(), `${newUuid()}@enrolment.invalid`, now));
      }
      return taken;
    });
    return result;
  }

  /** Whether it was as much work as an offer. */
  async #tell(
    transaction: Transaction,
    { email, known, waiting }: { email: string; known: KnownEmail | undefined; waiting: Waiting | undefined },
    now: Date,
  ): Promise<boolean> {
    if (known?.kind === "MEMBER") {
      if (known.isActive) await this.#remind(transaction, known, email, now);
      return false;
    }
    const isFresh = known !== undefined && now.getTime() - known.invitedAt.getTime() < linkIntervalMs;
    const isOfTeam = known?.role === "OWNER" || known?.role === "ADMIN" || known?.role === "ASSISTANT";
    if (waiting === undefined || isFresh || isOfTeam) return false;
    await this.#offer(transaction, waiting, email, now);
    return true;
  }

  #offer(
    transaction: Transaction,
    { time_zone: timeZone, ...person }: Waiting,
    email: string,
    now: Date,
  ): Promise<void> {
    return this.#options.logins.offer(transaction, { ...person, timeZone, email, invitedById: null, now });
  }

  /** Who has a login is told so, once a day. */
  async #remind(
    transaction: Transaction,
    known: KnownEmail & { kind: "MEMBER" },
    email: string,
    now: Date,
  ): Promise<void> {
    const [language] = await transaction.query<{ locale: string; time_zone: string }>({
      name: "login-resend-language",
      text: "SELECT locale, time_zone FROM tenant WHERE id = $1",
      values: [transaction.tenantId],
    });
    await this.#options.mails.queue(transaction, {
      kind: "DUPLICATE_ENROLMENT",
      cause: `duplicate-enrolment:${known.id}:${now.toISOString().slice(0, 10)}`,
      to: email,
      toName: known.name,
      locale: language?.locale ?? "en",
      timeZone: language?.time_zone ?? "UTC",
      data: { name: known.name },
    });
  }
}

const taken = { accepted: true, cursor: null, userErrors: [] } satisfies ResendLoginPayload;
const refused: ResendLoginPayload = {
  accepted: false,
  cursor: null,
  userErrors: [{ code: "EMAIL_INVALID", message: "This isn't an e-mail address.", field: ["input", "email"] }],
};

function nobody(): Waiting {
  return { table: "client", id: newUuid(), name: "Nobody", locale: "en", time_zone: "UTC" };
}

/** Who has no login yet, and was offered one. */
function findWaiting(transaction: Transaction, email: string): Promise<Waiting[]> {
  return transaction.query<Waiting & Record<string, unknown>>({
    name: "login-resend-waiting",
    text: `SELECT 'client' AS table, id, name, locale, time_zone FROM client
             WHERE tenant_id = $1 AND email = $2 AND member_id IS NULL AND invitation_id IS NOT NULL
           UNION ALL SELECT 'coach', id, name, locale, time_zone FROM coach
             WHERE tenant_id = $1 AND email = $2 AND member_id IS NULL AND invitation_id IS NOT NULL AND status = 'ACTIVE'
           UNION ALL SELECT 'learner', id, name, locale, time_zone FROM learner
             WHERE tenant_id = $1 AND email = $2 AND member_id IS NULL AND invitation_id IS NOT NULL
           LIMIT 1`,
    values: [transaction.tenantId, email],
  });
}
