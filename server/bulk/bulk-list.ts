import type { BulkOperation } from "../../schema/bulk-operation.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import type { List } from "../operations/paginate.ts";
import { SqlValues } from "../operations/sql.ts";
import { type OperationRow, operationColumns, toBulkOperation } from "./bulk-row.ts";

/** A tenant's bulk operations, newest first. */
export function listOperations(cursors: CursorCodec): List<OperationRow, BulkOperation> {
  return {
    name: "bulkOperations",
    fingerprint: "",
    columns: operationColumns,
    from: "bulk_operation o",
    where: "o.tenant_id = nexora_tenant()",
    values: new SqlValues(),
    id: "o.id",
    order: [{ column: "o.created_at", type: "timestamptz", isNullable: false, direction: "DESC", nulls: "LAST" }],
    keysOf: (row) => [row.created_at.toISOString(), row.id],
    toItem: (row) => toBulkOperation(row, cursors),
  };
}
