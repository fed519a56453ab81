import type { Session } from "../db/session.ts";

export interface Offer {
  readonly id: string;
  readonly coachId: string;
  /** The session that had the place before. */
  readonly sessionId: string | null;
}

/** Finds the place that is kept for a learner from the waiting list. */
export class WaitingOffers {
  async find(
    tx: Session,
    wanted: { learnerId: string; sessionTypeId: string; coachId: string | null; startsAt: Date; now: Date },
  ): Promise<Offer | null> {
    const [row] = await tx.query<{ id: string; coach_id: string; session_id: string | null }>({
      name: "waiting-offer",
      text: `SELECT id, coach_id, session_id FROM waiting_list_entry
        WHERE tenant_id = nexora_tenant() AND learner_id = $1 AND session_type_id = $2 AND starts_at = $3
          AND ($4::uuid IS NULL OR coach_id = $4) AND status = 'OFFERED' AND offered_until > $5
        ORDER BY joined_at, id LIMIT 1`,
      values: [wanted.learnerId, wanted.sessionTypeId, wanted.startsAt, wanted.coachId, wanted.now],
    });
    return row === undefined ? null : { id: row.id, coachId: row.coach_id, sessionId: row.session_id };
  }

  /**
   * Before a workshop takes place again for who accepts his offer: others who were offered a place in it don't stand in the way
   * with the time that is kept for them. They join it.
   */
  async makeRoom(tx: Session, sessionId: string, now: Date): Promise<void> {
    await tx.query({
      name: "waiting-make-room",
      text: `UPDATE slot_claim SET released_at = $2 WHERE tenant_id = nexora_tenant() AND kind = 'HOLD' AND released_at IS NULL
        AND id IN (SELECT id FROM waiting_list_entry WHERE tenant_id = nexora_tenant() AND session_id = $1 AND status = 'OFFERED')`,
      values: [sessionId, now],
    });
  }

  /** Those who wait for the workshop that was wait for the one that is. */
  async follow(tx: Session, sessionId: string, newSessionId: string): Promise<void> {
    await tx.query({
      name: "waiting-follow",
      text: `UPDATE waiting_list_entry SET session_id = $2
        WHERE tenant_id = nexora_tenant() AND session_id = $1 AND status IN ('WAITING', 'OFFERED')`,
      values: [sessionId, newSessionId],
    });
  }
}
