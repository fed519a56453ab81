import type { Session } from "../db/session.ts";
import type { DueInput } from "./ledger.ts";

/** How many days before their end clients are told of credits. */
const warningDays = [30, 7, 1] as const;

export const firstWarningDays = warningDays[0];

/** Lots of one account that end at the same instant, and hadn't been told of so late yet. */
export interface Warning {
  readonly account_id: string;
  readonly days: number;
  readonly expires_at: Date;
  readonly credits: bigint;
  readonly lot_ids: string[];
}

/**
 * What is to be announced at an instant: lots with the last of the days that is due, unless it was announced. Of a month's credits
 * that end with it nobody is told as soon as they come.
 */
const due = `SELECT l.id, l.remaining, l.account_id, l.expires_at, warning.days
  FROM credit_lot l
  CROSS JOIN LATERAL (
    SELECT min(days)::smallint AS days FROM unnest($3::int[]) AS days
    WHERE l.expires_at - days * interval '24 hours' <= $2 AND l.expires_at - days * interval '24 hours' >= l.effective_at
      AND (days < ${firstWarningDays} OR l.expires_at > l.effective_at + interval '32 days')
  ) AS warning
  WHERE l.tenant_id = $1 AND l.is_open AND l.effective_at <= $2 AND l.expires_at > $2
    AND l.expires_at <= $2::timestamptz + ${firstWarningDays} * interval '24 hours' AND warning.days IS NOT NULL
    AND NOT EXISTS (SELECT FROM credit_expiry_warning w WHERE w.tenant_id = $1 AND w.lot_id = l.id AND w.days = warning.days)`;

/**
 * Records what is to be announced at an instant, at most so many lots, and returns it: each lot once for 30, 7 and 1 days.
 * Of several that are due at once, because nobody looked meanwhile, it is the last; a lot that came in with less time left
 * than that isn't told of.
 */
export function recordWarnings(session: Session, { at, most, clientId = null }: DueInput): Promise<Warning[]> {
  return session.query<Warning>({
    name: "credit-warnings",
    text: `WITH due AS (
             ${due} AND ($5::uuid IS NULL OR l.account_id = $5)
             ORDER BY l.expires_at, l.id LIMIT $4
           ), warned AS (
             INSERT INTO credit_expiry_warning (tenant_id, lot_id, days, remaining, warned_at)
             SELECT $1, id, days, remaining, $2 FROM due
             ON CONFLICT DO NOTHING RETURNING lot_id
           )
           SELECT account_id, days, expires_at, sum(remaining)::bigint AS credits, array_agg(id ORDER BY id) AS lot_ids
           FROM due WHERE id IN (SELECT lot_id FROM warned)
           GROUP BY account_id, days, expires_at ORDER BY expires_at, account_id`,
    values: [session.tenantId, at, warningDays, most, clientId],
  });
}

/** Clients to whom something is to be announced. */
export function clientsToWarn(session: Session, at: Date, most: number): Promise<{ id: string }[]> {
  return session.query<{ id: string }>({
    name: "credit-clients-to-warn",
    text: `SELECT DISTINCT account_id AS id FROM (${due}) AS due ORDER BY account_id LIMIT $4`,
    values: [session.tenantId, at, warningDays, most],
  });
}
