import type {
  AddLearnerInput,
  AddLearnerPayload,
  LinkLearnerInput,
  LinkLearnerPayload,
  UpdateLearnerInput,
  UpdateLearnerPayload,
} from "../../schema/learner-inputs.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { newUuid } from "../operations/uuid.ts";
import { type ClientRow, toClient } from "./client-row.ts";
import type { PeopleEditOptions } from "./clients.service.ts";
import { type LearnerRow, toLearner } from "./learner-row.ts";
import { insertLearner, type NewLearner } from "./new-people.ts";
import { ownLearners, peopleView } from "./people.access.ts";
import { readClients, readLearners } from "./people.queries.ts";
import { changesOf, fieldsOf, type PersonChanges, writePerson } from "./person-edit.ts";
import {
  checkGoals,
  checkGrade,
  checkLocale,
  checkName,
  checkOptionalEmail,
  checkSubjects,
  checkTimeZone,
} from "./person-fields.ts";
import { Refusals } from "./refusals.ts";

type AddRefusal = AddLearnerPayload["userErrors"][number]["code"];
type UpdateRefusal = UpdateLearnerPayload["userErrors"][number]["code"];

const maxLearners = 50;
export const maxSubjects = 20;

/** Adds learners, keeps their files, and says who pays for them. */
export class LearnersService {
  readonly #options: PeopleEditOptions;

  constructor(options: PeopleEditOptions) {
    this.#options = options;
  }

  async addLearner(context: Context, input: AddLearnerInput): Promise<AddLearnerPayload> {
    const scope = authorizedScope(context, "learner:write");
    const { cursors, invitations, journal, logins } = this.#options;
    const { now } = context;
    const clientId = toUuid("Client", input.clientId);
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      await invitations.lock(transaction);
      const view = peopleView(scope.principal);
      const lock = { lock: "REFERENCE" } as const;
      const [client] = clientId === null ? [] : await readClients(transaction, view, [clientId], lock);
      if (client === undefined) return refusedAdding("NOT_FOUND", "There is no client with this id.");
      if ((await countLearners(transaction, client.id)) >= maxLearners) return refusedAdding("TOO_MANY_LEARNERS", full);
      const read = readNewLearner(input, client);
      if ("userErrors" in read) return { learner: null, userErrors: read.userErrors };
      const { learner } = read;
      const { email } = learner;
      await insertLearner(transaction, learner, { clientId: client.id, now });
      if (email !== null && input.sendsLogin) {
        // A client may type any e-mail address: only the team takes it for proof of who a member is.
        const known = (await invitations.known(transaction, [email], now)).get(email);
        const invitedById = scope.principal.kind === "MEMBER" ? scope.principal.memberId : null;
        const isOfTeam = peopleView(scope.principal).kind === "TEAM";
        if (isOfTeam || known === undefined) {
          await logins.give(transaction, known, { table: "learner", ...learner, email, invitedById, now });
        }
      }
      return { learner: await reread(transaction, learner.id), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async updateLearner(context: Context, input: UpdateLearnerInput): Promise<UpdateLearnerPayload> {
    const scope = authorizedScope(context, "learner:write");
    const { cursors, journal } = this.#options;
    const id = toUuid("Learner", input.id);
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const view = peopleView(scope.principal);
      const options = { lock: "CHANGE", condition: ownLearners } as const;
      const [before] = id === null ? [] : await readLearners(transaction, view, [id], options);
      if (before === undefined) return refusedUpdate("NOT_FOUND", "There is no learner with this id.", "id");
      if (input.expectedVersion != null && input.expectedVersion !== before.version) {
        const message = `The learner has version ${before.version}, not ${input.expectedVersion}.`;
        return { ...refusedUpdate("CONFLICT", message, "expectedVersion"), learner: toLearner(before) };
      }
      const read = readChanges(before, input);
      if ("userErrors" in read) return { learner: null, userErrors: read.userErrors };
      await recordChanges(transaction, before, read.changes, context.now);
      return { learner: await reread(transaction, before.id), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async linkLearner(context: Context, input: LinkLearnerInput): Promise<LinkLearnerPayload> {
    const scope = authorizedScope(context, "learner:link");
    const { cursors, journal } = this.#options;
    const learnerId = toUuid("Learner", input.learnerId);
    const clientId = toUuid("Client", input.clientId);
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const view = peopleView(scope.principal);
      // The learner's lock makes changes of who pays follow each other; both in the order that sessions take them in.
      const [client] = clientId === null ? [] : await readClients(transaction, view, [clientId], { lock: "CHANGE" });
      const [learner] =
        learnerId === null ? [] : await readLearners(transaction, view, [learnerId], { lock: "CHANGE" });
      if (learner === undefined) return refusedLink("NOT_FOUND", "There is no learner with this id.", "learnerId");
      if (client === undefined) return refusedLink("NOT_FOUND", "There is no client with this id.", "clientId");
      const links = await readLinks(transaction, learner.id);
      const link = links.find(({ client_id }) => client_id === client.id);
      if (link === undefined && (await countLearners(transaction, client.id)) >= maxLearners) {
        return refusedLink("TOO_MANY_LEARNERS", full, "clientId");
      }
      const isPrimary = input.isPrimary || links.length === 0 || link?.is_primary === true;
      if (link === undefined || link.is_primary !== isPrimary) {
        await writeLink(transaction, { client, learner, isPrimary, now: context.now });
      }
      return { learner: await reread(transaction, learner.id), client: toClient(client), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }
}

function readNewLearner(
  input: AddLearnerInput,
  client: ClientRow,
): { readonly learner: NewLearner } | { readonly userErrors: Refusals<AddRefusal>["list"] } {
  const refusals = new Refusals<AddRefusal>();
  const learner: NewLearner = {
    id: newUuid(),
    name: checkName(refusals, input.name, ["name"]),
    email: checkOptionalEmail(refusals, input.email, ["email"]),
    grade: checkGrade(refusals, input.grade, ["grade"]),
    goals: checkGoals(refusals, input.goals ?? [], ["goals"]),
    subjects: checkSubjects(refusals, input.subjects ?? [], maxSubjects, ["subjects"]),
    timeZone: checkTimeZone(refusals, input.timeZone, client.time_zone, ["timeZone"]),
    locale: checkLocale(refusals, input.locale, client.locale, ["locale"]),
  };
  return refusals.list.length > 0 ? { userErrors: refusals.list } : { learner };
}

function readChanges(
  before: LearnerRow,
  input: UpdateLearnerInput,
): { readonly changes: PersonChanges } | { readonly userErrors: Refusals<UpdateRefusal>["list"] } {
  const refusals = new Refusals<UpdateRefusal>();
  const changes = changesOf(before, {
    ...(input.name === undefined ? {} : { name: checkName(refusals, input.name, ["name"]) }),
    ...(input.grade === undefined ? {} : { grade: checkGrade(refusals, input.grade, ["grade"]) }),
    ...(input.goals === undefined ? {} : { goals: checkGoals(refusals, input.goals ?? [], ["goals"]) }),
    ...(input.subjects === undefined
      ? {}
      : { subjects: checkSubjects(refusals, input.subjects ?? [], maxSubjects, ["subjects"]) }),
    time_zone: checkTimeZone(refusals, input.timeZone, before.time_zone, ["timeZone"]),
    locale: checkLocale(refusals, input.locale, before.locale, ["locale"]),
  });
  return refusals.list.length > 0 ? { userErrors: refusals.list } : { changes };
}

async function recordChanges(
  transaction: Transaction,
  before: LearnerRow,
  changes: PersonChanges,
  now: Date,
): Promise<void> {
  const fields = fieldsOf(changes);
  if (fields.length === 0) return;
  await writePerson(transaction, { table: "learner", id: before.id }, changes, now);
  transaction.record({
    type: "learner.updated",
    subjectType: "Learner",
    subjectId: before.id,
    data: { fields },
    personal: { ...changes },
  });
}

interface Link {
  readonly client_id: string;
  readonly is_primary: boolean;
}

function readLinks(transaction: Transaction, learnerId: string): Promise<Link[]> {
  return transaction.query<Link>({
    name: "learner-links",
    text: "SELECT client_id, is_primary FROM client_learner WHERE tenant_id = $1 AND learner_id = $2",
    values: [transaction.tenantId, learnerId],
  });
}

async function writeLink(
  transaction: Transaction,
  link: { readonly client: ClientRow; readonly learner: LearnerRow; readonly isPrimary: boolean; readonly now: Date },
): Promise<void> {
  const { client, learner, isPrimary, now } = link;
  if (isPrimary) {
    await transaction.query({
      name: "learner-no-primary",
      text: "UPDATE client_learner SET is_primary = false WHERE tenant_id = $1 AND learner_id = $2 AND is_primary",
      values: [transaction.tenantId, learner.id],
    });
  }
  await transaction.query({
    name: "learner-link",
    text: `INSERT INTO client_learner (tenant_id, client_id, learner_id, is_primary, created_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (tenant_id, client_id, learner_id) DO UPDATE SET is_primary = excluded.is_primary`,
    values: [transaction.tenantId, client.id, learner.id, isPrimary, now],
  });
  await writePerson(transaction, { table: "learner", id: learner.id }, {}, now);
  transaction.record({
    type: "learner.linked",
    subjectType: "Learner",
    subjectId: learner.id,
    data: { clientId: toId("Client", client.id), isPrimary },
  });
}

/** Whoever asks has locked the client, or all that adds learners: two at once could pass the limit together. */
async function countLearners(transaction: Transaction, clientId: string): Promise<number> {
  const [row] = await transaction.query<{ learners: bigint }>({
    name: "client-learners-count",
    text: "SELECT count(*) AS learners FROM client_learner WHERE tenant_id = $1 AND client_id = $2",
    values: [transaction.tenantId, clientId],
  });
  return Number(row?.learners ?? 0n);
}

async function reread(transaction: Transaction, id: string) {
  const [row] = await readLearners(transaction, { kind: "TEAM" }, [id]);
  return row === undefined ? null : toLearner(row);
}

const full = `A client has at most ${maxLearners} learners.`;

function refusedAdding(code: "NOT_FOUND" | "TOO_MANY_LEARNERS", message: string) {
  return { learner: null, userErrors: [{ code, message, field: ["input", "clientId"] }] };
}

function refusedUpdate(code: "NOT_FOUND" | "CONFLICT", message: string, field: keyof UpdateLearnerInput) {
  return { learner: null, userErrors: [{ code, message, field: ["input", field] }] };
}

function refusedLink(code: "NOT_FOUND" | "TOO_MANY_LEARNERS", message: string, field: keyof LinkLearnerInput) {
  return { learner: null, client: null, userErrors: [{ code, message, field: ["input", field] }] };
}
