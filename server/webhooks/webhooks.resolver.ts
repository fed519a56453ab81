import { Arg, Args, Ctx, Extensions, ID, Mutation, Query, Resolver } from "type-graphql";
import { ConnectionArgs, type Page } from "../../schema/connection.ts";
import {
  CreateWebhookEndpointInput,
  DeleteWebhookEndpointInput,
  DisableWebhookEndpointInput,
  EnableWebhookEndpointInput,
  RotateWebhookSecretInput,
  UpdateWebhookEndpointInput,
} from "../../schema/webhook-inputs.ts";
import {
  CreateWebhookEndpointPayload,
  DeleteWebhookEndpointPayload,
  DisableWebhookEndpointPayload,
  EnableWebhookEndpointPayload,
  RotateWebhookSecretPayload,
  UpdateWebhookEndpointPayload,
} from "../../schema/webhook-payloads.ts";
import { WebhookEndpoint, WebhookEndpointConnection } from "../../schema/webhook.ts";
import type { Context } from "../operations/context.ts";
import type { WebhooksService } from "./webhooks.service.ts";

@Resolver(() => WebhookEndpoint)
export class WebhooksResolver {
  readonly #webhooks: WebhooksService;

  constructor(webhooks: WebhooksService) {
    this.#webhooks = webhooks;
  }

  @Extensions({ action: "webhook:read" })
  @Query(() => WebhookEndpoint, { nullable: true, description: "An endpoint; null when there is none with this id." })
  webhookEndpoint(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The endpoint's id." }) id: string,
  ): Promise<WebhookEndpoint | null> {
    return this.#webhooks.webhookEndpoint(context, id);
  }

  @Extensions({ action: "webhook:read" })
  @Query(() => WebhookEndpointConnection, { description: "The tenant's webhook endpoints, newest first." })
  webhookEndpoints(
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
  ): Promise<Page<WebhookEndpoint>> {
    return this.#webhooks.webhookEndpoints(context, page);
  }

  @Extensions({ action: "webhook:manage" })
  @Mutation(() => CreateWebhookEndpointPayload, {
    description: "Makes an endpoint, to which each matching entry of the journal is posted from now on.",
  })
  createWebhookEndpoint(
    @Ctx() context: Context,
    @Arg("input", () => CreateWebhookEndpointInput, { description: "The endpoint." }) input: CreateWebhookEndpointInput,
  ): Promise<CreateWebhookEndpointPayload> {
    return this.#webhooks.createWebhookEndpoint(context, input);
  }

  @Extensions({ action: "webhook:manage" })
  @Mutation(() => UpdateWebhookEndpointPayload, {
    description: "Changes an endpoint. You need the scopes that it has. What is pending is sent as it is now.",
  })
  updateWebhookEndpoint(
    @Ctx() context: Context,
    @Arg("input", () => UpdateWebhookEndpointInput, { description: "What changes." }) input: UpdateWebhookEndpointInput,
  ): Promise<UpdateWebhookEndpointPayload> {
    return this.#webhooks.updateWebhookEndpoint(context, input);
  }

  @Extensions({ action: "webhook:manage" })
  @Mutation(() => DeleteWebhookEndpointPayload, { description: "Deletes an endpoint with all its deliveries." })
  deleteWebhookEndpoint(
    @Ctx() context: Context,
    @Arg("input", () => DeleteWebhookEndpointInput, { description: "The endpoint." }) input: DeleteWebhookEndpointInput,
  ): Promise<DeleteWebhookEndpointPayload> {
    return this.#webhooks.deleteWebhookEndpoint(context, input);
  }

  @Extensions({ action: "webhook:manage" })
  @Mutation(() => EnableWebhookEndpointPayload, {
    description: "Goes on delivering where it ended: nothing of what happened meanwhile is missing.",
  })
  enableWebhookEndpoint(
    @Ctx() context: Context,
    @Arg("input", () => EnableWebhookEndpointInput, { description: "The endpoint." }) input: EnableWebhookEndpointInput,
  ): Promise<EnableWebhookEndpointPayload> {
    return this.#webhooks.enableWebhookEndpoint(context, input);
  }

  @Extensions({ action: "webhook:manage" })
  @Mutation(() => DisableWebhookEndpointPayload, { description: "Delivers nothing more until it is enabled." })
  disableWebhookEndpoint(
    @Ctx() context: Context,
    @Arg("input", () => DisableWebhookEndpointInput, { description: "The endpoint." })
    input: DisableWebhookEndpointInput,
  ): Promise<DisableWebhookEndpointPayload> {
    return this.#webhooks.disableWebhookEndpoint(context, input);
  }

  @Extensions({ action: "webhook:manage" })
  @Mutation(() => RotateWebhookSecretPayload, {
    description:
      "Makes a new secret. For a while deliveries are signed with both, so that the receiver can change over.",
  })
  rotateWebhookSecret(
    @Ctx() context: Context,
    @Arg("input", () => RotateWebhookSecretInput, { description: "The endpoint." }) input: RotateWebhookSecretInput,
  ): Promise<RotateWebhookSecretPayload> {
    return this.#webhooks.rotateWebhookSecret(context, input);
  }
}
