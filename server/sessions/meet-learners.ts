import type { Transaction } from "../journal/journal.service.ts";
import type { PeopleService } from "../people/people.service.ts";
import { openBookings, type SessionRow } from "./session-row.ts";

/** Opens the learners' files to who gives the session. A request opens nothing: it may be declined. */
export async function meetLearners(tx: Transaction, people: PeopleService, row: SessionRow, at: Date): Promise<void> {
  if (row.status !== "CONFIRMED") return;
  for (const { learnerId } of openBookings(row)) await people.meet(tx, { coachId: row.coachId, learnerId, at });
}
