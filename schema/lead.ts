import { createUnionType, Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { defineConnection, NullsOrder, OrderDirection } from "./connection.ts";
import { DateTimeFilter, IdFilter, StringFilter, StringListFilter } from "./filter.ts";
import { Lagged } from "./journal.ts";
import { LeadConsentListFilter, LeadNoteListFilter } from "./lead-related-filter.ts";
import { Member } from "./member.ts";
import { Node } from "./node.ts";
import { Cursor, DateTime, JsonObject } from "./scalars.ts";

export const LeadStage = {
  NEW: "NEW",
  CONTACTED: "CONTACTED",
  QUALIFIED: "QUALIFIED",
  WON: "WON",
  LOST: "LOST",
} as const;
export type LeadStage = keyof typeof LeadStage;
registerEnumType(LeadStage, {
  name: "LeadStage",
  description: "How far a lead has come.",
  valuesConfig: {
    NEW: { description: "Nobody has been in touch yet." },
    CONTACTED: { description: "Somebody has been in touch." },
    QUALIFIED: { description: "There is a real need." },
    WON: { description: "Became a customer." },
    LOST: { description: "Didn't; the reason says why." },
  },
});

@ObjectType({ description: "Where a lead came from, as its first visit told.", simpleResolvers: true })
export class LeadOrigin {
  @Field(() => String, { nullable: true, description: "Page that linked to us." })
  referrer!: string | null;

  @Field(() => String, { nullable: true, description: "First page visited." })
  landingPage!: string | null;

  @Field(() => String, { nullable: true, description: "The link's `utm_source`." })
  utmSource!: string | null;

  @Field(() => String, { nullable: true, description: "The link's `utm_medium`." })
  utmMedium!: string | null;

  @Field(() => String, { nullable: true, description: "The link's `utm_campaign`." })
  utmCampaign!: string | null;

  @Field(() => String, { nullable: true, description: "The link's `utm_term`." })
  utmTerm!: string | null;

  @Field(() => String, { nullable: true, description: "The link's `utm_content`." })
  utmContent!: string | null;
}

@ObjectType({ description: "That a person agreed to something.", simpleResolvers: true })
export class LeadConsent {
  @Field(() => String, { description: "What for, such as `newsletter`." })
  purpose!: string;

  @Field(() => String, { description: "Version of the text that was shown." })
  textVersion!: string;

  @Field(() => DateTime, { description: "When it was given." })
  givenAt!: Date;

  @Field(() => String, { nullable: true, description: "IP address it was given from." })
  address!: string | null;
}

@ObjectType({ implements: Node, description: "What somebody of the team wrote about a lead.", simpleResolvers: true })
export class LeadNote extends Node {
  readonly __typename = "LeadNote";

  @Field(() => String, { description: "The text." })
  body!: string;

  @Field(() => Member, { nullable: true, description: "Who wrote it; null when a key did." })
  author!: Member | null;

  @Field(() => DateTime, { description: "When it was written." })
  createdAt!: Date;
}

@ObjectType({
  implements: Node,
  description: "A person who may become a customer. One person is one lead.",
  simpleResolvers: true,
})
export class Lead extends Node {
  readonly __typename = "Lead";

  /** The lead's uuid, for loaders of what belongs to it. */
  uuid!: string;

  @Field(() => String, { nullable: true, description: "Lower-case e-mail address." })
  email!: string | null;

  @Field(() => String, { nullable: true, description: "Phone number in E.164." })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: "The id that another system knows this person by." })
  externalId!: string | null;

  @Field(() => String, { nullable: true, description: "Full name." })
  name!: string | null;

  @Field(() => String, { nullable: true, description: "Company." })
  company!: string | null;

  @Field(() => String, { nullable: true, description: "Where the lead was captured, such as `website` or `import`." })
  source!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "What the person wrote. What they wrote later through a publishable key is in the timeline.",
  })
  message!: string | null;

  @Field(() => LeadStage, { description: "How far the lead has come." })
  stage!: LeadStage;

  @Field(() => String, { nullable: true, description: "Why the lead is in its stage." })
  stageReason!: string | null;

  @Field(() => Member, { nullable: true, description: "Member who looks after the lead." })
  owner!: Member | null;

  @Field(() => [String], { description: "Tags, sorted." })
  tags!: readonly string[];

  @Field(() => JsonObject, {
    description: "The tenant's own fields; values are texts, numbers, booleans or lists of them.",
  })
  attributes!: Record<string, unknown>;

  @Field(() => LeadOrigin, { description: "Where the lead came from." })
  origin!: LeadOrigin;

  @Field(() => DateTime, { description: "When the lead was first captured." })
  createdAt!: Date;

  @Field(() => DateTime, { description: "The last change." })
  updatedAt!: Date;

  @Field(() => Int, { description: "Rises with each change; send it back as `expectedVersion`." })
  version!: number;
}

export const LeadConnection = defineConnection("Lead", () => Lead).Connection;
export const LeadNoteConnection = defineConnection("LeadNote", () => LeadNote).Connection;

export const LeadOrderField = {
  CREATED_AT: "CREATED_AT",
  UPDATED_AT: "UPDATED_AT",
  NAME: "NAME",
  EMAIL: "EMAIL",
  COMPANY: "COMPANY",
} as const;
export type LeadOrderField = keyof typeof LeadOrderField;
registerEnumType(LeadOrderField, {
  name: "LeadOrderField",
  description: "What leads can be ordered by. The id always comes last, so that the order is total.",
  valuesConfig: {
    CREATED_AT: { description: "First capture." },
    UPDATED_AT: { description: "Last change." },
    NAME: { description: "Name, by code point." },
    EMAIL: { description: "E-mail address." },
    COMPANY: { description: "Company, by code point." },
  },
});

@InputType({ description: "One key of an order of leads." })
export class LeadOrder {
  @Field(() => LeadOrderField, { description: "What to order by." })
  field!: LeadOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: "Which end comes first." })
  direction!: OrderDirection;

  @Field(() => NullsOrder, { defaultValue: NullsOrder.LAST, description: "Where leads without a value stand." })
  nulls!: NullsOrder;
}

@InputType({ description: "Conditions on a lead's stage; all must hold." })
export class LeadStageFilter {
  @Field(() => LeadStage, { nullable: true, description: "Is this stage." })
  eq?: LeadStage;

  @Field(() => LeadStage, { nullable: true, description: "Is not this stage." })
  neq?: LeadStage;

  @Field(() => [LeadStage], { nullable: true, description: "Is one of these." })
  in?: LeadStage[];

  @Field(() => [LeadStage], { nullable: true, description: "Is none of these." })
  nin?: LeadStage[];
}

@InputType({
  description:
    "Which leads. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. At most 50 conditions, 5 levels.",
})
export class LeadFilter {
  @Field(() => [LeadFilter], { nullable: true, description: "All of these hold." })
  and?: LeadFilter[];

  @Field(() => [LeadFilter], { nullable: true, description: "At least one of these holds." })
  or?: LeadFilter[];

  @Field(() => LeadFilter, { nullable: true, description: "This doesn't hold." })
  not?: LeadFilter;

  @Field(() => IdFilter, { nullable: true, description: "By id." })
  id?: IdFilter;

  @Field(() => StringFilter, { nullable: true, description: "By e-mail address." })
  email?: StringFilter;

  @Field(() => StringFilter, { nullable: true, description: "By phone number in E.164." })
  phone?: StringFilter;

  @Field(() => StringFilter, { nullable: true, description: "By the other system's id." })
  externalId?: StringFilter;

  @Field(() => StringFilter, { nullable: true, description: "By name." })
  name?: StringFilter;

  @Field(() => StringFilter, { nullable: true, description: "By company." })
  company?: StringFilter;

  @Field(() => StringFilter, { nullable: true, description: "By source." })
  source?: StringFilter;

  @Field(() => LeadStageFilter, { nullable: true, description: "By stage." })
  stage?: LeadStageFilter;

  @Field(() => IdFilter, { nullable: true, description: "By the owner's id." })
  owner?: IdFilter;

  @Field(() => StringListFilter, { nullable: true, description: "By tags." })
  tags?: StringListFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By first capture." })
  createdAt?: DateTimeFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By last change." })
  updatedAt?: DateTimeFilter;

  @Field(() => LeadNoteListFilter, { nullable: true, description: "By notes." })
  notes?: LeadNoteListFilter;

  @Field(() => LeadConsentListFilter, { nullable: true, description: "By consents." })
  consents?: LeadConsentListFilter;
}

export const LeadChangeType = {
  CAPTURED: "CAPTURED",
  UPDATED: "UPDATED",
  MOVED: "MOVED",
  ASSIGNED: "ASSIGNED",
  NOTED: "NOTED",
  MERGED: "MERGED",
  UNMERGED: "UNMERGED",
  DELETED: "DELETED",
} as const;
export type LeadChangeType = keyof typeof LeadChangeType;
registerEnumType(LeadChangeType, {
  name: "LeadChangeType",
  description: "What happened to a lead.",
  valuesConfig: {
    CAPTURED: { description: "Captured: for the first time, or the person came back." },
    UPDATED: { description: "Fields changed." },
    MOVED: { description: "Moved to another stage." },
    ASSIGNED: { description: "Got another owner, or none." },
    NOTED: { description: "Got a note." },
    MERGED: { description: "Took another lead in, or was taken in by one (then `lead` is null)." },
    UNMERGED: { description: "Gave back a lead that it had taken in, or is back itself." },
    DELETED: { description: "Deleted; `lead` is null." },
  },
});

@ObjectType({ description: "A change of a lead.", simpleResolvers: true })
export class LeadChanged {
  readonly __typename = "LeadChanged";

  @Field(() => Cursor, { description: "The place just after this change." })
  cursor!: string;

  @Field(() => LeadChangeType, { description: "What happened." })
  type!: LeadChangeType;

  @Field(() => DateTime, { description: "When it was committed." })
  occurredAt!: Date;

  @Field(() => ID, { description: "Id of the lead, also when it is gone." })
  leadId!: string;

  @Field(() => Boolean, {
    description: "Whether the lead matches the filter after the change. False: drop it from a live list.",
  })
  matches!: boolean;

  @Field(() => Lead, { nullable: true, description: "The lead as it is now; null when it is gone." })
  lead!: Lead | null;
}

export const LeadUpdate = createUnionType({
  name: "LeadUpdate",
  description: "What the leads' subscription delivers.",
  types: () => [LeadChanged, Lagged] as const,
  resolveType: (value) => value.__typename,
});
