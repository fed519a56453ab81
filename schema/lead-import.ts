import { Field, ID, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

export const LeadFileFormat = { CSV: "CSV", JSONL: "JSONL" } as const;
export type LeadFileFormat = keyof typeof LeadFileFormat;
registerEnumType(LeadFileFormat, {
  name: "LeadFileFormat",
  description: "How a file of leads is written.",
  valuesConfig: {
    CSV: { description: "A header line, then one lead per row (RFC 4180)." },
    JSONL: { description: "One JSON object per line; for an import in the shape of `CaptureLeadInput`." },
  },
});

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

export const LeadImportEncoding = {
  AUTO: "AUTO",
  UTF_8: "UTF_8",
  UTF_16LE: "UTF_16LE",
  WINDOWS_1252: "WINDOWS_1252",
} as const;
export type LeadImportEncoding = keyof typeof LeadImportEncoding;
registerEnumType(LeadImportEncoding, {
  name: "LeadImportEncoding",
  description: "How a file's bytes are characters.",
  valuesConfig: {
    AUTO: { description: "By the byte order mark, else UTF-8 where the bytes are valid UTF-8, else Windows-1252." },
    UTF_8: { description: "UTF-8." },
    UTF_16LE: { description: "UTF-16, little end first: Excel's Unicode text." },
    WINDOWS_1252: { description: "Windows-1252, which contains Latin-1 (ISO 8859-1)." },
  },
});

export const LeadImportDelimiter = {
  AUTO: "AUTO",
  COMMA: "COMMA",
  SEMICOLON: "SEMICOLON",
  TAB: "TAB",
  BAR: "BAR",
} as const;
export type LeadImportDelimiter = keyof typeof LeadImportDelimiter;
registerEnumType(LeadImportDelimiter, {
  name: "LeadImportDelimiter",
  description: "What stands between two cells of a CSV file.",
  valuesConfig: {
    AUTO: { description: "The one that the header line has most of." },
    COMMA: { description: "A comma." },
    SEMICOLON: { description: "A semicolon." },
    TAB: { description: "A tab." },
    BAR: { description: "A vertical bar." },
  },
});

export const ErrorPolicy = { ALL_OR_NOTHING: "ALL_OR_NOTHING", SKIP_FAILED: "SKIP_FAILED" } as const;
export type ErrorPolicy = keyof typeof ErrorPolicy;
registerEnumType(ErrorPolicy, {
  name: "ErrorPolicy",
  description: "What happens to the good part of a bulk change when another part is refused.",
  valuesConfig: {
    ALL_OR_NOTHING: { description: "Nothing is written unless all of it is good; then all of it in one transaction." },
    SKIP_FAILED: { description: "What is good is written, in parts, as it arrives; what is refused is reported." },
  },
});

export const LeadImportStatus = {
  AWAITING_UPLOAD: "AWAITING_UPLOAD",
  RUNNING: "RUNNING",
  COMPLETED: "COMPLETED",
  FAILED: "FAILED",
  CANCELLED: "CANCELLED",
} as const;
export type LeadImportStatus = keyof typeof LeadImportStatus;
registerEnumType(LeadImportStatus, {
  name: "LeadImportStatus",
  description: "How far an import is.",
  valuesConfig: {
    AWAITING_UPLOAD: { description: "The file hasn't been sent yet." },
    RUNNING: { description: "The file is being read." },
    COMPLETED: { description: "The whole file was read, and what was to be written is written." },
    FAILED: { description: "It ended early; `failure` says why and `committedRows` how much is written." },
    CANCELLED: { description: "Somebody cancelled it; `committedRows` says how much is written." },
  },
});

export const LeadImportFailure = {
  ROWS_INVALID: "ROWS_INVALID",
  FILE_EMPTY: "FILE_EMPTY",
  FILE_UNREADABLE: "FILE_UNREADABLE",
  FILE_TOO_LARGE: "FILE_TOO_LARGE",
  COLUMN_MISSING: "COLUMN_MISSING",
  IDENTITY_MISSING: "IDENTITY_MISSING",
  CONNECTION_LOST: "CONNECTION_LOST",
  UPLOAD_STALLED: "UPLOAD_STALLED",
  UPLOAD_EXPIRED: "UPLOAD_EXPIRED",
  SERVER_STOPPED: "SERVER_STOPPED",
  INTERNAL: "INTERNAL",
} as const;
export type LeadImportFailure = keyof typeof LeadImportFailure;
registerEnumType(LeadImportFailure, {
  name: "LeadImportFailure",
  description: "Why an import failed.",
  valuesConfig: {
    ROWS_INVALID: { description: "Rows were refused and the policy is ALL_OR_NOTHING. `errors` has them." },
    FILE_EMPTY: { description: "The file has no bytes." },
    FILE_UNREADABLE: {
      description: "A quote is never closed, a row or line is longer than 256 kB, or the compressed bytes are broken.",
    },
    FILE_TOO_LARGE: { description: "The file, or what it is when it is unpacked, is larger than an upload may be." },
    COLUMN_MISSING: { description: "The mapping names a column that the header line doesn't have." },
    IDENTITY_MISSING: { description: "No column holds an e-mail address, a phone number or an external id." },
    CONNECTION_LOST: { description: "The connection ended before the file did." },
    UPLOAD_STALLED: { description: "The sender sent nothing for half a minute." },
    UPLOAD_EXPIRED: { description: "The file wasn't sent before the link expired." },
    SERVER_STOPPED: { description: "The process that read the file ended." },
    INTERNAL: { description: "Something went wrong on our side." },
  },
});

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

@InputType({ description: "How a file of leads is to be imported." })
export class ImportLeadsInput {
  @Field(() => LeadFileFormat, { description: "How the file is written." })
  format!: LeadFileFormat;

  @Field(() => String, { description: "The file's name, to recognise the import by. At most 255 characters." })
  fileName!: string;

  @Field(() => [LeadImportMappingInput], {
    nullable: true,
    description:
      "What the columns of a CSV file hold; other columns are left out. Default: known header names become fields, all others attributes.",
  })
  mapping?: LeadImportMappingInput[] | null;

  @Field(() => LeadImportEncoding, { defaultValue: LeadImportEncoding.AUTO, description: "The file's encoding." })
  encoding!: LeadImportEncoding;

  @Field(() => LeadImportDelimiter, { defaultValue: LeadImportDelimiter.AUTO, description: "A CSV file's delimiter." })
  delimiter!: LeadImportDelimiter;

  @Field(() => [String], { nullable: true, description: "Tags that each lead gets." })
  tags?: string[] | null;

  @Field(() => String, { nullable: true, description: "The source of leads whose row has none. Default: `import`." })
  source?: string | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Read the whole file and report what would happen, but write no lead.",
  })
  dryRun!: boolean;

  @Field(() => ErrorPolicy, {
    defaultValue: ErrorPolicy.ALL_OR_NOTHING,
    description: "What happens when rows are refused.",
  })
  errorPolicy!: ErrorPolicy;
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

@ObjectType({ implements: Node, description: "One file of leads.", simpleResolvers: true })
export class LeadImport extends Node {
  readonly __typename = "LeadImport";

  /** The import's uuid, for the list of its errors. */
  uuid!: string;

  @Field(() => LeadImportStatus, { description: "How far it is." })
  status!: LeadImportStatus;

  @Field(() => LeadFileFormat, { description: "How the file is written." })
  format!: LeadFileFormat;

  @Field(() => String, { description: "The file's name." })
  fileName!: string;

  @Field(() => Boolean, { description: "Whether it only reports what would happen." })
  isDryRun!: boolean;

  @Field(() => ErrorPolicy, { description: "What happens when rows are refused." })
  errorPolicy!: ErrorPolicy;

  @Field(() => LeadImportEncoding, { nullable: true, description: "The encoding, once it is known." })
  encoding!: LeadImportEncoding | null;

  @Field(() => LeadImportDelimiter, { nullable: true, description: "A CSV file's delimiter, once it is known." })
  delimiter!: LeadImportDelimiter | null;

  @Field(() => [LeadImportColumn], { description: "A CSV file's columns, once they are known." })
  columns!: readonly LeadImportColumn[];

  @Field(() => Int, { description: "Rows read and checked so far." })
  processedRows!: number;

  @Field(() => Int, { description: "Rows whose leads are written for good. They are the file's first good ones." })
  committedRows!: number;

  @Field(() => Int, { description: "Leads that were new; in a dry run, that would be." })
  createdLeads!: number;

  @Field(() => Int, {
    description: "Rows of people who were known, or stood in the file before; in a dry run, that would be.",
  })
  mergedLeads!: number;

  @Field(() => Int, { description: "Rows that were refused: all of them, also those that `errors` doesn't keep." })
  failedRows!: number;

  @Field(() => LeadImportFailure, { nullable: true, description: "Why it failed." })
  failure!: LeadImportFailure | null;

  @Field(() => DateTime, { description: "When it was asked for." })
  createdAt!: Date;

  @Field(() => DateTime, { description: "Until when the file can be sent." })
  uploadExpiresAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "When the file began to arrive." })
  startedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it ended, however it did." })
  finishedAt!: Date | null;
}

export const LeadImportConnection = defineConnection("LeadImport", () => LeadImport).Connection;

export const ImportLeadsUserError = defineUserError("ImportLeads", {
  FILE_NAME_INVALID: "Returned when the file's name is empty or has more than 255 characters.",
  MAPPING_INVALID:
    "Returned when a column or a target is named twice, a column has neither field nor attribute or both, there are more than 500, or the file isn't CSV.",
  IDENTITY_MISSING: "Returned when the mapping has no e-mail address, phone number or external id.",
  TAGS_INVALID: "Returned when there are more than 50 tags, or one is empty or has more than 50 characters.",
  TOO_LONG: "Returned when the source has more than 100 characters.",
});

@ObjectType({ description: "The outcome of importLeads.", simpleResolvers: true })
export class ImportLeadsPayload extends MutationPayload {
  @Field(() => LeadImport, { nullable: true, description: "The import, which waits for its file." })
  leadImport!: LeadImport | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Where to send the file's bytes by PUT or POST, once, within 15 minutes. Whoever has the link can do it.",
  })
  uploadUrl!: string | null;

  @Field(() => [ImportLeadsUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ImportLeadsUserError.type>[];
}

@InputType({ description: "An import to cancel." })
export class CancelLeadImportInput {
  @Field(() => ID, { description: "The import's id." })
  id!: string;
}

export const CancelLeadImportUserError = defineUserError("CancelLeadImport", {
  NOT_FOUND: "Returned when there is no import with this id.",
  ALREADY_FINISHED: "Returned when the import has ended already; `leadImport` says how.",
});

@ObjectType({ description: "The outcome of cancelLeadImport.", simpleResolvers: true })
export class CancelLeadImportPayload extends MutationPayload {
  @Field(() => LeadImport, { nullable: true, description: "The import as it is now." })
  leadImport!: LeadImport | null;

  @Field(() => [CancelLeadImportUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CancelLeadImportUserError.type>[];
}
