import { Field, ID, Int, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { Pack, Plan } from "./plan.ts";
import { BigIntScalar, DateTime } from "./scalars.ts";
import { Booking, Session } from "./session.ts";

const notFound = "Returned when there is no session with this id that the caller may change.";
const conflict = "Returned when somebody else has changed the session meanwhile; `session` is what it is now.";

const slotCodes = {
  TYPE_ARCHIVED: "Returned when sessions of this type aren't given any more.",
  COACH_NOT_FOUND: "Returned when there is no coach with this id.",
  COACH_INACTIVE: "Returned when the coach can't be booked any more.",
  COACH_NOT_OFFERING: "Returned when the coach doesn't give sessions of this type.",
  ROOM_NOT_FOUND: "Returned when the type doesn't take place in this room.",
  START_INVALID: "Returned when there isn't one start, or it is no time on a clock in a zone of the IANA database.",
  START_IN_GAP: "Returned when the clocks skip this time.",
  START_AMBIGUOUS: "Returned when the clocks show this time twice; `instants` are the two to choose from.",
  IN_THE_PAST: "Returned when the start has passed.",
  NOTICE_TOO_SHORT: "Returned when the start is before `earliest`.",
  TOO_FAR_AHEAD: "Returned when the start isn't before `latest`.",
  OFF_GRID: "Returned when sessions don't start at this minute; `alternatives` do.",
  OUTSIDE_HOURS: "Returned when the coach isn't there for all of this time.",
  SLOT_TAKEN: "Returned when somebody else has this time; `alternatives` are free.",
  INSIDE_BUFFER: "Returned when it is too close to another session.",
  DAY_LIMIT: "Returned when the coach gives no more sessions that day.",
  WEEK_LIMIT: "Returned when the coach gives no more sessions that week.",
  NO_ROOM: "Returned when no room is free then.",
  LEARNER_BUSY: "Returned when a learner has another session then.",
} as const;

const bookingCodes = {
  LEARNER_NOT_FOUND: "Returned when there is no learner with this id for whom the caller may book.",
  CLIENT_NOT_FOUND: "Returned when there is no client with this id who pays for the learner.",
  NO_PAYER: "Returned when nobody pays for the learner: link a client to him first.",
  TYPE_NOT_FOUND: "Returned when there is no session type with this id.",
  ...slotCodes,
  ALREADY_BOOKED: "Returned when the learner has a place in this session already.",
  SESSION_FULL: "Returned when no seat is left; joinWaitingList waits for one.",
  OFFER_ENDED: "Returned when the place was offered to the learner, and the offer has just ended.",
  INSUFFICIENT_CREDITS:
    "Returned when the client hasn't enough credits: `required`, `usable` and `shortfall` say how many, `nextPack` or `nextPlan` what to buy.",
} as const;

@ObjectType({ description: "Another slot that is free.", simpleResolvers: true })
export class SlotAlternative {
  readonly __typename = "SlotAlternative";

  @Field(() => ID, { description: "With whom." })
  coachId!: string;

  @Field(() => DateTime, { description: "When it begins." })
  startsAt!: Date;

  @Field(() => DateTime, { description: "When it ends." })
  endsAt!: Date;
}

/** What a refused slot tells. */
@ObjectType()
export abstract class SlotPayload extends MutationPayload {
  @Field(() => [SlotAlternative], {
    description: "Up to three slots that are free instead, when the time was the reason.",
  })
  alternatives!: readonly SlotAlternative[];

  @Field(() => DateTime, { nullable: true, description: "When sessions can begin at all: not before it." })
  earliest!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When sessions can begin at all: before it." })
  latest!: Date | null;

  @Field(() => [DateTime], { description: "The two instants that an ambiguous start can mean." })
  instants!: readonly Date[];
}

/** What missing credits tell. */
@ObjectType()
export abstract class BookingPayload extends SlotPayload {
  @Field(() => BigIntScalar, { nullable: true, description: "How many credits it needs, when they are missing." })
  required!: bigint | null;

  @Field(() => BigIntScalar, { nullable: true, description: "How many the client can use." })
  usable!: bigint | null;

  @Field(() => BigIntScalar, { nullable: true, description: "How many are missing." })
  shortfall!: bigint | null;

  @Field(() => Pack, {
    nullable: true,
    description:
      "What to buy with purchasePack: the smallest pack that covers what is missing, or the largest one. Null when credits aren't missing, or no packs are sold.",
  })
  nextPack!: Pack | null;

  @Field(() => Int, { nullable: true, description: "How many of that pack it takes." })
  packCount!: number | null;

  @Field(() => Plan, {
    nullable: true,
    description: "When no packs are sold: the plan to change or subscribe to. Null when none helps.",
  })
  nextPlan!: Plan | null;
}

export const BookSessionUserError = defineUserError("BookSession", bookingCodes);

@ObjectType({ description: "The outcome of bookSession.", simpleResolvers: true })
export class BookSessionPayload extends BookingPayload {
  @Field(() => Session, { nullable: true, description: "The session." })
  session!: Session | null;

  @Field(() => [BookSessionUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof BookSessionUserError.type>[];
}

export const BookSeriesUserError = defineUserError("BookSeries", {
  WEEKS_INVALID: "Returned when there aren't 2 to 52 weeks.",
  ...bookingCodes,
});

@ObjectType({ description: "The outcome of bookSeries.", simpleResolvers: true })
export class BookSeriesPayload extends BookingPayload {
  @Field(() => [Session], { description: "The sessions in order: all of them, or none." })
  sessions!: readonly Session[];

  @Field(() => DateTime, {
    nullable: true,
    description:
      "The first start that was refused; of missing credits, the first that they don't pay for. Null when it isn't known.",
  })
  refusedStart!: Date | null;

  @Field(() => [BookSeriesUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof BookSeriesUserError.type>[];
}

export const RescheduleSessionUserError = defineUserError("RescheduleSession", {
  NOT_FOUND: notFound,
  CONFLICT: conflict,
  NOT_OPEN: "Returned when the session is over or cancelled.",
  DEADLINE_PASSED: "Returned when the deadline of a booking has passed: only the team and the coach move it then.",
  NOT_YOURS_ALONE: "Returned when others have a place in it: only the team and the coach move a workshop.",
  TYPE_NOT_FOUND: "Returned when its type is gone.",
  ...slotCodes,
});

@ObjectType({ description: "The outcome of rescheduleSession.", simpleResolvers: true })
export class RescheduleSessionPayload extends SlotPayload {
  @Field(() => Session, { nullable: true, description: "The session as it is now." })
  session!: Session | null;

  @Field(() => [Session], { description: "The later ones of its series, if they were to move, too." })
  following!: readonly Session[];

  @Field(() => DateTime, { nullable: true, description: "The new start that was refused, its own or a later one's." })
  refusedStart!: Date | null;

  @Field(() => [RescheduleSessionUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof RescheduleSessionUserError.type>[];
}

export const CancelSessionUserError = defineUserError("CancelSession", {
  NOT_FOUND: notFound,
  LEARNER_NOT_FOUND: "Returned when this learner has no place in the session that the caller may cancel.",
  CONFLICT: conflict,
  NOT_OPEN: "Returned when the session is over.",
  POLICY_VIOLATION: "Returned when `deadline` has passed and the booking's policy refuses a late cancellation.",
  REASON_INVALID: "Returned when the reason has more than 500 characters.",
  CREDITS_NOT_YOURS:
    "Returned when somebody who isn't of the team says by `credits` what becomes of them: leave it out.",
});

@ObjectType({ description: "The outcome of cancelSession.", simpleResolvers: true })
export class CancelSessionPayload extends MutationPayload {
  @Field(() => Session, { nullable: true, description: "The session as it is now." })
  session!: Session | null;

  @Field(() => [Session], { description: "The later ones of its series, if they were to be cancelled, too." })
  following!: readonly Session[];

  @Field(() => Int, { description: "How many credits came back." })
  refundedCredits!: number;

  @Field(() => DateTime, { nullable: true, description: "The deadline that has passed." })
  deadline!: Date | null;

  @Field(() => [CancelSessionUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CancelSessionUserError.type>[];
}

export const ConfirmSessionUserError = defineUserError("ConfirmSession", {
  NOT_FOUND: notFound,
  CONFLICT: conflict,
  NOT_OPEN: "Returned when the session is over or cancelled.",
});

@ObjectType({ description: "The outcome of confirmSession.", simpleResolvers: true })
export class ConfirmSessionPayload extends MutationPayload {
  @Field(() => Session, { nullable: true, description: "The session as it is now." })
  session!: Session | null;

  @Field(() => [ConfirmSessionUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ConfirmSessionUserError.type>[];
}

const endCodes = {
  NOT_FOUND: notFound,
  CONFLICT: conflict,
  NOT_CONFIRMED: "Returned when the session isn't CONFIRMED.",
  NOT_BEGUN: "Returned when the session hasn't begun.",
} as const;

export const CompleteSessionUserError = defineUserError("CompleteSession", {
  ...endCodes,
  SUMMARY_INVALID: "Returned when the summary hasn't 1 to 10,000 characters.",
  TOPICS_INVALID: "Returned when there are more than 50 topics, or one hasn't 1 to 200 characters.",
  HOMEWORK_INVALID: "Returned when the homework has more than 10,000 characters.",
  MARKS_INVALID:
    "Returned when there are more than 100 marks, two for one subject of a learner, one that isn't 0 to 100, or a subject or comment that is too long.",
  LEARNER_NOT_FOUND: "Returned when a mark or an absence is of somebody who has no place in the session.",
});

@ObjectType({ description: "The outcome of completeSession.", simpleResolvers: true })
export class CompleteSessionPayload extends MutationPayload {
  @Field(() => Session, { nullable: true, description: "The session as it is now." })
  session!: Session | null;

  @Field(() => [CompleteSessionUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CompleteSessionUserError.type>[];
}

export const MarkNoShowUserError = defineUserError("MarkNoShow", {
  ...endCodes,
  LEARNER_NOT_FOUND: "Returned when no learner is named, or one who has no place in the session.",
});

@ObjectType({ description: "The outcome of markNoShow.", simpleResolvers: true })
export class MarkNoShowPayload extends MutationPayload {
  @Field(() => Session, { nullable: true, description: "The session as it is now." })
  session!: Session | null;

  @Field(() => [Booking], {
    description: "The places that were marked, with what became of their credits; not those that were marked before.",
  })
  bookings!: readonly Booking[];

  @Field(() => [MarkNoShowUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof MarkNoShowUserError.type>[];
}
