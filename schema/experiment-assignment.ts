import { Field, Float, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { JsonObject } from "./scalars.ts";

export const AssignmentReason = {
  ASSIGNED: "ASSIGNED",
  STORED: "STORED",
  REASSIGNED: "REASSIGNED",
  ROLLED_OUT: "ROLLED_OUT",
  NOT_RUNNING: "NOT_RUNNING",
  NOT_TARGETED: "NOT_TARGETED",
  OTHER_NAMESPACE_PART: "OTHER_NAMESPACE_PART",
  NOT_ALLOCATED: "NOT_ALLOCATED",
  HELD_OUT: "HELD_OUT",
  NO_OPEN_VARIANT: "NO_OPEN_VARIANT",
} as const;
export type AssignmentReason = keyof typeof AssignmentReason;
registerEnumType(AssignmentReason, {
  name: "AssignmentReason",
  description: "Why a subject gets what it gets.",
  valuesConfig: {
    ASSIGNED: { description: "It is new: drawn by the weights in force." },
    STORED: { description: "It has had this variant before, and keeps it." },
    REASSIGNED: {
      description: "The variant that it had was dropped: another one was drawn, and the subject leaves the analysis.",
    },
    ROLLED_OUT: { description: "The experiment has ended, and everybody who is meant gets the winner." },
    NOT_RUNNING: { description: "None: the experiment is a draft, has ended, or is paused and the subject is new." },
    NOT_TARGETED: { description: "None: the experiment's condition doesn't hold for the attributes." },
    OTHER_NAMESPACE_PART: { description: "None: the subject belongs to another part of the namespace." },
    NOT_ALLOCATED: { description: "None: the subject isn't in the share that takes part." },
    HELD_OUT: { description: "None: the subject is one of those that are kept out." },
    NO_OPEN_VARIANT: { description: "None: every variant is paused or dropped." },
  },
});

@ObjectType({ description: "Which variant a subject gets.", simpleResolvers: true })
export class ExperimentAssignment {
  @Field(() => String, { description: "The experiment's key." })
  experimentKey!: string;

  @Field(() => String, { description: "The subject." })
  subjectId!: string;

  @Field(() => String, {
    nullable: true,
    description: "The variant's key; null: show what you show without experiment.",
  })
  variantKey!: string | null;

  @Field(() => JsonObject, { nullable: true, description: "The variant's payload." })
  payload!: Record<string, unknown> | null;

  @Field(() => AssignmentReason, { description: "Why." })
  reason!: AssignmentReason;

  @Field(() => Int, { nullable: true, description: "The version of the weights by which it was drawn." })
  weightVersion!: number | null;

  @Field(() => Float, { nullable: true, description: "The variant's probability when it was drawn." })
  probability!: number | null;
}

@InputType({ description: "Who gets a variant of which experiment." })
export class AssignInput {
  @Field(() => String, { description: "The experiment's key." })
  experimentKey!: string;

  @Field(() => String, {
    description: "The subject: a visitor's, user's or account's id of yours, 1 to 200 characters.",
  })
  subjectId!: string;

  @Field(() => JsonObject, { nullable: true, description: "What the targeting is checked against. At most 16 kB." })
  attributes?: Record<string, unknown> | null;
}

@InputType({ description: "Who gets variants of all running experiments." })
export class AssignAllInput {
  @Field(() => String, {
    description: "The subject: a visitor's, user's or account's id of yours, 1 to 200 characters.",
  })
  subjectId!: string;

  @Field(() => JsonObject, { nullable: true, description: "What the targeting is checked against. At most 16 kB." })
  attributes?: Record<string, unknown> | null;
}

@InputType({ description: "What a subject did." })
export class RecordConversionInput {
  @Field(() => String, { description: "Name of the event: 1 to 100 characters." })
  event!: string;

  @Field(() => String, { description: "The subject, as it was assigned." })
  subjectId!: string;

  @Field(() => Float, {
    defaultValue: 0,
    description: "For REVENUE in minor units, for DURATION in seconds: 0 to 1,000,000,000,000.",
  })
  value!: number;
}

@InputType({ description: "A visitor who turned out to be a user." })
export class IdentifySubjectInput {
  @Field(() => String, { description: "The subject that was assigned before: 1 to 200 characters." })
  visitorId!: string;

  @Field(() => String, { description: "The subject that is assigned from now on: 1 to 200 characters." })
  userId!: string;
}

const subjectInvalid = "Returned when the subject doesn't have 1 to 200 characters, or has control characters.";
const attributesInvalid = "Returned when the attributes have more than 16 kB.";

export const AssignUserError = defineUserError("Assign", {
  NOT_FOUND: "Returned when there is no experiment with this key.",
  SUBJECT_INVALID: subjectInvalid,
  ATTRIBUTES_INVALID: attributesInvalid,
});

@ObjectType({ description: "The outcome of assign.", simpleResolvers: true })
export class AssignPayload extends MutationPayload {
  @Field(() => ExperimentAssignment, { nullable: true, description: "Which variant the subject gets." })
  assignment!: ExperimentAssignment | null;

  @Field(() => [AssignUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof AssignUserError.type>[];
}

export const AssignAllUserError = defineUserError("AssignAll", {
  SUBJECT_INVALID: subjectInvalid,
  ATTRIBUTES_INVALID: attributesInvalid,
});

@ObjectType({ description: "The outcome of assignAll.", simpleResolvers: true })
export class AssignAllPayload extends MutationPayload {
  @Field(() => [ExperimentAssignment], {
    description: "Of each experiment that is running, paused or rolled out, by key; at most 100.",
  })
  assignments!: ExperimentAssignment[];

  @Field(() => [AssignAllUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof AssignAllUserError.type>[];
}

export const RecordConversionUserError = defineUserError("RecordConversion", {
  EVENT_INVALID: "Returned when the event's name doesn't have 1 to 100 characters, or has control characters.",
  SUBJECT_INVALID: subjectInvalid,
  VALUE_INVALID: "Returned when the value isn't 0 to 1,000,000,000,000.",
});

@ObjectType({ description: "The outcome of recordConversion.", simpleResolvers: true })
export class RecordConversionPayload extends MutationPayload {
  @Field(() => [String], {
    description:
      "Keys of the experiments for which it counts. None: no experiment measures it, the subject wasn't exposed within the window, or it has counted before.",
  })
  countedFor!: string[];

  @Field(() => [RecordConversionUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof RecordConversionUserError.type>[];
}

export const IdentifySubjectUserError = defineUserError("IdentifySubject", { SUBJECT_INVALID: subjectInvalid });

@ObjectType({ description: "The outcome of identifySubject.", simpleResolvers: true })
export class IdentifySubjectPayload extends MutationPayload {
  @Field(() => [String], {
    description: "Keys of the experiments in which the user has got the visitor's variant.",
  })
  inherited!: string[];

  @Field(() => [String], {
    description:
      "Keys of the experiments in which the two had different variants: the user's stays, and both leave the analysis.",
  })
  differing!: string[];

  @Field(() => [IdentifySubjectUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof IdentifySubjectUserError.type>[];
}
