import type { Member, MemberStatus, Role } from "../../schema/member.ts";
import type { Session } from "../db/session.ts";
import { toId } from "./ids.ts";

/**
 * The columns of a member that is joined to another row, as its owner or author.
 *
 * The member comes with the row in one statement: a page of leads with owners is what people look at most, and a join on
 * the primary key costs less than a second statement. Nothing else in this domain knows the members' table.
 */
export interface MemberColumns {
  readonly member_id: string | null;
  readonly member_email: string | null;
  readonly member_name: string | null;
  readonly member_role: Role | null;
  readonly member_status: MemberStatus | null;
  readonly member_created_at: Date | null;
  readonly member_last_signed_in_at: Date | null;
  readonly member_version: number | null;
}

const sqlByColumn: Readonly<Record<keyof MemberColumns, string>> = {
  member_id: "member.id",
  member_email: "member.email",
  member_name: "member.name",
  member_role: "member.role",
  member_status: "member.status",
  member_created_at: "member.created_at",
  member_last_signed_in_at: "member.last_signed_in_at",
  member_version: "member.version",
};

/** SQL that selects one of the columns. */
export function memberColumn(column: keyof MemberColumns): string {
  return `${sqlByColumn[column]} AS ${column}`;
}

export const memberColumns = (Object.keys(sqlByColumn) as (keyof MemberColumns)[]).map(memberColumn).join(", ");

/** Joins the member whom a column of a table names. */
export function joinMember(table: string, column: string): string {
  return `LEFT JOIN member ON member.tenant_id = ${table}.tenant_id AND member.id = ${table}.${column}`;
}

/** The member; null when there is none. A list that reads fewer columns leaves the others undefined: nobody asked for them. */
export function toMember(row: MemberColumns): Member | null {
  const { member_id, member_email, member_name, member_role, member_status, member_created_at, member_version } = row;
  if (member_id == null || member_email === null || member_name === null || member_role === null) return null;
  if (member_status === null || member_created_at === null || member_version === null) return null;
  return {
    __typename: "Member",
    id: toId("Member", member_id),
    email: member_email,
    name: member_name,
    role: member_role,
    status: member_status,
    createdAt: member_created_at,
    lastSignedInAt: row.member_last_signed_in_at,
    version: member_version,
  };
}

/** Whether a lead can be given to this member. */
export async function isActiveMember(session: Session, uuid: string): Promise<boolean> {
  const rows = await session.query({
    name: "lead-owner-is-active",
    text: "SELECT FROM member WHERE tenant_id = $1 AND id = $2 AND status = 'ACTIVE' FOR SHARE",
    values: [session.tenantId, uuid],
  });
  return rows.length > 0;
}
