import { Field, ID, ObjectType } from "type-graphql";
import { Availability, AvailabilityOverride, TimeOff } from "./availability.ts";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { DateTime } from "./scalars.ts";

const coachNotFound = "Returned when there is no coach with this id, or it isn't you and you aren't of the team.";
const hoursInvalid =
  "Returned when a time isn't like `09:00`, an end isn't after its beginning, or there are too many parts.";
const hoursOverlap = "Returned when two parts of a day overlap.";

export const SetAvailabilityUserError = defineUserError("SetAvailability", {
  COACH_NOT_FOUND: coachNotFound,
  CONFLICT: "Returned when the availability has another version; `availability` is what it is now.",
  TIME_ZONE_INVALID: "Returned when the zone is none of the IANA database.",
  HOURS_INVALID: hoursInvalid,
  HOURS_OVERLAP: hoursOverlap,
  LIMIT_INVALID: "Returned when a limit isn't 1 to 100 sessions a day, or 1 to 500 a week.",
});

@ObjectType({ description: "The outcome of setAvailability.", simpleResolvers: true })
export class SetAvailabilityPayload extends MutationPayload {
  @Field(() => Availability, { nullable: true, description: "The availability as it is now." })
  availability!: Availability | null;

  @Field(() => [SetAvailabilityUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof SetAvailabilityUserError.type>[];
}

export const AddOverrideUserError = defineUserError("AddOverride", {
  COACH_NOT_FOUND: coachNotFound,
  DATE_INVALID: "Returned when the date isn't like `2026-12-24`, is over, or is more than two years ahead.",
  HOURS_INVALID: hoursInvalid,
  HOURS_OVERLAP: hoursOverlap,
  TOO_MANY: "Returned when the coach has 400 overrides of dates to come.",
});

@ObjectType({ description: "The outcome of addOverride.", simpleResolvers: true })
export class AddOverridePayload extends MutationPayload {
  @Field(() => AvailabilityOverride, { nullable: true, description: "The override." })
  override!: AvailabilityOverride | null;

  @Field(() => [AddOverrideUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof AddOverrideUserError.type>[];
}

export const RemoveOverrideUserError = defineUserError("RemoveOverride", {
  NOT_FOUND: "Returned when there is no override with this id, or it isn't yours and you aren't of the team.",
});

@ObjectType({ description: "The outcome of removeOverride.", simpleResolvers: true })
export class RemoveOverridePayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: "The id of what is gone." })
  deletedId!: string | null;

  @Field(() => [RemoveOverrideUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof RemoveOverrideUserError.type>[];
}

@ObjectType({ description: "What already takes a part of a time off that was asked for.", simpleResolvers: true })
export class TimeOffConflict {
  readonly __typename = "TimeOffConflict";

  @Field(() => DateTime, { description: "When it begins." })
  startsAt!: Date;

  @Field(() => DateTime, { description: "When it ends." })
  endsAt!: Date;
}

export const AddTimeOffUserError = defineUserError("AddTimeOff", {
  COACH_NOT_FOUND: coachNotFound,
  TIME_INVALID: "Returned when the end isn't after the beginning, is over, or is more than two years after it.",
  REASON_INVALID: "Returned when the reason has more than 500 characters or control characters.",
  SESSIONS_BOOKED:
    "Returned when sessions are booked in this time; `conflicts` are they. Cancel or move them, or take off another time.",
  OVERLAPS_TIME_OFF: "Returned when another time off or calendar takes a part of it; `conflicts` says when.",
});

@ObjectType({ description: "The outcome of addTimeOff.", simpleResolvers: true })
export class AddTimeOffPayload extends MutationPayload {
  @Field(() => TimeOff, { nullable: true, description: "The time off." })
  timeOff!: TimeOff | null;

  @Field(() => [TimeOffConflict], { description: "What takes a part of this time, in order, at most 50." })
  conflicts!: readonly TimeOffConflict[];

  @Field(() => [AddTimeOffUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof AddTimeOffUserError.type>[];
}

export const RemoveTimeOffUserError = defineUserError("RemoveTimeOff", {
  NOT_FOUND: "Returned when there is no time off with this id, or it isn't yours and you aren't of the team.",
});

@ObjectType({ description: "The outcome of removeTimeOff.", simpleResolvers: true })
export class RemoveTimeOffPayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: "The id of what is gone." })
  deletedId!: string | null;

  @Field(() => [RemoveTimeOffUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof RemoveTimeOffUserError.type>[];
}
