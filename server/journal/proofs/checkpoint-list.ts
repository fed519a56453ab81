import type { Checkpoint } from "../../../schema/checkpoint.ts";
import type { List } from "../../operations/paginate.ts";
import { SqlValues } from "../../operations/sql.ts";
import { checkpointColumns, type CheckpointRow, checkpointTables, toCheckpoint } from "./checkpoint-row.ts";

/** A tenant's checkpoints, the latest first. */
export function checkpointList(tenantId: string): List<CheckpointRow, Checkpoint> {
  const values = new SqlValues();
  return {
    name: "checkpoints",
    fingerprint: "",
    columns: checkpointColumns,
    from: checkpointTables,
    where: `c.tenant_id = ${values.add(tenantId)}`,
    values,
    order: [{ column: "c.tree_size", type: "bigint", isNullable: false, direction: "DESC", nulls: "LAST" }],
    id: "c.id",
    keysOf: (row) => [String(row.treeSize), row.id],
    toItem: toCheckpoint,
  };
}
