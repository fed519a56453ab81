import type { Role } from "../../schema/member.ts";
import type { Member as MemberRow } from "../db/generated/client.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { AppError } from "../operations/app-error.ts";
import type { KnownPrincipal } from "../operations/principal.ts";

export interface LockedMembers {
  /** The role that whoever asks has now, which may differ from when the request began. */
  readonly actorRole: Role;
  readonly target: MemberRow | null;
  readonly owners: number;
}

/** NO KEY: rows that merely refer to the tenant, such as captured leads, don't wait. */
export async function lockTenant(transaction: Transaction): Promise<void> {
  const values = [transaction.tenantId];
  await transaction.query({ text: "SELECT FROM tenant WHERE id = $1 FOR NO KEY UPDATE", values });
}

/**
 * Makes changes of a tenant's members follow each other, until the transaction ends: without that, two owners could remove
 * each other at the same moment. What is read after the lock is what the one before has committed.
 */
export async function lockMembers(
  transaction: Transaction,
  principal: KnownPrincipal,
  targetId: string | null,
): Promise<LockedMembers> {
  const { tenantId, prisma } = transaction;
  await lockTenant(transaction);
  const actorId = principal.kind === "MEMBER" ? principal.memberId : null;
  const rows = await prisma.member.findMany({
    where: {
      tenantId,
      status: "ACTIVE",
      OR: [{ role: "OWNER" }, { id: { in: [actorId, targetId].filter((id) => id !== null) } }],
    },
  });
  const actor = rows.find(({ id }) => id === actorId);
  if (actor === undefined || (actor.role !== "OWNER" && actor.role !== "ADMIN")) {
    throw new AppError("FORBIDDEN", "Your role has changed meanwhile.", {
      reason: "SCOPE",
      details: { scope: "member:manage" },
    });
  }
  return {
    actorRole: actor.role,
    target: rows.find(({ id }) => id === targetId) ?? null,
    owners: rows.filter(({ role }) => role === "OWNER").length,
  };
}
