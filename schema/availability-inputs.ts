import { Field, ID, InputType, Int } from "type-graphql";
import { Weekday } from "./availability.ts";
import { DateTime } from "./scalars.ts";

@InputType({ description: "Hours of every week." })
export class WeeklyHoursInput {
  @Field(() => Weekday, { description: "On which day." })
  weekday!: Weekday;

  @Field(() => String, { description: "When they begin: `09:00`." })
  from!: string;

  @Field(() => String, { description: "When they end: `12:30`, or `24:00`. Hours over midnight are two entries." })
  to!: string;
}

@InputType({ description: "Part of a day." })
export class DayHoursInput {
  @Field(() => String, { description: "When they begin: `09:00`." })
  from!: string;

  @Field(() => String, { description: "When they end: `12:30`, or `24:00`." })
  to!: string;
}

@InputType({ description: "A coach's whole week, which takes the place of what was." })
export class SetAvailabilityInput {
  @Field(() => ID, { description: "The coach's id." })
  coachId!: string;

  @Field(() => Int, {
    nullable: true,
    description: "Refuse with CONFLICT if the availability has another version; 0: if it was ever set.",
  })
  expectedVersion?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "IANA zone whose clocks the hours mean. Default: what it was, at first the coach's own.",
  })
  timeZone?: string | null;

  @Field(() => [WeeklyHoursInput], { description: "All hours of the week, at most 100; none: can't be booked." })
  weeklyHours!: WeeklyHoursInput[];

  @Field(() => Int, { nullable: true, description: "How many sessions a day may have: 1 to 100. Default: no limit." })
  dayLimit?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "How many sessions a week may have: 1 to 500. Default: no limit.",
  })
  weekLimit?: number | null;
}

@InputType({ description: "Other hours on one date. They take the place of an earlier override of the same date." })
export class AddOverrideInput {
  @Field(() => ID, { description: "The coach's id." })
  coachId!: string;

  @Field(() => String, { description: "The date in the availability's zone: `2026-12-24`." })
  date!: string;

  @Field(() => [DayHoursInput], {
    defaultValue: [],
    description: "When the coach is there, at most 20 parts; none: not at all.",
  })
  hours!: DayHoursInput[];
}

@InputType({ description: "An override that ends: the weekly hours hold again." })
export class RemoveOverrideInput {
  @Field(() => ID, { description: "The override's id." })
  id!: string;
}

@InputType({ description: "A time when a coach is away." })
export class AddTimeOffInput {
  @Field(() => ID, { description: "The coach's id." })
  coachId!: string;

  @Field(() => DateTime, { description: "When it begins." })
  startsAt!: Date;

  @Field(() => DateTime, { description: "When it ends, at most two years later; a session may begin at this instant." })
  endsAt!: Date;

  @Field(() => String, { defaultValue: "", description: "Why, for the coach and the team. At most 500 characters." })
  reason!: string;
}

@InputType({ description: "A time off that ends: the coach can be booked again." })
export class RemoveTimeOffInput {
  @Field(() => ID, { description: "The time off's id." })
  id!: string;
}
