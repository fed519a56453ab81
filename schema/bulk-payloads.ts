import { Field, ObjectType } from "type-graphql";
import { BulkOperation } from "./bulk-operation.ts";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";

export const StartBulkExportUserError = defineUserError("StartBulkExport", {
  DOCUMENT_INVALID:
    "Returned when the document isn't a valid query with one connection at its root, or the variables don't fit it.",
  NOT_ALLOWED: "Returned when the caller may not do what the document does.",
  LIMIT_REACHED: "Returned when the tenant has five bulk operations that haven't ended.",
});

@ObjectType({ description: "The outcome of startBulkExport.", simpleResolvers: true })
export class StartBulkExportPayload extends MutationPayload {
  @Field(() => BulkOperation, { nullable: true, description: "The export, which runs in the background." })
  bulkOperation!: BulkOperation | null;

  @Field(() => [StartBulkExportUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof StartBulkExportUserError.type>[];
}

export const StartBulkImportUserError = defineUserError("StartBulkImport", {
  DOCUMENT_INVALID:
    "Returned when the document isn't a valid mutation with one field that takes its only variable as `input`.",
  NOT_ALLOWED: "Returned when the caller may not do what the document does, or no secret key could.",
  LIMIT_REACHED: "Returned when the tenant has five bulk operations that haven't ended.",
});

@ObjectType({ description: "The outcome of startBulkImport.", simpleResolvers: true })
export class StartBulkImportPayload extends MutationPayload {
  @Field(() => BulkOperation, { nullable: true, description: "The import, which waits for its file." })
  bulkOperation!: BulkOperation | null;

  @Field(() => [StartBulkImportUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof StartBulkImportUserError.type>[];
}

export const CancelBulkOperationUserError = defineUserError("CancelBulkOperation", {
  NOT_FOUND: "Returned when there is no bulk operation with this id that the caller could have started.",
  ALREADY_FINISHED: "Returned when it has ended already; `bulkOperation` says how.",
});

@ObjectType({ description: "The outcome of cancelBulkOperation.", simpleResolvers: true })
export class CancelBulkOperationPayload extends MutationPayload {
  @Field(() => BulkOperation, { nullable: true, description: "The operation as it is now." })
  bulkOperation!: BulkOperation | null;

  @Field(() => [CancelBulkOperationUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CancelBulkOperationUserError.type>[];
}
