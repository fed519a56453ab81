import type { Session } from "../db/session.ts";
import type { PeopleService } from "../people/people.service.ts";
import { BookingRefusal } from "./booking-refusal.ts";

/**
 * Asks once more after sessions were written: who retires a coach waits for those that refer to him, and those that come later
 * see it here.
 */
export async function requireActiveCoaches(
  tx: Session,
  people: PeopleService,
  coachIds: readonly string[],
): Promise<void> {
  const coaches = await people.coaches(tx, [...new Set(coachIds)]);
  if (coaches.some(({ status }) => status !== "ACTIVE")) throw new BookingRefusal("COACH_INACTIVE");
}
