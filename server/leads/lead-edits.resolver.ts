import { Arg, Ctx, Extensions, Mutation, Resolver } from "type-graphql";
import {
  AddLeadNoteInput,
  AddLeadNotePayload,
  AssignLeadInput,
  AssignLeadPayload,
  MoveLeadInput,
  MoveLeadPayload,
  UpdateLeadInput,
  UpdateLeadPayload,
} from "../../schema/lead-edits.ts";
import {
  DeleteLeadInput,
  DeleteLeadPayload,
  MergeLeadsInput,
  MergeLeadsPayload,
  UnmergeLeadsInput,
  UnmergeLeadsPayload,
} from "../../schema/lead-merges.ts";
import type { Context } from "../operations/context.ts";
import type { LeadEditsService } from "./lead-edits.service.ts";
import type { LeadMergesService } from "./lead-merges.service.ts";

@Resolver()
export class LeadEditsResolver {
  readonly #edits: LeadEditsService;
  readonly #merges: LeadMergesService;

  constructor(edits: LeadEditsService, merges: LeadMergesService) {
    this.#edits = edits;
    this.#merges = merges;
  }

  @Extensions({ action: "lead:write" })
  @Mutation(() => UpdateLeadPayload, { description: "Changes a lead's fields." })
  updateLead(
    @Ctx() context: Context,
    @Arg("input", () => UpdateLeadInput, { description: "The changes." }) input: UpdateLeadInput,
  ): Promise<UpdateLeadPayload> {
    return this.#edits.updateLead(context, input);
  }

  @Extensions({ action: "lead:write" })
  @Mutation(() => MoveLeadPayload, { description: "Moves a lead to another stage." })
  moveLead(
    @Ctx() context: Context,
    @Arg("input", () => MoveLeadInput, { description: "The lead and its new stage." }) input: MoveLeadInput,
  ): Promise<MoveLeadPayload> {
    return this.#edits.moveLead(context, input);
  }

  @Extensions({ action: "lead:write" })
  @Mutation(() => AssignLeadPayload, { description: "Gives a lead to a member, or to nobody." })
  assignLead(
    @Ctx() context: Context,
    @Arg("input", () => AssignLeadInput, { description: "The lead and its new owner." }) input: AssignLeadInput,
  ): Promise<AssignLeadPayload> {
    return this.#edits.assignLead(context, input);
  }

  @Extensions({ action: "lead:write" })
  @Mutation(() => AddLeadNotePayload, { description: "Writes a note about a lead." })
  addLeadNote(
    @Ctx() context: Context,
    @Arg("input", () => AddLeadNoteInput, { description: "The lead and the text." }) input: AddLeadNoteInput,
  ): Promise<AddLeadNotePayload> {
    return this.#edits.addLeadNote(context, input);
  }

  @Extensions({ action: "lead:write" })
  @Mutation(() => MergeLeadsPayload, {
    description:
      "Makes one lead of two: addresses, notes, consents, tags and attributes of the second go to the first. unmergeLeads takes it back.",
  })
  mergeLeads(
    @Ctx() context: Context,
    @Arg("input", () => MergeLeadsInput, { description: "Both leads." }) input: MergeLeadsInput,
  ): Promise<MergeLeadsPayload> {
    return this.#merges.mergeLeads(context, input);
  }

  @Extensions({ action: "lead:write" })
  @Mutation(() => UnmergeLeadsPayload, {
    description: "Takes a merge back: the lead that was taken in is as it was, with its addresses, notes and consents.",
  })
  unmergeLeads(
    @Ctx() context: Context,
    @Arg("input", () => UnmergeLeadsInput, { description: "Both leads." }) input: UnmergeLeadsInput,
  ): Promise<UnmergeLeadsPayload> {
    return this.#merges.unmergeLeads(context, input);
  }

  @Extensions({ action: "lead:delete" })
  @Mutation(() => DeleteLeadPayload, {
    description: "Deletes a lead and erases all personal data about it, also in the journal, whose chain stays valid.",
  })
  deleteLead(
    @Ctx() context: Context,
    @Arg("input", () => DeleteLeadInput, { description: "The lead." }) input: DeleteLeadInput,
  ): Promise<DeleteLeadPayload> {
    return this.#merges.deleteLead(context, input);
  }
}
