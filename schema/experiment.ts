import { ArgsType, Field, Float, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { ConnectionArgs, defineConnection, OrderDirection } from "./connection.ts";
import { DateTimeFilter } from "./filter.ts";
import { Node } from "./node.ts";
import { BigIntScalar, DateTime, JsonObject } from "./scalars.ts";

export const ExperimentStatus = {
  DRAFT: "DRAFT",
  RUNNING: "RUNNING",
  PAUSED: "PAUSED",
  CONCLUDED: "CONCLUDED",
} as const;
export type ExperimentStatus = keyof typeof ExperimentStatus;
registerEnumType(ExperimentStatus, {
  name: "ExperimentStatus",
  description: "Where an experiment stands.",
  valuesConfig: {
    DRAFT: { description: "Is being prepared: nobody is assigned." },
    RUNNING: { description: "Subjects are assigned." },
    PAUSED: { description: "Nobody new is assigned; who has a variant keeps it, and still converts." },
    CONCLUDED: { description: "It has ended; its counts are final." },
  },
});

export const ExperimentAllocation = { FIXED: "FIXED", THOMPSON: "THOMPSON" } as const;
export type ExperimentAllocation = keyof typeof ExperimentAllocation;
registerEnumType(ExperimentAllocation, {
  name: "ExperimentAllocation",
  description: "How new subjects are shared out.",
  valuesConfig: {
    FIXED: { description: "By the variants' own weights: an A/B test." },
    THOMPSON: { description: "By each variant's probability to be the best one: a bandit." },
  },
});

export const ExperimentMode = { POOLED: "POOLED", SEASONAL: "SEASONAL" } as const;
export type ExperimentMode = keyof typeof ExperimentMode;
registerEnumType(ExperimentMode, {
  name: "ExperimentMode",
  description: "What a bandit makes of its counts.",
  valuesConfig: {
    POOLED: { description: "All counts are alike." },
    SEASONAL: {
      description:
        "An exposure counts the more, the less probable its variant was: dips that all variants share cancel out.",
    },
  },
});

export const ExperimentMetricKind = { CONVERSION: "CONVERSION", REVENUE: "REVENUE", DURATION: "DURATION" } as const;
export type ExperimentMetricKind = keyof typeof ExperimentMetricKind;
registerEnumType(ExperimentMetricKind, {
  name: "ExperimentMetricKind",
  description: "What is measured.",
  valuesConfig: {
    CONVERSION: { description: "The share of subjects that do it." },
    REVENUE: { description: "What a subject brings on average: the event's value, in minor units; 0 without one." },
    DURATION: { description: "How long it takes on average, of those who do it: the event's value, in seconds." },
  },
});

export const ExperimentMetricDirection = { MAXIMISE: "MAXIMISE", MINIMISE: "MINIMISE" } as const;
export type ExperimentMetricDirection = keyof typeof ExperimentMetricDirection;
registerEnumType(ExperimentMetricDirection, {
  name: "ExperimentMetricDirection",
  description: "Which variant is better.",
  valuesConfig: {
    MAXIMISE: { description: "The one with more of it." },
    MINIMISE: { description: "The one with less of it." },
  },
});

export const ExperimentVariantState = { ACTIVE: "ACTIVE", PAUSED: "PAUSED", DROPPED: "DROPPED" } as const;
export type ExperimentVariantState = keyof typeof ExperimentVariantState;
registerEnumType(ExperimentVariantState, {
  name: "ExperimentVariantState",
  description: "Whether a variant is served.",
  valuesConfig: {
    ACTIVE: { description: "New subjects get it." },
    PAUSED: { description: "Nobody new gets it; who has it keeps it." },
    DROPPED: { description: "Nobody gets it: who had it gets another one, and is no part of the analysis any more." },
  },
});

export const ExperimentStop = {
  DIFFERENCE_IS_CERTAIN: "DIFFERENCE_IS_CERTAIN",
  PROBABLY_BEST: "PROBABLY_BEST",
  NOTHING_LEFT_TO_GAIN: "NOTHING_LEFT_TO_GAIN",
} as const;
export type ExperimentStop = keyof typeof ExperimentStop;
registerEnumType(ExperimentStop, {
  name: "ExperimentStop",
  description: "Why an experiment may stop.",
  valuesConfig: {
    DIFFERENCE_IS_CERTAIN: {
      description: "FIXED: a difference from the first variant is certain, however often you looked.",
    },
    PROBABLY_BEST: { description: "THOMPSON: one variant is the best with a probability of 95 % or more." },
    NOTHING_LEFT_TO_GAIN: {
      description: "THOMPSON: with a probability of 95 % no variant beats the leader by more than 1 % of its rate.",
    },
  },
});

@ObjectType({
  description: "Whether an experiment may stop: a rule for decisions, no statement of significance.",
  simpleResolvers: true,
})
export class ExperimentVerdict {
  @Field(() => String, { description: "Key of the variant that leads." })
  leaderKey!: string;

  @Field(() => ExperimentStop, { nullable: true, description: "Why it may stop; null: go on. Never before 14 days." })
  stop!: ExperimentStop | null;
}

@ObjectType({ description: "What an experiment measures.", simpleResolvers: true })
export class ExperimentMetric {
  @Field(() => ExperimentMetricKind, { description: "What is measured." })
  kind!: ExperimentMetricKind;

  @Field(() => String, { description: "Name of the event, as recordConversion names it." })
  event!: string;

  @Field(() => ExperimentMetricDirection, { description: "Which variant is better." })
  direction!: ExperimentMetricDirection;
}

@ObjectType({ description: "A part of a namespace's subjects.", simpleResolvers: true })
export class ExperimentNamespace {
  @Field(() => String, { description: "Its name. A subject stands at the same place in it for all experiments." })
  name!: string;

  @Field(() => Float, { description: "Where the part begins: 0 to 1." })
  from!: number;

  @Field(() => Float, { description: "Where it ends; this place is no part of it." })
  to!: number;
}

@ObjectType({ description: "One of the ways that an experiment compares.", simpleResolvers: true })
export class ExperimentVariant {
  @Field(() => String, { description: "Its name for programs; one of its own within the experiment." })
  key!: string;

  @Field(() => String, { description: "Its name, for people." })
  name!: string;

  @Field(() => JsonObject, { description: "What whoever shows it needs to know." })
  payload!: Record<string, unknown>;

  @Field(() => Float, { description: "Its share under FIXED, and under THOMPSON before there is evidence." })
  fixedWeight!: number;

  @Field(() => Float, { description: "The share of new subjects that get it now." })
  weight!: number;

  @Field(() => ExperimentVariantState, { description: "Whether it is served." })
  state!: ExperimentVariantState;
}

@ObjectType({ description: "What came of a variant so far.", simpleResolvers: true })
export class ExperimentVariantResult {
  @Field(() => String, { description: "The variant's key." })
  variantKey!: string;

  @Field(() => BigIntScalar, { description: "Subjects that were first exposed to it." })
  exposures!: bigint;

  @Field(() => BigIntScalar, { description: "Those of them that did what is measured, within the window." })
  conversions!: bigint;

  @Field(() => Float, { nullable: true, description: "The metric per exposed subject; null: nobody was exposed." })
  mean!: number | null;

  @Field(() => Float, { description: "What the metric is expected to be, given the counts." })
  posteriorMean!: number;

  @Field(() => Float, { description: "The metric is greater than this with a probability of 97.5 %." })
  lower!: number;

  @Field(() => Float, { description: "The metric is less than this with a probability of 97.5 %." })
  upper!: number;

  @Field(() => Float, { description: "Probability that it is the best of those that are served." })
  probabilityBest!: number;

  @Field(() => Float, { description: "What choosing it is expected to lose, in units of the metric." })
  expectedLoss!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      "FIXED: its rate differs from the first variant's by at least this, with 95 % confidence at all looks together. Null for the first one, for amounts, and below 10 conversions.",
  })
  differenceLower!: number | null;

  @Field(() => Float, { nullable: true, description: "The same: by at most this." })
  differenceUpper!: number | null;
}

@ObjectType({ description: "What came of an experiment so far.", simpleResolvers: true })
export class ExperimentResults {
  @Field(() => BigIntScalar, { description: "Subjects that were exposed to a variant that isn't dropped." })
  exposures!: bigint;

  @Field(() => BigIntScalar, {
    description:
      "Subjects that have seen several variants, since they signed in with different ones: they are in no other figure. Over 1 % of all is too many.",
  })
  seenSeveral!: bigint;

  @Field(() => [ExperimentVariantResult], { description: "Of each variant that isn't dropped, in their order." })
  variants!: ExperimentVariantResult[];

  @Field(() => Float, {
    nullable: true,
    description:
      "Probability of shares as uneven as these by chance alone (chi-squared); null: too few exposures to tell.",
  })
  sampleRatioProbability!: number | null;

  @Field(() => Boolean, {
    description:
      "Whether subjects were shared out differently than they should be, by a test that stays right however often it is looked at: don't trust the results before you know why.",
  })
  hasSampleRatioAlarm!: boolean;

  @Field(() => ExperimentVerdict, {
    nullable: true,
    description: "Whether it may stop; null for amounts, and before the start.",
  })
  verdict!: ExperimentVerdict | null;

  @Field(() => [String], { description: "The same in words, the most important first." })
  explanations!: string[];
}

@ObjectType({
  implements: Node,
  description: "What is tried: variants, who gets them, and what is measured.",
  simpleResolvers: true,
})
export class Experiment extends Node {
  readonly __typename = "Experiment";

  /** The experiment's uuid, for what belongs to it. */
  uuid!: string;

  @Field(() => String, { description: "Its name for programs. No two experiments of a tenant have the same." })
  key!: string;

  @Field(() => String, { description: "Its name, for people." })
  name!: string;

  @Field(() => String, { description: "What is expected to happen, and why." })
  hypothesis!: string;

  @Field(() => ExperimentStatus, { description: "Where it stands." })
  status!: ExperimentStatus;

  @Field(() => ExperimentAllocation, { description: "How new subjects are shared out." })
  allocation!: ExperimentAllocation;

  @Field(() => ExperimentMode, { description: "What THOMPSON makes of its counts." })
  mode!: ExperimentMode;

  @Field(() => ExperimentMetric, { description: "What is measured." })
  metric!: ExperimentMetric;

  @Field(() => JsonObject, {
    nullable: true,
    description: "Who takes part: a condition on a subject's attributes; null: everybody.",
  })
  targeting!: Record<string, unknown> | null;

  @Field(() => Float, { description: "The share of those who are meant that takes part: 0 to 1." })
  coverage!: number;

  @Field(() => ExperimentNamespace, {
    nullable: true,
    description: "Experiments with different parts of one namespace never share a subject; null: no such rule.",
  })
  namespace!: ExperimentNamespace | null;

  @Field(() => Float, {
    description: "The share of subjects that is kept out: the same subjects for all of the tenant's experiments.",
  })
  holdout!: number;

  @Field(() => Int, { description: "For how many hours after the first exposure a conversion counts." })
  conversionWindowHours!: number;

  @Field(() => [ExperimentVariant], { description: "Its variants in their order, dropped ones, too." })
  variants!: ExperimentVariant[];

  @Field(() => Int, { description: "Rises with each change of the weights." })
  weightVersion!: number;

  @Field(() => String, { nullable: true, description: "Key of the variant that won; null: none was named." })
  winnerKey!: string | null;

  @Field(() => Boolean, { description: "Whether everybody gets the winner since it has ended." })
  isRolledOut!: boolean;

  @Field(() => DateTime, { nullable: true, description: "When it was started." })
  startedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it ended." })
  concludedAt!: Date | null;

  @Field(() => DateTime, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => DateTime, { description: "The last change by a person; new weights are none." })
  updatedAt!: Date;

  @Field(() => Int, { description: "Rises with each change by a person; send it back as `expectedVersion`." })
  version!: number;
}

export const ExperimentConnection = defineConnection("Experiment", () => Experiment).Connection;

export const ExperimentOrderField = { CREATED_AT: "CREATED_AT", KEY: "KEY" } as const;
export type ExperimentOrderField = keyof typeof ExperimentOrderField;
registerEnumType(ExperimentOrderField, {
  name: "ExperimentOrderField",
  description: "What experiments can be ordered by. The id always comes last, so that the order is total.",
  valuesConfig: {
    CREATED_AT: { description: "When they were made." },
    KEY: { description: "Key, by code point." },
  },
});

@InputType({ description: "One key of an order of experiments." })
export class ExperimentOrder {
  @Field(() => ExperimentOrderField, { description: "What to order by." })
  field!: ExperimentOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: "Which end comes first." })
  direction!: OrderDirection;
}

@InputType({ description: "Conditions on an experiment's status; all must hold." })
export class ExperimentStatusFilter {
  @Field(() => ExperimentStatus, { nullable: true, description: "Is this status." })
  eq?: ExperimentStatus;

  @Field(() => ExperimentStatus, { nullable: true, description: "Is not this status." })
  neq?: ExperimentStatus;

  @Field(() => [ExperimentStatus], { nullable: true, description: "Is one of these." })
  in?: ExperimentStatus[];

  @Field(() => [ExperimentStatus], { nullable: true, description: "Is none of these." })
  nin?: ExperimentStatus[];
}

@InputType({
  description:
    "Which experiments. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. At most 50 conditions, 5 levels.",
})
export class ExperimentFilter {
  @Field(() => [ExperimentFilter], { nullable: true, description: "All of these hold." })
  and?: ExperimentFilter[];

  @Field(() => [ExperimentFilter], { nullable: true, description: "At least one of these holds." })
  or?: ExperimentFilter[];

  @Field(() => ExperimentFilter, { nullable: true, description: "This doesn't hold." })
  not?: ExperimentFilter;

  @Field(() => ExperimentStatusFilter, { nullable: true, description: "By status." })
  status?: ExperimentStatusFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By when they were made." })
  createdAt?: DateTimeFilter;
}

@ArgsType()
export class ExperimentsArgs extends ConnectionArgs {
  @Field(() => ExperimentFilter, { nullable: true, description: "Which experiments. Default: all." })
  filter?: ExperimentFilter | null;

  @Field(() => [ExperimentOrder], {
    nullable: true,
    description: "At most three keys; an empty list orders by id alone. Default: newest first.",
  })
  orderBy?: ExperimentOrder[] | null;
}
