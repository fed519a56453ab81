import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { defineConnection } from "./connection.ts";

export const LeadImportRowErrorCode = {
  EMAIL_INVALID: "EMAIL_INVALID",
  PHONE_INVALID: "PHONE_INVALID",
  TOO_LONG: "TOO_LONG",
  ATTRIBUTES_INVALID: "ATTRIBUTES_INVALID",
  ATTRIBUTES_TOO_LARGE: "ATTRIBUTES_TOO_LARGE",
  TAGS_INVALID: "TAGS_INVALID",
  CONSENT_INVALID: "CONSENT_INVALID",
  IDENTITY_MISSING: "IDENTITY_MISSING",
  COLUMN_COUNT: "COLUMN_COUNT",
  TEXT_INVALID: "TEXT_INVALID",
  JSON_INVALID: "JSON_INVALID",
  FIELD_INVALID: "FIELD_INVALID",
} as const;
export type LeadImportRowErrorCode = keyof typeof LeadImportRowErrorCode;
registerEnumType(LeadImportRowErrorCode, {
  name: "LeadImportRowErrorCode",
  description: "Why a row was refused.",
  valuesConfig: {
    EMAIL_INVALID: { description: "The e-mail address is none." },
    PHONE_INVALID: { description: "The phone number is none, or one of another country without its prefix." },
    TOO_LONG: { description: "A text has more characters than its field allows." },
    ATTRIBUTES_INVALID: { description: "An attribute has another type than its column, or there are more than 100." },
    ATTRIBUTES_TOO_LARGE: { description: "The lead's attributes would have more than 16 kB or 100 names." },
    TAGS_INVALID: { description: "There are more than 50 tags, or one has more than 50 characters." },
    CONSENT_INVALID: { description: "A consent lies in the future or has no purpose or version." },
    IDENTITY_MISSING: { description: "E-mail address, phone number and external id are all missing." },
    COLUMN_COUNT: { description: "The row has more or fewer cells than the header line." },
    TEXT_INVALID: {
      description: "A text has bytes that are none in the file's encoding, NUL, or half a surrogate pair.",
    },
    JSON_INVALID: { description: "The line is no JSON object." },
    FIELD_INVALID: { description: "The object has an unknown member, or one of a wrong type." },
  },
});

@ObjectType({ description: "Why one row was refused.", simpleResolvers: true })
export class LeadImportRowError {
  @Field(() => Int, { description: "The row, from 1; the header line isn't counted." })
  row!: number;

  @Field(() => Int, { description: "The line of the file on which the row begins, from 1." })
  line!: number;

  @Field(() => LeadImportRowErrorCode, { description: "The reason, for programs." })
  code!: LeadImportRowErrorCode;

  @Field(() => String, { description: "A sentence for people." })
  message!: string;

  @Field(() => [String], { nullable: true, description: 'Path of the field in a lead, such as `["email"]`.' })
  field!: readonly string[] | null;
}

export const LeadImportRowErrorConnection = defineConnection("LeadImportRowError", () => LeadImportRowError).Connection;
