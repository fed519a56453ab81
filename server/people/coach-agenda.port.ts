import type { Session } from "../db/session.ts";

/** What coaches have ahead of them. */
export interface CoachAgenda {
  /** Uuids of a coach's sessions that are booked and not over, by their start: so many at most. */
  ahead(session: Session, coachId: string, now: Date): Promise<string[]>;
}
