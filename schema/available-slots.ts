import { ArgsType, Extensions, Field, ID, Int, ObjectType } from "type-graphql";
import { DateTime } from "./scalars.ts";

@ObjectType({ description: "A time that can be booked now.", simpleResolvers: true })
export class AvailableSlot {
  readonly __typename = "AvailableSlot";

  @Field(() => DateTime, { description: "When it begins." })
  startsAt!: Date;

  @Field(() => DateTime, { description: "When it ends." })
  endsAt!: Date;

  @Field(() => String, {
    description:
      "What the viewer's clock shows at the beginning, with its distance from UTC: `2027-03-28T14:00:00+02:00`.",
  })
  localStartsAt!: string;

  @Field(() => String, { description: "What the viewer's clock shows at the end." })
  localEndsAt!: string;

  @Field(() => [ID], { description: "Coaches who are free then." })
  coachIds!: readonly string[];

  @Field(() => Int, { description: "How many learners can still take part with each of them." })
  seatsLeft!: number;
}

@ObjectType({ description: "What could be booked when it was looked.", simpleResolvers: true })
export class AvailableSlots {
  readonly __typename = "AvailableSlots";

  @Field(() => DateTime, { description: "When it was looked: somebody may have booked since." })
  computedAt!: Date;

  @Field(() => String, { description: "IANA zone of the local times." })
  timeZone!: string;

  @Extensions({ cost: { size: 100 } })
  @Field(() => [AvailableSlot], { description: "The slots, in order." })
  slots!: readonly AvailableSlot[];
}

@ArgsType()
export class AvailableSlotsArgs {
  @Field(() => ID, { description: "What is to be booked: a session type's id." })
  sessionTypeId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "With whom: a coach's id. Default: anybody who gives such sessions.",
  })
  coachId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "Who takes part: a learner's id. Times at which he has another session are left out. Default: whoever it is.",
  })
  learnerId?: string | null;

  @Field(() => DateTime, { description: "Slots that begin at or after this instant." })
  from!: Date;

  @Field(() => DateTime, { description: "Slots that begin before this instant, at most 92 days later." })
  to!: Date;

  @Field(() => String, {
    nullable: true,
    description: "IANA zone of the viewer, for the local times. Default: the tenant's.",
  })
  zone?: string | null;
}
