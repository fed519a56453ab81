import { Field, ID, InputType } from "type-graphql";
import { DocumentMode } from "./document-mode.ts";
import { DateTime } from "./scalars.ts";

@InputType({ description: "A new secret key." })
export class CreateApiKeyInput {
  @Field(() => String, { description: "What people call it, 1 to 200 characters." })
  name!: string;

  @Field(() => [String], { description: "What it may do: actions such as `lead:read`. At least one." })
  scopes!: string[];

  @Field(() => DocumentMode, { defaultValue: DocumentMode.OPEN, description: "Which documents it may send." })
  documentMode?: DocumentMode;

  @Field(() => DateTime, { nullable: true, description: "When it stops working. Default: never." })
  expiresAt?: Date | null;
}

@InputType({ description: "A new publishable key." })
export class CreatePublishableKeyInput {
  @Field(() => String, { description: "What people call it, 1 to 200 characters." })
  name!: string;

  @Field(() => [String], {
    defaultValue: [],
    description: "Origins of the pages that may use it, such as `https://example.com`; empty: all.",
  })
  allowedOrigins!: string[];

  @Field(() => DocumentMode, { defaultValue: DocumentMode.OPEN, description: "Which documents it may send." })
  documentMode?: DocumentMode;

  @Field(() => DateTime, { nullable: true, description: "When it stops working. Default: never." })
  expiresAt?: Date | null;
}

@InputType({ description: "Which key to revoke." })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: "Id of the key, secret or publishable." })
  keyId!: string;
}
