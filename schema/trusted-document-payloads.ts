import { Field, ID, ObjectType } from "type-graphql";
import { ApiKey } from "./api-key.ts";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { DocumentManifest } from "./trusted-document.ts";

export const uploadDocumentManifestError = defineUserError("UploadDocumentManifest", {
  NAME_INVALID: "Returned when app or version is empty, longer than 200 characters or has control characters.",
  DOCUMENTS_MISSING: "Returned when there is no document.",
  TOO_MANY_DOCUMENTS:
    "Returned when there are more than 500 documents at once, or the manifest would have more than 5,000.",
  ID_MISMATCH: "Returned when an id isn't `sha256:` and the hash of its text.",
  DOCUMENT_INVALID:
    "Returned when a text isn't a valid document of this schema within its limits; the message says why.",
});

@ObjectType({ description: "The outcome of uploading documents.", simpleResolvers: true })
export class UploadDocumentManifestPayload extends MutationPayload {
  @Field(() => DocumentManifest, { nullable: true, description: "The manifest. Null when the documents were refused." })
  manifest!: DocumentManifest | null;

  @Field(() => [uploadDocumentManifestError.type], {
    description: "Why they were refused, at most 20 reasons; empty when it was done.",
  })
  userErrors!: InstanceType<typeof uploadDocumentManifestError.type>[];
}

export const deleteDocumentManifestError = defineUserError("DeleteDocumentManifest", {
  NOT_FOUND: "Returned when there is no such manifest.",
});

@ObjectType({ description: "The outcome of deleting a manifest.", simpleResolvers: true })
export class DeleteDocumentManifestPayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: "Id of the manifest that is gone. Null when there was none." })
  deletedManifestId!: string | null;

  @Field(() => [deleteDocumentManifestError.type], { description: "Why it wasn't deleted; empty when it was done." })
  userErrors!: InstanceType<typeof deleteDocumentManifestError.type>[];
}

export const setKeyDocumentModeError = defineUserError("SetKeyDocumentMode", {
  NOT_FOUND: "Returned when there is no such key.",
});

@ObjectType({ description: "The outcome of changing which documents a key may send.", simpleResolvers: true })
export class SetKeyDocumentModePayload extends MutationPayload {
  @Field(() => ApiKey, { nullable: true, description: "The key as it is now." })
  key!: ApiKey | null;

  @Field(() => [setKeyDocumentModeError.type], { description: "Why it was refused; empty when it was done." })
  userErrors!: InstanceType<typeof setKeyDocumentModeError.type>[];
}
