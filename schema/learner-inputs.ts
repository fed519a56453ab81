import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Client } from "./client.ts";
import { CoachNote, NoteVisibility } from "./coach-note.ts";
import { defineUserError } from "./errors.ts";
import { Learner } from "./learner.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { learnerErrors, personErrors, versionConflict } from "./person-errors.ts";

@InputType({ description: "A new learner of a client." })
export class AddLearnerInput {
  @Field(() => ID, { description: "Id of the client who pays." })
  clientId!: string;

  @Field(() => String, { description: "Full name." })
  name!: string;

  @Field(() => String, { nullable: true, description: "E-mail address. Without one the client acts for the learner." })
  email?: string | null;

  @Field(() => String, { nullable: true, description: "School year, in the school's own words." })
  grade?: string | null;

  @Field(() => [String], { nullable: true, description: "What the learner wants to reach, at most 20." })
  goals?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Subjects that the learner needs, at most 20." })
  subjects?: string[] | null;

  @Field(() => String, { nullable: true, description: "IANA time zone. Default: the client's." })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: "BCP 47 language of mails. Default: the client's." })
  locale?: string | null;

  @Field(() => Boolean, {
    defaultValue: true,
    description: "Whether to mail a link that makes the login, if there is an e-mail address.",
  })
  sendsLogin!: boolean;
}

export const AddLearnerUserError = defineUserError("AddLearner", {
  ...personErrors,
  ...learnerErrors,
  NOT_FOUND: "Returned when there is no client with this id.",
  TOO_MANY_LEARNERS: "Returned when the client has 50 learners.",
});

@ObjectType({ description: "The outcome of addLearner.", simpleResolvers: true })
export class AddLearnerPayload extends MutationPayload {
  @Field(() => Learner, { nullable: true, description: "The learner." })
  learner!: Learner | null;

  @Field(() => [AddLearnerUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof AddLearnerUserError.type>[];
}

@InputType({
  description: "Changes of a learner's file. Fields that are left out stay; null empties a field that may be empty.",
})
export class UpdateLearnerInput {
  @Field(() => ID, { description: "The learner's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Only change the learner if it has this version." })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: "Full name." })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "School year, in the school's own words." })
  grade?: string | null;

  @Field(() => [String], { nullable: true, description: "All goals from now on." })
  goals?: string[] | null;

  @Field(() => [String], { nullable: true, description: "All subjects from now on." })
  subjects?: string[] | null;

  @Field(() => String, { nullable: true, description: "IANA time zone." })
  timeZone?: string | null;

  @Field(() => String, { nullable: true, description: "BCP 47 language of mails." })
  locale?: string | null;
}

export const UpdateLearnerUserError = defineUserError("UpdateLearner", {
  ...personErrors,
  ...learnerErrors,
  ...versionConflict,
  NOT_FOUND: "Returned when there is no learner with this id.",
});

@ObjectType({ description: "The outcome of updateLearner.", simpleResolvers: true })
export class UpdateLearnerPayload extends MutationPayload {
  @Field(() => Learner, { nullable: true, description: "The learner as it is now." })
  learner!: Learner | null;

  @Field(() => [UpdateLearnerUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof UpdateLearnerUserError.type>[];
}

@InputType({ description: "A learner of one more client, or of the same one who pays from now on." })
export class LinkLearnerInput {
  @Field(() => ID, { description: "The learner's id." })
  learnerId!: string;

  @Field(() => ID, { description: "The client's id." })
  clientId!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Whether this client pays by default from now on. A learner's first client always does.",
  })
  isPrimary!: boolean;
}

export const LinkLearnerUserError = defineUserError("LinkLearner", {
  NOT_FOUND: "Returned when there is no learner, or no client, with this id.",
  TOO_MANY_LEARNERS: "Returned when the client has 50 learners.",
});

@ObjectType({ description: "The outcome of linkLearner.", simpleResolvers: true })
export class LinkLearnerPayload extends MutationPayload {
  @Field(() => Learner, { nullable: true, description: "The learner." })
  learner!: Learner | null;

  @Field(() => Client, { nullable: true, description: "The client." })
  client!: Client | null;

  @Field(() => [LinkLearnerUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof LinkLearnerUserError.type>[];
}

const noteErrors = {
  BODY_MISSING: "Returned when the text is empty.",
  TOO_LONG: "Returned when the text has more than 10,000 characters.",
} as const;

@InputType({ description: "A note on a learner." })
export class AddCoachNoteInput {
  @Field(() => ID, { description: "The learner's id." })
  learnerId!: string;

  @Field(() => String, { description: "The text, at most 10,000 characters." })
  body!: string;

  @Field(() => NoteVisibility, { defaultValue: NoteVisibility.COACHES, description: "Who sees it." })
  visibleTo!: NoteVisibility;
}

export const AddCoachNoteUserError = defineUserError("AddCoachNote", {
  ...noteErrors,
  NOT_FOUND: "Returned when there is no learner with this id.",
});

@ObjectType({ description: "The outcome of addCoachNote.", simpleResolvers: true })
export class AddCoachNotePayload extends MutationPayload {
  @Field(() => CoachNote, { nullable: true, description: "The note." })
  note!: CoachNote | null;

  @Field(() => [AddCoachNoteUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof AddCoachNoteUserError.type>[];
}

@InputType({ description: "Changes of a note on a learner. Fields that are left out stay." })
export class UpdateCoachNoteInput {
  @Field(() => ID, { description: "The note's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Only change the note if it has this version." })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: "The text, at most 10,000 characters." })
  body?: string | null;

  @Field(() => NoteVisibility, { nullable: true, description: "Who sees it." })
  visibleTo?: NoteVisibility | null;
}

export const UpdateCoachNoteUserError = defineUserError("UpdateCoachNote", {
  ...noteErrors,
  ...versionConflict,
  NOT_FOUND: "Returned when there is no note with this id.",
  NOT_THE_AUTHOR: "Returned when somebody else wrote the note: only its author changes it.",
});

@ObjectType({ description: "The outcome of updateCoachNote.", simpleResolvers: true })
export class UpdateCoachNotePayload extends MutationPayload {
  @Field(() => CoachNote, { nullable: true, description: "The note as it is now." })
  note!: CoachNote | null;

  @Field(() => [UpdateCoachNoteUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof UpdateCoachNoteUserError.type>[];
}
