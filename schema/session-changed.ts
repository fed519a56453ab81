import { createUnionType, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Availability } from "./availability.ts";
import { Lagged } from "./journal.ts";
import { Cursor, DateTime } from "./scalars.ts";
import { Session } from "./session.ts";

export const SessionChangeType = {
  BOOKED: "BOOKED",
  MOVED: "MOVED",
  LEFT: "LEFT",
  CANCELLED: "CANCELLED",
  CONFIRMED: "CONFIRMED",
  COMPLETED: "COMPLETED",
  MISSED: "MISSED",
  NO_SHOW: "NO_SHOW",
  CHARGED: "CHARGED",
  REVERSED: "REVERSED",
} as const;
export type SessionChangeType = keyof typeof SessionChangeType;
registerEnumType(SessionChangeType, {
  name: "SessionChangeType",
  description: "What happened to a session.",
  valuesConfig: {
    BOOKED: { description: "It was booked, or somebody took a seat of it." },
    MOVED: { description: "It has another time, or another coach." },
    LEFT: { description: "Somebody gave up a place; it goes on for the others." },
    CANCELLED: { description: "It was cancelled." },
    CONFIRMED: { description: "It was confirmed." },
    COMPLETED: { description: "It took place; there is a report." },
    MISSED: { description: "Somebody didn't come; it goes on for the others." },
    NO_SHOW: { description: "Nobody came." },
    CHARGED: { description: "Nobody reported on it within 30 days of its end: its credits were used up." },
    REVERSED: { description: "What was said of its end was taken back, and credits with it." },
  },
});

@ObjectType({ description: "A change of a session.", simpleResolvers: true })
export class SessionChanged {
  readonly __typename = "SessionChanged";

  @Field(() => Cursor, { description: "The place just after this change." })
  cursor!: string;

  @Field(() => SessionChangeType, { description: "What happened." })
  type!: SessionChangeType;

  @Field(() => DateTime, { description: "When it was committed." })
  occurredAt!: Date;

  @Field(() => ID, { description: "The session, also when one doesn't see it any more." })
  sessionId!: string;

  @Field(() => [ID], {
    description:
      "The bookings that it happened to, of those that one sees. Changes of others' places are told without.",
  })
  bookingIds!: readonly string[];

  @Field(() => DateTime, { nullable: true, description: "Of a move: when the session began before it." })
  previousStartsAt!: Date | null;

  @Field(() => Session, {
    nullable: true,
    description: "The session as it is now; null when one doesn't see it any more: drop it from a live list.",
  })
  session!: Session | null;
}

export const AvailabilityPart = { HOURS: "HOURS", OVERRIDE: "OVERRIDE", TIME_OFF: "TIME_OFF" } as const;
export type AvailabilityPart = keyof typeof AvailabilityPart;
registerEnumType(AvailabilityPart, {
  name: "AvailabilityPart",
  description: "A part of when a coach can be booked.",
  valuesConfig: {
    HOURS: { description: "The hours of every week, their zone, or the limits of days and weeks." },
    OVERRIDE: { description: "The hours of a date." },
    TIME_OFF: { description: "A time off." },
  },
});

@ObjectType({ description: "A change of when a coach can be booked.", simpleResolvers: true })
export class AvailabilityChanged {
  readonly __typename = "AvailabilityChanged";

  @Field(() => Cursor, { description: "The place just after this change." })
  cursor!: string;

  @Field(() => AvailabilityPart, { description: "What was changed." })
  part!: AvailabilityPart;

  @Field(() => DateTime, { description: "When it was committed." })
  occurredAt!: Date;

  @Field(() => ID, { description: "Whose availability it is." })
  coachId!: string;

  @Field(() => Availability, {
    nullable: true,
    description: "The availability as it is now; null without the scope `availability:read`.",
  })
  availability!: Availability | null;
}

export const SessionUpdate = createUnionType({
  name: "SessionUpdate",
  description: "What the subscription on sessions delivers.",
  types: () => [SessionChanged, Lagged] as const,
  resolveType: (value) => value.__typename,
});

export const AgendaUpdate = createUnionType({
  name: "AgendaUpdate",
  description: "What the subscription on a coach's agenda delivers.",
  types: () => [SessionChanged, AvailabilityChanged, Lagged] as const,
  resolveType: (value) => value.__typename,
});
