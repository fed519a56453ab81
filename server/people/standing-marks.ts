/**
 * SQL condition on a row of learner_progress: its session wasn't reversed for the learner. Marks are never changed or taken away
 * (a coach has said them), so one of a session that didn't take place stays and doesn't count. Null: a mark that was
 * given without a booking stands.
 */
export const isStanding = (mark: string): string =>
  `(SELECT bool_or(b.status <> 'CANCELLED') FROM booking b WHERE b.tenant_id = ${mark}.tenant_id
     AND b.session_id = ${mark}.session_id AND b.learner_id = ${mark}.learner_id) IS NOT FALSE`;
