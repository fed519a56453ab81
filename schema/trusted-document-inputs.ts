import { Field, ID, InputType } from "type-graphql";
import { DocumentMode } from "./document-mode.ts";

@InputType({ description: "A document that clients will name by its id." })
export class TrustedDocumentInput {
  @Field(() => ID, { description: "`sha256:` and the hash of the text in hexadecimal digits." })
  id!: string;

  @Field(() => String, { description: "The text: one or more operations with their fragments." })
  text!: string;
}

@InputType({ description: "Documents of one version of an app." })
export class UploadDocumentManifestInput {
  @Field(() => String, { description: "The app's name, 1 to 200 characters." })
  app!: string;

  @Field(() => String, { description: "The app's version, 1 to 200 characters." })
  version!: string;

  @Field(() => [TrustedDocumentInput], {
    description: "1 to 500 documents. What the manifest has already stays: upload many documents in several parts.",
  })
  documents!: TrustedDocumentInput[];
}

@InputType({ description: "Which manifest to delete." })
export class DeleteDocumentManifestInput {
  @Field(() => ID, { description: "Id of the manifest." })
  manifestId!: string;
}

@InputType({ description: "Which documents a key may send from now on." })
export class SetKeyDocumentModeInput {
  @Field(() => ID, { description: "Id of the key, secret or publishable." })
  keyId!: string;

  @Field(() => DocumentMode, { description: "The mode." })
  mode!: DocumentMode;
}
