import { Field, ID, InputType } from "type-graphql";
import { ErrorPolicy } from "./error-policy.ts";
import { LeadFileFormat } from "./lead-file.ts";
import { LeadImportMappingInput } from "./lead-import-columns.ts";
import { LeadImportDelimiter, LeadImportEncoding } from "./lead-import-text.ts";

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

@InputType({ description: "An import to cancel." })
export class CancelLeadImportInput {
  @Field(() => ID, { description: "The import's id." })
  id!: string;
}
