import type { Member, Tenant } from "../db/generated/client.ts";
import type { Transaction } from "../journal/journal.service.ts";

export interface NewTenant {
  readonly name: string;
  readonly defaultCountry: string;
  readonly timeZone: string;
  readonly locale: string;
  readonly currency: string;
  /** A name that the setting PLANS knows; without one, the standard plan. */
  readonly plan?: string;
}

export interface NewOwner {
  readonly memberId: string;
  readonly email: string;
  readonly name: string;
  readonly passwordHash: string;
}

/** Writes a tenant, its empty journal and its owner, in the transaction of that very tenant. */
export async function insertTenant(
  transaction: Transaction,
  tenant: NewTenant,
  owner: NewOwner,
): Promise<{ tenant: Tenant; member: Member }> {
  const { tenantId, prisma } = transaction;
  const { memberId, email, name, passwordHash } = owner;
  const created = await prisma.tenant.create({ data: { id: tenantId, ...tenant } });
  await transaction.query({
    text: "INSERT INTO journal_head (tenant_id, position, hash) VALUES ($1, 0, journal_genesis())",
    values: [tenantId],
  });
  const member = await prisma.member.create({
    data: { tenantId, id: memberId, email, name, passwordHash, role: "OWNER" },
  });
  transaction.record({ type: "tenant.created", subjectType: "Tenant", subjectId: tenantId, data: { ...tenant } });
  transaction.record({
    type: "member.joined",
    subjectType: "Member",
    subjectId: memberId,
    data: { role: "OWNER" },
    personal: { email, name },
  });
  return { tenant: created, member };
}
