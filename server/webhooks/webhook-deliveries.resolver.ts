import {
  Arg,
  Args,
  Ctx,
  Extensions,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from "type-graphql";
import { ConnectionArgs, type Page } from "../../schema/connection.ts";
import {
  DryRunWebhookInput,
  ReplayWebhookDeliveriesInput,
  ResendWebhookDeliveryInput,
  TestWebhookEndpointInput,
  WebhookDeliveriesArgs,
} from "../../schema/webhook-inputs.ts";
import {
  DryRunWebhookPayload,
  ReplayWebhookDeliveriesPayload,
  ResendWebhookDeliveryPayload,
  TestWebhookEndpointPayload,
} from "../../schema/webhook-payloads.ts";
import {
  type WebhookAttempt,
  WebhookAttemptConnection,
  WebhookDelivery,
  WebhookDeliveryConnection,
  WebhookDeliveryEvent,
  WebhookEndpoint,
} from "../../schema/webhook.ts";
import type { Context } from "../operations/context.ts";
import type { WebhookDeliveriesService } from "./webhook-deliveries.service.ts";
import type { WebhookLoaders } from "./webhook-loaders.ts";

@Resolver(() => WebhookDelivery)
export class WebhookDeliveriesResolver {
  readonly #deliveries: WebhookDeliveriesService;
  readonly #loaders: WebhookLoaders;

  constructor(deliveries: WebhookDeliveriesService, loaders: WebhookLoaders) {
    this.#deliveries = deliveries;
    this.#loaders = loaders;
  }

  @Extensions({ action: "webhook:read" })
  @Query(() => WebhookDelivery, { nullable: true, description: "A delivery; null when there is none with this id." })
  webhookDelivery(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The delivery's id, which its receiver sees as `webhook-id`." }) id: string,
  ): Promise<WebhookDelivery | null> {
    return this.#deliveries.webhookDelivery(context, id);
  }

  @Extensions({ action: "webhook:read" })
  @Query(() => WebhookDeliveryConnection, {
    description: "The deliveries to all endpoints, newest first. What is done is kept for 30 days.",
  })
  webhookDeliveries(
    @Ctx() context: Context,
    @Args(() => WebhookDeliveriesArgs) args: WebhookDeliveriesArgs,
  ): Promise<Page<WebhookDelivery>> {
    return this.#deliveries.webhookDeliveries(context, args);
  }

  @FieldResolver(() => WebhookEndpoint, { description: "Where it goes." })
  endpoint(@Ctx() context: Context, @Root() delivery: WebhookDelivery): Promise<WebhookEndpoint> {
    return this.#loaders.endpoint(context, delivery.endpointUuid);
  }

  @FieldResolver(() => WebhookAttemptConnection, { description: "When it was sent and what came of it, in order." })
  attempts(
    @Ctx() context: Context,
    @Root() delivery: WebhookDelivery,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
  ): Promise<Page<WebhookAttempt>> {
    return this.#loaders.attempts(context, delivery.uuid, page);
  }

  @Extensions({ action: "webhook:manage" })
  @Mutation(() => TestWebhookEndpointPayload, {
    description:
      "Sends `webhook.test` once, also to a disabled endpoint. `webhookDeliveryChanged` tells what came of it.",
  })
  testWebhookEndpoint(
    @Ctx() context: Context,
    @Arg("input", () => TestWebhookEndpointInput, { description: "The endpoint." }) input: TestWebhookEndpointInput,
  ): Promise<TestWebhookEndpointPayload> {
    return this.#deliveries.testWebhookEndpoint(context, input);
  }

  @Extensions({ action: "webhook:manage" })
  @Mutation(() => DryRunWebhookPayload, {
    description: "Makes the body of a delivery without sending it. You need the scopes that the endpoint has.",
  })
  dryRunWebhook(
    @Ctx() context: Context,
    @Arg("input", () => DryRunWebhookInput, { description: "Endpoint, entry and document." }) input: DryRunWebhookInput,
  ): Promise<DryRunWebhookPayload> {
    return this.#deliveries.dryRunWebhook(context, input);
  }

  @Extensions({ action: "webhook:manage" })
  @Mutation(() => ResendWebhookDeliveryPayload, {
    description: "Sends a delivery again, with a whole new round of attempts. Its `webhook-id` stays.",
  })
  resendWebhookDelivery(
    @Ctx() context: Context,
    @Arg("input", () => ResendWebhookDeliveryInput, { description: "The delivery." }) input: ResendWebhookDeliveryInput,
  ): Promise<ResendWebhookDeliveryPayload> {
    return this.#deliveries.resendWebhookDelivery(context, input);
  }

  @Extensions({ action: "webhook:manage" })
  @Mutation(() => ReplayWebhookDeliveriesPayload, {
    description:
      "Delivers a part of the journal again, in order per subject, and what the endpoint never got. Each delivery keeps its `webhook-id`.",
  })
  replayWebhookDeliveries(
    @Ctx() context: Context,
    @Arg("input", () => ReplayWebhookDeliveriesInput, { description: "Endpoint and range." })
    input: ReplayWebhookDeliveriesInput,
  ): Promise<ReplayWebhookDeliveriesPayload> {
    return this.#deliveries.replayWebhookDeliveries(context, input);
  }
}

@Resolver()
export class WebhookDeliveryChangedResolver {
  @Extensions({ action: "webhook:read" })
  @Subscription(() => WebhookDeliveryEvent, {
    description: "An endpoint's deliveries as they change, a few times a second. Ends when the endpoint is deleted.",
    subscribe: () => {
      throw new Error("served by operations/subscribe-state");
    },
  })
  webhookDeliveryChanged(
    @Root() update: WebhookDeliveryEvent,
    @Arg("endpointId", () => ID, { description: "The endpoint's id." }) _endpointId: string,
  ): WebhookDeliveryEvent {
    return update;
  }
}
