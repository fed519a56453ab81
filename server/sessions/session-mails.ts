import { dayMs } from "../calendar/clock-time.ts";
import type { Session } from "../db/session.ts";
import type { MailOutbox, NewMail } from "../mail/mail-outbox.ts";
import type { PeopleService } from "../people/people.service.ts";
import { invitation } from "./calendar-invitation.ts";
import type { BookingRow, SessionRow } from "./session-row.ts";

interface Recipient {
  /** Of the cause: a booking has one mail of each kind for each of them. */
  readonly role: "client" | "learner" | "coach";
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly timeZone: string;
}

type Mailed = Pick<BookingRow, "id" | "learnerId" | "clientId" | "credits">;

const roles = ["client", "learner", "coach"] as const;

/** Tells people by mail what happens to their sessions. Reminders wait in the outbox for their instant. */
export class SessionMails {
  readonly #outbox: MailOutbox;
  readonly #people: PeopleService;
  readonly #organizer: string;

  constructor(outbox: MailOutbox, people: PeopleService, organizer: string) {
    this.#outbox = outbox;
    this.#people = people;
    this.#organizer = organizer;
  }

  /** Once it is confirmed. */
  async confirmed(tx: Session, row: SessionRow, bookings: readonly Mailed[], now: Date): Promise<void> {
    await this.#each(tx, row, bookings, async (booking, to, told) => {
      await this.#queue(tx, row, to, "REQUEST", {
        kind: "BOOKING_CONFIRMED",
        cause: `booking:${booking.id}:confirmed:${to.role}`,
        data: told,
      });
      await this.#remind(tx, row, booking, to, told, now);
    });
  }

  async rescheduled(
    tx: Session,
    row: SessionRow,
    before: SessionRow,
    bookings: readonly Mailed[],
    now: Date,
  ): Promise<void> {
    await this.#forget(tx, before, bookings);
    await this.#each(tx, row, bookings, async (booking, to, told) => {
      await this.#queue(tx, row, to, "REQUEST", {
        kind: "SESSION_RESCHEDULED",
        cause: `booking:${booking.id}:moved:${row.sequence}:${to.role}`,
        data: { ...told, previousStartsAt: before.startsAt.toISOString() },
      });
      if (row.status === "CONFIRMED") await this.#remind(tx, row, booking, to, told, now);
    });
  }

  /** Of places that were given up; `refunded` says how many credits came back for each. */
  async cancelled(
    tx: Session,
    row: SessionRow,
    before: SessionRow,
    bookings: readonly Mailed[],
    { refunded, reason }: { readonly refunded: ReadonlySet<string>; readonly reason: string | null },
  ): Promise<void> {
    await this.#forget(tx, before, bookings);
    // For who has given up his place it is over, even if the workshop takes place.
    const over: SessionRow = { ...row, status: "CANCELLED", sequence: Math.max(row.sequence, before.sequence + 1) };
    await this.#each(tx, over, bookings, async (booking, to, told) => {
      await this.#queue(tx, over, to, "CANCEL", {
        kind: "SESSION_CANCELLED",
        cause: `booking:${booking.id}:cancelled:${to.role}`,
        data: { ...told, refundedCredits: refunded.has(booking.id) ? booking.credits : 0, reason },
      });
    });
  }

  /** Who waited for a place is told that it is his for a while. */
  async offered(
    tx: Session,
    entry: { readonly id: string; readonly learner_id: string; readonly client_id: string; readonly coach_id: string },
    { startsAt, endsAt, title, until }: { startsAt: Date; endsAt: Date; title: string; until: Date },
  ): Promise<void> {
    const [[coach], [learner], [client]] = await Promise.all([
      this.#people.coaches(tx, [entry.coach_id]),
      this.#people.learners(tx, [entry.learner_id]),
      this.#people.clients(tx, [entry.client_id]),
    ]);
    if (client === undefined) return;
    await this.#outbox.queue(tx, {
      kind: "WAITING_LIST_OFFER",
      cause: `waiting:${entry.id}:${until.toISOString()}`,
      to: client.email,
      toName: client.name,
      locale: client.locale,
      timeZone: client.time_zone,
      data: {
        name: client.name,
        learnerName: learner?.name ?? "",
        coachName: coach?.pseudonym ?? "",
        title,
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
        offeredUntil: until.toISOString(),
      },
    });
  }

  /** A day before it; who books later than that needs none. */
  async #remind(
    tx: Session,
    row: SessionRow,
    booking: Mailed,
    to: Recipient,
    told: SessionTold,
    now: Date,
  ): Promise<void> {
    const dueAt = new Date(row.startsAt.getTime() - dayMs);
    if (dueAt <= now) return;
    const cause = reminderCause(booking, row, to.role);
    await this.#outbox.queue(tx, { kind: "SESSION_REMINDER", cause, ...addressOf(to), data: told, dueAt });
  }

  /** Its reminders aren't sent any more. */
  async #forget(tx: Session, row: SessionRow, bookings: readonly Mailed[]): Promise<void> {
    for (const booking of bookings) {
      for (const role of roles) await this.#outbox.cancel(tx, reminderCause(booking, row, role));
    }
  }

  async #queue(
    tx: Session,
    row: SessionRow,
    to: Recipient,
    method: "REQUEST" | "CANCEL",
    mail: SessionMail,
  ): Promise<void> {
    const organizer = { name: mail.data.coachName, email: this.#organizer };
    const text = invitation(row, { method, organizer, attendee: to });
    const attachment = { filename: "session.ics", contentType: `text/calendar; method=${method}; charset=utf-8`, text };
    await this.#outbox.queue(tx, { ...mail, ...addressOf(to), attachments: [attachment] });
  }

  async #each(
    tx: Session,
    row: SessionRow,
    bookings: readonly Mailed[],
    tell: (booking: Mailed, to: Recipient, told: SessionTold) => Promise<void>,
  ): Promise<void> {
    const [[coach], learners, clients] = await Promise.all([
      this.#people.coaches(tx, [row.coachId]),
      this.#people.learners(
        tx,
        bookings.map(({ learnerId }) => learnerId),
      ),
      this.#people.clients(
        tx,
        bookings.map(({ clientId }) => clientId),
      ),
    ]);
    for (const booking of bookings) {
      const learner = learners.find(({ id }) => id === booking.learnerId);
      const client = clients.find(({ id }) => id === booking.clientId);
      const learnerName = learner?.name ?? "";
      const recipients: Recipient[] = [];
      const add = (role: Recipient["role"], person: AddressRow | undefined, name: string) => {
        if (person?.email == null || recipients.some(({ email }) => email === person.email)) return;
        recipients.push({ role, name, email: person.email, locale: person.locale, timeZone: person.time_zone });
      };
      add("client", client, client?.name ?? "");
      add("learner", learner, learnerName);
      add("coach", coach, coach?.pseudonym ?? "");
      for (const to of recipients) {
        await tell(booking, to, {
          name: to.name,
          learnerName,
          coachName: coach?.pseudonym ?? "",
          title: row.title,
          startsAt: row.startsAt.toISOString(),
          endsAt: row.endsAt.toISOString(),
          place: row.roomName,
          credits: booking.credits,
        });
      }
    }
  }
}

interface AddressRow {
  readonly email: string | null;
  readonly locale: string;
  readonly time_zone: string;
}

interface SessionTold {
  readonly name: string;
  readonly learnerName: string;
  readonly coachName: string;
  readonly title: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly place: string | null;
  readonly credits: number;
}

type SessionMail = {
  [Kind in "BOOKING_CONFIRMED" | "SESSION_RESCHEDULED" | "SESSION_CANCELLED"]: Pick<
    Extract<NewMail, { kind: Kind }>,
    "kind" | "cause" | "data"
  >;
}["BOOKING_CONFIRMED" | "SESSION_RESCHEDULED" | "SESSION_CANCELLED"];

/** Of one time of the session: a moved one is reminded of anew. */
function reminderCause({ id }: Mailed, { sequence }: SessionRow, role: string): string {
  return `booking:${id}:reminder:${sequence}:${role}`;
}

function addressOf({ email, name, locale, timeZone }: Recipient) {
  return { to: email, toName: name, locale, timeZone };
}
