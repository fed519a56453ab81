import type { Session } from "../db/session.ts";
import type { Range } from "./calendar.queries.ts";

/** A workshop that takes place and has seats left. */
export interface OpenGroup {
  readonly sessionId: string;
  readonly coachId: string;
  /** In milliseconds since 1970. */
  readonly startsAt: number;
  readonly endsAt: number;
  readonly seatsLeft: number;
}

/** What the calendar asks of whoever keeps sessions. */
export interface GroupSessions {
  /** Workshops of a type that begin in the range, of these coaches. */
  openGroups(
    session: Session,
    wanted: { readonly sessionTypeId: string; readonly coachIds: readonly string[]; readonly range: Range },
  ): Promise<readonly OpenGroup[]>;
}
