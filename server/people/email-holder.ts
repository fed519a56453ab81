import type { Role } from "../../schema/member.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { parseId } from "../operations/ids.ts";
import type { PersonTable } from "./person-edit.ts";

/** Whose e-mail address is changed. */
export interface EmailHolder {
  readonly name: string;
  readonly email: string | null;
  readonly locale: string;
  readonly timeZone: string;
  /** The active login; null: there is none. */
  readonly login: { readonly memberId: string; readonly role: Role } | null;
  /** Null: a member who is neither client nor learner nor coach. */
  readonly profile: { readonly table: PersonTable; readonly id: string; readonly invitationId: string | null } | null;
}

interface Row {
  readonly table: PersonTable | null;
  readonly id: string;
  readonly invitation_id: string | null;
  readonly name: string;
  readonly email: string | null;
  readonly locale: string;
  readonly time_zone: string;
  readonly member_id: string | null;
  readonly role: Role | null;
}

const tables = { Client: "client", Learner: "learner", Coach: "coach" } as const;

/** The person with this public id, who isn't erased meanwhile. */
export async function findHolder(transaction: Transaction, id: string): Promise<EmailHolder | null> {
  const { type, uuid } = parseId(id) ?? {};
  if (uuid === undefined || (type !== "Client" && type !== "Learner" && type !== "Coach")) return null;
  const table = tables[type];
  const [row] = await transaction.query<Row & Record<string, unknown>>({
    name: `email-holder-${table}`,
    text: `SELECT '${table}' AS "table", p.id, p.invitation_id, p.name, p.email, p.locale, p.time_zone, m.id AS member_id, m.role
           FROM ${table} p LEFT JOIN member m ON m.tenant_id = p.tenant_id AND m.id = p.member_id AND m.status = 'ACTIVE'
           WHERE p.tenant_id = $1 AND p.id = $2 AND p.erased_at IS NULL FOR NO KEY UPDATE OF p`,
    values: [transaction.tenantId, uuid],
  });
  return row === undefined ? null : toHolder(row);
}

/** The login's own. */
export async function findOwnHolder(transaction: Transaction, memberId: string): Promise<EmailHolder | null> {
  const [row] = await transaction.query<Row & Record<string, unknown>>({
    name: "email-holder-member",
    text: `SELECT NULL AS "table", m.id, NULL AS invitation_id, m.name, m.email, m.id AS member_id, m.role,
             coalesce(c.locale, l.locale, o.locale, t.locale) AS locale,
             coalesce(c.time_zone, l.time_zone, o.time_zone, t.time_zone) AS time_zone
           FROM member m JOIN tenant t ON t.id = m.tenant_id
           LEFT JOIN client c ON c.tenant_id = m.tenant_id AND c.member_id = m.id
           LEFT JOIN learner l ON l.tenant_id = m.tenant_id AND l.member_id = m.id
           LEFT JOIN coach o ON o.tenant_id = m.tenant_id AND o.member_id = m.id
           WHERE m.tenant_id = $1 AND m.id = $2 AND m.status = 'ACTIVE'`,
    values: [transaction.tenantId, memberId],
  });
  return row === undefined ? null : toHolder(row);
}

function toHolder({
  table,
  id,
  invitation_id: invitationId,
  member_id: memberId,
  role,
  time_zone: timeZone,
  ...row
}: Row): EmailHolder {
  const { name, email, locale } = row;
  return {
    name,
    email,
    locale,
    timeZone,
    login: memberId === null || role === null ? null : { memberId, role },
    profile: table === null ? null : { table, id, invitationId },
  };
}

/** Whether another client, or another login, has the address: nobody else is to get its mail. */
export async function isEmailTaken(
  transaction: Transaction,
  email: string,
  { login, profile }: Pick<EmailHolder, "login" | "profile">,
): Promise<boolean> {
  const rows = await transaction.query({
    name: "email-taken",
    text: `SELECT FROM member WHERE tenant_id = $1 AND email = $2 AND id IS DISTINCT FROM $3::uuid
           UNION ALL SELECT FROM client WHERE tenant_id = $1 AND email = $2 AND id IS DISTINCT FROM $4::uuid
             AND ($3::uuid IS NULL OR member_id IS DISTINCT FROM $3::uuid) LIMIT 1`,
    values: [transaction.tenantId, email, login?.memberId ?? null, profile?.id ?? null],
  });
  return rows.length > 0;
}
