import { Field, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { LeadImport } from "./lead-import.ts";
import { MutationPayload } from "./mutation-payload.ts";

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

  @Field(() => [ImportLeadsUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ImportLeadsUserError.type>[];
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
