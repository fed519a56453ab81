import type { Lead } from "../../schema/lead.ts";
import type { Session } from "../db/session.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { toUuid } from "../operations/ids.ts";
import { leadColumns, type LeadRow, leadTables, toLead } from "./lead-row.ts";

/** Why a change of a lead was refused; nothing was written. */
export interface Refusal<Code extends string> {
  readonly code: Code;
  readonly message: string;
  readonly field: readonly string[] | null;
}

/** What a change of a lead came to. */
export interface Edited<Code extends string> {
  /** The lead as it is now; also with CONFLICT. */
  readonly lead: Lead | null;
  readonly userErrors: Refusal<Code>[];
}

interface Target {
  readonly id: string;
  readonly expectedVersion?: number | null;
}

/**
 * Locks a lead, checks the version that the caller expects, lets `change` write, and reads what came out. `change` returns
 * refusals instead, before it has written anything.
 */
export async function editLead<Code extends string>(
  transaction: Transaction,
  target: Target,
  change: (before: LeadRow) => Promise<readonly Refusal<Code>[]>,
): Promise<Edited<Code | "NOT_FOUND" | "CONFLICT">> {
  const uuid = toUuid("Lead", target.id);
  const before = uuid === null ? undefined : (await lockLeads(transaction, [uuid]))[0];
  if (before === undefined) return { lead: null, userErrors: [leadNotFound(["input", "id"])] };
  if (target.expectedVersion != null && target.expectedVersion !== before.version) {
    const message = `The lead has version ${before.version}, not ${target.expectedVersion}.`;
    return { lead: toLead(before), userErrors: [{ code: "CONFLICT", message, field: ["input", "expectedVersion"] }] };
  }
  const refusals = await change(before);
  if (refusals.length > 0) return { lead: null, userErrors: [...refusals] };
  return { lead: await readLead(transaction, before.id), userErrors: [] };
}

export function leadNotFound(field: readonly string[]): Refusal<"NOT_FOUND"> {
  return { code: "NOT_FOUND", message: "There is no lead with this id.", field };
}

/** Keeps others from changing these leads until the commit. Always in the order of ids, so that nobody waits in a circle. */
export function lockLeads(session: Session, uuids: readonly string[]): Promise<LeadRow[]> {
  return session.query<LeadRow>({
    name: "lead-lock",
    text: `SELECT ${leadColumns} FROM ${leadTables} WHERE lead.tenant_id = $1 AND lead.id = ANY ($2)
           ORDER BY lead.id FOR UPDATE OF lead`,
    values: [session.tenantId, uuids],
  });
}

export async function readLead(session: Session, uuid: string): Promise<Lead | null> {
  const [lead] = await readLeads(session, [uuid]);
  return lead ?? null;
}

/** In no particular order; what isn't there is left out. */
export async function readLeads(session: Session, uuids: readonly string[]): Promise<Lead[]> {
  const rows = await session.query<LeadRow>({
    name: "leads-by-id",
    text: `SELECT ${leadColumns} FROM ${leadTables} WHERE lead.tenant_id = $1 AND lead.id = ANY ($2)`,
    values: [session.tenantId, uuids],
  });
  return rows.map(toLead);
}

/** Columns that a change may write; their names never come from a caller. */
type Column =
  | "email"
  | "phone"
  | "external_id"
  | "name"
  | "company"
  | "source"
  | "message"
  | "stage"
  | "stage_reason"
  | "owner_id"
  | "tags"
  | "attributes"
  | "referrer"
  | "landing_page"
  | "utm_source"
  | "utm_medium"
  | "utm_campaign"
  | "utm_term"
  | "utm_content";

export type LeadChanges = Partial<Record<Column, unknown>>;

/** Writes columns of a lead and raises its version. */
export async function writeLead(session: Session, uuid: string, changes: LeadChanges, now: Date): Promise<void> {
  const columns = Object.keys(changes);
  const assignments = columns.map((column, index) => `${column} = $${index + 4}, `).join("");
  await session.query({
    text: `UPDATE lead SET ${assignments}updated_at = greatest(updated_at, $3), version = version + 1
           WHERE tenant_id = $1 AND id = $2`,
    values: [session.tenantId, uuid, now, ...Object.values(changes).map(toParameter)],
  });
}

/** pg would write an object as a composite of its own making. */
function toParameter(value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? JSON.stringify(value) : value;
}
