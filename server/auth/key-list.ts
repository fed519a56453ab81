import type { ApiKey as ApiKeyRow } from "../db/generated/client.ts";
import type { List } from "../operations/paginate.ts";
import { SqlValues } from "../operations/sql.ts";

export type KeyColumns = Omit<ApiKeyRow, "tenantId" | "secretHash" | "createdById">;

/** Keys, the newest first. */
export function keyList<Item>(tenantId: string, toItem: (row: KeyColumns) => Item): List<KeyColumns, Item> {
  const values = new SqlValues();
  return {
    name: "apiKeys",
    fingerprint: "",
    columns: `id, kind, name, last_four AS "lastFour", scopes, allowed_origins AS "allowedOrigins", created_at AS "createdAt",
      last_used_at AS "lastUsedAt", expires_at AS "expiresAt", revoked_at AS "revokedAt",
      document_mode AS "documentMode"`,
    from: "api_key",
    where: `tenant_id = ${values.add(tenantId)}`,
    values,
    order: [{ column: "created_at", type: "timestamptz", isNullable: false, direction: "DESC", nulls: "LAST" }],
    id: "id",
    keysOf: (row) => [row.createdAt.toISOString(), row.id],
    toItem,
  };
}
