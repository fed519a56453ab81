import { Field, ObjectType } from "type-graphql";
import { ApiKey } from "./api-key.ts";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { ShownOnce } from "./shown-once.ts";

const keyErrors = {
  NAME_INVALID: "Returned when the name is empty, longer than 200 characters or has control characters.",
  EXPIRY_INVALID: "Returned when the key would have expired already.",
} as const;

export const createApiKeyError = defineUserError("CreateApiKey", {
  ...keyErrors,
  SCOPES_INVALID: "Returned when there is no scope, or one that doesn't exist or that keys can't have.",
});

@ObjectType({ description: "The outcome of creating a secret key.", simpleResolvers: true })
export class CreateApiKeyPayload extends MutationPayload {
  @Field(() => ApiKey, { nullable: true, description: "The key. Null when it was refused." })
  key!: ApiKey | null;

  @ShownOnce()
  @Field(() => String, {
    nullable: true,
    description:
      "The key itself, shown only here: `nx_live_…`. Null when the request is repeated by its idempotency key.",
  })
  secret!: string | null;

  @Field(() => [createApiKeyError.type], { description: "Why it was refused; empty when it was done." })
  userErrors!: InstanceType<typeof createApiKeyError.type>[];
}

export const createPublishableKeyError = defineUserError("CreatePublishableKey", {
  ...keyErrors,
  ORIGIN_INVALID: "Returned when an origin isn't a scheme, a host and at most a port, or there are more than 100.",
});

@ObjectType({ description: "The outcome of creating a publishable key.", simpleResolvers: true })
export class CreatePublishableKeyPayload extends MutationPayload {
  @Field(() => ApiKey, { nullable: true, description: "The key. Null when it was refused." })
  key!: ApiKey | null;

  @ShownOnce()
  @Field(() => String, {
    nullable: true,
    description: "The key itself, shown only here: `pk_…`. Null when the request is repeated by its idempotency key.",
  })
  secret!: string | null;

  @Field(() => [createPublishableKeyError.type], { description: "Why it was refused; empty when it was done." })
  userErrors!: InstanceType<typeof createPublishableKeyError.type>[];
}

export const revokeApiKeyError = defineUserError("RevokeApiKey", {
  NOT_FOUND: "Returned when there is no such key.",
});

@ObjectType({ description: "The outcome of revoking a key.", simpleResolvers: true })
export class RevokeApiKeyPayload extends MutationPayload {
  @Field(() => ApiKey, { nullable: true, description: "The key as it is now. Revoking twice changes nothing." })
  key!: ApiKey | null;

  @Field(() => [revokeApiKeyError.type], { description: "Why it was refused; empty when it was done." })
  userErrors!: InstanceType<typeof revokeApiKeyError.type>[];
}
