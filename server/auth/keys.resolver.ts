import { Arg, Args, Ctx, Extensions, Mutation, Query, Resolver } from "type-graphql";
import { type ApiKey, ApiKeyConnection } from "../../schema/api-key.ts";
import { CreateApiKeyInput, CreatePublishableKeyInput, RevokeApiKeyInput } from "../../schema/api-key-inputs.ts";
import {
  CreateApiKeyPayload,
  CreatePublishableKeyPayload,
  RevokeApiKeyPayload,
} from "../../schema/api-key-payloads.ts";
import { ConnectionArgs, type Page } from "../../schema/connection.ts";
import { SetKeyDocumentModeInput } from "../../schema/trusted-document-inputs.ts";
import { SetKeyDocumentModePayload } from "../../schema/trusted-document-payloads.ts";
import type { Context } from "../operations/context.ts";
import type { KeyService } from "./keys.service.ts";

@Resolver()
export class KeyResolver {
  readonly #keys: KeyService;

  constructor(keys: KeyService) {
    this.#keys = keys;
  }

  @Extensions({ action: "key:read" })
  @Query(() => ApiKeyConnection, { description: "Secret and publishable keys, also revoked ones, the newest first." })
  apiKeys(@Ctx() context: Context, @Args(() => ConnectionArgs) page: ConnectionArgs): Promise<Page<ApiKey>> {
    return this.#keys.apiKeys(context, page);
  }

  @Extensions({ action: "key:manage" })
  @Mutation(() => CreateApiKeyPayload, { description: "Creates a secret key. It is shown once." })
  createApiKey(
    @Ctx() context: Context,
    @Arg("input", () => CreateApiKeyInput, { description: "The new key." }) input: CreateApiKeyInput,
  ): Promise<CreateApiKeyPayload> {
    return this.#keys.createApiKey(context, input);
  }

  @Extensions({ action: "key:manage" })
  @Mutation(() => CreatePublishableKeyPayload, {
    description: "Creates a publishable key for browsers. It is shown once.",
  })
  createPublishableKey(
    @Ctx() context: Context,
    @Arg("input", () => CreatePublishableKeyInput, { description: "The new key." }) input: CreatePublishableKeyInput,
  ): Promise<CreatePublishableKeyPayload> {
    return this.#keys.createPublishableKey(context, input);
  }

  @Extensions({ action: "key:manage" })
  @Mutation(() => RevokeApiKeyPayload, { description: "Revokes a key, secret or publishable, at once and for good." })
  revokeApiKey(
    @Ctx() context: Context,
    @Arg("input", () => RevokeApiKeyInput, { description: "Which key." }) input: RevokeApiKeyInput,
  ): Promise<RevokeApiKeyPayload> {
    return this.#keys.revokeApiKey(context, input);
  }

  @Extensions({ action: "key:manage" })
  @Mutation(() => SetKeyDocumentModePayload, {
    description: "Decides whether a key may send any text, or trusted documents only. Takes effect within a second.",
  })
  setKeyDocumentMode(
    @Ctx() context: Context,
    @Arg("input", () => SetKeyDocumentModeInput, { description: "Which key, which mode." })
    input: SetKeyDocumentModeInput,
  ): Promise<SetKeyDocumentModePayload> {
    return this.#keys.setDocumentMode(context, input);
  }
}
