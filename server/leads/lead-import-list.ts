import type { LeadImportRowError } from "../../schema/lead-import-row-error.ts";
import type { LeadImport } from "../../schema/lead-import.ts";
import type { ChildList } from "../operations/paginate-children.ts";
import type { List } from "../operations/paginate.ts";
import { SqlValues } from "../operations/sql.ts";
import { importColumns, type ImportRow, type RowErrorRow, toLeadImport, toRowError } from "./lead-import-row.ts";

/** A tenant's imports, newest first. */
export function listImports(): List<ImportRow, LeadImport> {
  return {
    name: "leadImports",
    fingerprint: "",
    columns: importColumns,
    from: "lead_import i",
    where: "i.tenant_id = nexora_tenant()",
    values: new SqlValues(),
    id: "i.id",
    order: [{ column: "i.created_at", type: "timestamptz", isNullable: false, direction: "DESC", nulls: "LAST" }],
    keysOf: (row) => [row.created_at.toISOString(), row.id],
    toItem: toLeadImport,
  };
}

/** What was wrong with an import's rows, in the order of the file. */
export const errorList: ChildList<RowErrorRow, LeadImportRowError> = {
  name: "leadImport.errors",
  columns: "e.number, e.import_id, e.row, e.line, e.code, e.message, e.field",
  from: "lead_import_row_error e",
  belongsTo: (leadImport) => `e.tenant_id = nexora_tenant() AND e.import_id = ${leadImport}`,
  id: "e.import_id", // the same for all: the number alone makes the order total
  order: [{ column: "e.number", type: "bigint", isNullable: false, direction: "ASC", nulls: "LAST" }],
  keysOf: (row) => [String(row.number), row.import_id],
  toItem: toRowError,
};
