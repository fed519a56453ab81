import { Field, ID, Int, ObjectType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

@ObjectType({
  implements: Node,
  description: "The trusted documents of one version of an app.",
  simpleResolvers: true,
})
export class DocumentManifest extends Node {
  readonly __typename = "DocumentManifest";

  @Field(() => String, { description: "The app's name." })
  app!: string;

  @Field(() => String, { description: "The app's version." })
  version!: string;

  @Field(() => Int, { description: "How many documents it has." })
  documentCount!: number;

  @Field(() => DateTime, { description: "When its first documents were uploaded." })
  createdAt!: Date;
}

export const DocumentManifestConnection = defineConnection("DocumentManifest", () => DocumentManifest).Connection;

@ObjectType({
  implements: Node,
  description: "A document that a key with the mode PREFER has sent and that is in no manifest.",
  simpleResolvers: true,
})
export class FreeTextDocument extends Node {
  readonly __typename = "FreeTextDocument";

  @Field(() => ID, { description: "Id of the key that has sent it." })
  keyId!: string;

  @Field(() => String, { description: "The id that it would have as a trusted document: `sha256:…`." })
  documentId!: string;

  @Field(() => String, { description: "Its text, at most the first 10,000 characters." })
  text!: string;

  @Field(() => Int, { description: "How often it was sent. Counted every few seconds." })
  uses!: number;

  @Field(() => DateTime, { description: "When it was first sent." })
  firstUsedAt!: Date;

  @Field(() => DateTime, { description: "When it was last sent." })
  lastUsedAt!: Date;
}

export const FreeTextDocumentConnection = defineConnection("FreeTextDocument", () => FreeTextDocument).Connection;
