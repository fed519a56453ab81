import type { Session } from "../../db/session.ts";

/** What an entry's hash was made of. */
export interface EntryEvidence {
  readonly id: string;
  readonly position: bigint;
  readonly canonical: string;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
  readonly personal: string | null;
  readonly personalSalt: Buffer | null;
}

const columns = `e.id, e.position, e.hash, e.personal::text AS personal, e.personal_salt AS "personalSalt",
  journal_canonical(e.tenant_id, e.position, e.id, e.type, e.subject_type, e.subject_id, e.actor, e.request_id,
    e.occurred_at, e.data, e.personal_hash) AS canonical,
  coalesce((SELECT p.hash FROM journal_entry p WHERE p.tenant_id = e.tenant_id AND p.position = e.position - 1),
    journal_genesis()) AS "previousHash"`;

/** By the entries' uuids; what isn't there is left out. */
export async function readEvidence(session: Session, ids: readonly string[]): Promise<Map<string, EntryEvidence>> {
  const rows = await session.query<EntryEvidence>({
    name: "entry-evidence",
    text: `SELECT ${columns} FROM journal_entry e WHERE e.tenant_id = $1 AND e.id = ANY ($2)`,
    values: [session.tenantId, ids],
  });
  return new Map(rows.map((row) => [row.id, row]));
}
