import { Field, InputType, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { fieldErrors } from "./lead-errors.ts";
import { Lead } from "./lead.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { DateTime, JsonObject } from "./scalars.ts";

@InputType({ description: "Where a lead came from. Each text has at most 2,000 characters." })
export class LeadOriginInput {
  @Field(() => String, { nullable: true, description: "Page that linked to us." })
  referrer?: string | null;

  @Field(() => String, { nullable: true, description: "First page visited." })
  landingPage?: string | null;

  @Field(() => String, { nullable: true, description: "The link's `utm_source`." })
  utmSource?: string | null;

  @Field(() => String, { nullable: true, description: "The link's `utm_medium`." })
  utmMedium?: string | null;

  @Field(() => String, { nullable: true, description: "The link's `utm_campaign`." })
  utmCampaign?: string | null;

  @Field(() => String, { nullable: true, description: "The link's `utm_term`." })
  utmTerm?: string | null;

  @Field(() => String, { nullable: true, description: "The link's `utm_content`." })
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
