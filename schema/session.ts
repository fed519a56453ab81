import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";
import { LateCancellation, SessionKind } from "./session-type.ts";

export const SessionStatus = {
  PENDING: "PENDING",
  CONFIRMED: "CONFIRMED",
  COMPLETED: "COMPLETED",
  CANCELLED: "CANCELLED",
  NO_SHOW: "NO_SHOW",
} as const;
export type SessionStatus = keyof typeof SessionStatus;
registerEnumType(SessionStatus, {
  name: "SessionStatus",
  description: "What has become of a session.",
  valuesConfig: {
    PENDING: { description: "Booked, and has its time; the coach or the team has yet to confirm it." },
    CONFIRMED: { description: "It takes place." },
    COMPLETED: { description: "It took place; there is a report." },
    CANCELLED: { description: "It was cancelled; its time is free again." },
    NO_SHOW: { description: "Nobody came." },
  },
});

export const BookingStatus = {
  BOOKED: "BOOKED",
  ATTENDED: "ATTENDED",
  NO_SHOW: "NO_SHOW",
  CANCELLED: "CANCELLED",
} as const;
export type BookingStatus = keyof typeof BookingStatus;
registerEnumType(BookingStatus, {
  name: "BookingStatus",
  description: "What has become of a learner's place in a session.",
  valuesConfig: {
    BOOKED: { description: "The learner has it." },
    ATTENDED: { description: "The learner was there." },
    NO_SHOW: { description: "The learner didn't come." },
    CANCELLED: { description: "It was given up." },
  },
});

export const BookingPayment = { HELD: "HELD", SPENT: "SPENT", RETURNED: "RETURNED", FREE: "FREE" } as const;
export type BookingPayment = keyof typeof BookingPayment;
registerEnumType(BookingPayment, {
  name: "BookingPayment",
  description: "What has become of a booking's credits.",
  valuesConfig: {
    HELD: { description: "They are held until the session ends or is cancelled." },
    SPENT: { description: "They are used up." },
    RETURNED: { description: "They went back into the lots that they came from." },
    FREE: { description: "The booking costs nothing." },
  },
});

@ObjectType({
  description: "A learner's place in a session, with the rules that hold since it was booked.",
  simpleResolvers: true,
})
export class Booking {
  readonly __typename = "Booking";

  @Field(() => ID, { description: "The booking's id." })
  id!: string;

  /** Uuid. */
  learnerUuid!: string;

  /** Uuid. */
  clientUuid!: string;

  @Field(() => BookingStatus, { description: "What has become of it." })
  status!: BookingStatus;

  @Field(() => Int, { description: "What it costs, in credits." })
  credits!: number;

  @Field(() => BookingPayment, { description: "What has become of the credits." })
  payment!: BookingPayment;

  @Field(() => DateTime, { description: "A cancellation before it gives the credits back." })
  deadlineAt!: Date;

  @Field(() => LateCancellation, { description: "What becomes of a later cancellation." })
  lateCancellation!: LateCancellation;

  @Field(() => DateTime, { description: "When it was made." })
  bookedAt!: Date;
}

@ObjectType({ description: "What the coach says of a session that took place.", simpleResolvers: true })
export class SessionReport {
  readonly __typename = "SessionReport";

  @Field(() => String, { description: "What happened." })
  summary!: string;

  @Field(() => [String], { description: "What it was about." })
  topics!: readonly string[];

  @Field(() => String, { nullable: true, description: "What to do until the next one." })
  homework!: string | null;

  @Field(() => DateTime, { description: "When it was written." })
  writtenAt!: Date;
}

@ObjectType({ description: "Where a session online takes place.", simpleResolvers: true })
export class JoinLink {
  readonly __typename = "JoinLink";

  @Field(() => String, {
    nullable: true,
    description: "The video room. Null before it opens and after the end, and for those who don't take part.",
  })
  url!: string | null;

  @Field(() => DateTime, { description: "When it opens: 10 minutes before the start." })
  opensAt!: Date;

  @Field(() => DateTime, { description: "When it closes: at the session's end." })
  closesAt!: Date;
}

@ObjectType({
  implements: Node,
  description: "An appointment: a coach's time with one learner or a group.",
  simpleResolvers: true,
})
export class Session extends Node {
  readonly __typename = "Session";

  /** Uuid. */
  coachUuid!: string;

  @Field(() => String, {
    description:
      "What the clocks of `timeZone` show at its start, as it was agreed when it was booked or moved: `2027-03-28T14:00:00+02:00`.",
  })
  localStartsAt!: string;

  @Field(() => Int, { description: "Rises with each change; send it back as `expectedVersion`." })
  version!: number;

  @Field(() => SessionStatus, { description: "What has become of it." })
  status!: SessionStatus;

  @Field(() => SessionKind, { description: "How it takes place." })
  kind!: SessionKind;

  @Field(() => ID, { description: "Its type." })
  typeId!: string;

  @Field(() => String, { description: "What its type was called when it was booked." })
  title!: string;

  @Field(() => ID, { nullable: true, description: "The room; null when it needs none." })
  roomId!: string | null;

  @Field(() => ID, { nullable: true, description: "The series that it was booked with; null when it stands alone." })
  seriesId!: string | null;

  @Field(() => DateTime, { description: "When it begins." })
  startsAt!: Date;

  @Field(() => DateTime, { description: "When it ends." })
  endsAt!: Date;

  @Field(() => String, { description: "The zone of the coach's hours." })
  timeZone!: string;

  @Field(() => Int, { description: "How many learners can take part." })
  seats!: number;

  @Field(() => Int, { description: "How many seats nobody has." })
  seatsLeft!: number;

  @Field(() => [Booking], {
    description: "Who has a place, or had one. The team and the coach see all; others see their own.",
  })
  bookings!: readonly Booking[];

  @Field(() => SessionReport, {
    nullable: true,
    description: "The coach's report; null until there is one, and when the session was reversed.",
  })
  report!: SessionReport | null;

  @Field(() => JoinLink, {
    nullable: true,
    description: "Where it takes place; null when it isn't online, or is over.",
  })
  joinLink!: JoinLink | null;

  @Field(() => String, { nullable: true, description: "Why it was cancelled, if somebody said." })
  cancelReason!: string | null;

  @Field(() => DateTime, { description: "When it was booked." })
  bookedAt!: Date;

  @Field(() => DateTime, { description: "The last change." })
  updatedAt!: Date;
}

export const SessionConnection = defineConnection("Session", () => Session).Connection;
