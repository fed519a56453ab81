import { Field, ID, InputType, Int } from "type-graphql";
import { MoneyInput } from "./money.ts";
import { PlanInterval, PlanRollover } from "./plan.ts";
import { BigIntScalar } from "./scalars.ts";

@InputType({ description: "A new plan." })
export class CreatePlanInput {
  @Field(() => String, { description: "1 to 50 capital letters, digits and _, of its own among plans: HYBRIDE." })
  key!: string;

  @Field(() => String, { description: "1 to 200 characters." })
  name!: string;

  @Field(() => String, { nullable: true, description: "At most 2,000 characters." })
  description?: string | null;

  @Field(() => MoneyInput, { description: "What an interval costs: 0 to 1,000,000,000,000 minor units." })
  price!: MoneyInput;

  @Field(() => PlanInterval, { defaultValue: PlanInterval.MONTH, description: "How long what is paid lasts." })
  interval!: PlanInterval;

  @Field(() => BigIntScalar, { defaultValue: 0n, description: "Credits of each month: 0 to 1,000,000,000." })
  creditsPerMonth!: bigint;

  @Field(() => PlanRollover, {
    defaultValue: PlanRollover.NONE,
    description: "What becomes of a month's unused credits.",
  })
  rollover!: PlanRollover;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: "With CAP, and only then: how many are carried over at most.",
  })
  rolloverCap?: bigint | null;

  @Field(() => [String], { defaultValue: [], description: "Subjects that the AI coach helps with: at most 50." })
  aiSubjects!: string[];

  @Field(() => Int, { nullable: true, description: "How many learners may use it; null: no limit." })
  learnerLimit?: number | null;

  @Field(() => Int, { nullable: true, description: "How many messages to the AI coach a month; null: no limit." })
  aiMessageLimit?: number | null;
}

@InputType({ description: "What changes of a plan; what is left out stays. What was billed already keeps its price." })
export class UpdatePlanInput {
  @Field(() => ID, { description: "The plan's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Refuse with CONFLICT when it has another version." })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: "1 to 200 characters." })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "At most 2,000 characters; null: none." })
  description?: string | null;

  @Field(() => MoneyInput, { nullable: true, description: "What an interval costs, in the same currency." })
  price?: MoneyInput | null;

  @Field(() => BigIntScalar, { nullable: true, description: "Credits of each month from the next one on." })
  creditsPerMonth?: bigint | null;

  @Field(() => PlanRollover, { nullable: true, description: "What becomes of a month's unused credits." })
  rollover?: PlanRollover | null;

  @Field(() => BigIntScalar, { nullable: true, description: "With CAP: how many are carried over at most." })
  rolloverCap?: bigint | null;

  @Field(() => [String], { nullable: true, description: "Subjects that the AI coach helps with: at most 50." })
  aiSubjects?: string[] | null;

  @Field(() => Int, { nullable: true, description: "How many learners may use it; null: no limit." })
  learnerLimit?: number | null;

  @Field(() => Int, { nullable: true, description: "How many messages to the AI coach a month; null: no limit." })
  aiMessageLimit?: number | null;
}

@InputType({ description: "A plan that nobody is to subscribe to any more. Who has it keeps it." })
export class WithdrawPlanInput {
  @Field(() => ID, { description: "The plan's id." })
  id!: string;
}

@InputType({ description: "A new pack." })
export class CreatePackInput {
  @Field(() => String, { description: "1 to 50 capital letters, digits and _, of its own among packs: GRAND_ORAL." })
  key!: string;

  @Field(() => String, { description: "1 to 200 characters." })
  name!: string;

  @Field(() => String, { nullable: true, description: "At most 2,000 characters." })
  description?: string | null;

  @Field(() => MoneyInput, { description: "What it costs: 1 to 1,000,000,000,000 minor units." })
  price!: MoneyInput;

  @Field(() => BigIntScalar, { description: "How many credits it gives: 1 to 1,000,000,000." })
  credits!: bigint;

  @Field(() => Int, { nullable: true, description: "Months until they expire: 1 to 120. Default: the tenant's rule." })
  expiresAfterMonths?: number | null;
}

@InputType({ description: "What changes of a pack; what is left out stays. What was sold already stays as it was." })
export class UpdatePackInput {
  @Field(() => ID, { description: "The pack's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Refuse with CONFLICT when it has another version." })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: "1 to 200 characters." })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "At most 2,000 characters; null: none." })
  description?: string | null;

  @Field(() => MoneyInput, { nullable: true, description: "What it costs." })
  price?: MoneyInput | null;

  @Field(() => BigIntScalar, { nullable: true, description: "How many credits it gives." })
  credits?: bigint | null;

  @Field(() => Int, { nullable: true, description: "Months until they expire; null: the tenant's rule." })
  expiresAfterMonths?: number | null;
}

@InputType({ description: "A pack that nobody is to buy any more." })
export class WithdrawPackInput {
  @Field(() => ID, { description: "The pack's id." })
  id!: string;
}

@InputType({ description: "The plans and packs of an example. What has one of their keys already stays as it is." })
export class AddExampleCatalogueInput {
  @Field(() => Boolean, { defaultValue: true, description: "Has to be true: it adds to what your clients see." })
  confirms!: boolean;
}
