import type { Session } from "../db/session.ts";

/** Whom something is about, by the uuids of their profiles. */
export interface Concerned {
  readonly coachIds?: readonly string[];
  readonly clientIds?: readonly string[];
  readonly learnerIds?: readonly string[];
}

/** Uuids of the members behind each profile; behind a learner's also those of whoever pays for him. */
export async function readMembers(
  session: Session,
  { coachIds = [], clientIds = [], learnerIds = [] }: Concerned,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const rows = await session.query<{ id: string; member_id: string }>({
    name: "people-members-of",
    text: `SELECT id, member_id FROM coach WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND member_id IS NOT NULL
           UNION ALL SELECT id, member_id FROM client WHERE tenant_id = $1 AND id = ANY ($3::uuid[]) AND member_id IS NOT NULL
           UNION ALL SELECT id, member_id FROM learner WHERE tenant_id = $1 AND id = ANY ($4::uuid[]) AND member_id IS NOT NULL
           UNION ALL SELECT link.learner_id, payer.member_id FROM client_learner AS link
             JOIN client AS payer ON payer.tenant_id = link.tenant_id AND payer.id = link.client_id
             WHERE link.tenant_id = $1 AND link.learner_id = ANY ($4::uuid[]) AND payer.member_id IS NOT NULL`,
    values: [session.tenantId, unique(coachIds), unique(clientIds), unique(learnerIds)],
  });
  const members = new Map<string, Set<string>>();
  for (const { id, member_id: memberId } of rows) {
    const found = members.get(id) ?? new Set();
    members.set(id, found.add(memberId));
  }
  return members;
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
