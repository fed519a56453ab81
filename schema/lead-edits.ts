import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { conflict, fieldErrors, notFound } from "./lead-errors.ts";
import { Lead, LeadNote, LeadStage } from "./lead.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { JsonObject } from "./scalars.ts";

@InputType({ description: "Changes of a lead. Fields that are left out stay; null empties a field." })
export class UpdateLeadInput {
  @Field(() => ID, { description: "The lead's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Only change the lead if it has this version." })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: "E-mail address." })
  email?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Phone number, international or as it is dialled in the tenant's country.",
  })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: "The id that another system knows this person by." })
  externalId?: string | null;

  @Field(() => String, { nullable: true, description: "Full name." })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "Company." })
  company?: string | null;

  @Field(() => String, { nullable: true, description: "Where the lead was captured." })
  source?: string | null;

  @Field(() => [String], { nullable: true, description: "All tags from now on." })
  tags?: string[] | null;

  @Field(() => JsonObject, {
    nullable: true,
    description: "Attributes to set; one that is null is removed. Others stay.",
  })
  attributes?: Record<string, unknown> | null;
}

export const UpdateLeadUserError = defineUserError("UpdateLead", {
  ...notFound,
  ...conflict,
  ...fieldErrors,
  IDENTITY_MISSING: "Returned when `email`, `phone` and `externalId` would all be empty.",
  IDENTITY_TAKEN:
    "Returned when the new e-mail address, phone number or external id belongs to another lead. Merge the two.",
});

@ObjectType({ description: "The outcome of updateLead.", simpleResolvers: true })
export class UpdateLeadPayload extends MutationPayload {
  @Field(() => Lead, { nullable: true, description: "The lead as it is now." })
  lead!: Lead | null;

  @Field(() => [UpdateLeadUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof UpdateLeadUserError.type>[];
}

@InputType({ description: "A lead's way to another stage." })
export class MoveLeadInput {
  @Field(() => ID, { description: "The lead's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Only move the lead if it has this version." })
  expectedVersion?: number | null;

  @Field(() => LeadStage, { description: "The new stage. Any stage can follow any other." })
  stage!: LeadStage;

  @Field(() => String, { nullable: true, description: "Why; needed for LOST. At most 1,000 characters." })
  reason?: string | null;
}

export const MoveLeadUserError = defineUserError("MoveLead", {
  ...notFound,
  ...conflict,
  REASON_MISSING: "Returned when the stage is LOST and there is no reason.",
  TOO_LONG: "Returned when the reason has more than 1,000 characters.",
});

@ObjectType({ description: "The outcome of moveLead.", simpleResolvers: true })
export class MoveLeadPayload extends MutationPayload {
  @Field(() => Lead, { nullable: true, description: "The lead as it is now." })
  lead!: Lead | null;

  @Field(() => [MoveLeadUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof MoveLeadUserError.type>[];
}

@InputType({ description: "Who looks after a lead." })
export class AssignLeadInput {
  @Field(() => ID, { description: "The lead's id." })
  id!: string;

  @Field(() => Int, { nullable: true, description: "Only assign the lead if it has this version." })
  expectedVersion?: number | null;

  @Field(() => ID, { nullable: true, description: "Id of an active member; null: nobody." })
  ownerId?: string | null;
}

export const AssignLeadUserError = defineUserError("AssignLead", {
  ...notFound,
  ...conflict,
  OWNER_NOT_FOUND: "Returned when there is no active member with this id.",
});

@ObjectType({ description: "The outcome of assignLead.", simpleResolvers: true })
export class AssignLeadPayload extends MutationPayload {
  @Field(() => Lead, { nullable: true, description: "The lead as it is now." })
  lead!: Lead | null;

  @Field(() => [AssignLeadUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof AssignLeadUserError.type>[];
}

@InputType({ description: "A note about a lead." })
export class AddLeadNoteInput {
  @Field(() => ID, { description: "The lead's id." })
  id!: string;

  @Field(() => String, { description: "The text, at most 10,000 characters." })
  body!: string;
}

export const AddLeadNoteUserError = defineUserError("AddLeadNote", {
  ...notFound,
  BODY_MISSING: "Returned when the text is empty.",
  TOO_LONG: "Returned when the text has more than 10,000 characters.",
});

@ObjectType({ description: "The outcome of addLeadNote.", simpleResolvers: true })
export class AddLeadNotePayload extends MutationPayload {
  @Field(() => LeadNote, { nullable: true, description: "The note." })
  note!: LeadNote | null;

  @Field(() => Lead, { nullable: true, description: "The lead as it is now." })
  lead!: Lead | null;

  @Field(() => [AddLeadNoteUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof AddLeadNoteUserError.type>[];
}
