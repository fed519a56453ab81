import type { Clock } from "../clock.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import type { SignedLinks } from "../operations/signed-link.ts";
import type { PeopleService } from "../people/people.service.ts";
import { isOpen, joinWindow } from "./join-window.ts";
import { openBookings, roomUrl, type SessionRow, takesPlaceOnline } from "./session-row.ts";
import { findSessions } from "./session-store.ts";

export interface SessionLinksOptions {
  readonly database: Database;
  readonly people: PeopleService;
  readonly clock: Clock;
  readonly jitsiDomain: string;
  /** Where people reach this server. */
  readonly url: () => string;
  /** The first one signs; all of them are believed. */
  readonly links: readonly [SignedLinks, ...SignedLinks[]];
}

/** What somebody finds who opens the link of his mail. */
export interface SessionVisit {
  readonly title: string;
  readonly startsAt: Date;
  /** The visitor's. */
  readonly locale: string;
  readonly timeZone: string;
  readonly found:
    | { readonly kind: "ROOM"; readonly url: string }
    | { readonly kind: "EARLY"; readonly opensAt: Date; readonly now: Date }
    | { readonly kind: "PENDING" | "OVER" | "GONE" };
}

/** A link belongs to a session for all of its life, so it has no end of its own. */
const noEnd = new Date(0);

/**
 * The links in mails, which lead one person into one session: whoever has the mail needs no login. What they open is decided
 * when they are opened, so the link of a booking that was cancelled opens nothing, and that of a session that was moved opens
 * at its new time.
 */
export class SessionLinksService {
  readonly #options: SessionLinksOptions;

  constructor(options: SessionLinksOptions) {
    this.#options = options;
  }

  /** The page for a client, a learner or a coach (his uuid); null when the session isn't online. */
  linkOf(tenantId: string, row: SessionRow, personId: string): string | null {
    if (!takesPlaceOnline(row)) return null;
    const [links] = this.#options.links;
    const grant = { tenantId, subjectId: row.id, principalId: personId, expiresAt: noEnd };
    return `${this.#options.url()}/session/${links.sign(grant)}`;
  }

  /** Null: it is no link of ours, or there is no such session or person any more. */
  async visit(token: string): Promise<SessionVisit | null> {
    const { database, people, links } = this.#options;
    const grant = links.map((each) => each.read(token)).find((each) => each !== null);
    if (grant == null) return null;
    const { tenantId, subjectId, principalId } = grant;
    return database.read(tenantId, async (session) => {
      const [row] = await findSessions(session, { kind: "TEAM" }, [subjectId]);
      const person = await findPerson(session, people, principalId);
      if (row === undefined || person === undefined) return null;
      const { title, startsAt } = row;
      const takesPart = person.isInvited && takesPlaceOnline(row) && hasPlace(row, principalId);
      const found = takesPart ? this.#find(row) : ({ kind: "GONE" } as const);
      return { title, startsAt, locale: person.locale, timeZone: person.timeZone, found };
    });
  }

  #find(row: SessionRow): SessionVisit["found"] {
    const { clock, jitsiDomain } = this.#options;
    const now = clock();
    const window = joinWindow(row);
    switch (row.status) {
      case "CANCELLED":
        return { kind: "GONE" };
      case "COMPLETED":
      case "NO_SHOW":
        return { kind: "OVER" };
      case "PENDING":
      case "CONFIRMED":
        if (now >= window.closesAt) return { kind: "OVER" };
        if (row.status === "PENDING") return { kind: "PENDING" };
        if (!isOpen(window, now)) return { kind: "EARLY", opensAt: window.opensAt, now };
        return { kind: "ROOM", url: roomUrl(jitsiDomain, row.meetingRoom) };
    }
  }
}

function hasPlace(row: SessionRow, personId: string): boolean {
  if (row.coachId === personId) return true;
  const bookings = row.status === "PENDING" || row.status === "CONFIRMED" ? openBookings(row) : row.bookings;
  return bookings.some(({ learnerId, clientId }) => learnerId === personId || clientId === personId);
}

interface Person {
  readonly locale: string;
  readonly timeZone: string;
  /** Not a coach who was deactivated, nor somebody who was erased. */
  readonly isInvited: boolean;
}

async function findPerson(session: Session, people: PeopleService, id: string): Promise<Person | undefined> {
  const [[coach], [learner], [client]] = await Promise.all([
    people.coaches(session, [id]),
    people.learners(session, [id]),
    people.clients(session, [id]),
  ]);
  const row = coach ?? learner ?? client;
  if (row === undefined) return undefined;
  const isInvited = row.erased_at === null && (coach === undefined || coach.status === "ACTIVE");
  return { locale: row.locale, timeZone: row.time_zone, isInvited };
}
