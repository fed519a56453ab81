import type { LeadImportFailure, LeadImportStatus } from "../../schema/lead-import-status.ts";
import type { Session } from "../db/session.ts";
import type { Transaction } from "../journal/journal.service.ts";
import type { ImportOptions } from "./lead-import-options.ts";
import type { FileLayout } from "./lead-import-reader.ts";
import { importColumns, type ImportRow } from "./lead-import-row.ts";
import type { NumberedError, Tally } from "./lead-import-tally.ts";
import type { StoredPrincipal } from "../operations/standing-principal.ts";

export async function findImport(session: Session, id: string): Promise<ImportRow | undefined> {
  const [row] = await findImports(session, [id]);
  return row;
}

export function findImports(session: Session, ids: readonly string[]): Promise<ImportRow[]> {
  return session.query<ImportRow>({
    name: "lead-imports-by-id",
    text: `SELECT ${importColumns} FROM lead_import i WHERE i.tenant_id = $1 AND i.id = ANY ($2::uuid[])`,
    values: [session.tenantId, ids],
  });
}

/** Takes an import whose file begins to arrive: of two uploads at the same moment one gets it. */
export async function claimImport(session: Session, id: string): Promise<ImportRow | undefined> {
  const [row] = await session.query<ImportRow>({
    name: "lead-import-claim",
    text: `UPDATE lead_import i SET status = 'RUNNING', started_at = now(), heartbeat_at = now()
           WHERE i.tenant_id = $1 AND i.id = $2 AND i.status = 'AWAITING_UPLOAD'
           RETURNING ${importColumns}`,
    values: [session.tenantId, id],
  });
  return row;
}

/** Says that somebody still works on an import. False: it was cancelled, or given up for lost. */
export async function keepAlive(session: Session, id: string, layout: FileLayout | null): Promise<boolean> {
  const rows = await session.query({
    name: "lead-import-alive",
    text: `UPDATE lead_import SET heartbeat_at = now(), layout = coalesce($3, layout)
           WHERE tenant_id = $1 AND id = $2 AND status = 'RUNNING' RETURNING id`,
    values: [session.tenantId, id, layout === null ? null : JSON.stringify(layout)],
  });
  return rows.length > 0;
}

/** Stores how far an import is and what was wrong since. False: it isn't running any more. */
export async function saveProgress(
  session: Session,
  id: string,
  tally: Tally,
  errors: readonly NumberedError[],
): Promise<boolean> {
  const rows = await session.query({
    name: "lead-import-progress",
    text: `UPDATE lead_import SET heartbeat_at = now(), processed_rows = $3, committed_rows = $4, created_leads = $5,
             merged_leads = $6, failed_rows = $7
           WHERE tenant_id = $1 AND id = $2 AND status = 'RUNNING' RETURNING id`,
    values: [
      session.tenantId,
      id,
      tally.processedRows,
      tally.committedRows,
      tally.createdLeads,
      tally.mergedLeads,
      tally.failedRows,
    ],
  });
  if (rows.length > 0 && errors.length > 0) await insertErrors(session, id, errors);
  return rows.length > 0;
}

async function insertErrors(session: Session, id: string, errors: readonly NumberedError[]): Promise<void> {
  await session.query({
    name: "lead-import-errors",
    text: `INSERT INTO lead_import_row_error (tenant_id, import_id, number, row, line, code, message, field)
           SELECT $1, $2, r.number, r.row, r.line, r.code, r.message, coalesce(r.field, '{}')
           FROM jsonb_to_recordset($3) AS r (number int, row int, line int, code text, message text, field text[])
           ON CONFLICT DO NOTHING`, // the heartbeat and the end can both bring an error
    values: [session.tenantId, id, JSON.stringify(errors)],
  });
}

export interface Ending {
  readonly status: Extract<LeadImportStatus, "COMPLETED" | "FAILED" | "CANCELLED">;
  readonly failure: LeadImportFailure | null;
}

const entryTypes = {
  COMPLETED: "lead_import.completed",
  FAILED: "lead_import.failed",
  CANCELLED: "lead_import.cancelled",
} as const;

/** Ends an open import and tells it to the journal. Undefined: it had ended already, and nothing is written. */
export async function endImport(
  transaction: Transaction,
  id: string,
  { status, failure }: Ending,
  layout: FileLayout | null,
): Promise<ImportRow | undefined> {
  const [row] = await transaction.query<ImportRow>({
    name: "lead-import-end",
    text: `UPDATE lead_import i SET status = $3, failure = $4, finished_at = now(), layout = coalesce($5, i.layout)
           WHERE i.tenant_id = $1 AND i.id = $2 AND i.finished_at IS NULL
           RETURNING ${importColumns}`,
    values: [transaction.tenantId, id, status, failure, layout === null ? null : JSON.stringify(layout)],
  });
  if (row === undefined) return undefined;
  transaction.record({
    type: entryTypes[status],
    subjectType: "LeadImport",
    subjectId: id,
    data: {
      isDryRun: row.options.isDryRun,
      processedRows: row.processed_rows,
      committedRows: row.committed_rows,
      createdLeads: row.created_leads,
      mergedLeads: row.merged_leads,
      failedRows: row.failed_rows,
      ...(failure === null ? {} : { failure }),
    },
  });
  return row;
}

export interface NewImport {
  readonly id: string;
  readonly fileName: string;
  readonly options: ImportOptions;
  readonly creator: StoredPrincipal;
  readonly expiresAt: Date;
}

export async function insertImport(
  session: Session,
  { id, fileName, options, creator, expiresAt }: NewImport,
): Promise<ImportRow> {
  const [row] = await session.query<ImportRow>({
    name: "lead-import-insert",
    text: `INSERT INTO lead_import AS i (tenant_id, id, file_name, options, creator, upload_expires_at)
           VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${importColumns}`,
    values: [session.tenantId, id, fileName, JSON.stringify(options), JSON.stringify(creator), expiresAt],
  });
  if (row === undefined) throw new Error("an insert without a row");
  return row;
}
