import { Field, ID, InputType } from "type-graphql";
import { ErrorPolicy } from "./error-policy.ts";
import { JsonObject } from "./scalars.ts";

@InputType({ description: "What is to be exported." })
export class StartBulkExportInput {
  @Field(() => String, {
    description:
      "A query with one connection at its root and nothing else, without `first`, `after`, `last` and `before`. Rows may have connections below them, five levels in all.",
  })
  document!: string;

  @Field(() => JsonObject, { nullable: true, description: "The query's variables." })
  variables?: Record<string, unknown> | null;
}

@InputType({ description: "What is to be imported." })
export class StartBulkImportInput {
  @Field(() => String, {
    description:
      "A mutation with one field at its root and one variable, which is the field's `input`. What it selects stands in the result.",
  })
  document!: string;

  @Field(() => ErrorPolicy, {
    defaultValue: ErrorPolicy.SKIP_FAILED,
    description: "What happens when lines are refused. ALL_OR_NOTHING takes at most 1,000 lines.",
  })
  errorPolicy!: ErrorPolicy;
}

@InputType({ description: "A bulk operation to cancel." })
export class CancelBulkOperationInput {
  @Field(() => ID, { description: "The operation's id." })
  id!: string;
}
