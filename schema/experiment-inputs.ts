import { Field, Float, ID, InputType, Int } from "type-graphql";
import {
  ExperimentAllocation,
  ExperimentMetricDirection,
  ExperimentMetricKind,
  ExperimentMode,
  ExperimentVariantState,
} from "./experiment.ts";
import { JsonObject } from "./scalars.ts";

@InputType({ description: "What an experiment measures." })
export class ExperimentMetricInput {
  @Field(() => ExperimentMetricKind, {
    defaultValue: ExperimentMetricKind.CONVERSION,
    description: "What is measured.",
  })
  kind!: ExperimentMetricKind;

  @Field(() => String, { description: "Name of the event, as recordConversion names it: 1 to 100 characters." })
  event!: string;

  @Field(() => ExperimentMetricDirection, {
    defaultValue: ExperimentMetricDirection.MAXIMISE,
    description: "Which variant is better.",
  })
  direction!: ExperimentMetricDirection;
}

@InputType({ description: "A part of a namespace's subjects." })
export class ExperimentNamespaceInput {
  @Field(() => String, { description: "Its name: 1 to 100 characters." })
  name!: string;

  @Field(() => Float, { description: "Where the part begins: 0 to 1." })
  from!: number;

  @Field(() => Float, { description: "Where it ends, 0 to 1; this place is no part of it." })
  to!: number;
}

@InputType({ description: "A new variant." })
export class ExperimentVariantInput {
  @Field(() => String, { description: "Its name for programs: a letter, then letters, digits, `_`, `-`; at most 64." })
  key!: string;

  @Field(() => String, { nullable: true, description: "Its name, for people: 1 to 200 characters. Default: its key." })
  name?: string | null;

  @Field(() => JsonObject, {
    nullable: true,
    description: "What whoever shows it needs to know: at most 16 kB of JSON.",
  })
  payload?: Record<string, unknown> | null;

  @Field(() => Float, { description: "Its share: 0 to 1. All together are 1." })
  weight!: number;
}

@InputType({ description: "A new experiment. It is a draft until it is started." })
export class CreateExperimentInput {
  @Field(() => String, { description: "Its name for programs: a letter, then letters, digits, `_`, `-`; at most 64." })
  key!: string;

  @Field(() => String, { nullable: true, description: "Its name, for people: 1 to 200 characters. Default: its key." })
  name?: string | null;

  @Field(() => String, { defaultValue: "", description: "What is expected, and why. At most 2,000 characters." })
  hypothesis!: string;

  @Field(() => ExperimentAllocation, {
    defaultValue: ExperimentAllocation.FIXED,
    description: "How new subjects are shared out.",
  })
  allocation!: ExperimentAllocation;

  @Field(() => ExperimentMode, {
    defaultValue: ExperimentMode.POOLED,
    description: "What THOMPSON makes of its counts. SEASONAL is for CONVERSION.",
  })
  mode!: ExperimentMode;

  @Field(() => ExperimentMetricInput, { description: "What is measured." })
  metric!: ExperimentMetricInput;

  @Field(() => JsonObject, {
    nullable: true,
    description:
      'Who takes part: a condition such as `{ "country": { "$in": ["FR", "TN"] } }`. Default: everybody. At most 16 kB.',
  })
  targeting?: Record<string, unknown> | null;

  @Field(() => Float, {
    defaultValue: 1,
    description: "The share of those who are meant that takes part: over 0, to 1.",
  })
  coverage!: number;

  @Field(() => ExperimentNamespaceInput, {
    nullable: true,
    description: "A part of a namespace, whose other parts belong to other experiments. Default: none.",
  })
  namespace?: ExperimentNamespaceInput | null;

  @Field(() => Float, { defaultValue: 0, description: "The share of subjects that is kept out: 0 to 0.9." })
  holdout!: number;

  @Field(() => Int, {
    defaultValue: 168,
    description: "For how many hours after the first exposure a conversion counts: 1 to 2,160.",
  })
  conversionWindowHours!: number;

  @Field(() => [ExperimentVariantInput], { description: "Its variants: 2 to 20." })
  variants!: ExperimentVariantInput[];
}

@InputType({
  description:
    "Changes of an experiment; what is left out stays. Name and hypothesis may change until it has ended; what decides about subjects and counts, in a draft only. Variants: changeVariants.",
})
export class UpdateExperimentInput {
  @Field(() => ID, { description: "The experiment's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Refuse with CONFLICT if it has another version." })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: "Its name." })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "What is expected, and why." })
  hypothesis?: string | null;

  @Field(() => ExperimentAllocation, { nullable: true, description: "How new subjects are shared out." })
  allocation?: ExperimentAllocation | null;

  @Field(() => ExperimentMode, { nullable: true, description: "What THOMPSON makes of its counts." })
  mode?: ExperimentMode | null;

  @Field(() => ExperimentMetricInput, { nullable: true, description: "What is measured." })
  metric?: ExperimentMetricInput | null;

  @Field(() => JsonObject, { nullable: true, description: "Who takes part; null: everybody." })
  targeting?: Record<string, unknown> | null;

  @Field(() => Float, { nullable: true, description: "The share of those who are meant that takes part." })
  coverage?: number | null;

  @Field(() => ExperimentNamespaceInput, { nullable: true, description: "A part of a namespace; null: none." })
  namespace?: ExperimentNamespaceInput | null;

  @Field(() => Float, { nullable: true, description: "The share of subjects that is kept out." })
  holdout?: number | null;

  @Field(() => Int, { nullable: true, description: "For how many hours a conversion counts." })
  conversionWindowHours?: number | null;
}

@InputType({ description: "An experiment that begins." })
export class StartExperimentInput {
  @Field(() => ID, { description: "The experiment's id." })
  id!: string;
}

@InputType({ description: "An experiment that assigns nobody new for a while." })
export class PauseExperimentInput {
  @Field(() => ID, { description: "The experiment's id." })
  id!: string;
}

@InputType({ description: "An experiment that goes on." })
export class ResumeExperimentInput {
  @Field(() => ID, { description: "The experiment's id." })
  id!: string;
}

@InputType({ description: "An experiment that ends." })
export class ConcludeExperimentInput {
  @Field(() => ID, { description: "The experiment's id." })
  id!: string;

  @Field(() => String, { nullable: true, description: "Key of the variant that won. Default: none." })
  winnerKey?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: "Whether everybody gets the winner from now on." })
  rollOut!: boolean;
}

@InputType({ description: "What becomes of a variant; what is left out stays." })
export class ExperimentVariantChangeInput {
  @Field(() => String, { description: "The variant's key." })
  key!: string;

  @Field(() => ExperimentVariantState, { nullable: true, description: "Whether it is served. DROPPED is for good." })
  state?: ExperimentVariantState | null;

  @Field(() => Float, { nullable: true, description: "Its share." })
  weight?: number | null;

  @Field(() => String, { nullable: true, description: "Its name, for people." })
  name?: string | null;

  @Field(() => JsonObject, { nullable: true, description: "What whoever shows it needs to know." })
  payload?: Record<string, unknown> | null;
}

@InputType({
  description:
    "Changes of an experiment's variants. Who has a variant keeps it, unless it is dropped. The shares of those that are active are 1 together.",
})
export class ChangeVariantsInput {
  @Field(() => ID, { description: "The experiment's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Refuse with CONFLICT if the experiment has another version." })
  expectedVersion?: number | null;

  @Field(() => [ExperimentVariantInput], { defaultValue: [], description: "Variants that are new." })
  add!: ExperimentVariantInput[];

  @Field(() => [ExperimentVariantChangeInput], { defaultValue: [], description: "Variants that change." })
  change!: ExperimentVariantChangeInput[];

  @Field(() => [String], {
    defaultValue: [],
    description: "Keys of variants that vanish. In a draft only: later drop them, since their subjects are counted.",
  })
  remove!: string[];
}
