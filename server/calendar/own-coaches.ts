import type { Session } from "../db/session.ts";
import { toUuid } from "../operations/ids.ts";
import type { KnownPrincipal } from "../operations/principal.ts";
import type { CoachRow, PeopleService } from "../people/people.service.ts";

/** Whose calendars somebody keeps: a coach his own, the team all. Others don't exist for him. */
export class OwnCoaches {
  readonly #people: PeopleService;

  constructor(people: PeopleService) {
    this.#people = people;
  }

  /** By public id. */
  async one(session: Session, principal: KnownPrincipal, id: string): Promise<CoachRow | undefined> {
    const uuid = toUuid("Coach", id);
    return uuid === null ? undefined : (await this.among(session, principal, [uuid]))[0];
  }

  async among(session: Session, principal: KnownPrincipal, uuids: readonly string[]): Promise<CoachRow[]> {
    const mine = await this.#limit(session, principal);
    const wanted = mine === undefined ? uuids : uuids.filter((uuid) => uuid === mine);
    return wanted.length === 0 ? [] : this.#people.coaches(session, [...new Set(wanted)]);
  }

  /** Undefined: no limit. Null: nobody. */
  async #limit(session: Session, principal: KnownPrincipal): Promise<string | null | undefined> {
    if (principal.kind !== "MEMBER" || principal.role !== "COACH") return undefined;
    return (await this.#people.profilesOf(session, principal.memberId)).coachId;
  }
}
