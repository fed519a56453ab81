import type { DeprecatedFieldUsage as UsageRow } from "../db/generated/client.ts";
import type { List } from "../operations/paginate.ts";
import { SqlValues } from "../operations/sql.ts";

export type UsageColumns = Omit<UsageRow, "tenantId">;

/** Which keys use what, the latest to begin first. */
export function usageList<Item>(tenantId: string, toItem: (row: UsageColumns) => Item): List<UsageColumns, Item> {
  const values = new SqlValues();
  return {
    name: "deprecatedFieldUsage",
    fingerprint: "",
    columns: `id, key_id AS "keyId", coordinate, operations, first_used_at AS "firstUsedAt", last_used_at AS "lastUsedAt"`,
    from: "deprecated_field_usage",
    where: `tenant_id = ${values.add(tenantId)}`,
    values,
    order: [{ column: "first_used_at", type: "timestamptz", isNullable: false, direction: "DESC", nulls: "LAST" }],
    id: "id",
    keysOf: (row) => [row.firstUsedAt.toISOString(), row.id],
    toItem,
  };
}
