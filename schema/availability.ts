import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

export const Weekday = {
  MONDAY: "MONDAY",
  TUESDAY: "TUESDAY",
  WEDNESDAY: "WEDNESDAY",
  THURSDAY: "THURSDAY",
  FRIDAY: "FRIDAY",
  SATURDAY: "SATURDAY",
  SUNDAY: "SUNDAY",
} as const;
export type Weekday = keyof typeof Weekday;
registerEnumType(Weekday, {
  name: "Weekday",
  description: "A day of the week.",
  valuesConfig: {
    MONDAY: { description: "The first day of a week." },
    TUESDAY: { description: "Tuesday." },
    WEDNESDAY: { description: "Wednesday." },
    THURSDAY: { description: "Thursday." },
    FRIDAY: { description: "Friday." },
    SATURDAY: { description: "Saturday." },
    SUNDAY: { description: "The last day of a week." },
  },
});

@ObjectType({ description: "Hours of every week, on the clocks of the availability's zone.", simpleResolvers: true })
export class WeeklyHours {
  readonly __typename = "WeeklyHours";

  @Field(() => Weekday, { description: "On which day." })
  weekday!: Weekday;

  @Field(() => String, { description: "When they begin: `09:00`." })
  from!: string;

  @Field(() => String, { description: "When they end: `12:30`; `24:00` is the end of the day." })
  to!: string;
}

@ObjectType({ description: "Part of a day, on the clocks of the availability's zone.", simpleResolvers: true })
export class DayHours {
  readonly __typename = "DayHours";

  @Field(() => String, { description: "When they begin: `09:00`." })
  from!: string;

  @Field(() => String, { description: "When they end: `12:30`; `24:00` is the end of the day." })
  to!: string;
}

@ObjectType({
  implements: Node,
  description: "The hours of one date, instead of the weekly ones.",
  simpleResolvers: true,
})
export class AvailabilityOverride extends Node {
  readonly __typename = "AvailabilityOverride";

  @Field(() => ID, { description: "Whose it is: a coach's id." })
  coachId!: string;

  @Field(() => String, { description: "The date in the availability's zone: `2026-12-24`." })
  date!: string;

  @Field(() => [DayHours], { description: "When the coach is there that day; none: not at all." })
  hours!: readonly DayHours[];
}

@ObjectType({
  implements: Node,
  description: "A time when a coach can't be booked, whatever his hours are.",
  simpleResolvers: true,
})
export class TimeOff extends Node {
  readonly __typename = "TimeOff";

  @Field(() => ID, { description: "Whose it is: a coach's id." })
  coachId!: string;

  @Field(() => DateTime, { description: "When it begins." })
  startsAt!: Date;

  @Field(() => DateTime, { description: "When it ends; a session may begin at this instant." })
  endsAt!: Date;

  @Field(() => String, { description: "Why, for the coach and the team." })
  reason!: string;
}

@ObjectType({
  implements: Node,
  description: "When a coach can be booked. What is booked already isn't looked at: `availableSlots` does.",
  simpleResolvers: true,
})
export class Availability extends Node {
  readonly __typename = "Availability";

  @Field(() => ID, { description: "Whose it is: a coach's id." })
  coachId!: string;

  @Field(() => String, { description: "IANA zone whose clocks all its hours mean." })
  timeZone!: string;

  @Field(() => [WeeklyHours], {
    description: "The hours of every week, from Monday on. None: the coach can't be booked.",
  })
  weeklyHours!: readonly WeeklyHours[];

  @Field(() => Int, { nullable: true, description: "How many sessions a day may have; null: no limit." })
  dayLimit!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "How many sessions a week from Monday on may have; null: no limit.",
  })
  weekLimit!: number | null;

  @Field(() => [AvailabilityOverride], { description: "Dates with other hours, from yesterday on, in order." })
  overrides!: readonly AvailabilityOverride[];

  @Field(() => [TimeOff], { description: "Times when the coach is away, those that haven't ended, in order." })
  timeOff!: readonly TimeOff[];

  @Field(() => Int, {
    description: "Rises with each change by setAvailability; send it back as `expectedVersion`. 0: never set.",
  })
  version!: number;
}
