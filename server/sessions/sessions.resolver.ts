import { SessionsArgs } from "../../schema/session-list.ts";
import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { Client } from "../../schema/client.ts";
import { Coach } from "../../schema/coach.ts";
import { ConnectionArgs, type Page } from "../../schema/connection.ts";
import { Learner } from "../../schema/learner.ts";
import { DateTime } from "../../schema/scalars.ts";
import {
  BookSeriesInput,
  BookSessionInput,
  CancelSessionInput,
  CompleteSessionInput,
  ConfirmSessionInput,
  MarkNoShowInput,
  RescheduleSessionInput,
} from "../../schema/session-inputs.ts";
import {
  BookSeriesPayload,
  BookSessionPayload,
  CancelSessionPayload,
  CompleteSessionPayload,
  ConfirmSessionPayload,
  MarkNoShowPayload,
  RescheduleSessionPayload,
} from "../../schema/session-payloads.ts";
import { ReverseSessionInput, ReverseSessionPayload } from "../../schema/session-reversal.ts";
import { Booking, Session, SessionConnection } from "../../schema/session.ts";
import { zoneShiftMs } from "../calendar/zone-shift.ts";
import type { Context } from "../operations/context.ts";
import type { PeopleService } from "../people/people.service.ts";
import type { BookingService } from "./booking.service.ts";
import type { CancellationsService } from "./cancellations.service.ts";
import type { SessionChangesService } from "./session-changes.service.ts";
import type { SessionEndsService } from "./session-ends.service.ts";
import type { SessionReversalsService } from "./session-reversals.service.ts";
import type { SessionsService } from "./sessions.service.ts";

export interface SessionServices {
  readonly sessions: SessionsService;
  readonly booking: BookingService;
  readonly changes: SessionChangesService;
  readonly cancellations: CancellationsService;
  readonly ends: SessionEndsService;
  readonly reversals: SessionReversalsService;
}

@Resolver()
export class SessionsResolver {
  readonly #services: SessionServices;

  constructor(services: SessionServices) {
    this.#services = services;
  }

  @Extensions({ action: "session:read" })
  @Query(() => Session, {
    nullable: true,
    description: "A session; null when there is none with this id that one may see.",
  })
  session(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The session's id." }) id: string,
  ): Promise<Session | null> {
    return this.#services.sessions.session(context, id);
  }

  @Extensions({ action: "session:read" })
  @Query(() => SessionConnection, {
    description:
      "Sessions by their start: the team sees all, a coach his own, clients and learners those in which they have a place.",
  })
  sessions(@Ctx() context: Context, @Args(() => SessionsArgs) args: SessionsArgs): Promise<Page<Session>> {
    return this.#services.sessions.sessions(context, args);
  }

  @Extensions({ action: "session:read" })
  @Query(() => SessionConnection, {
    description:
      "What a coach has to do, by its start, without what was cancelled; empty for everybody but him and the team.",
  })
  agenda(
    @Ctx() context: Context,
    @Arg("coachId", () => ID, { description: "The coach's id." }) coachId: string,
    @Arg("from", () => DateTime, { description: "Sessions that end after it." }) from: Date,
    @Arg("to", () => DateTime, { description: "Sessions that begin before it." }) to: Date,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
  ): Promise<Page<Session>> {
    return this.#services.sessions.agenda(context, { coachId, from, to, page });
  }

  @Extensions({ action: "session:book" })
  @Mutation(() => BookSessionPayload, {
    description:
      "Books a session, or a seat of a workshop, and holds its credits until it takes place or is cancelled.",
  })
  bookSession(
    @Ctx() context: Context,
    @Arg("input", () => BookSessionInput, { description: "What to book." }) input: BookSessionInput,
  ): Promise<BookSessionPayload> {
    return this.#services.booking.bookSession(context, input);
  }

  @Extensions({ action: "session:book" })
  @Mutation(() => BookSeriesPayload, {
    description: "Books weekly sessions with one coach at one local time of his zone: all of them, or none.",
  })
  bookSeries(
    @Ctx() context: Context,
    @Arg("input", () => BookSeriesInput, { description: "What to book." }) input: BookSeriesInput,
  ): Promise<BookSeriesPayload> {
    return this.#services.booking.bookSeries(context, input);
  }

  @Extensions({ action: "session:change" })
  @Mutation(() => RescheduleSessionPayload, {
    description: "Moves a session. Its credits stay held, and its cancellation deadline moves with it.",
  })
  rescheduleSession(
    @Ctx() context: Context,
    @Arg("input", () => RescheduleSessionInput, { description: "The new time." }) input: RescheduleSessionInput,
  ): Promise<RescheduleSessionPayload> {
    return this.#services.changes.rescheduleSession(context, input);
  }

  @Extensions({ action: "session:change" })
  @Mutation(() => CancelSessionPayload, {
    description:
      "Cancels places in a session, by the rules that were stored when they were booked. A second cancellation changes nothing.",
  })
  cancelSession(
    @Ctx() context: Context,
    @Arg("input", () => CancelSessionInput, { description: "What to cancel." }) input: CancelSessionInput,
  ): Promise<CancelSessionPayload> {
    return this.#services.cancellations.cancelSession(context, input);
  }

  @Extensions({ action: "session:manage" })
  @Mutation(() => ConfirmSessionPayload, { description: "Confirms a session that is PENDING. Who takes part is told." })
  confirmSession(
    @Ctx() context: Context,
    @Arg("input", () => ConfirmSessionInput, { description: "The session." }) input: ConfirmSessionInput,
  ): Promise<ConfirmSessionPayload> {
    return this.#services.ends.confirmSession(context, input);
  }

  @Extensions({ action: "session:manage" })
  @Mutation(() => CompleteSessionPayload, {
    description:
      "Says that a session took place: its credits are used up, and its report and marks go into the learners' files.",
  })
  completeSession(
    @Ctx() context: Context,
    @Arg("input", () => CompleteSessionInput, { description: "The report." }) input: CompleteSessionInput,
  ): Promise<CompleteSessionPayload> {
    return this.#services.ends.completeSession(context, input);
  }

  @Extensions({ action: "session:manage" })
  @Mutation(() => MarkNoShowPayload, { description: "Says that nobody came to a session: its credits are used up." })
  markNoShow(
    @Ctx() context: Context,
    @Arg("input", () => MarkNoShowInput, { description: "The session." }) input: MarkNoShowInput,
  ): Promise<MarkNoShowPayload> {
    return this.#services.ends.markNoShow(context, input);
  }

  @Extensions({ action: "session:reverse" })
  @Mutation(() => ReverseSessionPayload, {
    description:
      "Takes back a report, an absence or a charge that was a mistake: the places count as cancelled, and the credits that they used return to their lots, with their dates. A second reversal changes nothing.",
  })
  reverseSession(
    @Ctx() context: Context,
    @Arg("input", () => ReverseSessionInput, { description: "What to take back." }) input: ReverseSessionInput,
  ): Promise<ReverseSessionPayload> {
    return this.#services.reversals.reverseSession(context, input);
  }
}

@Resolver(() => Session)
export class SessionResolver {
  readonly #people: PeopleService;

  constructor(people: PeopleService) {
    this.#people = people;
  }

  @FieldResolver(() => Int, {
    description:
      "How many minutes later than `localStartsAt` the clocks show its start, because the zone's rules have changed since; 0 as a rule. The instant stays until somebody moves it.",
  })
  zoneShiftMin(@Root() { timeZone, startsAt, localStartsAt }: Session): number {
    return Math.round(zoneShiftMs(timeZone, startsAt, localStartsAt) / 60_000);
  }

  @FieldResolver(() => Coach, { nullable: true, description: "Who gives it." })
  coach(@Root() session: Session, @Ctx() context: Context): Promise<Coach | null> {
    return this.#people.coach(context, session.coachUuid);
  }
}

@Resolver(() => MarkNoShowPayload)
export class MarkNoShowResolver {
  /** An answer that is told again by its idempotency key knows the session as it is now, and of these places what it once told. */
  @FieldResolver()
  bookings(@Root() { session, bookings }: MarkNoShowPayload): readonly Booking[] {
    return bookings.map((told) => session?.bookings.find(({ id }) => id === told.id) ?? told);
  }
}

@Resolver(() => Booking)
export class BookingResolver {
  readonly #people: PeopleService;

  constructor(people: PeopleService) {
    this.#people = people;
  }

  @FieldResolver(() => Learner, {
    nullable: true,
    description: "Who takes part; null when the caller may not see the file.",
  })
  learner(@Root() booking: Booking, @Ctx() context: Context): Promise<Learner | null> {
    return this.#people.learner(context, booking.learnerUuid);
  }

  @FieldResolver(() => Client, { nullable: true, description: "Who pays; null when it isn't for the caller to know." })
  client(@Root() booking: Booking, @Ctx() context: Context): Promise<Client | null> {
    return this.#people.client(context, booking.clientUuid);
  }
}
