import type { Session } from "../db/session.ts";
import type { SessionTypeRow } from "./session-type-row.ts";

/** What the calendar knows of a coach. */
export interface CoachEntry {
  readonly id: string;
  readonly memberId: string | null;
  readonly timeZone: string;
  readonly subjects: readonly string[];
  readonly modes: readonly string[];
  readonly isActive: boolean;
}

/** Finds coaches of the connection's tenant: these, or all active ones. */
export type FindCoaches = (session: Session, ids: readonly string[] | null) => Promise<readonly CoachEntry[]>;

/** Whether a coach gives sessions of this type. Named coaches do whatever their profile says. */
export function offers(type: Pick<SessionTypeRow, "coachIds" | "subjects" | "kind">, coach: CoachEntry): boolean {
  if (type.coachIds.length > 0) return type.coachIds.includes(coach.id);
  const teaches = type.subjects.length === 0 || type.subjects.some((subject) => coach.subjects.includes(subject));
  // Who hasn't said how he teaches teaches any way; a workshop can be either.
  const way = type.kind === "GROUP" || coach.modes.length === 0 || coach.modes.includes(type.kind);
  return teaches && way;
}
