import type { Session } from "../db/session.ts";

/** SQL of the uuids of a lead and of all leads that it has taken in, directly or through one of them. */
export function lineageOf(lead: string): string {
  return `WITH RECURSIVE lineage (id) AS (
      SELECT ${lead}
      UNION
      SELECT lead_merge.merged_id FROM lineage
      JOIN lead_merge ON lead_merge.tenant_id = nexora_tenant() AND lead_merge.kept_id = lineage.id
    ) SELECT id FROM lineage`;
}

export async function readLineage(session: Session, leadId: string): Promise<string[]> {
  const rows = await session.query<{ id: string }>({
    name: "lead-lineage",
    text: lineageOf("$1::uuid"),
    values: [leadId],
  });
  return rows.map(({ id }) => id);
}
