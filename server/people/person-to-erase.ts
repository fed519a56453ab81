import type { Transaction } from "../journal/journal.service.ts";
import { parseId } from "../operations/ids.ts";
import { readClients, readCoaches, readLearners } from "./people.queries.ts";
import type { ErasedPerson } from "./person-ties.port.ts";

const readers = { Client: readClients, Learner: readLearners, Coach: readCoaches } as const;
const everybody = { kind: "TEAM" } as const;

/** The person with this id, locked until he is erased; null when there is none. */
export async function personToErase(transaction: Transaction, id: string): Promise<ErasedPerson | null> {
  const { type, uuid } = parseId(id) ?? {};
  if (uuid === undefined || (type !== "Client" && type !== "Learner" && type !== "Coach")) return null;
  const [row] = await readers[type](transaction, everybody, [uuid], { lock: "ERASURE" });
  if (row === undefined) return null;
  const login = row.member_id === null ? null : await readLogin(transaction, row.member_id);
  const memberId = login?.is_needed === false ? row.member_id : null;
  const emails = [row.email, ...(memberId === null ? [] : [login?.email, login?.pending])].filter(
    (email) => email != null,
  );
  const taken = await readTaken(transaction, emails, { id: row.id, memberId });
  return { kind: type, id: row.id, memberId, emails: [...new Set(emails)].filter((email) => !taken.has(email)) };
}

/** Somebody who is a client and a learner has one login for both, and one of the team keeps his. */
async function readLogin(transaction: Transaction, memberId: string) {
  const [row] = await transaction.query<{ email: string; pending: string | null; is_needed: boolean }>({
    name: "erasure-login",
    text: `SELECT email, (SELECT email FROM email_change WHERE tenant_id = $1 AND member_id = $2) AS pending, role NOT IN ('CLIENT', 'LEARNER', 'COACH') OR 1 < (
             (SELECT count(*) FROM client WHERE tenant_id = $1 AND member_id = $2)
             + (SELECT count(*) FROM learner WHERE tenant_id = $1 AND member_id = $2)
             + (SELECT count(*) FROM coach WHERE tenant_id = $1 AND member_id = $2)) AS is_needed
           FROM member WHERE tenant_id = $1 AND id = $2`,
    values: [transaction.tenantId, memberId],
  });
  return row;
}

/** Addresses that somebody else has: what was mailed there may be his. */
async function readTaken(
  transaction: Transaction,
  emails: readonly string[],
  { id, memberId }: { readonly id: string; readonly memberId: string | null },
): Promise<ReadonlySet<string>> {
  const rows = await transaction.query<{ email: string }>({
    name: "erasure-emails",
    text: `SELECT email FROM client WHERE tenant_id = $1 AND email = ANY ($2) AND id <> $3
           UNION SELECT email FROM learner WHERE tenant_id = $1 AND email = ANY ($2) AND id <> $3
           UNION SELECT email FROM coach WHERE tenant_id = $1 AND email = ANY ($2) AND id <> $3
           UNION SELECT email FROM member WHERE tenant_id = $1 AND email = ANY ($2) AND id IS DISTINCT FROM $4 AND status = 'ACTIVE'`,
    values: [transaction.tenantId, emails, id, memberId],
  });
  return new Set(rows.map(({ email }) => email));
}
