import { SubscriptionsArgs } from "../../schema/subscription-list.ts";
import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import type { Page } from "../../schema/connection.ts";
import { Plan } from "../../schema/plan.ts";
import {
  CancelSubscriptionPayload,
  ChangePlanPayload,
  ResumeSubscriptionPayload,
  SubscribePayload,
} from "../../schema/subscription-payloads.ts";
import {
  CancelSubscriptionInput,
  ChangePlanInput,
  ResumeSubscriptionInput,
  SubscribeInput,
  PlanSubscription,
  PlanSubscriptionConnection,
} from "../../schema/subscription.ts";
import type { Context } from "../operations/context.ts";
import type { SubscriptionChangesService } from "./subscription-changes.service.ts";
import type { SubscriptionsService } from "./subscriptions.service.ts";

@Resolver(() => PlanSubscription)
export class SubscriptionsResolver {
  readonly #subscriptions: SubscriptionsService;
  readonly #changes: SubscriptionChangesService;

  constructor(subscriptions: SubscriptionsService, changes: SubscriptionChangesService) {
    this.#subscriptions = subscriptions;
    this.#changes = changes;
  }

  @Extensions({ action: "billing:read" })
  @Query(() => PlanSubscription, {
    nullable: true,
    description: "One subscription; null when there is none with this id.",
  })
  subscription(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The subscription's id." }) id: string,
  ): Promise<PlanSubscription | null> {
    return this.#subscriptions.subscription(context, id);
  }

  @Extensions({ action: "billing:read" })
  @Query(() => PlanSubscriptionConnection, { description: "Subscriptions, newest first; a client's are his own." })
  subscriptions(
    @Ctx() context: Context,
    @Args(() => SubscriptionsArgs) args: SubscriptionsArgs,
  ): Promise<Page<PlanSubscription>> {
    return this.#subscriptions.subscriptions(context, args);
  }

  @Extensions({ action: "billing:buy" })
  @Mutation(() => SubscribePayload, {
    description:
      "Gives a client a plan. It is INCOMPLETE, without credits, until its payment is confirmed; a free plan begins at once.",
  })
  subscribe(
    @Ctx() context: Context,
    @Arg("input", () => SubscribeInput, { description: "Who takes what." }) input: SubscribeInput,
  ): Promise<SubscribePayload> {
    return this.#changes.subscribe(context, input);
  }

  @Extensions({ action: "billing:buy" })
  @Mutation(() => ChangePlanPayload, {
    description:
      "Changes the plan. A dearer one of the same interval begins when its payment is confirmed: it costs the difference of the prices for the rest of the period (rounded up to the minor unit) and gives the difference of the credits for the rest of the month (rounded down); the period keeps its end. A paid plan after a free one costs its whole price and begins a new period. Any other begins when the period turns, and nothing is given back.",
  })
  changePlan(
    @Ctx() context: Context,
    @Arg("input", () => ChangePlanInput, { description: "The new plan." }) input: ChangePlanInput,
  ): Promise<ChangePlanPayload> {
    return this.#changes.changePlan(context, input);
  }

  @Extensions({ action: "billing:buy" })
  @Mutation(() => CancelSubscriptionPayload, {
    description:
      "Ends a subscription with its period, and at once when it isn't paid. Credits that its plan carries over can be used until they expire.",
  })
  cancelSubscription(
    @Ctx() context: Context,
    @Arg("input", () => CancelSubscriptionInput, { description: "The subscription." }) input: CancelSubscriptionInput,
  ): Promise<CancelSubscriptionPayload> {
    return this.#changes.cancelSubscription(context, input);
  }

  @Extensions({ action: "billing:buy" })
  @Mutation(() => ResumeSubscriptionPayload, {
    description:
      "Takes back a cancellation as long as the period runs: the subscription is ACTIVE, and billed for its next period as if it had never been cancelled. A change of plan that was planned before has to be asked for again.",
  })
  resumeSubscription(
    @Ctx() context: Context,
    @Arg("input", () => ResumeSubscriptionInput, { description: "The subscription." }) input: ResumeSubscriptionInput,
  ): Promise<ResumeSubscriptionPayload> {
    return this.#changes.resumeSubscription(context, input);
  }

  @FieldResolver(() => Plan, { description: "Its plan." })
  plan(@Root() subscription: PlanSubscription, @Ctx() context: Context): Promise<Plan> {
    return this.#subscriptions.plan(context, subscription.planUuid);
  }

  @FieldResolver(() => Plan, {
    nullable: true,
    description: "The plan that it has from its next period on; null: the same.",
  })
  async nextPlan(@Root() { nextPlanUuid }: PlanSubscription, @Ctx() context: Context): Promise<Plan | null> {
    return nextPlanUuid === null ? null : this.#subscriptions.plan(context, nextPlanUuid);
  }
}
