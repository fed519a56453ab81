import type { Session } from "../db/session.ts";
import type { PeopleService } from "../people/people.service.ts";
import type { SessionLinksService } from "./session-links.service.ts";
import type { BookingRow, SessionRow } from "./session-row.ts";

export type Mailed = Pick<BookingRow, "id" | "learnerId" | "clientId" | "credits">;

/** Of a mail's cause: a booking has one mail of each kind for each of them. */
export type Role = "client" | "learner" | "coach";

export const everybody: readonly Role[] = ["client", "learner", "coach"];
/** Whose session it is. */
export const customers: readonly Role[] = ["client", "learner"];

/** Somebody who is told of a booking, and what every mail about it says. */
export interface Recipient {
  readonly role: Role;
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly told: SessionTold;
}

export interface SessionTold {
  readonly name: string;
  readonly learnerName: string;
  readonly coachName: string;
  readonly title: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly place: string | null;
  readonly joinUrl: string | null;
  readonly credits: number;
}

/** Who is told of bookings, each address once for each booking: a client who learns himself gets one mail. */
export async function recipientsOf(
  tx: Session,
  { people, links }: { readonly people: PeopleService; readonly links: SessionLinksService },
  row: SessionRow,
  bookings: readonly Mailed[],
  roles: readonly Role[],
): Promise<{ readonly booking: Mailed; readonly to: Recipient }[]> {
  const [[coach], learners, clients] = await Promise.all([
    people.coaches(tx, [row.coachId]),
    people.learners(
      tx,
      bookings.map(({ learnerId }) => learnerId),
    ),
    people.clients(
      tx,
      bookings.map(({ clientId }) => clientId),
    ),
  ]);
  return bookings.flatMap((booking) => {
    const learner = learners.find(({ id }) => id === booking.learnerId);
    const client = clients.find(({ id }) => id === booking.clientId);
    const found: Recipient[] = [];
    const add = (role: Role, person: PersonRow | undefined, name: string) => {
      const email = person?.email;
      if (person == null || person.erased_at !== null || email == null || found.some((other) => other.email === email))
        return;
      const told = {
        name,
        learnerName: learner?.name ?? "",
        coachName: coach?.pseudonym ?? "",
        title: row.title,
        startsAt: row.startsAt.toISOString(),
        endsAt: row.endsAt.toISOString(),
        place: row.roomName,
        joinUrl: links.linkOf(tx.tenantId, row, person.id),
        credits: booking.credits,
      };
      found.push({ role, name, email, locale: person.locale, timeZone: person.time_zone, told });
    };
    add("client", client, client?.name ?? "");
    add("learner", learner, learner?.name ?? "");
    add("coach", coach, coach?.pseudonym ?? "");
    return found.filter(({ role }) => roles.includes(role)).map((to) => ({ booking, to }));
  });
}

interface PersonRow {
  readonly id: string;
  readonly email: string | null;
  readonly locale: string;
  readonly time_zone: string;
  readonly erased_at: Date | null;
}
