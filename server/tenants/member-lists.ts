import type { Invitation as InvitationRow, Member as MemberRow } from "../db/generated/client.ts";
import type { List } from "../operations/paginate.ts";
import { SqlValues } from "../operations/sql.ts";

export type MemberColumns = Omit<MemberRow, "tenantId" | "passwordHash">;
export type InvitationColumns = Omit<InvitationRow, "tenantId" | "tokenHash" | "invitedById">;

const newestFirst = {
  column: "created_at",
  type: "timestamptz",
  isNullable: false,
  direction: "DESC",
  nulls: "LAST",
} as const;
const oldestFirst = { ...newestFirst, direction: "ASC" } as const;

/** Members, those who joined first first. */
export function memberList<Item>(tenantId: string, toItem: (row: MemberColumns) => Item): List<MemberColumns, Item> {
  const values = new SqlValues();
  return {
    name: "members",
    fingerprint: "",
    columns: `id, email, name, role, status, created_at AS "createdAt", last_signed_in_at AS "lastSignedInAt", version`,
    from: "member",
    where: `tenant_id = ${values.add(tenantId)}`,
    values,
    order: [oldestFirst],
    id: "id",
    keysOf: (row) => [row.createdAt.toISOString(), row.id],
    toItem,
  };
}

/** Invitations, the newest first. */
export function invitationList<Item>(
  tenantId: string,
  toItem: (row: InvitationColumns) => Item,
): List<InvitationColumns, Item> {
  const values = new SqlValues();
  return {
    name: "invitations",
    fingerprint: "",
    columns: `id, email, role, created_at AS "createdAt", expires_at AS "expiresAt", accepted_at AS "acceptedAt",
      revoked_at AS "revokedAt"`,
    from: "invitation",
    where: `tenant_id = ${values.add(tenantId)}`,
    values,
    order: [newestFirst],
    id: "id",
    keysOf: (row) => [row.createdAt.toISOString(), row.id],
    toItem,
  };
}
