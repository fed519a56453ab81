import { Field, InputType, ObjectType, registerEnumType } from "type-graphql";

export const LeadImportField = {
  EMAIL: "EMAIL",
  PHONE: "PHONE",
  EXTERNAL_ID: "EXTERNAL_ID",
  NAME: "NAME",
  FIRST_NAME: "FIRST_NAME",
  LAST_NAME: "LAST_NAME",
  COMPANY: "COMPANY",
  SOURCE: "SOURCE",
  MESSAGE: "MESSAGE",
  TAGS: "TAGS",
  REFERRER: "REFERRER",
  LANDING_PAGE: "LANDING_PAGE",
  UTM_SOURCE: "UTM_SOURCE",
  UTM_MEDIUM: "UTM_MEDIUM",
  UTM_CAMPAIGN: "UTM_CAMPAIGN",
  UTM_TERM: "UTM_TERM",
  UTM_CONTENT: "UTM_CONTENT",
} as const;
export type LeadImportField = keyof typeof LeadImportField;
registerEnumType(LeadImportField, {
  name: "LeadImportField",
  description: "What a column of a CSV file can hold.",
  valuesConfig: {
    EMAIL: { description: "E-mail address." },
    PHONE: { description: "Phone number, international or as it is dialled in the tenant's country." },
    EXTERNAL_ID: { description: "The id that another system knows the person by." },
    NAME: { description: "Full name." },
    FIRST_NAME: { description: "First name; together with LAST_NAME the name, where NAME is empty." },
    LAST_NAME: { description: "Last name." },
    COMPANY: { description: "Company." },
    SOURCE: { description: "Where the lead was captured." },
    MESSAGE: { description: "What the person wrote." },
    TAGS: { description: "Tags, separated by commas, semicolons or bars." },
    REFERRER: { description: "Page that linked to us." },
    LANDING_PAGE: { description: "First page visited." },
    UTM_SOURCE: { description: "utm_source." },
    UTM_MEDIUM: { description: "utm_medium." },
    UTM_CAMPAIGN: { description: "utm_campaign." },
    UTM_TERM: { description: "utm_term." },
    UTM_CONTENT: { description: "utm_content." },
  },
});

export const LeadAttributeType = { TEXT: "TEXT", NUMBER: "NUMBER", BOOLEAN: "BOOLEAN" } as const;
export type LeadAttributeType = keyof typeof LeadAttributeType;
registerEnumType(LeadAttributeType, {
  name: "LeadAttributeType",
  description: "What the cells of a column become in `attributes`.",
  valuesConfig: {
    TEXT: { description: "A text, as it stands in the file." },
    NUMBER: { description: "A number, with a point before its decimals." },
    BOOLEAN: { description: "true or false; also yes, no, 1, 0." },
  },
});

@InputType({ description: "What one column of a CSV file holds. Give `field` or `attribute`." })
export class LeadImportMappingInput {
  @Field(() => String, {
    description: "The column's name in the header line. A second column of a name is `name (2)`.",
  })
  column!: string;

  @Field(() => LeadImportField, { nullable: true, description: "The lead's field." })
  field?: LeadImportField | null;

  @Field(() => String, { nullable: true, description: "The name of an attribute." })
  attribute?: string | null;

  @Field(() => LeadAttributeType, {
    defaultValue: LeadAttributeType.TEXT,
    description: "What an attribute's cells become. Counts with `attribute` only.",
  })
  type!: LeadAttributeType;
}

@ObjectType({ description: "What a column was taken for.", simpleResolvers: true })
export class LeadImportColumn {
  @Field(() => String, { description: "The column's name." })
  name!: string;

  @Field(() => LeadImportField, { nullable: true, description: "The field it fills." })
  field!: LeadImportField | null;

  @Field(() => String, { nullable: true, description: "The attribute it fills. Neither: the column is left out." })
  attribute!: string | null;
}
