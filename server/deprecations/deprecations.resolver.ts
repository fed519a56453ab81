import { Args, Ctx, Extensions, Query, Resolver } from "type-graphql";
import { ConnectionArgs, type Page } from "../../schema/connection.ts";
import { type DeprecatedFieldUsage, DeprecatedFieldUsageConnection } from "../../schema/deprecated-field-usage.ts";
import type { Context } from "../operations/context.ts";
import type { DeprecationsService } from "./deprecations.service.ts";

@Resolver()
export class DeprecationsResolver {
  readonly #deprecations: DeprecationsService;

  constructor(deprecations: DeprecationsService) {
    this.#deprecations = deprecations;
  }

  @Extensions({ action: "key:read" })
  @Query(() => DeprecatedFieldUsageConnection, {
    description: "Which keys use what is deprecated, the latest to begin first.",
  })
  deprecatedFieldUsage(
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
  ): Promise<Page<DeprecatedFieldUsage>> {
    return this.#deprecations.usage(context, page);
  }
}
