import { Field, ID, Int, ObjectType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

@ObjectType({
  implements: Node,
  description: "A key whose operations use something deprecated.",
  simpleResolvers: true,
})
export class DeprecatedFieldUsage extends Node {
  readonly __typename = "DeprecatedFieldUsage";

  @Field(() => ID, { description: "Id of the key." })
  keyId!: string;

  @Field(() => String, { description: "What it uses: `Type.field`, `Type.field(argument:)` or `Enum.VALUE`." })
  coordinate!: string;

  @Field(() => String, {
    nullable: true,
    description: "What to use instead, and when it goes. Null when it is gone, or isn't deprecated any more.",
  })
  reason!: string | null;

  @Field(() => String, { nullable: true, description: "The day from which on it may be gone, as YYYY-MM-DD." })
  removal!: string | null;

  @Field(() => Int, { description: "How many operations used it. Counted every few seconds." })
  operations!: number;

  @Field(() => DateTime, { description: "When it was first used." })
  firstUsedAt!: Date;

  @Field(() => DateTime, { description: "When it was last used." })
  lastUsedAt!: Date;
}

export const DeprecatedFieldUsageConnection = defineConnection(
  "DeprecatedFieldUsage",
  () => DeprecatedFieldUsage,
).Connection;
