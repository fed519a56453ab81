import type { LeadImportRowError, LeadImportRowErrorCode } from "../../schema/lead-import-row-error.ts";
import type { LeadImportFailure, LeadImportStatus } from "../../schema/lead-import-status.ts";
import type { LeadImport } from "../../schema/lead-import.ts";
import { toId } from "../operations/ids.ts";
import type { ImportOptions } from "./lead-import-options.ts";
import type { FileLayout } from "./lead-import-reader.ts";
import type { StoredPrincipal } from "../operations/standing-principal.ts";

/** A row of lead_import. */
export interface ImportRow {
  readonly id: string;
  readonly status: LeadImportStatus;
  readonly file_name: string;
  readonly options: ImportOptions;
  readonly creator: StoredPrincipal;
  readonly upload_expires_at: Date;
  readonly created_at: Date;
  readonly started_at: Date | null;
  readonly finished_at: Date | null;
  readonly layout: FileLayout | null;
  readonly processed_rows: number;
  readonly committed_rows: number;
  readonly created_leads: number;
  readonly merged_leads: number;
  readonly failed_rows: number;
  readonly failure: LeadImportFailure | null;
}

export const importColumns = `i.id, i.status, i.file_name, i.options, i.creator, i.upload_expires_at, i.created_at, i.started_at,
  i.finished_at, i.layout, i.processed_rows, i.committed_rows, i.created_leads, i.merged_leads, i.failed_rows, i.failure`;

export function toLeadImport(row: ImportRow): LeadImport {
  return {
    __typename: "LeadImport",
    id: toId("LeadImport", row.id),
    uuid: row.id,
    status: row.status,
    format: row.options.format,
    fileName: row.file_name,
    isDryRun: row.options.isDryRun,
    errorPolicy: row.options.errorPolicy,
    encoding: row.layout?.encoding ?? null,
    delimiter: row.layout?.delimiter ?? null,
    columns: row.layout?.columns ?? [],
    processedRows: row.processed_rows,
    committedRows: row.committed_rows,
    createdLeads: row.created_leads,
    mergedLeads: row.merged_leads,
    failedRows: row.failed_rows,
    failure: row.failure,
    createdAt: row.created_at,
    uploadExpiresAt: row.upload_expires_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
  };
}

/** A row of lead_import_row_error. */
export interface RowErrorRow {
  readonly number: number;
  readonly import_id: string;
  readonly row: number;
  readonly line: number;
  readonly code: LeadImportRowErrorCode;
  readonly message: string;
  readonly field: string[];
}

export function toRowError({ row, line, code, message, field }: RowErrorRow): LeadImportRowError {
  return { row, line, code, message, field: field.length === 0 ? null : field };
}
