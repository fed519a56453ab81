import type { Session } from "../db/session.ts";

/** Of a client's learner: what ended within a month. */
export interface LearnerMonth {
  readonly clientId: string;
  readonly learnerId: string;
  /** Sessions in which he was. */
  readonly sessions: number;
  /** Sessions to which he didn't come. */
  readonly missed: number;
  /** What they were about, in the order of the sessions. */
  readonly topics: readonly string[];
}

/** A place in a session to come. */
export interface UpcomingPlace {
  readonly clientId: string;
  readonly learnerId: string;
  readonly coachId: string;
  readonly title: string;
  readonly startsAt: Date;
}

const mostUpcoming = 5;

/**
 * What clients' learners did between two instants. A session counts when its end was told, as its credits do: so what a coach
 * reports late is in the next month, and nothing is left out or told twice.
 */
export async function readLearnerMonths(
  session: Session,
  { clientIds, from, to }: { readonly clientIds: readonly string[]; readonly from: Date; readonly to: Date },
): Promise<LearnerMonth[]> {
  const rows = await session.query<{
    client_id: string;
    learner_id: string;
    sessions: bigint;
    missed: bigint;
    topics: string[];
  }>({
    name: "learner-months",
    text: `SELECT b.client_id, b.learner_id, count(*) FILTER (WHERE b.status = 'ATTENDED') AS sessions,
             count(*) FILTER (WHERE b.status = 'NO_SHOW') AS missed,
             coalesce(jsonb_agg(r.topics ORDER BY s.starts_at) FILTER (WHERE b.status = 'ATTENDED' AND r.topics IS NOT NULL), '[]') AS topics
           FROM booking b
           JOIN session s ON s.tenant_id = b.tenant_id AND s.id = b.session_id
           LEFT JOIN session_report r ON r.tenant_id = s.tenant_id AND r.session_id = s.id
           WHERE b.tenant_id = nexora_tenant() AND b.client_id = ANY ($1::uuid[]) AND b.status IN ('ATTENDED', 'NO_SHOW')
             AND b.ended_at >= $2 AND b.ended_at < $3
           GROUP BY b.client_id, b.learner_id ORDER BY b.client_id, b.learner_id`,
    values: [clientIds, from, to],
  });
  return rows.map(({ client_id: clientId, learner_id: learnerId, sessions, missed, topics }) => ({
    clientId,
    learnerId,
    sessions: Number(sessions),
    missed: Number(missed),
    topics: [...new Set(topics.flat())],
  }));
}

/** The next few sessions of each client. */
export function readUpcoming(session: Session, clientIds: readonly string[], now: Date): Promise<UpcomingPlace[]> {
  return session.query<UpcomingPlace & Record<string, unknown>>({
    name: "upcoming-places",
    text: `SELECT wanted.id AS "clientId", next.*
           FROM unnest($1::uuid[]) AS wanted (id)
           CROSS JOIN LATERAL (
             SELECT b.learner_id AS "learnerId", s.coach_id AS "coachId", s.title, s.starts_at AS "startsAt"
             FROM booking b JOIN session s ON s.tenant_id = b.tenant_id AND s.id = b.session_id
             WHERE b.tenant_id = nexora_tenant() AND b.client_id = wanted.id AND b.status = 'BOOKED'
               AND s.status = 'CONFIRMED' AND s.starts_at > $2
             ORDER BY s.starts_at, s.id LIMIT ${mostUpcoming}
           ) AS next
           ORDER BY "startsAt"`,
    values: [clientIds, now],
  });
}
