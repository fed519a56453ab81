import { Arg, Args, Ctx, Extensions, Mutation, Query, Resolver } from "type-graphql";
import type { Page } from "../../schema/connection.ts";
import {
  AddExampleCatalogueInput,
  CreatePackInput,
  CreatePlanInput,
  UpdatePackInput,
  UpdatePlanInput,
  WithdrawPackInput,
  WithdrawPlanInput,
} from "../../schema/plan-inputs.ts";
import {
  AddExampleCataloguePayload,
  CreatePackPayload,
  CreatePlanPayload,
  UpdatePackPayload,
  UpdatePlanPayload,
  WithdrawPackPayload,
  WithdrawPlanPayload,
} from "../../schema/plan-payloads.ts";
import { CatalogueArgs, type Pack, PackConnection, type Plan, PlanConnection } from "../../schema/plan.ts";
import type { Context } from "../operations/context.ts";
import type { CatalogueService } from "./catalogue.service.ts";

@Resolver()
export class CatalogueResolver {
  readonly #catalogue: CatalogueService;

  constructor(catalogue: CatalogueService) {
    this.#catalogue = catalogue;
  }

  @Extensions({ action: "catalogue:read" })
  @Query(() => PlanConnection, { description: "Plans that can be subscribed to, the oldest first." })
  plans(@Ctx() context: Context, @Args(() => CatalogueArgs) args: CatalogueArgs): Promise<Page<Plan>> {
    return this.#catalogue.plans(context, args);
  }

  @Extensions({ action: "catalogue:read" })
  @Query(() => PackConnection, { description: "Packs that can be bought, the oldest first." })
  packs(@Ctx() context: Context, @Args(() => CatalogueArgs) args: CatalogueArgs): Promise<Page<Pack>> {
    return this.#catalogue.packs(context, args);
  }

  @Extensions({ action: "catalogue:write" })
  @Mutation(() => CreatePlanPayload, { description: "Makes a plan." })
  createPlan(
    @Ctx() context: Context,
    @Arg("input", () => CreatePlanInput, { description: "The plan." }) input: CreatePlanInput,
  ): Promise<CreatePlanPayload> {
    return this.#catalogue.createPlan(context, input);
  }

  @Extensions({ action: "catalogue:write" })
  @Mutation(() => UpdatePlanPayload, {
    description: "Changes a plan. Who has it pays and gets the new terms from his next period or month on.",
  })
  updatePlan(
    @Ctx() context: Context,
    @Arg("input", () => UpdatePlanInput, { description: "What changes." }) input: UpdatePlanInput,
  ): Promise<UpdatePlanPayload> {
    return this.#catalogue.updatePlan(context, input);
  }

  @Extensions({ action: "catalogue:write" })
  @Mutation(() => WithdrawPlanPayload, { description: "Takes a plan off the catalogue. Who has it keeps it." })
  withdrawPlan(
    @Ctx() context: Context,
    @Arg("input", () => WithdrawPlanInput, { description: "The plan." }) input: WithdrawPlanInput,
  ): Promise<WithdrawPlanPayload> {
    return this.#catalogue.withdrawPlan(context, input);
  }

  @Extensions({ action: "catalogue:write" })
  @Mutation(() => CreatePackPayload, { description: "Makes a pack." })
  createPack(
    @Ctx() context: Context,
    @Arg("input", () => CreatePackInput, { description: "The pack." }) input: CreatePackInput,
  ): Promise<CreatePackPayload> {
    return this.#catalogue.createPack(context, input);
  }

  @Extensions({ action: "catalogue:write" })
  @Mutation(() => UpdatePackPayload, { description: "Changes a pack." })
  updatePack(
    @Ctx() context: Context,
    @Arg("input", () => UpdatePackInput, { description: "What changes." }) input: UpdatePackInput,
  ): Promise<UpdatePackPayload> {
    return this.#catalogue.updatePack(context, input);
  }

  @Extensions({ action: "catalogue:write" })
  @Mutation(() => WithdrawPackPayload, { description: "Takes a pack off the catalogue." })
  withdrawPack(
    @Ctx() context: Context,
    @Arg("input", () => WithdrawPackInput, { description: "The pack." }) input: WithdrawPackInput,
  ): Promise<WithdrawPackPayload> {
    return this.#catalogue.withdrawPack(context, input);
  }

  @Extensions({ action: "catalogue:write" })
  @Mutation(() => AddExampleCataloguePayload, {
    description: "Adds the plans and packs of a tutoring school, to begin with.",
  })
  addExampleCatalogue(
    @Ctx() context: Context,
    @Arg("input", () => AddExampleCatalogueInput, { description: "That it is meant." }) input: AddExampleCatalogueInput,
  ): Promise<AddExampleCataloguePayload> {
    return this.#catalogue.addExampleCatalogue(context, input);
  }
}
