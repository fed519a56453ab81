import { dayMs } from "../calendar/clock-time.ts";
import type { Session } from "../db/session.ts";
import type { MailOutbox, NewMail } from "../mail/mail-outbox.ts";
import type { PeopleService } from "../people/people.service.ts";
import { invitation } from "./calendar-invitation.ts";
import type { Canceller } from "./cancellation-rule.ts";
import type { SessionLinksService } from "./session-links.service.ts";
import { customers, everybody, type Mailed, type Recipient, recipientsOf, type Role } from "./session-recipients.ts";
import type { Report } from "./session-report.ts";
import type { SessionRow } from "./session-row.ts";

export interface SessionMailsOptions {
  readonly outbox: MailOutbox;
  readonly people: PeopleService;
  readonly links: SessionLinksService;
  /** The address that invitations come from. */
  readonly organizer: string;
}

/** How places came to be given up. */
export interface GivenUp {
  /** Bookings whose credits came back. */
  readonly refunded: ReadonlySet<string>;
  readonly reason: string | null;
  /** NOBODY: it wasn't confirmed in time. */
  readonly by: Canceller | "NOBODY";
}

/** Tells people by mail what happens to their sessions. Reminders wait in the outbox for their instant. */
export class SessionMails {
  readonly #options: SessionMailsOptions;

  constructor(options: SessionMailsOptions) {
    this.#options = options;
  }

  /** Once it is confirmed. */
  async confirmed(tx: Session, row: SessionRow, bookings: readonly Mailed[], now: Date): Promise<void> {
    for (const { booking, to } of await this.#recipients(tx, row, bookings)) {
      const cause = `booking:${booking.id}:confirmed:${to.role}`;
      await this.#queue(tx, to, { kind: "BOOKING_CONFIRMED", cause, data: to.told }, this.#invitation(row, to));
      await this.#remind(tx, row, booking, to, now);
    }
  }

  /** It has its time, and waits for the coach or the team. Calendars hear of it when it is confirmed. */
  async requested(tx: Session, row: SessionRow, bookings: readonly Mailed[]): Promise<void> {
    for (const { booking, to } of await this.#recipients(tx, row, bookings)) {
      const kind = to.role === "coach" ? "SESSION_TO_CONFIRM" : "SESSION_REQUESTED";
      await this.#queue(tx, to, { kind, cause: `booking:${booking.id}:requested:${to.role}`, data: to.told });
    }
  }

  async rescheduled(
    tx: Session,
    row: SessionRow,
    before: SessionRow,
    bookings: readonly Mailed[],
    now: Date,
  ): Promise<void> {
    await this.#forget(tx, before, bookings);
    for (const { booking, to } of await this.#recipients(tx, row, bookings)) {
      const cause = `booking:${booking.id}:moved:${row.sequence}:${to.role}`;
      const data = { ...to.told, previousStartsAt: before.startsAt.toISOString() };
      await this.#queue(tx, to, { kind: "SESSION_RESCHEDULED", cause, data }, this.#invitation(row, to));
      if (row.status === "CONFIRMED") await this.#remind(tx, row, booking, to, now);
    }
    if (row.coachId === before.coachId) return;
    // Who has given it to another coach has one session less.
    const over: SessionRow = { ...before, status: "CANCELLED", sequence: row.sequence };
    for (const { booking, to } of await this.#recipients(tx, over, bookings, ["coach"])) {
      const cause = `booking:${booking.id}:moved:${row.sequence}:previous-coach`;
      await this.#queue(tx, to, cancelledMail(cause, to, null, null), this.#withdrawal(over, before, to));
    }
  }

  /** Of places that were given up; a session that waited to be confirmed was declined, unless who asked for it gave it up. */
  async cancelled(
    tx: Session,
    row: SessionRow,
    before: SessionRow,
    bookings: readonly Mailed[],
    { refunded, reason, by }: GivenUp,
  ): Promise<void> {
    await this.#forget(tx, before, bookings);
    // For who has given up his place it is over, even if the workshop takes place.
    const over: SessionRow = { ...row, status: "CANCELLED", sequence: Math.max(row.sequence, before.sequence + 1) };
    const isDeclined = before.status === "PENDING" && by !== "CUSTOMER";
    for (const { booking, to } of await this.#recipients(tx, over, bookings)) {
      const refundedCredits = returnedTo(to, booking, refunded);
      const mail = isDeclined
        ? declinedMail(`booking:${booking.id}:declined:${to.role}`, to, refundedCredits, reason, by === "NOBODY")
        : cancelledMail(`booking:${booking.id}:cancelled:${to.role}`, to, refundedCredits, reason);
      await this.#queue(tx, to, mail, this.#withdrawal(over, before, to));
    }
  }

  /** Clients are told that credits came back which were used up; of what cost nothing there is nothing to tell. */
  async reversed(tx: Session, row: SessionRow, refunded: readonly Mailed[], reason: string): Promise<void> {
    for (const { booking, to } of await this.#recipients(tx, row, refunded, ["client"])) {
      await this.#queue(
        tx,
        to,
        cancelledMail(`booking:${booking.id}:reversed:${to.role}`, to, booking.credits, reason),
      );
    }
  }

  /** What the coach says of it, to those who were there and who pay for them. */
  async reported(tx: Session, row: SessionRow, attended: readonly Mailed[], report: Report): Promise<void> {
    const { summary, topics, homework } = report;
    for (const { booking, to } of await this.#recipients(tx, row, attended, customers)) {
      const { name, learnerName, coachName, title, startsAt } = to.told;
      const marks = report.marks
        .filter(({ learnerId }) => learnerId === booking.learnerId)
        .map(({ subject, mark, comment }) => ({ subject, mark, comment }));
      await this.#queue(tx, to, {
        kind: "SESSION_REPORTED",
        cause: `booking:${booking.id}:reported:${to.role}`,
        data: { name, learnerName, coachName, title, startsAt, summary, topics: [...topics], homework, marks },
      });
    }
  }

  /** Who waited for a place is told that it is his for a while. */
  async offered(
    tx: Session,
    entry: { readonly id: string; readonly learner_id: string; readonly client_id: string; readonly coach_id: string },
    { startsAt, endsAt, title, until }: { startsAt: Date; endsAt: Date; title: string; until: Date },
  ): Promise<void> {
    const { people, outbox } = this.#options;
    const [[coach], [learner], [client]] = await Promise.all([
      people.coaches(tx, [entry.coach_id]),
      people.learners(tx, [entry.learner_id]),
      people.clients(tx, [entry.client_id]),
    ]);
    if (client === undefined) return;
    await outbox.queue(tx, {
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
  async #remind(tx: Session, row: SessionRow, booking: Mailed, to: Recipient, now: Date): Promise<void> {
    const dueAt = new Date(row.startsAt.getTime() - dayMs);
    if (dueAt <= now) return;
    const cause = reminderCause(booking, row, to.role);
    await this.#queue(tx, to, { kind: "SESSION_REMINDER", cause, data: to.told, dueAt });
  }

  /** Its reminders aren't sent any more. */
  async #forget(tx: Session, row: SessionRow, bookings: readonly Mailed[]): Promise<void> {
    for (const booking of bookings) {
      for (const role of everybody) await this.#options.outbox.cancel(tx, reminderCause(booking, row, role));
    }
  }

  #recipients(tx: Session, row: SessionRow, bookings: readonly Mailed[], roles = everybody) {
    return recipientsOf(tx, this.#options, row, bookings, roles);
  }

  #invitation(row: SessionRow, to: Recipient, method: "REQUEST" | "CANCEL" = "REQUEST"): CalendarFile {
    const organizer = { name: to.told.coachName, email: this.#options.organizer };
    const url = method === "REQUEST" ? to.told.joinUrl : null;
    const text = invitation(row, { method, organizer, attendee: to, url });
    return [{ filename: "session.ics", contentType: `text/calendar; method=${method}; charset=utf-8`, text }];
  }

  /** Takes it out of calendars, if they have heard of it. */
  #withdrawal(over: SessionRow, before: SessionRow, to: Recipient): CalendarFile {
    const isKnown = before.status !== "PENDING" || before.sequence > 0;
    return isKnown ? this.#invitation(over, to, "CANCEL") : [];
  }

  async #queue(
    tx: Session,
    { email, name, locale, timeZone }: Recipient,
    mail: SessionMail,
    attachments: CalendarFile = [],
  ): Promise<void> {
    await this.#options.outbox.queue(tx, { ...mail, to: email, toName: name, locale, timeZone, attachments });
  }
}

type CalendarFile = NonNullable<NewMail["attachments"]>;

type SessionMail = NewMail extends infer Mail
  ? Mail extends NewMail
    ? Pick<Mail, "kind" | "cause" | "data" | "dueAt">
    : never
  : never;

/** Credits are the client's; what cost nothing gives nothing back. */
function returnedTo({ role }: Recipient, { id, credits }: Mailed, refunded: ReadonlySet<string>): number | null {
  if (role !== "client" || credits === 0) return null;
  return refunded.has(id) ? credits : 0;
}

function cancelledMail(
  cause: string,
  { told }: Recipient,
  refundedCredits: number | null,
  reason: string | null,
): SessionMail {
  return { kind: "SESSION_CANCELLED", cause, data: { ...told, refundedCredits, reason } };
}

function declinedMail(
  cause: string,
  { told }: Recipient,
  refundedCredits: number | null,
  reason: string | null,
  isExpired: boolean,
): SessionMail {
  return { kind: "SESSION_DECLINED", cause, data: { ...told, refundedCredits, reason, isExpired } };
}

/** Of one time of the session: a moved one is reminded of anew. */
function reminderCause({ id }: Mailed, { sequence }: SessionRow, role: Role): string {
  return `booking:${id}:reminder:${sequence}:${role}`;
}
