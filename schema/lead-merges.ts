import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { conflict, notFound } from "./lead-errors.ts";
import { Lead } from "./lead.ts";
import { MutationPayload } from "./mutation-payload.ts";

@InputType({ description: "Two leads that are one person." })
export class MergeLeadsInput {
  @Field(() => ID, { description: "The lead that stays. Its values win; empty ones are filled from the other." })
  keepId!: string;

  @Field(() => ID, { description: "The lead that is taken in." })
  mergeId!: string;
}

export const MergeLeadsUserError = defineUserError("MergeLeads", {
  ...notFound,
  SAME_LEAD: "Returned when both ids are the same.",
});

@ObjectType({ description: "The outcome of mergeLeads.", simpleResolvers: true })
export class MergeLeadsPayload extends MutationPayload {
  @Field(() => Lead, { nullable: true, description: "The lead that stays." })
  lead!: Lead | null;

  @Field(() => [MergeLeadsUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof MergeLeadsUserError.type>[];
}

@InputType({ description: "A merge to take back." })
export class UnmergeLeadsInput {
  @Field(() => ID, { description: "The lead that stayed." })
  keepId!: string;

  @Field(() => ID, { description: "The lead that was taken in." })
  mergeId!: string;
}

export const UnmergeLeadsUserError = defineUserError("UnmergeLeads", {
  NOT_FOUND: "Returned when the first lead doesn't exist or hasn't taken the second one in.",
});

@ObjectType({ description: "The outcome of unmergeLeads.", simpleResolvers: true })
export class UnmergeLeadsPayload extends MutationPayload {
  @Field(() => Lead, { nullable: true, description: "The lead that stayed." })
  lead!: Lead | null;

  @Field(() => Lead, { nullable: true, description: "The lead that is back." })
  restored!: Lead | null;

  @Field(() => [UnmergeLeadsUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof UnmergeLeadsUserError.type>[];
}

@InputType({ description: "A lead to delete for good." })
export class DeleteLeadInput {
  @Field(() => ID, { description: "The lead's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Only delete the lead if it has this version." })
  expectedVersion?: number | null;
}

export const DeleteLeadUserError = defineUserError("DeleteLead", { ...notFound, ...conflict });

@ObjectType({ description: "The outcome of deleteLead.", simpleResolvers: true })
export class DeleteLeadPayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: "Id of the lead that is gone." })
  deletedLeadId!: string | null;

  @Field(() => Lead, { nullable: true, description: "The lead when it had another version; else null." })
  lead!: Lead | null;

  @Field(() => [DeleteLeadUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof DeleteLeadUserError.type>[];
}
