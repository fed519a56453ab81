import { Field, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { Experiment } from "./experiment.ts";
import { MutationPayload } from "./mutation-payload.ts";

const notFound = "Returned when there is no experiment with this id.";
const conflict = "Returned when the experiment has another version; `experiment` is what it is now.";
const isOver = "Returned when the experiment has ended.";
const variantCodes = {
  VARIANTS_INVALID: "Returned when a variant's key, name or payload isn't allowed, or there aren't 2 to 20.",
  VARIANT_KEY_TAKEN: "Returned when two variants have the same key.",
  WEIGHTS_INVALID: "Returned when a weight isn't 0 to 1, or those of the active variants aren't 1 together.",
} as const;
const contentCodes = {
  NAME_INVALID: "Returned when the name doesn't have 1 to 200 characters, or has control characters.",
  HYPOTHESIS_INVALID: "Returned when the hypothesis has more than 2,000 characters.",
  METRIC_INVALID:
    "Returned when the event's name doesn't have 1 to 100 characters, or SEASONAL is asked for another metric than CONVERSION.",
  TARGETING_INVALID:
    "Returned when the condition has more than 16 kB, an operator that there isn't, or a pattern that could take long.",
  SHARE_INVALID:
    "Returned when coverage isn't over 0 and at most 1, holdout isn't 0 to 0.9, or the window isn't 1 to 2,160 hours.",
  NAMESPACE_INVALID: "Returned when the namespace's name isn't allowed, or its part isn't a part of 0 to 1.",
} as const;

export const CreateExperimentUserError = defineUserError("CreateExperiment", {
  KEY_INVALID: "Returned when the key isn't a letter with letters, digits, `_` and `-` behind it, 64 at most.",
  KEY_TAKEN: "Returned when another experiment has this key.",
  ...contentCodes,
  ...variantCodes,
});

@ObjectType({ description: "The outcome of createExperiment.", simpleResolvers: true })
export class CreateExperimentPayload extends MutationPayload {
  @Field(() => Experiment, { nullable: true, description: "The experiment." })
  experiment!: Experiment | null;

  @Field(() => [CreateExperimentUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CreateExperimentUserError.type>[];
}

export const UpdateExperimentUserError = defineUserError("UpdateExperiment", {
  NOT_FOUND: notFound,
  CONFLICT: conflict,
  ALREADY_STARTED: "Returned when something changes that may change in a draft only.",
  ALREADY_CONCLUDED: isOver,
  ...contentCodes,
});

@ObjectType({ description: "The outcome of updateExperiment.", simpleResolvers: true })
export class UpdateExperimentPayload extends MutationPayload {
  @Field(() => Experiment, { nullable: true, description: "The experiment as it is now." })
  experiment!: Experiment | null;

  @Field(() => [UpdateExperimentUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof UpdateExperimentUserError.type>[];
}

export const StartExperimentUserError = defineUserError("StartExperiment", {
  NOT_FOUND: notFound,
  NOT_A_DRAFT: "Returned when the experiment was started before.",
  NAMESPACE_TAKEN: "Returned when a running or paused experiment has some of the same part of the namespace.",
});

@ObjectType({ description: "The outcome of startExperiment.", simpleResolvers: true })
export class StartExperimentPayload extends MutationPayload {
  @Field(() => Experiment, { nullable: true, description: "The experiment as it is now." })
  experiment!: Experiment | null;

  @Field(() => [String], {
    description: "What you should know, such as that nobody has sent the metric's event so far.",
  })
  warnings!: string[];

  @Field(() => [StartExperimentUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof StartExperimentUserError.type>[];
}

export const PauseExperimentUserError = defineUserError("PauseExperiment", {
  NOT_FOUND: notFound,
  NOT_RUNNING: "Returned when the experiment is a draft, or has ended.",
});

@ObjectType({ description: "The outcome of pauseExperiment.", simpleResolvers: true })
export class PauseExperimentPayload extends MutationPayload {
  @Field(() => Experiment, { nullable: true, description: "The experiment as it is now." })
  experiment!: Experiment | null;

  @Field(() => [PauseExperimentUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof PauseExperimentUserError.type>[];
}

export const ResumeExperimentUserError = defineUserError("ResumeExperiment", {
  NOT_FOUND: notFound,
  NOT_RUNNING: "Returned when the experiment is a draft, or has ended.",
});

@ObjectType({ description: "The outcome of resumeExperiment.", simpleResolvers: true })
export class ResumeExperimentPayload extends MutationPayload {
  @Field(() => Experiment, { nullable: true, description: "The experiment as it is now." })
  experiment!: Experiment | null;

  @Field(() => [ResumeExperimentUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ResumeExperimentUserError.type>[];
}

export const ConcludeExperimentUserError = defineUserError("ConcludeExperiment", {
  NOT_FOUND: notFound,
  NOT_RUNNING: "Returned when the experiment is a draft, or has ended.",
  WINNER_INVALID: "Returned when no variant that isn't dropped has the winner's key, or there is none to roll out.",
});

@ObjectType({ description: "The outcome of concludeExperiment.", simpleResolvers: true })
export class ConcludeExperimentPayload extends MutationPayload {
  @Field(() => Experiment, { nullable: true, description: "The experiment as it is now." })
  experiment!: Experiment | null;

  @Field(() => [ConcludeExperimentUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ConcludeExperimentUserError.type>[];
}

export const ChangeVariantsUserError = defineUserError("ChangeVariants", {
  NOT_FOUND: notFound,
  CONFLICT: conflict,
  ALREADY_CONCLUDED: isOver,
  VARIANT_NOT_FOUND: "Returned when the experiment has no variant with this key, or it was dropped before.",
  VARIANT_IN_USE: "Returned when a variant is removed that subjects may have: drop it instead.",
  ...variantCodes,
});

@ObjectType({ description: "The outcome of changeVariants.", simpleResolvers: true })
export class ChangeVariantsPayload extends MutationPayload {
  @Field(() => Experiment, { nullable: true, description: "The experiment as it is now." })
  experiment!: Experiment | null;

  @Field(() => [ChangeVariantsUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ChangeVariantsUserError.type>[];
}
