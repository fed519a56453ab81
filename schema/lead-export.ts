import { Field, InputType, ObjectType, registerEnumType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { LeadFileFormat } from "./lead-file.ts";
import { LeadFilter } from "./lead.ts";
import { DateTime } from "./scalars.ts";

export const LeadExportColumn = {
  ID: "ID",
  EMAIL: "EMAIL",
  PHONE: "PHONE",
  EXTERNAL_ID: "EXTERNAL_ID",
  NAME: "NAME",
  COMPANY: "COMPANY",
  SOURCE: "SOURCE",
  MESSAGE: "MESSAGE",
  STAGE: "STAGE",
  STAGE_REASON: "STAGE_REASON",
  OWNER_EMAIL: "OWNER_EMAIL",
  TAGS: "TAGS",
  ATTRIBUTES: "ATTRIBUTES",
  REFERRER: "REFERRER",
  LANDING_PAGE: "LANDING_PAGE",
  UTM_SOURCE: "UTM_SOURCE",
  UTM_MEDIUM: "UTM_MEDIUM",
  UTM_CAMPAIGN: "UTM_CAMPAIGN",
  UTM_TERM: "UTM_TERM",
  UTM_CONTENT: "UTM_CONTENT",
  CREATED_AT: "CREATED_AT",
  UPDATED_AT: "UPDATED_AT",
} as const;
export type LeadExportColumn = keyof typeof LeadExportColumn;
registerEnumType(LeadExportColumn, {
  name: "LeadExportColumn",
  description: "A column of an exported file.",
  valuesConfig: {
    ID: { description: "`id`" },
    EMAIL: { description: "`email`" },
    PHONE: { description: "`phone`" },
    EXTERNAL_ID: { description: "`externalId`" },
    NAME: { description: "`name`" },
    COMPANY: { description: "`company`" },
    SOURCE: { description: "`source`" },
    MESSAGE: { description: "`message`" },
    STAGE: { description: "`stage`" },
    STAGE_REASON: { description: "`stageReason`" },
    OWNER_EMAIL: { description: "`ownerEmail`: the owner's e-mail address." },
    TAGS: { description: "`tags`: in CSV separated by commas." },
    ATTRIBUTES: { description: "`attributes`: in CSV as JSON." },
    REFERRER: { description: "`referrer`" },
    LANDING_PAGE: { description: "`landingPage`" },
    UTM_SOURCE: { description: "`utmSource`" },
    UTM_MEDIUM: { description: "`utmMedium`" },
    UTM_CAMPAIGN: { description: "`utmCampaign`" },
    UTM_TERM: { description: "`utmTerm`" },
    UTM_CONTENT: { description: "`utmContent`" },
    CREATED_AT: { description: "`createdAt`, as an RFC 3339 instant." },
    UPDATED_AT: { description: "`updatedAt`, as an RFC 3339 instant." },
  },
});

@InputType({ description: "Which leads are to be exported, and how." })
export class ExportLeadsInput {
  @Field(() => LeadFileFormat, { description: "How the file is to be written." })
  format!: LeadFileFormat;

  @Field(() => LeadFilter, { nullable: true, description: "Which leads. Default: all." })
  filter?: LeadFilter | null;

  @Field(() => [LeadExportColumn], { nullable: true, description: "Which columns, in this order. Default: all." })
  columns?: LeadExportColumn[] | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Begin a CSV file with a byte order mark: Excel takes it for UTF-8 then.",
  })
  byteOrderMark!: boolean;
}

export const ExportLeadsUserError = defineUserError("ExportLeads", {
  COLUMNS_INVALID: "Returned when there is no column, or one is named twice.",
});

@ObjectType({
  description: "The outcome of exportLeads. Nothing is written until the file is fetched.",
  simpleResolvers: true,
})
export class ExportLeadsPayload {
  @Field(() => String, {
    nullable: true,
    description:
      "Where to fetch the file. Each download has the leads as they are when it begins. Whoever has the link can do it.",
  })
  downloadUrl!: string | null;

  @Field(() => DateTime, { nullable: true, description: "Until when a download can begin." })
  expiresAt!: Date | null;

  @Field(() => [ExportLeadsUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ExportLeadsUserError.type>[];
}
