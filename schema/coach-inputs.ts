import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Coach, CoachMode } from "./coach.ts";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { personErrors, versionConflict } from "./person-errors.ts";

const coachErrors = {
  PSEUDONYM_INVALID:
    "Returned when the pseudonym is empty, has more than 200 characters, or has control characters in it.",
  PSEUDONYM_TAKEN: "Returned when another coach has this pseudonym.",
  BIO_TOO_LONG: "Returned when the bio has more than 5,000 characters.",
  SUBJECTS_INVALID: "Returned when there are more than 50 subjects, or one is empty or has more than 100 characters.",
  MODES_MISSING: "Returned when there is no mode.",
} as const;

@InputType({ description: "A new coach." })
export class CreateCoachInput {
  @Field(() => String, { description: "The name that everybody sees." })
  pseudonym!: string;

  @Field(() => String, { description: "The real name, for the team." })
  name!: string;

  @Field(() => String, { nullable: true, description: "E-mail address. Without one the coach has no login." })
  email?: string | null;

  @Field(() => String, { nullable: true, description: "What the coach says of themselves, at most 5,000 characters." })
  bio?: string | null;

  @Field(() => [String], { description: "Subjects that the coach teaches, at most 50." })
  subjects!: string[];

  @Field(() => [CoachMode], { description: "How the coach meets learners." })
  modes!: CoachMode[];

  @Field(() => String, { nullable: true, description: "IANA time zone. Default: the tenant's." })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: "BCP 47 language of mails. Default: the tenant's." })
  locale?: string | null;

  @Field(() => Boolean, {
    defaultValue: true,
    description: "Whether to mail a link that makes the login, if there is an e-mail address.",
  })
  sendsLogin!: boolean;
}

export const CreateCoachUserError = defineUserError("CreateCoach", { ...personErrors, ...coachErrors });

@ObjectType({ description: "The outcome of createCoach.", simpleResolvers: true })
export class CreateCoachPayload extends MutationPayload {
  @Field(() => Coach, { nullable: true, description: "The coach." })
  coach!: Coach | null;

  @Field(() => [CreateCoachUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CreateCoachUserError.type>[];
}

@InputType({
  description: "Changes of a coach. Fields that are left out stay; null empties a field that may be empty.",
})
export class UpdateCoachInput {
  @Field(() => ID, { description: "The coach's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Only change the coach if it has this version." })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: "The name that everybody sees." })
  pseudonym?: string | null;

  @Field(() => String, { nullable: true, description: "The real name, for the team." })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "What the coach says of themselves, at most 5,000 characters." })
  bio?: string | null;

  @Field(() => [String], { nullable: true, description: "All subjects from now on." })
  subjects?: string[] | null;

  @Field(() => [CoachMode], { nullable: true, description: "All modes from now on." })
  modes?: CoachMode[] | null;

  @Field(() => String, { nullable: true, description: "IANA time zone." })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: "BCP 47 language of mails." })
  locale?: string | null;
}

export const UpdateCoachUserError = defineUserError("UpdateCoach", {
  ...personErrors,
  ...coachErrors,
  ...versionConflict,
  NOT_FOUND: "Returned when there is no coach with this id, or none that one may change.",
});

@ObjectType({ description: "The outcome of updateCoach.", simpleResolvers: true })
export class UpdateCoachPayload extends MutationPayload {
  @Field(() => Coach, { nullable: true, description: "The coach as it is now." })
  coach!: Coach | null;

  @Field(() => [UpdateCoachUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof UpdateCoachUserError.type>[];
}

@InputType({ description: "A coach who can't be booked any more." })
export class DeactivateCoachInput {
  @Field(() => ID, { description: "The coach's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Only deactivate the coach if it has this version." })
  expectedVersion?: number | null;
}

export const DeactivateCoachUserError = defineUserError("DeactivateCoach", {
  ...versionConflict,
  NOT_FOUND: "Returned when there is no coach with this id.",
  SESSIONS_BOOKED:
    "Returned when sessions with him are booked; `openSessionIds` says which ones. Cancel them, or move them to another coach, first.",
});

@ObjectType({ description: "The outcome of deactivateCoach.", simpleResolvers: true })
export class DeactivateCoachPayload extends MutationPayload {
  @Field(() => Coach, { nullable: true, description: "The coach as it is now." })
  coach!: Coach | null;

  @Field(() => [ID], { description: "Up to 50 sessions that have to be cancelled or moved first." })
  openSessionIds!: readonly string[];

  @Field(() => [DeactivateCoachUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof DeactivateCoachUserError.type>[];
}

@InputType({ description: "A coach who can be booked again." })
export class ReactivateCoachInput {
  @Field(() => ID, { description: "The coach's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Only reactivate the coach if it has this version." })
  expectedVersion?: number | null;
}

export const ReactivateCoachUserError = defineUserError("ReactivateCoach", {
  ...versionConflict,
  NOT_FOUND: "Returned when there is no coach with this id, or he was erased.",
});

@ObjectType({ description: "The outcome of reactivateCoach.", simpleResolvers: true })
export class ReactivateCoachPayload extends MutationPayload {
  @Field(() => Coach, { nullable: true, description: "The coach as it is now." })
  coach!: Coach | null;

  @Field(() => [ReactivateCoachUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ReactivateCoachUserError.type>[];
}
