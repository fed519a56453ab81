import { Field, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { Payment } from "./payment.ts";
import { PlanSubscription } from "./subscription.ts";

const noClient = "Returned when there is no such client, or the caller may not buy for him.";
const noPlan = "Returned when there is no such plan.";
const planWithdrawn = "Returned when the plan was withdrawn: choose one of `plans`.";
const unavailable = "Returned when payments can't be made this way now, as the message says.";
const noSubscription = "Returned when there is no such subscription.";
const moneyReceived = "Returned when money has arrived for it already: the team has to confirm or refund that first.";

export const SubscribeUserError = defineUserError("Subscribe", {
  CLIENT_NOT_FOUND: noClient,
  PLAN_NOT_FOUND: noPlan,
  PLAN_WITHDRAWN: planWithdrawn,
  ALREADY_SUBSCRIBED:
    "Returned when the client has a subscription, or one that waits for its payment: change or cancel that one, or resume it if it was cancelled.",
  PROVIDER_UNAVAILABLE: unavailable,
});

@ObjectType({ description: "The outcome of subscribe.", simpleResolvers: true })
export class SubscribePayload extends MutationPayload {
  @Field(() => PlanSubscription, {
    nullable: true,
    description: "The new subscription, or with ALREADY_SUBSCRIBED the present one.",
  })
  subscription!: PlanSubscription | null;

  @Field(() => Payment, { nullable: true, description: "What is to be paid; null for a free plan." })
  payment!: Payment | null;

  @Field(() => [SubscribeUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof SubscribeUserError.type>[];
}

export const ChangePlanUserError = defineUserError("ChangePlan", {
  NOT_FOUND: noSubscription,
  PLAN_NOT_FOUND: noPlan,
  PLAN_WITHDRAWN: planWithdrawn,
  SAME_PLAN: "Returned when the subscription has this plan and none planned.",
  NOT_ACTIVE: "Returned when the subscription isn't ACTIVE: pay, resume it or subscribe first.",
  CURRENCY_DIFFERS: "Returned when the plans have different currencies: cancel this one, then subscribe to the other.",
  CHANGE_PENDING: "Returned when another change waits for its payment: pay or cancel that payment first.",
  MONEY_RECEIVED: moneyReceived,
  PROVIDER_UNAVAILABLE: unavailable,
});

@ObjectType({ description: "The outcome of changePlan.", simpleResolvers: true })
export class ChangePlanPayload extends MutationPayload {
  @Field(() => PlanSubscription, { nullable: true, description: "The subscription as it is now." })
  subscription!: PlanSubscription | null;

  @Field(() => Payment, {
    nullable: true,
    description: "What is to be paid first; null when the change comes at the end of the period.",
  })
  payment!: Payment | null;

  @Field(() => [ChangePlanUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ChangePlanUserError.type>[];
}

export const CancelSubscriptionUserError = defineUserError("CancelSubscription", {
  NOT_FOUND: noSubscription,
  NOT_ACTIVE: "Returned when it has ended, or ends anyway.",
  MONEY_RECEIVED: moneyReceived,
});

@ObjectType({ description: "The outcome of cancelSubscription.", simpleResolvers: true })
export class CancelSubscriptionPayload extends MutationPayload {
  @Field(() => PlanSubscription, { nullable: true, description: "The subscription as it is now." })
  subscription!: PlanSubscription | null;

  @Field(() => [CancelSubscriptionUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CancelSubscriptionUserError.type>[];
}

export const ResumeSubscriptionUserError = defineUserError("ResumeSubscription", {
  NOT_FOUND: noSubscription,
  NOT_CANCELLED: "Returned when it isn't CANCELLED_AT_PERIOD_END: there is no cancellation to take back.",
  ENDED: "Returned when its last period is over: subscribe again.",
});

@ObjectType({ description: "The outcome of resumeSubscription.", simpleResolvers: true })
export class ResumeSubscriptionPayload extends MutationPayload {
  @Field(() => PlanSubscription, { nullable: true, description: "The subscription as it is now." })
  subscription!: PlanSubscription | null;

  @Field(() => [ResumeSubscriptionUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ResumeSubscriptionUserError.type>[];
}
