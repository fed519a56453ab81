import type {
  AddLeadNoteInput,
  AddLeadNotePayload,
  AssignLeadInput,
  AssignLeadPayload,
  MoveLeadInput,
  MoveLeadPayload,
  UpdateLeadInput,
  UpdateLeadPayload,
} from "../../schema/lead-edits.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { JournalService, Scope, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { loadTenantSettings } from "../operations/tenant-settings.ts";
import { newUuid } from "../operations/uuid.ts";
import { type Edited, editLead, type Refusal, writeLead } from "./lead-edit.ts";
import {
  identitiesOf,
  type Identity,
  identityKey,
  kindOf,
  type IdentityKind,
  lockIdentities,
  retryOnRace,
} from "./lead-identity.ts";
import { readNote } from "./lead-notes.ts";
import type { LeadRow } from "./lead-row.ts";
import { decideUpdate, readUpdate, type UpdateDecision } from "./lead-update.ts";
import { isActiveMember } from "../operations/member-columns.ts";

const maxReasonLength = 1_000;
const maxNoteLength = 10_000;

/** Changes single leads. */
export class LeadEditsService {
  readonly #database: Database;
  readonly #journal: JournalService;
  readonly #cursors: CursorCodec;

  constructor(database: Database, journal: JournalService, cursors: CursorCodec) {
    this.#database = database;
    this.#journal = journal;
    this.#cursors = cursors;
  }

  async updateLead(context: Context, input: UpdateLeadInput): Promise<UpdateLeadPayload> {
    const scope = authorizedScope(context, "lead:write");
    const country =
      input.phone == null ? "" : (await this.#database.read(scope.tenantId, loadTenantSettings)).defaultCountry;
    const { update, userErrors } = readUpdate(input, country);
    if (userErrors.length > 0) return { lead: null, cursor: null, userErrors: [...userErrors].filter(isUpdateError) };
    const identities = identitiesOf({ externalId: null, email: null, phone: null, ...update });
    return retryOnRace(() =>
      this.#edit(scope, async (transaction) => {
        // Addresses before leads, as captures lock them: in another order the two could wait for each other.
        if (identities.length > 0) await lockIdentities(transaction, identities);
        return editLead<UpdateCode>(transaction, input, async (before) => {
          const decision = decideUpdate(before, update);
          if ("refusal" in decision) return isUpdateError(decision.refusal) ? [decision.refusal] : [];
          const taken = await moveIdentities(transaction, before.id, decision);
          if (taken.length > 0) return taken;
          if (decision.fields.length === 0) return [];
          await writeLead(transaction, before.id, decision.changes, context.now);
          recordUpdate(transaction, before, decision);
          return [];
        });
      }),
    );
  }

  async moveLead(context: Context, input: MoveLeadInput): Promise<MoveLeadPayload> {
    const scope = authorizedScope(context, "lead:write");
    const reason = input.reason?.trim() || null;
    const field = ["input", "reason"];
    if (reason === null && input.stage === "LOST") {
      return refused({ code: "REASON_MISSING", message: "Say why the lead is lost.", field });
    }
    if (reason !== null && reason.length > maxReasonLength) {
      return refused({ code: "TOO_LONG", message: "At most 1,000 characters are possible.", field });
    }
    return this.#edit(scope, (transaction) =>
      editLead<never>(transaction, input, async (before) => {
        await writeLead(transaction, before.id, { stage: input.stage, stage_reason: reason }, context.now);
        transaction.record({
          type: "lead.moved",
          subjectType: "Lead",
          subjectId: before.id,
          data: { fields: ["stage"], stage: input.stage, previousStage: before.stage },
          personal: { reason, previousReason: before.stage_reason },
        });
        return [];
      }),
    );
  }

  async assignLead(context: Context, input: AssignLeadInput): Promise<AssignLeadPayload> {
    const scope = authorizedScope(context, "lead:write");
    const owner = input.ownerId == null ? null : toUuid("Member", input.ownerId);
    return this.#edit(scope, (transaction) =>
      editLead<"OWNER_NOT_FOUND">(transaction, input, async (before) => {
        const isKnown = owner === null ? input.ownerId == null : await isActiveMember(transaction, owner);
        if (!isKnown) {
          const message = "There is no active member with this id.";
          return [{ code: "OWNER_NOT_FOUND", message, field: ["input", "ownerId"] }];
        }
        await writeLead(transaction, before.id, { owner_id: owner }, context.now);
        const previousOwnerId = before.member_id === null ? null : toId("Member", before.member_id);
        transaction.record({
          type: "lead.assigned",
          subjectType: "Lead",
          subjectId: before.id,
          data: { fields: ["owner"], ownerId: owner === null ? null : toId("Member", owner), previousOwnerId },
        });
        return [];
      }),
    );
  }

  async addLeadNote(context: Context, input: AddLeadNoteInput): Promise<AddLeadNotePayload> {
    const scope = authorizedScope(context, "lead:write");
    const field = ["input", "body"];
    const body = input.body.trim();
    if (body === "") return { note: null, ...refused({ code: "BODY_MISSING", message: "The note is empty.", field }) };
    if (body.length > maxNoteLength) {
      return {
        note: null,
        ...refused({ code: "TOO_LONG", message: "At most 10,000 characters are possible.", field }),
      };
    }
    const noteId = newUuid();
    const authorId = scope.principal.kind === "MEMBER" ? scope.principal.memberId : null;
    const { result, position } = await this.#journal.mutate(scope, async (transaction) => {
      const edited = await editLead<never>(transaction, { id: input.id }, async (before) => {
        await transaction.query({
          name: "lead-note-insert",
          text: "INSERT INTO lead_note (tenant_id, id, lead_id, author_id, body, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
          values: [scope.tenantId, noteId, before.id, authorId, body, context.now],
        });
        await writeLead(transaction, before.id, {}, context.now);
        transaction.record({
          type: "lead.noted",
          subjectType: "Lead",
          subjectId: before.id,
          data: { fields: [], noteId: toId("LeadNote", noteId) },
          personal: { body },
        });
        return [];
      });
      return { ...edited, note: edited.lead === null ? null : await readNote(transaction, noteId) };
    });
    // Without an expected version there is no conflict.
    const userErrors = result.userErrors.flatMap(({ code, ...rest }) =>
      code === "CONFLICT" ? [] : [{ code, ...rest }],
    );
    return { ...result, userErrors, cursor: this.#cursorAfter(scope.tenantId, position) };
  }

  async #edit<Code extends string>(
    scope: Scope,
    work: (transaction: Transaction) => Promise<Edited<Code>>,
  ): Promise<Edited<Code> & { cursor: string | null }> {
    const { result, position } = await this.#journal.mutate(scope, work);
    return { ...result, cursor: this.#cursorAfter(scope.tenantId, position) };
  }

  #cursorAfter(tenantId: string, position: bigint | undefined): string | null {
    return position === undefined ? null : this.#cursors.encodeEvent({ tenantId, position });
  }
}

type UpdateCode = Exclude<UpdateLeadPayload["userErrors"][number]["code"], "NOT_FOUND" | "CONFLICT">;

/** An update has no consents, so their code can't come up. */
function isUpdateError<Code extends string>(error: Refusal<Code>): error is Refusal<Exclude<Code, "CONSENT_INVALID">> {
  return error.code !== "CONSENT_INVALID";
}

function refused<Code extends string>(refusal: Refusal<Code>) {
  return { lead: null, cursor: null, userErrors: [refusal] };
}

/** Gives the lead its new addresses and takes the replaced ones from it, unless another lead has one of them. */
async function moveIdentities(
  session: Session,
  leadId: string,
  { newIdentities, lostIdentities }: UpdateDecision,
): Promise<Refusal<"IDENTITY_TAKEN">[]> {
  if (newIdentities.length > 0) {
    const owned = await findOwners(session, newIdentities);
    const taken = newIdentities.filter((identity) => (owned.get(identityKey(identity)) ?? leadId) !== leadId);
    if (taken.length > 0) {
      const message = "Another lead has this. Merge the two.";
      return taken.map(({ field }) => ({ code: "IDENTITY_TAKEN", message, field: ["input", field] }));
    }
    await session.query({
      name: "lead-identity-insert",
      text: `INSERT INTO lead_identity (tenant_id, kind, value, lead_id)
             SELECT $1, wanted.kind, wanted.value, $4 FROM unnest($2::text[], $3::text[]) AS wanted (kind, value)`,
      values: [
        session.tenantId,
        ...columnsOf(newIdentities.filter((identity) => !owned.has(identityKey(identity)))),
        leadId,
      ],
    });
  }
  if (lostIdentities.length > 0) {
    await session.query({
      name: "lead-identity-delete",
      text: `DELETE FROM lead_identity identity USING unnest($2::text[], $3::text[]) AS lost (kind, value)
             WHERE identity.tenant_id = $1 AND identity.kind = lost.kind AND identity.value = lost.value AND identity.lead_id = $4`,
      values: [session.tenantId, ...columnsOf(lostIdentities), leadId],
    });
  }
  return [];
}

/** Who has these addresses, by identityKey. */
async function findOwners(session: Session, identities: readonly Identity[]): Promise<Map<string, string>> {
  const rows = await session.query<{ kind: IdentityKind; value: string; lead_id: string }>({
    name: "lead-identity-owners",
    text: `SELECT identity.kind, identity.value, identity.lead_id
           FROM unnest($2::text[], $3::text[]) AS wanted (kind, value)
           JOIN lead_identity identity
             ON identity.tenant_id = $1 AND identity.kind = wanted.kind AND identity.value = wanted.value`,
    values: [session.tenantId, ...columnsOf(identities)],
  });
  return new Map(rows.map(({ kind, value, lead_id }) => [`${kind}\0${value}`, lead_id]));
}

function columnsOf(identities: readonly Identity[]): [string[], string[]] {
  return [identities.map(({ field }) => kindOf(field)), identities.map(({ value }) => value)];
}

function recordUpdate(transaction: Transaction, before: LeadRow, { changes, fields }: UpdateDecision): void {
  const { source, ...personal } = changes;
  const previous = Object.fromEntries(
    Object.entries(before).filter(([column]) => column !== "source" && column in changes),
  );
  transaction.record({
    type: "lead.updated",
    subjectType: "Lead",
    subjectId: before.id,
    data: { fields, ...("source" in changes ? { source, previousSource: before.source } : {}) },
    personal: { ...toApiNames(personal), previous: toApiNames(previous) },
  });
}

function toApiNames(columns: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(columns).map(([column, value]) => [column === "external_id" ? "externalId" : column, value]),
  );
}
