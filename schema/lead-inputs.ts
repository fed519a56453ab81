import { ArgsType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { ConnectionArgs } from "./connection.ts";
import { defineUserError } from "./errors.ts";
import { Lead, LeadFilter, LeadNote, LeadOrder, LeadStage } from "./lead.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { DateTime, JsonObject } from "./scalars.ts";

@ArgsType()
export class LeadsArgs extends ConnectionArgs {
  @Field(() => LeadFilter, { nullable: true, description: "Which leads. Default: all." })
  filter?: LeadFilter | null;

  @Field(() => [LeadOrder], { nullable: true, description: "At most three keys; an empty list orders by id alone. Default: newest first." })
  orderBy?: LeadOrder[] | null;
}

@InputType({ description: "Where a lead came from. Each text has at most 2,000 characters." })
export class LeadOriginInput {
  @Field(() => String, { nullable: true, description: "Page that linked to us." })
  referrer?: string | null;

  @Field(() => String, { nullable: true, description: "First page visited." })
  landingPage?: string | null;

  @Field(() => String, { nullable: true, description: "utm_source." })
  utmSource?: string | null;

  @Field(() => String, { nullable: true, description: "utm_medium." })
  utmMedium?: string | null;

  @Field(() => String, { nullable: true, description: "utm_campaign." })
  utmCampaign?: string | null;

  @Field(() => String, { nullable: true, description: "utm_term." })
  utmTerm?: string | null;

  @Field(() => String, { nullable: true, description: "utm_content." })
  utmContent?: string | null;
}

@InputType({ description: "That the person agreed to something." })
export class LeadConsentInput {
  @Field(() => String, { description: "What for, such as `newsletter`. At most 100 characters." })
  purpose!: string;

  @Field(() => String, { description: "Version of the text that was shown. At most 100 characters." })
  textVersion!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: "When it was given. Default, and always with a publishable key: now.",
  })
  givenAt?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: "IP address it was given from. Default, and always with a publishable key: the caller's.",
  })
  address?: string | null;
}

@InputType({
  description:
    "A person who showed interest. At least one of `email`, `phone` and `externalId` is needed: they tell who it is. Empty texts count as missing.",
})
export class CaptureLeadInput {
  @Field(() => String, { nullable: true, description: "E-mail address; stored in lower case." })
  email?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Phone number, international (`+216 …`) or as it is dialled in the tenant's country; stored in E.164.",
  })
  phone?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The id that another system knows this person by. At most 200 characters.",
  })
  externalId?: string | null;

  @Field(() => String, { nullable: true, description: "Full name. At most 200 characters." })
  name?: string | null;

  @Field(() => String, { nullable: true, description: "Company. At most 200 characters." })
  company?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Where the lead is captured, such as `website`. At most 100 characters.",
  })
  source?: string | null;

  @Field(() => String, { nullable: true, description: "What the person wrote. At most 10,000 characters." })
  message?: string | null;

  @Field(() => LeadOriginInput, {
    nullable: true,
    description: "Referrer, landing page and UTM parameters of the visit.",
  })
  origin?: LeadOriginInput | null;

  @Field(() => JsonObject, {
    nullable: true,
    description: "The tenant's own fields: texts, numbers, booleans or lists of them. At most 100 names and 16 kB.",
  })
  attributes?: Record<string, unknown> | null;

  @Field(() => [String], { nullable: true, description: "Tags to add: at most 50 of at most 50 characters." })
  tags?: string[] | null;

  @Field(() => [LeadConsentInput], { nullable: true, description: "What the person agreed to, at most 10." })
  consent?: LeadConsentInput[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      "A form field that people don't see. When it is filled, the answer is as always and nothing is stored.",
  })
  honeypot?: string | null;
}

/** What can be wrong with the fields of a person, whoever sends them. */
const fieldErrors = {
  EMAIL_INVALID: "Returned when `email` is no e-mail address.",
  PHONE_INVALID: "Returned when `phone` is no phone number, or one of another country without its prefix.",
  TOO_LONG: "Returned when a text has more characters than its field allows.",
  ATTRIBUTES_INVALID:
    "Returned when `attributes` holds anything but texts, numbers, booleans and lists of them, or more than 100 names.",
  ATTRIBUTES_TOO_LARGE: "Returned when `attributes` has more than 16 kB as JSON.",
  TAGS_INVALID: "Returned when there are more than 50 tags, or one is empty or has more than 50 characters.",
} as const;

const notFound = { NOT_FOUND: "Returned when there is no lead with this id." } as const;
const conflict = {
  CONFLICT: "Returned when the lead's version isn't `expectedVersion`; `lead` is the current one.",
} as const;

export const CaptureLeadUserError = defineUserError("CaptureLead", {
  ...fieldErrors,
  IDENTITY_MISSING: "Returned when `email`, `phone` and `externalId` are all missing.",
  CONSENT_INVALID:
    "Returned when there are more than 10 consents, or one lies in the future or has no purpose or version.",
});

@ObjectType({ description: "The outcome of captureLead.", simpleResolvers: true })
export class CaptureLeadPayload extends MutationPayload {
  @Field(() => Boolean, { description: "Whether the lead was taken. Says nothing about whether the person was known." })
  accepted!: boolean;

  @Field(() => Lead, {
    nullable: true,
    description: "The person's lead; null for a publishable key and when it was refused.",
  })
  lead!: Lead | null;

  @Field(() => [CaptureLeadUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CaptureLeadUserError.type>[];
}

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
