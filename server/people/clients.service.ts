import type {
  CreateClientInput,
  CreateClientPayload,
  UpdateClientInput,
  UpdateClientPayload,
} from "../../schema/client-inputs.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import { loadTenantSettings, type TenantSettings } from "../operations/tenant-settings.ts";
import { newUuid } from "../operations/uuid.ts";
import type { InvitationService } from "../tenants/invitations.service.ts";
import { type ClientRow, toClient } from "./client-row.ts";
import type { Logins } from "./logins.ts";
import { type NewClient, insertClient } from "./new-people.ts";
import { peopleView } from "./people.access.ts";
import { readClients } from "./people.queries.ts";
import { changesOf, fieldsOf, type PersonChanges, writePerson } from "./person-edit.ts";
import { checkEmail, checkLocale, checkName, checkPhone, checkTimeZone } from "./person-fields.ts";
import { Refusals } from "./refusals.ts";

export interface PeopleEditOptions {
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
  readonly invitations: InvitationService;
  readonly logins: Logins;
}

type CreateRefusal = CreateClientPayload["userErrors"][number]["code"];
type UpdateRefusal = UpdateClientPayload["userErrors"][number]["code"];

/** Adds and changes those who pay. */
export class ClientsService {
  readonly #options: PeopleEditOptions;

  constructor(options: PeopleEditOptions) {
    this.#options = options;
  }

  async createClient(context: Context, input: CreateClientInput): Promise<CreateClientPayload> {
    const scope = authorizedScope(context, "client:create");
    const { cursors, invitations, journal, logins } = this.#options;
    const { now } = context;
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const read = readNewClient(input, await loadTenantSettings(transaction));
      if ("userErrors" in read) return { client: null, userErrors: read.userErrors };
      const { client } = read;
      await invitations.lock(transaction);
      const [same] = await findByEmail(transaction, client.email);
      if (same !== undefined) {
        const message = "A client has this e-mail address.";
        return {
          client: toClient(same),
          userErrors: [{ code: "EMAIL_TAKEN" as const, message, field: ["input", "email"] }],
        };
      }
      await insertClient(transaction, client, now);
      const known = await invitations.known(transaction, [client.email], now);
      if (input.sendsLogin || known.get(client.email)?.kind === "MEMBER") {
        const invitedById = scope.principal.kind === "MEMBER" ? scope.principal.memberId : null;
        await logins.give(transaction, known.get(client.email), { table: "client", ...client, invitedById, now });
      }
      return { client: await reread(transaction, client.id), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async updateClient(context: Context, input: UpdateClientInput): Promise<UpdateClientPayload> {
    const scope = authorizedScope(context, "client:write");
    const { cursors, journal } = this.#options;
    const id = toUuid("Client", input.id);
    const { result, position } = await journal.mutate(scope, async (transaction) => {
      const [before] =
        id === null ? [] : await readClients(transaction, peopleView(scope.principal), [id], { lock: "CHANGE" });
      if (before === undefined) return refused("NOT_FOUND", "There is no client with this id.", "id");
      if (input.expectedVersion != null && input.expectedVersion !== before.version) {
        const message = `The client has version ${before.version}, not ${input.expectedVersion}.`;
        return { ...refused("CONFLICT", message, "expectedVersion"), client: toClient(before) };
      }
      const read = readChanges(before, input, await loadTenantSettings(transaction));
      if ("userErrors" in read) return { client: null, userErrors: read.userErrors };
      await recordChanges(transaction, before, read.changes, context.now);
      return { client: await reread(transaction, before.id), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }
}

function readNewClient(
  input: CreateClientInput,
  tenant: TenantSettings,
): { readonly client: NewClient } | { readonly userErrors: Refusals<CreateRefusal>["list"] } {
  const refusals = new Refusals<CreateRefusal>();
  const client: NewClient = {
    id: newUuid(),
    name: checkName(refusals, input.name, ["name"]),
    email: checkEmail(refusals, input.email, ["email"]),
    phone: checkPhone(refusals, input.phone, tenant.defaultCountry, ["phone"]),
    timeZone: checkTimeZone(refusals, input.timeZone, tenant.timeZone, ["timeZone"]),
    locale: checkLocale(refusals, input.locale, tenant.locale, ["locale"]),
  };
  return refusals.list.length > 0 ? { userErrors: refusals.list } : { client };
}

function readChanges(
  before: ClientRow,
  input: UpdateClientInput,
  tenant: TenantSettings,
): { readonly changes: PersonChanges } | { readonly userErrors: Refusals<UpdateRefusal>["list"] } {
  const refusals = new Refusals<UpdateRefusal>();
  const changes = changesOf(before, {
    ...(input.name === undefined ? {} : { name: checkName(refusals, input.name, ["name"]) }),
    ...(input.phone === undefined
      ? {}
      : { phone: checkPhone(refusals, input.phone, tenant.defaultCountry, ["phone"]) }),
    time_zone: checkTimeZone(refusals, input.timeZone, before.time_zone, ["timeZone"]),
    locale: checkLocale(refusals, input.locale, before.locale, ["locale"]),
  });
  return refusals.list.length > 0 ? { userErrors: refusals.list } : { changes };
}

async function recordChanges(
  transaction: Transaction,
  before: ClientRow,
  changes: PersonChanges,
  now: Date,
): Promise<void> {
  const fields = fieldsOf(changes);
  if (fields.length === 0) return;
  await writePerson(transaction, { table: "client", id: before.id }, changes, now);
  transaction.record({
    type: "client.updated",
    subjectType: "Client",
    subjectId: before.id,
    data: { fields },
    personal: { ...changes },
  });
}

async function reread(transaction: Transaction, id: string) {
  const [row] = await readClients(transaction, { kind: "TEAM" }, [id]);
  return row === undefined ? null : toClient(row);
}

async function findByEmail(transaction: Transaction, email: string): Promise<ClientRow[]> {
  const rows = await transaction.query<{ id: string }>({
    name: "client-by-email",
    text: "SELECT id FROM client WHERE tenant_id = $1 AND email = $2",
    values: [transaction.tenantId, email],
  });
  return readClients(
    transaction,
    { kind: "TEAM" },
    rows.map(({ id }) => id),
  );
}

function refused(code: "NOT_FOUND" | "CONFLICT", message: string, field: keyof UpdateClientInput) {
  return { client: null, userErrors: [{ code, message, field: ["input", field] }] };
}
