import type {
  DeleteLeadInput,
  DeleteLeadPayload,
  MergeLeadsInput,
  MergeLeadsPayload,
  UnmergeLeadsInput,
  UnmergeLeadsPayload,
} from "../../schema/lead-merges.ts";
import type { Session } from "../db/session.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { leadNotFound, lockLeads, readLead, writeLead } from "./lead-edit.ts";
import { retryOnRace } from "./lead-identity.ts";
import { readLineage } from "./lead-lineage.ts";
import {
  decideMerge,
  decideUnmerge,
  type LeadSnapshot,
  type MergeRecord,
  mergeRecordSchema,
  snapshotOf,
} from "./lead-merge.ts";
import { toLead } from "./lead-row.ts";

/** Makes one lead of two, two of one again, and none. */
export class LeadMergesService {
  readonly #journal: JournalService;
  readonly #cursors: CursorCodec;

  constructor(journal: JournalService, cursors: CursorCodec) {
    this.#journal = journal;
    this.#cursors = cursors;
  }

  async mergeLeads(context: Context, input: MergeLeadsInput): Promise<MergeLeadsPayload> {
    const scope = authorizedScope(context, "lead:write");
    const keepId = toUuid("Lead", input.keepId);
    const mergeId = toUuid("Lead", input.mergeId);
    if (keepId !== null && keepId === mergeId) {
      const message = "A lead can't take itself in.";
      return { lead: null, cursor: null, userErrors: [{ code: "SAME_LEAD", message, field: ["input", "mergeId"] }] };
    }
    const { result, position } = await retryOnRace(() =>
      this.#journal.mutate(scope, async (transaction) => {
        const locked = await lockLeads(
          transaction,
          [keepId, mergeId].filter((id) => id !== null),
        );
        const keep = locked.find(({ id }) => id === keepId);
        const merged = locked.find(({ id }) => id === mergeId);
        if (keep === undefined) return { lead: null, userErrors: [leadNotFound(["input", "keepId"])] };
        if (merged === undefined) return { lead: null, userErrors: [leadNotFound(["input", "mergeId"])] };
        await merge(transaction, snapshotOf(keep), snapshotOf(merged), context.now);
        return { lead: await readLead(transaction, keep.id), userErrors: [] };
      }),
    );
    return { ...result, cursor: this.#cursorAfter(scope.tenantId, position) };
  }

  async unmergeLeads(context: Context, input: UnmergeLeadsInput): Promise<UnmergeLeadsPayload> {
    const scope = authorizedScope(context, "lead:write");
    const keepId = toUuid("Lead", input.keepId);
    const mergeId = toUuid("Lead", input.mergeId);
    const { result, position } = await retryOnRace(() =>
      this.#journal.mutate(scope, async (transaction) => {
        const [keep] = keepId === null ? [] : await lockLeads(transaction, [keepId]);
        const record = keep === undefined || mergeId === null ? null : await findMerge(transaction, keep.id, mergeId);
        if (keep === undefined || record === null) {
          const message = "This lead hasn't taken in the other one.";
          const error = {
            code: "NOT_FOUND",
            message,
            field: ["input", keep === undefined ? "keepId" : "mergeId"],
          } as const;
          return { lead: null, restored: null, userErrors: [error] };
        }
        await unmerge(transaction, snapshotOf(keep), record, context.now);
        const lead = await readLead(transaction, keep.id);
        return { lead, restored: await readLead(transaction, record.merged.id), userErrors: [] };
      }),
    );
    return { ...result, cursor: this.#cursorAfter(scope.tenantId, position) };
  }

  /** Erases the lead and all that it has taken in: their rows, and what the journal knows of the persons. */
  async deleteLead(context: Context, input: DeleteLeadInput): Promise<DeleteLeadPayload> {
    const scope = authorizedScope(context, "lead:delete");
    const uuid = toUuid("Lead", input.id);
    const { result, position } = await this.#journal.mutate(scope, async (transaction) => {
      const [row] = uuid === null ? [] : await lockLeads(transaction, [uuid]);
      if (row === undefined) return { lead: null, deletedLeadId: null, userErrors: [leadNotFound(["input", "id"])] };
      if (input.expectedVersion != null && input.expectedVersion !== row.version) {
        const message = `The lead has version ${row.version}, not ${input.expectedVersion}.`;
        const error = { code: "CONFLICT", message, field: ["input", "expectedVersion"] } as const;
        return { lead: toLead(row), deletedLeadId: null, userErrors: [error] };
      }
      await erase(transaction, row.id);
      return { lead: null, deletedLeadId: toId("Lead", row.id), userErrors: [] };
    });
    return { ...result, cursor: this.#cursorAfter(scope.tenantId, position) };
  }

  #cursorAfter(tenantId: string, position: bigint | undefined): string | null {
    return position === undefined ? null : this.#cursors.encodeEvent({ tenantId, position });
  }
}

async function merge(transaction: Transaction, keep: LeadSnapshot, merged: LeadSnapshot, now: Date): Promise<void> {
  const { changes, ...decision } = decideMerge(keep, merged);
  const { tenantId } = transaction;
  const move = <Row extends { [column: string]: string }>(
    table: "lead_identity" | "lead_note" | "lead_consent",
    returning: string,
  ) =>
    transaction.query<Row>({
      name: `lead-merge-${table}`,
      text: `UPDATE ${table} SET lead_id = $2 WHERE tenant_id = $1 AND lead_id = $3 RETURNING ${returning}`,
      values: [tenantId, keep.id, merged.id],
    });
  const identities = await move<{ kind: string; value: string }>("lead_identity", "kind, value");
  const noteIds = (await move<{ id: string }>("lead_note", "id")).map(({ id }) => id);
  const consentIds = (await move<{ id: string }>("lead_consent", "id")).map(({ id }) => id);
  await transaction.query({
    name: "lead-merge-delete",
    text: "DELETE FROM lead WHERE tenant_id = $1 AND id = $2",
    values: [tenantId, merged.id],
  });
  await transaction.query({
    name: "lead-merge-insert",
    text: "INSERT INTO lead_merge (tenant_id, merged_id, kept_id) VALUES ($1, $2, $3)",
    values: [tenantId, merged.id, keep.id],
  });
  await writeLead(transaction, keep.id, changes, now);

  const record: MergeRecord = { merged, identities, noteIds, consentIds, ...decision };
  transaction.record({
    type: "lead.merged",
    subjectType: "Lead",
    subjectId: keep.id,
    data: { fields: fieldsOf(changes), mergedLeadId: toId("Lead", merged.id) },
    personal: { before: keep },
  });
  // What the other lead was stands in an entry about that lead: it is erased with it, also after the merge was taken back.
  transaction.record({
    type: "lead.absorbed",
    subjectType: "Lead",
    subjectId: merged.id,
    data: { intoLeadId: toId("Lead", keep.id) },
    personal: { ...record },
  });
}

/** What the journal keeps of a merge that wasn't taken back. */
async function findMerge(session: Session, keepId: string, mergeId: string): Promise<MergeRecord | null> {
  const [row] = await session.query<{ personal: unknown }>({
    name: "lead-merge-entry",
    text: `SELECT entry.personal FROM lead_merge
           JOIN journal_entry entry ON entry.tenant_id = lead_merge.tenant_id AND entry.subject_id = lead_merge.merged_id
             AND entry.type = 'lead.absorbed'
           WHERE lead_merge.tenant_id = $1 AND lead_merge.kept_id = $2 AND lead_merge.merged_id = $3
           ORDER BY entry.position DESC LIMIT 1`,
    values: [session.tenantId, keepId, mergeId],
  });
  return row === undefined ? null : mergeRecordSchema.parse(row.personal);
}

async function unmerge(transaction: Transaction, keep: LeadSnapshot, record: MergeRecord, now: Date): Promise<void> {
  const { tenantId } = transaction;
  const { merged, identities, noteIds, consentIds } = record;
  await transaction.query({
    name: "lead-unmerge-insert",
    text: `INSERT INTO lead (tenant_id, id, email, phone, external_id, name, company, source, message, stage, stage_reason, owner_id,
             tags, attributes, referrer, landing_page, utm_source, utm_medium, utm_campaign, utm_term, utm_content, created_at,
             updated_at, version)
           SELECT $1, r.id, r.email, r.phone, r.external_id, r.name, r.company, r.source, r.message, r.stage, r.stage_reason,
             r.owner_id, r.tags, r.attributes, r.referrer, r.landing_page, r.utm_source, r.utm_medium, r.utm_campaign,
             r.utm_term, r.utm_content, r.created_at, $3, r.version + 1
           FROM jsonb_populate_record(NULL::lead, $2) AS r`,
    values: [tenantId, JSON.stringify(merged), now],
  });
  await transaction.query({
    name: "lead-unmerge-identities",
    text: `UPDATE lead_identity identity SET lead_id = $3
           FROM jsonb_to_recordset($4) AS moved (kind text, value text)
           WHERE identity.tenant_id = $1 AND identity.lead_id = $2 AND identity.kind = moved.kind AND identity.value = moved.value`,
    values: [tenantId, keep.id, merged.id, JSON.stringify(identities)],
  });
  const own = await transaction.query<{ kind: string; value: string }>({
    name: "lead-unmerge-own",
    text: "SELECT kind, value FROM lead_identity WHERE tenant_id = $1 AND lead_id = $2 ORDER BY kind, value",
    values: [tenantId, keep.id],
  });
  const changes = decideUnmerge(keep, record, own);
  for (const [table, ids] of [
    ["lead_note", noteIds],
    ["lead_consent", consentIds],
  ] as const) {
    await transaction.query({
      name: `lead-unmerge-${table}`,
      text: `UPDATE ${table} SET lead_id = $3 WHERE tenant_id = $1 AND lead_id = $2 AND id = ANY ($4::uuid[])`,
      values: [tenantId, keep.id, merged.id, ids],
    });
  }
  await transaction.query({
    name: "lead-unmerge-delete",
    text: "DELETE FROM lead_merge WHERE tenant_id = $1 AND merged_id = $2",
    values: [tenantId, merged.id],
  });
  await writeLead(transaction, keep.id, changes, now);
  transaction.record({
    type: "lead.unmerged",
    subjectType: "Lead",
    subjectId: keep.id,
    data: { fields: fieldsOf(changes), restoredLeadId: toId("Lead", merged.id) },
  });
  transaction.record({
    type: "lead.restored",
    subjectType: "Lead",
    subjectId: merged.id,
    data: { fromLeadId: toId("Lead", keep.id) },
  });
}

async function erase(transaction: Transaction, leadId: string): Promise<void> {
  const lineage = await readLineage(transaction, leadId);
  const { tenantId } = transaction;
  // Identities, notes and consents go with the row.
  await transaction.query({
    name: "lead-delete",
    text: "DELETE FROM lead WHERE tenant_id = $1 AND id = $2",
    values: [tenantId, leadId],
  });
  await transaction.query({
    name: "lead-delete-merges",
    text: "DELETE FROM lead_merge WHERE tenant_id = $1 AND merged_id = ANY ($2)",
    values: [tenantId, lineage],
  });
  // The lead is locked, so whoever wrote about it before has committed, and nobody can write about it after.
  await transaction.query({ name: "lead-erase", text: "SELECT journal_erase($1)", values: [lineage] });
  transaction.record({
    type: "lead.deleted",
    subjectType: "Lead",
    subjectId: leadId,
    data: { erasedSubjects: lineage },
  });
}

const fieldNames: Readonly<Record<string, string>> = { external_id: "externalId", owner_id: "owner" };

function fieldsOf(changes: object): string[] {
  return Object.keys(changes).map((column) => fieldNames[column] ?? column);
}
