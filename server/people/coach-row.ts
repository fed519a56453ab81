import type { Coach, CoachMode, CoachStatus } from "../../schema/coach.ts";
import { toId } from "../operations/ids.ts";
import type { PeopleView } from "./people.access.ts";

/** A row of coach. */
export interface CoachRow {
  readonly id: string;
  readonly member_id: string | null;
  readonly pseudonym: string;
  readonly name: string;
  readonly email: string | null;
  readonly bio: string | null;
  readonly subjects: string[];
  readonly modes: CoachMode[];
  readonly time_zone: string;
  readonly locale: string;
  readonly status: CoachStatus;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly version: number;
  readonly erased_at: Date | null;
}

export const coachColumns = `coach.id, coach.member_id, coach.pseudonym, coach.name, coach.email, coach.bio, coach.subjects, coach.modes,
  coach.time_zone, coach.locale, coach.status, coach.created_at, coach.updated_at, coach.version, coach.erased_at`;

/** A coach as somebody sees it: who is behind the pseudonym is for the team and for the coach. */
export function toCoach(row: CoachRow, view: PeopleView): Coach {
  const isKnown = view.kind === "TEAM" || (view.kind === "MEMBER" && view.memberId === row.member_id);
  return {
    __typename: "Coach",
    id: toId("Coach", row.id),
    uuid: row.id,
    pseudonym: row.pseudonym,
    bio: row.bio,
    subjects: row.subjects,
    modes: row.modes,
    status: row.status,
    timeZone: row.time_zone,
    name: isKnown ? row.name : null,
    email: isKnown ? row.email : null,
    locale: isKnown ? row.locale : null,
    hasLogin: isKnown ? row.member_id !== null : null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    version: row.version,
    erasedAt: row.erased_at,
  };
}
