import { ArgsType, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { ConnectionArgs, defineConnection } from "./connection.ts";
import { Money } from "./money.ts";
import { Node } from "./node.ts";
import { BigIntScalar, DateTime } from "./scalars.ts";

export const PlanInterval = { MONTH: "MONTH", YEAR: "YEAR" } as const;
export type PlanInterval = keyof typeof PlanInterval;
registerEnumType(PlanInterval, {
  name: "PlanInterval",
  description: "How long what is paid lasts.",
  valuesConfig: {
    MONTH: { description: "A month." },
    YEAR: { description: "Twelve months; credits come month by month." },
  },
});

export const PlanRollover = { NONE: "NONE", CAP: "CAP", FULL: "FULL" } as const;
export type PlanRollover = keyof typeof PlanRollover;
registerEnumType(PlanRollover, {
  name: "PlanRollover",
  description: "What becomes of a month's unused credits.",
  valuesConfig: {
    NONE: { description: "They expire when the month ends." },
    CAP: { description: "At most `rolloverCap` of them are carried over; those that are held count first." },
    FULL: { description: "All are carried over, until they expire." },
  },
});

@ObjectType({ implements: Node, description: "Something to subscribe to.", simpleResolvers: true })
export class Plan extends Node {
  readonly __typename = "Plan";

  @Field(() => String, { description: "The tenant's own name for it, for programs: HYBRIDE." })
  key!: string;

  @Field(() => String, { description: "Its name, for people." })
  name!: string;

  @Field(() => String, { nullable: true, description: "What it is." })
  description!: string | null;

  @Field(() => Money, { description: "What an interval costs; 0 is free." })
  price!: Money;

  @Field(() => PlanInterval, { description: "How long what is paid lasts." })
  interval!: PlanInterval;

  @Field(() => BigIntScalar, { description: "Credits of each month." })
  creditsPerMonth!: bigint;

  @Field(() => PlanRollover, { description: "What becomes of a month's unused credits." })
  rollover!: PlanRollover;

  @Field(() => BigIntScalar, { nullable: true, description: "With CAP: how many are carried over at most." })
  rolloverCap!: bigint | null;

  @Field(() => [String], { description: "Subjects that the AI coach helps with." })
  aiSubjects!: string[];

  @Field(() => Int, { nullable: true, description: "How many learners may use it; null: no limit." })
  learnerLimit!: number | null;

  @Field(() => Int, { nullable: true, description: "How many messages to the AI coach a month; null: no limit." })
  aiMessageLimit!: number | null;

  @Field(() => DateTime, { nullable: true, description: "Since when nobody can subscribe to it any more." })
  withdrawnAt!: Date | null;

  @Field(() => DateTime, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => Int, { description: "Rises with each change; send it back as `expectedVersion`." })
  version!: number;
}

@ObjectType({ implements: Node, description: "Credits that are bought once.", simpleResolvers: true })
export class Pack extends Node {
  readonly __typename = "Pack";

  @Field(() => String, { description: "The tenant's own name for it, for programs: GRAND_ORAL." })
  key!: string;

  @Field(() => String, { description: "Its name, for people." })
  name!: string;

  @Field(() => String, { nullable: true, description: "What it is." })
  description!: string | null;

  @Field(() => Money, { description: "What it costs." })
  price!: Money;

  @Field(() => BigIntScalar, { description: "How many credits it gives." })
  credits!: bigint;

  @Field(() => Int, {
    nullable: true,
    description: "Months until they expire; null: as the tenant's rules for credits say.",
  })
  expiresAfterMonths!: number | null;

  @Field(() => DateTime, { nullable: true, description: "Since when nobody can buy it any more." })
  withdrawnAt!: Date | null;

  @Field(() => DateTime, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => Int, { description: "Rises with each change; send it back as `expectedVersion`." })
  version!: number;
}

export const PlanConnection = defineConnection("Plan", () => Plan).Connection;
export const PackConnection = defineConnection("Pack", () => Pack).Connection;

@ArgsType()
export class CatalogueArgs extends ConnectionArgs {
  @Field(() => Boolean, { defaultValue: false, description: "Also what was withdrawn; the team's only." })
  includeWithdrawn!: boolean;
}
