import { Field, ObjectType, registerEnumType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { DocumentMode } from "./document-mode.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

export const KeyKind = { SECRET: "SECRET", PUBLISHABLE: "PUBLISHABLE" } as const;
export type KeyKind = keyof typeof KeyKind;
registerEnumType(KeyKind, {
  name: "KeyKind",
  description: "Where a key may live.",
  valuesConfig: {
    SECRET: { description: "`nx_live_…`, on servers only: it may do what its scopes say." },
    PUBLISHABLE: { description: "`pk_…`, in browsers: it may do the few things that visitors do." },
  },
});

@ObjectType({ implements: Node, description: "A credential for programs.", simpleResolvers: true })
export class ApiKey extends Node {
  readonly __typename = "ApiKey";

  @Field(() => KeyKind, { description: "Where the key may live." })
  kind!: KeyKind;

  @Field(() => String, { description: "What people call it." })
  name!: string;

  @Field(() => String, { description: "The last four characters, to tell keys apart. The rest isn't kept." })
  lastFour!: string;

  @Field(() => [String], { description: "What a secret key may do, as in `viewer.permissions`." })
  scopes!: readonly string[];

  @Field(() => [String], { description: "Origins whose pages may use a publishable key; empty: all." })
  allowedOrigins!: readonly string[];

  @Field(() => DocumentMode, { description: "Which documents it may send." })
  documentMode!: DocumentMode;

  @Field(() => DateTime, { description: "When it was created." })
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "When it was last used, to the minute; null: never." })
  lastUsedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it stops working; null: never." })
  expiresAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it was revoked; null if it wasn't." })
  revokedAt!: Date | null;
}

export const ApiKeyConnection = defineConnection("ApiKey", () => ApiKey).Connection;
