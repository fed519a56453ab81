import { Field, Int, ObjectType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { ErrorPolicy } from "./error-policy.ts";
import { LeadFileFormat } from "./lead-file.ts";
import { LeadImportColumn } from "./lead-import-columns.ts";
import { LeadImportFailure, LeadImportStatus } from "./lead-import-status.ts";
import { LeadImportDelimiter, LeadImportEncoding } from "./lead-import-text.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

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
