import type { Member } from "../../schema/member.ts";
import type { Tenant } from "../../schema/tenant.ts";
import type { Member as MemberRow, Tenant as TenantRow } from "../db/generated/client.ts";
import { toId } from "./ids.ts";

/** A member as the schema shows it: never with the password's hash. */
export function toMember(row: Omit<MemberRow, "passwordHash" | "tenantId">): Member {
  const { id, email, name, role, status, createdAt, lastSignedInAt, version } = row;
  return {
    __typename: "Member",
    id: toId("Member", id),
    email,
    name,
    role,
    status,
    createdAt,
    lastSignedInAt,
    version,
  };
}

export function toTenant(row: TenantRow): Tenant {
  return { __typename: "Tenant", ...row, id: toId("Tenant", row.id) };
}
