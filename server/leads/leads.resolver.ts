import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Info, Mutation, Query, Resolver, Root } from "type-graphql";
import { CaptureLeadInput, CaptureLeadPayload } from "../../schema/lead-capture.ts";
import { LeadsArgs } from "../../schema/lead-list.ts";
import { JournalEntryConnection, type JournalEntry } from "../../schema/journal.ts";
import { ConnectionArgs, type Page } from "../../schema/connection.ts";
import { Lead, LeadConnection, LeadConsent, type LeadNote, LeadNoteConnection } from "../../schema/lead.ts";
import type { Context } from "../operations/context.ts";
import { leadSelection } from "./lead-selection.ts";
import type { LeadsLoaders } from "./leads.loaders.ts";
import type { LeadsService } from "./leads.service.ts";

@Resolver()
export class LeadsResolver {
  readonly #leads: LeadsService;

  constructor(leads: LeadsService) {
    this.#leads = leads;
  }

  @Extensions({ action: "lead:read" })
  @Query(() => Lead, { nullable: true, description: "A lead; null when there is none with this id." })
  lead(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The lead's id." }) id: string,
  ): Promise<Lead | null> {
    return this.#leads.lead(context, id);
  }

  @Extensions({ action: "lead:read" })
  @Query(() => LeadConnection, { description: "The tenant's leads, newest first unless an order is given." })
  leads(
    @Ctx() context: Context,
    @Args(() => LeadsArgs) args: LeadsArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Lead>> {
    return this.#leads.leads(context, args, leadSelection(info));
  }

  @Extensions({ action: "lead:capture", isGathered: true })
  @Mutation(() => CaptureLeadPayload, {
    description:
      "Takes a person who showed interest. The same e-mail address, phone number or external id is the same lead. A publishable key fills empty fields only and learns nothing about the lead.",
  })
  captureLead(
    @Ctx() context: Context,
    @Arg("input", () => CaptureLeadInput, { description: "The person." }) input: CaptureLeadInput,
  ): Promise<CaptureLeadPayload> {
    return this.#leads.captureLead(context, input);
  }
}

@Resolver(() => Lead)
export class LeadResolver {
  readonly #loaders: LeadsLoaders;

  constructor(loaders: LeadsLoaders) {
    this.#loaders = loaders;
  }

  @FieldResolver(() => LeadNoteConnection, { description: "What the team wrote about the lead, oldest first." })
  notes(
    @Root() lead: Lead,
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
  ): Promise<Page<LeadNote>> {
    return this.#loaders.notes(context, lead.uuid, page);
  }

  @FieldResolver(() => [LeadConsent], { description: "What the person agreed to, latest first, at most 100." })
  consents(@Root() lead: Lead, @Ctx() context: Context): Promise<LeadConsent[]> {
    return this.#loaders.consents(context, lead.uuid);
  }

  @FieldResolver(() => JournalEntryConnection, {
    description: "All that happened to the lead, and to those that it has taken in, in order.",
  })
  timeline(
    @Root() lead: Lead,
    @Ctx() context: Context,
    @Args(() => ConnectionArgs) page: ConnectionArgs,
  ): Promise<Page<JournalEntry>> {
    return this.#loaders.timeline(context, lead.uuid, page);
  }
}
