import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { ClaimedMail } from "./mail-row.ts";

/**
 * A process that has been sending a mail for so long has ended. It is real time, whatever the clock of what is due says:
 * no attempt takes longer, and nobody else may take the mail meanwhile.
 */
const lostAfter = "interval '10 minutes'";

/** Tenants that have mail to send at the instant, or mail whose sender was lost. */
export async function tenantsWithDueMail(database: Database, at: Date): Promise<string[]> {
  const rows = await database.global((session) =>
    session.query<{ tenant_id: string }>({
      name: "tenants-with-due-mail",
      text: `SELECT tenants_with_due_mail AS tenant_id FROM tenants_with_due_mail($1, now() - ${lostAfter})`,
      values: [at],
    }),
  );
  return rows.map((row) => row.tenant_id);
}

/** Those that have waited longest. */
export async function findDueMail(session: Session, at: Date, limit: number): Promise<string[]> {
  const rows = await session.query<{ id: string }>({
    name: "due-mail",
    text: `SELECT id FROM mail WHERE tenant_id = $1 AND state = 'QUEUED' AND next_attempt_at <= $2
           ORDER BY next_attempt_at, id LIMIT $3`,
    values: [session.tenantId, at, limit],
  });
  return rows.map((row) => row.id);
}

/**
 * Takes a mail that is due, so that nobody else sends it; undefined when it isn't due or somebody was faster. It is committed
 * before anything is sent: whatever happens then, the mail isn't taken for unsent.
 */
export async function claimMail(
  database: Database,
  tenantId: string,
  { id, at, domain }: { readonly id: string; readonly at: Date; readonly domain: string },
): Promise<ClaimedMail | undefined> {
  const { result } = await database.transaction(tenantId, (session) =>
    session.query<ClaimedMail>({
      name: "claim-mail",
      text: `WITH claimed AS (
               UPDATE mail m SET state = 'SENDING', next_attempt_at = NULL, claimed_at = now(), attempts = attempts + 1,
                 message_id = coalesce(message_id, m.id || '@' || $4), version = version + 1, updated_at = $3
               WHERE m.tenant_id = $1 AND m.id = $2 AND m.state = 'QUEUED' AND m.next_attempt_at <= $3
               RETURNING m.*)
             SELECT c.id, c.kind, c.cause, c.recipient, c.recipient_name, c.locale, c.time_zone, c.data, c.attachments, c.due_at,
               c.attempts, c.message_id, t.name AS tenant_name, b.sender_name, b.sender_address, b.reply_to, b.color, b.logo_url
             FROM claimed c JOIN tenant t ON t.id = c.tenant_id LEFT JOIN mail_branding b ON b.tenant_id = c.tenant_id`,
      values: [tenantId, id, at, domain],
    }),
  );
  return result[0];
}

/** What came of an attempt. */
export type MailEnding =
  | { readonly state: "SENT"; readonly without: string | undefined }
  | { readonly state: "FAILED" | "UNKNOWN"; readonly reason: string }
  | { readonly state: "QUEUED"; readonly reason: string; readonly nextAttemptAt: Date };

/** False when the attempt isn't ours any more. One that was taken for lost and did arrive counts as sent. */
export async function endAttempt(
  session: Session,
  { id, attempts }: Pick<ClaimedMail, "id" | "attempts">,
  ending: MailEnding,
  at: Date,
): Promise<boolean> {
  const rows = await session.query({
    name: "end-mail-attempt",
    text: `UPDATE mail SET state = $4, last_error = $5, next_attempt_at = $6, sent_at = CASE WHEN $4 = 'SENT' THEN $7::timestamptz END,
             data = CASE WHEN $8::text IS NULL THEN data ELSE data - $8::text END, version = version + 1, updated_at = $7
           WHERE tenant_id = $1 AND id = $2 AND attempts = $3 AND (state = 'SENDING' OR (state = 'UNKNOWN' AND $4 = 'SENT'))
           RETURNING id`,
    values: [
      session.tenantId,
      id,
      attempts,
      ending.state,
      ending.state === "SENT" ? null : ending.reason,
      ending.state === "QUEUED" ? ending.nextAttemptAt : null,
      at,
      ending.state === "SENT" ? (ending.without ?? null) : null,
    ],
  });
  return rows.length > 0;
}

/** Mail whose sender was lost in the middle: nobody knows whether it went out. */
export function endLostMail(session: Session, reason: string, at: Date): Promise<LostMail[]> {
  return session.query<LostMail>({
    name: "end-lost-mail",
    text: `UPDATE mail SET state = 'UNKNOWN', last_error = $2, version = version + 1, updated_at = $3
           WHERE tenant_id = $1 AND state = 'SENDING' AND claimed_at < now() - ${lostAfter}
           RETURNING id, kind, cause, attempts`,
    values: [session.tenantId, reason, at],
  });
}

export interface LostMail {
  readonly id: string;
  readonly kind: string;
  readonly cause: string;
  readonly attempts: number;
}
