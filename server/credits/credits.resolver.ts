import { CreditAdjustmentsArgs } from "../../schema/credit-adjustment-list.ts";
import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { Client } from "../../schema/client.ts";
import { ConnectionArgs, type Page } from "../../schema/connection.ts";
import {
  CreditAccount,
  type CreditEntry,
  CreditEntryConnection,
  type CreditHold,
  CreditHoldConnection,
  type CreditLot,
  CreditLotConnection,
  CreditStatement,
} from "../../schema/credit-account.ts";
import { type CreditAdjustment, CreditAdjustmentConnection, CreditSettings } from "../../schema/credit-adjustment.ts";
import {
  AdjustCreditsInput,
  ApproveAdjustmentInput,
  CreditEntriesArgs,
  GrantCreditsInput,
  RejectAdjustmentInput,
  TransferCreditsInput,
  UpdateCreditSettingsInput,
} from "../../schema/credit-inputs.ts";
import {
  AdjustCreditsPayload,
  ApproveAdjustmentPayload,
  GrantCreditsPayload,
  RejectAdjustmentPayload,
  TransferCreditsPayload,
  UpdateCreditSettingsPayload,
} from "../../schema/credit-payloads.ts";
import { BigIntScalar, DateTime } from "../../schema/scalars.ts";
import type { Context } from "../operations/context.ts";
import type { CreditAdjustmentsService } from "./credit-adjustments.service.ts";
import type { CreditMovesService } from "./credit-moves.service.ts";
import type { CreditSettingsService } from "./credit-settings.service.ts";
import type { CreditsService } from "./credits.service.ts";

export interface CreditServices {
  readonly credits: CreditsService;
  readonly moves: CreditMovesService;
  readonly adjustments: CreditAdjustmentsService;
  readonly settings: CreditSettingsService;
}

@Resolver()
export class CreditsResolver {
  readonly #services: CreditServices;

  constructor(services: CreditServices) {
    this.#services = services;
  }

  @Extensions({ action: "credits:read" })
  @Query(() => CreditAccount, {
    nullable: true,
    description: "A client's credits; null when there is no client with this id. A client reads his own.",
  })
  creditAccount(
    @Ctx() context: Context,
    @Arg("clientId", () => ID, { description: "The client's id." }) clientId: string,
  ): Promise<CreditAccount | null> {
    return this.#services.credits.creditAccount(context, clientId);
  }

  @Extensions({ action: "credits:adjust" })
  @Query(() => CreditAdjustmentConnection, { description: "Corrections by hand, newest first." })
  creditAdjustments(
    @Ctx() context: Context,
    @Args(() => CreditAdjustmentsArgs) args: CreditAdjustmentsArgs,
  ): Promise<Page<CreditAdjustment>> {
    return this.#services.adjustments.creditAdjustments(context, args);
  }

  @Extensions({ action: "credits:adjust" })
  @Query(() => CreditSettings, { description: "The tenant's rules for credits." })
  creditSettings(@Ctx() context: Context): Promise<CreditSettings> {
    return this.#services.settings.creditSettings(context);
  }

  @Extensions({ action: "credits:grant" })
  @Mutation(() => GrantCreditsPayload, {
    description: "Gives a client credits, which expire after 12 months by default.",
  })
  grantCredits(
    @Ctx() context: Context,
    @Arg("input", () => GrantCreditsInput, { description: "The credits." }) input: GrantCreditsInput,
  ): Promise<GrantCreditsPayload> {
    return this.#services.moves.grantCredits(context, input);
  }

  @Extensions({ action: "credits:adjust" })
  @Mutation(() => AdjustCreditsPayload, {
    description:
      "Corrects a client's credits, up or down. Over the tenant's limit it waits until another person approves it.",
  })
  adjustCredits(
    @Ctx() context: Context,
    @Arg("input", () => AdjustCreditsInput, { description: "The correction." }) input: AdjustCreditsInput,
  ): Promise<AdjustCreditsPayload> {
    return this.#services.adjustments.adjustCredits(context, input);
  }

  @Extensions({ action: "credits:manage" })
  @Mutation(() => ApproveAdjustmentPayload, { description: "Applies a correction that somebody else has asked for." })
  approveAdjustment(
    @Ctx() context: Context,
    @Arg("input", () => ApproveAdjustmentInput, { description: "The correction." }) input: ApproveAdjustmentInput,
  ): Promise<ApproveAdjustmentPayload> {
    return this.#services.adjustments.approveAdjustment(context, input);
  }

  @Extensions({ action: "credits:manage" })
  @Mutation(() => RejectAdjustmentPayload, { description: "Drops a correction that waits, one's own as well." })
  rejectAdjustment(
    @Ctx() context: Context,
    @Arg("input", () => RejectAdjustmentInput, { description: "The correction." }) input: RejectAdjustmentInput,
  ): Promise<RejectAdjustmentPayload> {
    return this.#services.adjustments.rejectAdjustment(context, input);
  }

  @Extensions({ action: "credits:adjust" })
  @Mutation(() => TransferCreditsPayload, {
    description: "Moves usable credits to another client. They keep their source and their expiry.",
  })
  transferCredits(
    @Ctx() context: Context,
    @Arg("input", () => TransferCreditsInput, { description: "Who gives what to whom." }) input: TransferCreditsInput,
  ): Promise<TransferCreditsPayload> {
    return this.#services.moves.transferCredits(context, input);
  }

  @Extensions({ action: "creditrules:manage" })
  @Mutation(() => UpdateCreditSettingsPayload, { description: "Changes the tenant's rules for credits." })
  updateCreditSettings(
    @Ctx() context: Context,
    @Arg("input", () => UpdateCreditSettingsInput, { description: "What changes." }) input: UpdateCreditSettingsInput,
  ): Promise<UpdateCreditSettingsPayload> {
    return this.#services.settings.updateCreditSettings(context, input);
  }
}

@Resolver(() => CreditAccount)
export class CreditAccountResolver {
  readonly #credits: CreditsService;

  constructor(credits: CreditsService) {
    this.#credits = credits;
  }

  @FieldResolver(() => CreditLotConnection, {
    description: "Lots that have credits left, in the order in which they are used.",
  })
  lots(
    @Root() account: CreditAccount,
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
  ): Promise<Page<CreditLot>> {
    return this.#credits.lots(context, account, page);
  }

  @FieldResolver(() => CreditHoldConnection, { description: "What was held and what became of it, newest first." })
  holds(
    @Root() account: CreditAccount,
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
  ): Promise<Page<CreditHold>> {
    return this.#credits.holds(context, account, page);
  }

  @FieldResolver(() => CreditEntryConnection, { description: "The account's history, newest first." })
  entries(
    @Root() account: CreditAccount,
    @Ctx() context: Context,
    @Args(() => CreditEntriesArgs) args: CreditEntriesArgs,
  ): Promise<Page<CreditEntry>> {
    return this.#credits.entries(context, account, args);
  }

  @FieldResolver(() => BigIntScalar, { description: "The balance as it was just after an instant." })
  balanceAt(
    @Root() account: CreditAccount,
    @Ctx() context: Context,
    @Arg("at", () => DateTime, { description: "The instant." }) at: Date,
  ): Promise<bigint> {
    return this.#credits.balanceAt(context, account, at);
  }

  @FieldResolver(() => CreditStatement, { description: "What came and went between two instants." })
  statement(
    @Root() account: CreditAccount,
    @Ctx() context: Context,
    @Arg("from", () => DateTime, { description: "The first instant of it." }) from: Date,
    @Arg("to", () => DateTime, { description: "The first instant that isn't part of it any more." }) to: Date,
  ): Promise<CreditStatement> {
    return this.#credits.statement(context, account, { from, to });
  }
}

@Resolver(() => Client)
export class ClientCreditsResolver {
  readonly #credits: CreditsService;

  constructor(credits: CreditsService) {
    this.#credits = credits;
  }

  @FieldResolver(() => CreditAccount, {
    nullable: true,
    description: "The client's credits; null without the scope `credits:read`.",
  })
  creditAccount(@Root() client: Client, @Ctx() context: Context): Promise<CreditAccount | null> {
    return this.#credits.accountOfClient(context, client.uuid);
  }
}
