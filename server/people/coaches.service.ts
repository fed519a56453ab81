import type {
  CreateCoachInput,
  CreateCoachPayload,
  DeactivateCoachInput,
  DeactivateCoachPayload,
  ReactivateCoachInput,
  ReactivateCoachPayload,
  UpdateCoachInput,
  UpdateCoachPayload,
} from "../../schema/coach-inputs.ts";
import type { CoachMode } from "../../schema/coach.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { normalizeName } from "../operations/names.ts";
import { loadTenantSettings, type TenantSettings } from "../operations/tenant-settings.ts";
import { newUuid } from "../operations/uuid.ts";
import type { PeopleEditOptions } from "./clients.service.ts";
import { type CoachRow, toCoach } from "./coach-row.ts";
import { type PeopleView, peopleView } from "./people.access.ts";
import { type PersonLock, readCoaches } from "./people.queries.ts";
import type { CoachAgenda } from "./coach-agenda.port.ts";
import { changesOf, fieldsOf, type PersonChanges, writePerson } from "./person-edit.ts";
import { checkLocale, checkName, checkOptionalEmail, checkSubjects, checkTimeZone } from "./person-fields.ts";
import { type Refuser, Refusals } from "./refusals.ts";

type CreateRefusal = CreateCoachPayload["userErrors"][number]["code"];
type UpdateRefusal = UpdateCoachPayload["userErrors"][number]["code"];

interface NewCoach {
  readonly id: string;
  readonly pseudonym: string;
  readonly name: string;
  readonly email: string | null;
  readonly bio: string | null;
  readonly subjects: readonly string[];
  readonly modes: readonly CoachMode[];
  readonly timeZone: string;
  readonly locale: string;
}

const maxSubjects = 50;
const maxBioLength = 5_000;

/** Adds, changes and retires those who give sessions. */
export class CoachesService {
  readonly #options: PeopleEditOptions;
  #agenda: CoachAgenda | undefined;

  constructor(options: PeopleEditOptions) {
    this.#options = options;
  }

  async createCoach(context: Context, input: CreateCoachInput): Promise<CreateCoachPayload> {
    const scope = authorizedScope(context, "coach:manage");
    const { cursors, invitations, journal, logins } = this.#options;
    const { now } = context;
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const read = readNewCoach(input, await loadTenantSettings(transaction));
      if ("userErrors" in read) return { coach: null, userErrors: read.userErrors };
      const { coach } = read;
      const { email } = coach;
      await invitations.lock(transaction);
      if (await isTaken(transaction, coach.pseudonym)) return { coach: null, userErrors: [pseudonymTaken] };
      await insertCoach(transaction, coach, now);
      const known = email === null ? undefined : (await invitations.known(transaction, [email], now)).get(email);
      if (email !== null && (input.sendsLogin || known?.kind === "MEMBER")) {
        const invitedById = scope.principal.kind === "MEMBER" ? scope.principal.memberId : null;
        await logins.give(transaction, known, { table: "coach", ...coach, email, invitedById, now });
      }
      return { coach: await reread(transaction, coach.id, peopleView(scope.principal)), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  /** The team changes any coach, a coach himself. */
  async updateCoach(context: Context, input: UpdateCoachInput): Promise<UpdateCoachPayload> {
    const scope = authorizedScope(context, "coach:write");
    const { cursors, invitations, journal } = this.#options;
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const view = peopleView(scope.principal);
      if (input.pseudonym != null) await invitations.lock(transaction); // of two who want a name, one comes first
      const before = await lockCoach(transaction, view, input.id);
      if (before === undefined || !isOwn(before, view)) return { coach: null, userErrors: [coachNotFound] };
      if (input.expectedVersion != null && input.expectedVersion !== before.version) {
        return { coach: toCoach(before, view), userErrors: [conflict(before, input.expectedVersion)] };
      }
      const read = readChanges(before, input);
      if ("userErrors" in read) return { coach: null, userErrors: read.userErrors };
      const { pseudonym } = read.changes;
      if (typeof pseudonym === "string" && (await isTaken(transaction, pseudonym))) {
        return { coach: null, userErrors: [pseudonymTaken] };
      }
      await recordChanges(transaction, before, read.changes, context.now);
      return { coach: await reread(transaction, before.id, view), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  /** Sessions know what coaches have ahead; they are composed after people. */
  connectAgenda(agenda: CoachAgenda): void {
    this.#agenda = agenda;
  }

  /** Nobody is left without his coach. Who is retired already stays so: nothing changes. */
  async deactivateCoach(context: Context, input: DeactivateCoachInput): Promise<DeactivateCoachPayload> {
    const scope = authorizedScope(context, "coach:manage");
    const { cursors, journal } = this.#options;
    const { now } = context;
    const { result, position } = await journal.mutate(
      scope,
      async (transaction): Promise<Omit<DeactivateCoachPayload, "cursor">> => {
        const view = peopleView(scope.principal);
        // Bookings refer to the coach: they wait, or are there already.
        const before = await lockCoach(transaction, view, input.id, "ERASURE");
        const problem = problemOf(before, input);
        if (before === undefined || problem !== null) {
          return {
            coach: before === undefined ? null : toCoach(before, view),
            openSessionIds: [],
            userErrors: [problem ?? coachNotFound],
          };
        }
        if (before.status !== "ACTIVE") return { coach: toCoach(before, view), openSessionIds: [], userErrors: [] };
        const ahead = (await this.#agenda?.ahead(transaction, before.id, now)) ?? [];
        if (ahead.length > 0) {
          const openSessionIds = ahead.map((id) => toId("Session", id));
          return { coach: toCoach(before, view), openSessionIds, userErrors: [sessionsBooked] };
        }
        await this.#turn(transaction, before, { status: "DEACTIVATED", deactivated_at: now }, now);
        return { coach: await reread(transaction, before.id, view), openSessionIds: [], userErrors: [] };
      },
    );
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  /** Hours, subjects and files of learners are what they were. Who is active already stays so. */
  async reactivateCoach(context: Context, input: ReactivateCoachInput): Promise<ReactivateCoachPayload> {
    const scope = authorizedScope(context, "coach:manage");
    const { cursors, journal } = this.#options;
    const { now } = context;
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const view = peopleView(scope.principal);
      const before = await lockCoach(transaction, view, input.id);
      const problem = problemOf(before, input);
      if (before === undefined || problem !== null) {
        return { coach: before === undefined ? null : toCoach(before, view), userErrors: [problem ?? coachNotFound] };
      }
      if (before.status !== "ACTIVE") {
        await this.#turn(transaction, before, { status: "ACTIVE", deactivated_at: null }, now);
      }
      return { coach: await reread(transaction, before.id, view), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async #turn(transaction: Transaction, { id }: CoachRow, changes: PersonChanges, now: Date): Promise<void> {
    await writePerson(transaction, { table: "coach", id }, changes, now);
    const type = changes.status === "ACTIVE" ? "coach.reactivated" : "coach.deactivated";
    transaction.record({ type, subjectType: "Coach", subjectId: id, data: {} });
  }
}

function readNewCoach(
  input: CreateCoachInput,
  tenant: TenantSettings,
): { readonly coach: NewCoach } | { readonly userErrors: Refusals<CreateRefusal>["list"] } {
  const refusals = new Refusals<CreateRefusal>();
  const coach: NewCoach = {
    id: newUuid(),
    pseudonym: checkPseudonym(refusals, input.pseudonym),
    name: checkName(refusals, input.name, ["name"]),
    email: checkOptionalEmail(refusals, input.email, ["email"]),
    bio: checkBio(refusals, input.bio),
    subjects: checkSubjects(refusals, input.subjects, maxSubjects, ["subjects"]),
    modes: checkModes(refusals, input.modes),
    timeZone: checkTimeZone(refusals, input.timeZone, tenant.timeZone, ["timeZone"]),
    locale: checkLocale(refusals, input.locale, tenant.locale, ["locale"]),
  };
  return refusals.list.length > 0 ? { userErrors: refusals.list } : { coach };
}

function readChanges(
  before: CoachRow,
  input: UpdateCoachInput,
): { readonly changes: PersonChanges } | { readonly userErrors: Refusals<UpdateRefusal>["list"] } {
  const refusals = new Refusals<UpdateRefusal>();
  const changes = changesOf(before, {
    ...(input.pseudonym === undefined ? {} : { pseudonym: checkPseudonym(refusals, input.pseudonym) }),
    ...(input.name === undefined ? {} : { name: checkName(refusals, input.name, ["name"]) }),
    ...(input.bio === undefined ? {} : { bio: checkBio(refusals, input.bio) }),
    ...(input.subjects === undefined
      ? {}
      : { subjects: checkSubjects(refusals, input.subjects ?? [], maxSubjects, ["subjects"]) }),
    ...(input.modes === undefined ? {} : { modes: checkModes(refusals, input.modes ?? []) }),
    time_zone: checkTimeZone(refusals, input.timeZone, before.time_zone, ["timeZone"]),
    locale: checkLocale(refusals, input.locale, before.locale, ["locale"]),
  });
  return refusals.list.length > 0 ? { userErrors: refusals.list } : { changes };
}

function checkPseudonym(refuser: Refuser<"PSEUDONYM_INVALID">, value: string | null): string {
  const pseudonym = normalizeName(value ?? "");
  if (pseudonym === null) {
    const message = "A pseudonym has 1 to 200 characters, none of them a control character.";
    refuser.refuse("PSEUDONYM_INVALID", message, ["pseudonym"]);
  }
  return pseudonym ?? "";
}

function checkBio(refuser: Refuser<"BIO_TOO_LONG">, value: string | null | undefined): string | null {
  const bio = value?.trim() ?? "";
  if (bio.length > maxBioLength) refuser.refuse("BIO_TOO_LONG", "A bio has at most 5,000 characters.", ["bio"]);
  return bio === "" ? null : bio;
}

function checkModes(refuser: Refuser<"MODES_MISSING">, value: readonly CoachMode[]): CoachMode[] {
  if (value.length === 0) refuser.refuse("MODES_MISSING", "Say how the coach meets learners.", ["modes"]);
  return [...new Set(value)].toSorted();
}

async function insertCoach(transaction: Transaction, coach: NewCoach, now: Date): Promise<void> {
  const { id, pseudonym, name, email, bio, subjects, modes, timeZone, locale } = coach;
  await transaction.query({
    name: "coach-insert",
    text: `INSERT INTO coach (tenant_id, id, pseudonym, name, email, bio, subjects, modes, time_zone, locale, created_at, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)`,
    values: [transaction.tenantId, id, pseudonym, name, email, bio, subjects, modes, timeZone, locale, now],
  });
  transaction.record({
    type: "coach.created",
    subjectType: "Coach",
    subjectId: id,
    data: { pseudonym, subjects, modes, timeZone, locale },
    personal: { name, email, bio },
  });
}

async function recordChanges(
  transaction: Transaction,
  before: CoachRow,
  changes: PersonChanges,
  now: Date,
): Promise<void> {
  const fields = fieldsOf(changes);
  if (fields.length === 0) return;
  await writePerson(transaction, { table: "coach", id: before.id }, changes, now);
  transaction.record({
    type: "coach.updated",
    subjectType: "Coach",
    subjectId: before.id,
    data: { fields },
    personal: { ...changes },
  });
}

async function lockCoach(
  transaction: Transaction,
  view: PeopleView,
  id: string,
  lock: PersonLock = "CHANGE",
): Promise<CoachRow | undefined> {
  const uuid = toUuid("Coach", id);
  return uuid === null ? undefined : (await readCoaches(transaction, view, [uuid], { lock }))[0];
}

function problemOf(before: CoachRow | undefined, { expectedVersion }: { readonly expectedVersion?: number | null }) {
  if (before === undefined) return coachNotFound;
  return expectedVersion != null && expectedVersion !== before.version ? conflict(before, expectedVersion) : null;
}

/** A coach whom somebody sees isn't one whom he may change. */
function isOwn(coach: CoachRow, view: PeopleView): boolean {
  return view.kind === "TEAM" || (view.kind === "MEMBER" && coach.member_id === view.memberId);
}

async function isTaken(transaction: Transaction, pseudonym: string): Promise<boolean> {
  const rows = await transaction.query({
    name: "coach-pseudonym-taken",
    text: "SELECT FROM coach WHERE tenant_id = $1 AND pseudonym = $2",
    values: [transaction.tenantId, pseudonym],
  });
  return rows.length > 0;
}

async function reread(transaction: Transaction, id: string, view: PeopleView) {
  const [row] = await readCoaches(transaction, view, [id]);
  return row === undefined ? null : toCoach(row, view);
}

const coachNotFound = {
  code: "NOT_FOUND" as const,
  message: "There is no coach with this id.",
  field: ["input", "id"],
};

const sessionsBooked = {
  code: "SESSIONS_BOOKED" as const,
  message: "Sessions with this coach are booked. Cancel them, or move them to another coach, first.",
  field: ["input", "id"],
};

const pseudonymTaken = {
  code: "PSEUDONYM_TAKEN" as const,
  message: "Another coach has this pseudonym.",
  field: ["input", "pseudonym"],
};

function conflict({ version }: CoachRow, expected: number) {
  const message = `The coach has version ${version}, not ${expected}.`;
  return { code: "CONFLICT" as const, message, field: ["input", "expectedVersion"] };
}
