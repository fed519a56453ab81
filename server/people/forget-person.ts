import type { Transaction } from "../journal/journal.service.ts";
import type { ErasedPerson } from "./person-ties.port.ts";

/** What stands in place of a name. */
export const erasedName = "(erased)";

const erasedColumns = {
  Client: `UPDATE client SET name = $4, email = $2 || '@erased.invalid', phone = NULL`,
  Learner: `UPDATE learner SET name = $4, email = NULL, grade = NULL, goals = '{}', subjects = '{}'`,
  Coach: `UPDATE coach SET name = $4, pseudonym = $4 || ' ' || $2, email = NULL, bio = NULL, subjects = '{}', modes = '{}',
    status = 'DEACTIVATED', deactivated_at = coalesce(deactivated_at, $3)`,
} as const;

const belongings = {
  Client: ["client_consent", "client_learner"],
  Learner: ["client_learner", "coach_learner", "coach_note"],
  Coach: ["coach_learner"],
} as const;

const references = { Client: "client_id", Learner: "learner_id", Coach: "coach_id" } as const;

/** Empties the person's row, and removes what belongs to it. Returns the uuids of the invitations that he got. */
export async function forgetPerson(
  transaction: Transaction,
  { kind, id, emails }: ErasedPerson,
  now: Date,
): Promise<string[]> {
  const { tenantId } = transaction;
  const table = kind.toLowerCase();
  const invitations = await transaction.query<{ id: string }>({
    name: `erase-invitations-${table}`,
    text: `SELECT id FROM invitation WHERE tenant_id = $1 AND email = ANY ($3)
           UNION SELECT invitation_id FROM ${table} WHERE tenant_id = $1 AND id = $2 AND invitation_id IS NOT NULL
             AND NOT EXISTS (SELECT FROM client c WHERE c.tenant_id = $1 AND c.invitation_id = ${table}.invitation_id AND c.id <> $2)
             AND NOT EXISTS (SELECT FROM learner l WHERE l.tenant_id = $1 AND l.invitation_id = ${table}.invitation_id AND l.id <> $2)`,
    values: [tenantId, id, emails],
  });
  await transaction.query({
    name: `erase-${table}`,
    text: `${erasedColumns[kind]}, member_id = NULL, invitation_id = NULL, time_zone = 'UTC', locale = 'en', erased_at = $3,
             updated_at = greatest(updated_at, $3), version = version + 1
           WHERE tenant_id = $1 AND id = $2::text::uuid`,
    values: [tenantId, id, now, erasedName],
  });
  for (const belonging of belongings[kind]) {
    await transaction.query({
      name: `erase-${table}-${belonging}`,
      text: `DELETE FROM ${belonging} WHERE tenant_id = $1 AND ${references[kind]} = $2`,
      values: [tenantId, id],
    });
  }
  return invitations.map((row) => row.id);
}

/** Whether somebody would be left for whom nobody pays. */
export async function leavesLearners(transaction: Transaction, clientId: string): Promise<boolean> {
  const rows = await transaction.query({
    name: "erasure-learners-left",
    text: `SELECT FROM client_learner own WHERE own.tenant_id = $1 AND own.client_id = $2 AND NOT EXISTS (
             SELECT FROM client_learner other WHERE other.tenant_id = $1 AND other.learner_id = own.learner_id
               AND other.client_id <> $2) LIMIT 1`,
    values: [transaction.tenantId, clientId],
  });
  return rows.length > 0;
}

/** Somebody has to pay by default for those whom the client leaves to others. */
export async function passLearnersOn(transaction: Transaction, clientId: string): Promise<void> {
  await transaction.query({
    name: "erasure-unlink-primary",
    text: "UPDATE client_learner SET is_primary = false WHERE tenant_id = $1 AND client_id = $2 AND is_primary",
    values: [transaction.tenantId, clientId],
  });
  await transaction.query({
    name: "erasure-pass-on",
    text: `UPDATE client_learner next SET is_primary = true FROM client_learner own
           WHERE own.tenant_id = $1 AND own.client_id = $2 AND next.tenant_id = $1 AND next.learner_id = own.learner_id
             AND next.client_id = (SELECT other.client_id FROM client_learner other WHERE other.tenant_id = $1
               AND other.learner_id = own.learner_id AND other.client_id <> $2 ORDER BY other.client_id LIMIT 1)
             AND NOT EXISTS (SELECT FROM client_learner first WHERE first.tenant_id = $1 AND first.learner_id = own.learner_id
               AND first.is_primary)`,
    values: [transaction.tenantId, clientId],
  });
}
