import { Field, ID, Int, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { ShownOnce } from "./shown-once.ts";
import { WebhookDelivery, WebhookEndpoint } from "./webhook.ts";

const notFound = "Returned when there is no endpoint with this id.";
const invalid = {
  URL_INVALID:
    "Returned when the URL isn't https, has a user, a password or more than 2,000 characters, or names an address that isn't public.",
  DESCRIPTION_INVALID: "Returned when the description has more than 500 characters or control characters.",
  EVENT_TYPES_INVALID:
    "Returned when there is no such type as `lead.captured` and no such kind as `lead.*`, or there are more than 100.",
  DOCUMENT_INVALID: "Returned when the document isn't one valid query, or declares a variable that there isn't.",
  SCOPES_INVALID: "Returned when a scope doesn't exist, the document needs another one, or you don't have one of them.",
} as const;

export const CreateWebhookEndpointUserError = defineUserError("CreateWebhookEndpoint", {
  ...invalid,
  TOO_MANY: "Returned when the tenant has 100 endpoints.",
});

@ObjectType({ description: "The outcome of createWebhookEndpoint.", simpleResolvers: true })
export class CreateWebhookEndpointPayload extends MutationPayload {
  @Field(() => WebhookEndpoint, { nullable: true, description: "The endpoint." })
  endpoint!: WebhookEndpoint | null;

  @ShownOnce()
  @Field(() => String, { nullable: true, description: "The secret that signs (`whsec_…`). It isn't shown again." })
  secret!: string | null;

  @Field(() => [CreateWebhookEndpointUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CreateWebhookEndpointUserError.type>[];
}

export const UpdateWebhookEndpointUserError = defineUserError("UpdateWebhookEndpoint", {
  NOT_FOUND: notFound,
  CONFLICT: "Returned when the endpoint has another version; `endpoint` is what it is now.",
  ...invalid,
});

@ObjectType({ description: "The outcome of updateWebhookEndpoint.", simpleResolvers: true })
export class UpdateWebhookEndpointPayload extends MutationPayload {
  @Field(() => WebhookEndpoint, { nullable: true, description: "The endpoint as it is now." })
  endpoint!: WebhookEndpoint | null;

  @Field(() => [UpdateWebhookEndpointUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof UpdateWebhookEndpointUserError.type>[];
}

export const DeleteWebhookEndpointUserError = defineUserError("DeleteWebhookEndpoint", { NOT_FOUND: notFound });

@ObjectType({ description: "The outcome of deleteWebhookEndpoint.", simpleResolvers: true })
export class DeleteWebhookEndpointPayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: "The id of what is gone." })
  deletedId!: string | null;

  @Field(() => [DeleteWebhookEndpointUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof DeleteWebhookEndpointUserError.type>[];
}

export const EnableWebhookEndpointUserError = defineUserError("EnableWebhookEndpoint", { NOT_FOUND: notFound });

@ObjectType({ description: "The outcome of enableWebhookEndpoint.", simpleResolvers: true })
export class EnableWebhookEndpointPayload extends MutationPayload {
  @Field(() => WebhookEndpoint, { nullable: true, description: "The endpoint as it is now." })
  endpoint!: WebhookEndpoint | null;

  @Field(() => [EnableWebhookEndpointUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof EnableWebhookEndpointUserError.type>[];
}

export const DisableWebhookEndpointUserError = defineUserError("DisableWebhookEndpoint", { NOT_FOUND: notFound });

@ObjectType({ description: "The outcome of disableWebhookEndpoint.", simpleResolvers: true })
export class DisableWebhookEndpointPayload extends MutationPayload {
  @Field(() => WebhookEndpoint, { nullable: true, description: "The endpoint as it is now." })
  endpoint!: WebhookEndpoint | null;

  @Field(() => [DisableWebhookEndpointUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof DisableWebhookEndpointUserError.type>[];
}

export const RotateWebhookSecretUserError = defineUserError("RotateWebhookSecret", {
  NOT_FOUND: notFound,
  OVERLAP_INVALID: "Returned when the overlap isn't 0 to 720 hours.",
});

@ObjectType({ description: "The outcome of rotateWebhookSecret.", simpleResolvers: true })
export class RotateWebhookSecretPayload extends MutationPayload {
  @Field(() => WebhookEndpoint, { nullable: true, description: "The endpoint as it is now." })
  endpoint!: WebhookEndpoint | null;

  @ShownOnce()
  @Field(() => String, { nullable: true, description: "The new secret. It isn't shown again." })
  secret!: string | null;

  @Field(() => [RotateWebhookSecretUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof RotateWebhookSecretUserError.type>[];
}

export const TestWebhookEndpointUserError = defineUserError("TestWebhookEndpoint", { NOT_FOUND: notFound });

@ObjectType({ description: "The outcome of testWebhookEndpoint.", simpleResolvers: true })
export class TestWebhookEndpointPayload extends MutationPayload {
  @Field(() => WebhookDelivery, { nullable: true, description: "The test, which is sent next." })
  delivery!: WebhookDelivery | null;

  @Field(() => [TestWebhookEndpointUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof TestWebhookEndpointUserError.type>[];
}

export const DryRunWebhookUserError = defineUserError("DryRunWebhook", {
  NOT_FOUND: notFound,
  ENTRY_NOT_FOUND: "Returned when there is no such entry, or none that the endpoint's event types match.",
  DOCUMENT_INVALID: invalid.DOCUMENT_INVALID,
  SCOPES_INVALID:
    "Returned when the document needs a scope that the endpoint doesn't have, or you don't have one of its.",
  PAYLOAD_FAILED: "Returned when the document can't be executed now; a delivery would be tried again.",
});

@ObjectType({ description: "The outcome of dryRunWebhook.", simpleResolvers: true })
export class DryRunWebhookPayload extends MutationPayload {
  @Field(() => String, { nullable: true, description: "The body that would be posted: JSON." })
  body!: string | null;

  @Field(() => [DryRunWebhookUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof DryRunWebhookUserError.type>[];
}

export const ResendWebhookDeliveryUserError = defineUserError("ResendWebhookDelivery", {
  NOT_FOUND: "Returned when there is no delivery with this id.",
  IN_PROGRESS: "Returned when it is being sent at this moment.",
});

@ObjectType({ description: "The outcome of resendWebhookDelivery.", simpleResolvers: true })
export class ResendWebhookDeliveryPayload extends MutationPayload {
  @Field(() => WebhookDelivery, { nullable: true, description: "The delivery, which is pending again." })
  delivery!: WebhookDelivery | null;

  @Field(() => [ResendWebhookDeliveryUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ResendWebhookDeliveryUserError.type>[];
}

export const ReplayWebhookDeliveriesUserError = defineUserError("ReplayWebhookDeliveries", {
  NOT_FOUND: notFound,
  RANGE_INVALID: "Returned when the range has no beginning, has two, or ends before it begins.",
  TOO_MANY: "Returned when the range has more than 10,000 entries for this endpoint. Replay it in parts.",
});

@ObjectType({ description: "The outcome of replayWebhookDeliveries.", simpleResolvers: true })
export class ReplayWebhookDeliveriesPayload extends MutationPayload {
  @Field(() => Int, { nullable: true, description: "How many deliveries are pending again." })
  deliveries!: number | null;

  @Field(() => [ReplayWebhookDeliveriesUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ReplayWebhookDeliveriesUserError.type>[];
}
