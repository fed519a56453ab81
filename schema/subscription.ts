import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { Node } from "./node.ts";
import { PaymentProviderName } from "./payment.ts";
import { DateTime } from "./scalars.ts";

export const SubscriptionState = {
  INCOMPLETE: "INCOMPLETE",
  ACTIVE: "ACTIVE",
  PAST_DUE: "PAST_DUE",
  CANCELLED_AT_PERIOD_END: "CANCELLED_AT_PERIOD_END",
  CANCELLED: "CANCELLED",
  EXPIRED: "EXPIRED",
} as const;
export type SubscriptionState = keyof typeof SubscriptionState;
registerEnumType(SubscriptionState, {
  name: "SubscriptionState",
  description: "How a subscription is.",
  valuesConfig: {
    INCOMPLETE: { description: "It waits for its first payment; nothing is granted." },
    ACTIVE: { description: "Its period is paid." },
    PAST_DUE: { description: "Its next period isn't paid yet: credits can be used, no new ones come." },
    CANCELLED_AT_PERIOD_END: { description: "Its period is paid, and is the last one." },
    CANCELLED: { description: "It was cancelled and has ended." },
    EXPIRED: { description: "It wasn't paid in time." },
  },
});

@ObjectType({ implements: Node, description: "A client's plan.", simpleResolvers: true })
export class PlanSubscription extends Node {
  readonly __typename = "PlanSubscription";

  /** Its own uuid, for loaders. */
  uuid!: string;

  @Field(() => ID, { description: "Whose it is." })
  clientId!: string;

  /** The plan's uuid, for its loader. */
  planUuid!: string;

  /** The uuid of the plan that comes next, for its loader. */
  nextPlanUuid!: string | null;

  @Field(() => SubscriptionState, { description: "How it is." })
  state!: SubscriptionState;

  @Field(() => PaymentProviderName, { description: "How its periods are paid." })
  provider!: PaymentProviderName;

  @Field(() => DateTime, { nullable: true, description: "Start of the present period; null before the first payment." })
  periodStartsAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "End of the present period; it isn't part of it any more." })
  periodEndsAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When the next month's credits come, or the period turns." })
  nextMonthAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it ended." })
  endedAt!: Date | null;

  @Field(() => DateTime, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => Int, { description: "Rises with each change." })
  version!: number;
}

export const PlanSubscriptionConnection = defineConnection("PlanSubscription", () => PlanSubscription).Connection;

@InputType({ description: "A client who takes a plan." })
export class SubscribeInput {
  @Field(() => ID, { description: "The client's id." })
  clientId!: string;

  @Field(() => ID, { description: "The plan's id." })
  planId!: string;

  @Field(() => PaymentProviderName, {
    defaultValue: PaymentProviderName.WISE,
    description: "How its periods are paid.",
  })
  provider!: PaymentProviderName;
}

@InputType({ description: "A subscription that gets another plan." })
export class ChangePlanInput {
  @Field(() => ID, { description: "The subscription's id." })
  id!: string;

  @Field(() => ID, { description: "The new plan's id." })
  planId!: string;
}

@InputType({ description: "A subscription that isn't to be renewed." })
export class CancelSubscriptionInput {
  @Field(() => ID, { description: "The subscription's id." })
  id!: string;
}

@InputType({ description: "A cancelled subscription that is to be renewed after all." })
export class ResumeSubscriptionInput {
  @Field(() => ID, { description: "The subscription's id." })
  id!: string;
}
