import type { CoachRow } from "../people/people.service.ts";
import type { SessionTypeRow } from "./session-type-row.ts";

/** Whether a coach gives sessions of this type. Coaches that it names do, whatever their profile says. */
export function offers(
  type: Pick<SessionTypeRow, "coachIds" | "subjects" | "kind">,
  coach: Pick<CoachRow, "id" | "subjects" | "modes">,
): boolean {
  if (type.coachIds.length > 0) return type.coachIds.includes(coach.id);
  const teaches = type.subjects.length === 0 || type.subjects.some((subject) => coach.subjects.includes(subject));
  // Who hasn't said how he teaches teaches any way; a workshop can be either.
  const way = type.kind === "GROUP" || coach.modes.length === 0 || coach.modes.includes(type.kind);
  return teaches && way;
}
