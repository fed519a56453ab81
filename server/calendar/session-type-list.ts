import type { SessionType } from "../../schema/session-type.ts";
import type { List } from "../operations/paginate.ts";
import { SqlValues } from "../operations/sql.ts";
import { toSessionType } from "./session-type-content.ts";
import { sessionTypeColumns, type SessionTypeRow } from "./session-type-row.ts";

/** A tenant's session types, the oldest first. */
export function sessionTypeList(includeArchived: boolean): List<SessionTypeRow & Record<string, unknown>, SessionType> {
  return {
    name: "sessionTypes",
    fingerprint: String(includeArchived),
    columns: sessionTypeColumns,
    from: "session_type t",
    where: `t.tenant_id = nexora_tenant()${includeArchived ? "" : " AND t.archived_at IS NULL"}`,
    values: new SqlValues(),
    id: "t.id",
    order: [{ column: "t.created_at", type: "timestamptz", isNullable: false, direction: "ASC", nulls: "LAST" }],
    keysOf: (row) => [row.createdAt.toISOString(), row.id],
    toItem: toSessionType,
  };
}
