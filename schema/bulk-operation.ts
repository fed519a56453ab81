import { Field, Int, ObjectType } from "type-graphql";
import { BulkOperationFailure, BulkOperationKind, BulkOperationStatus } from "./bulk-status.ts";
import { defineConnection } from "./connection.ts";
import { ErrorPolicy } from "./error-policy.ts";
import { Node } from "./node.ts";
import { BigIntScalar, Cursor, DateTime } from "./scalars.ts";

@ObjectType({
  implements: Node,
  description: "An export or import that runs in the background. It is kept for seven days after its end.",
  simpleResolvers: true,
})
export class BulkOperation extends Node {
  readonly __typename = "BulkOperation";

  @Field(() => BulkOperationKind, { description: "What it does." })
  kind!: BulkOperationKind;

  @Field(() => BulkOperationStatus, { description: "How far it is." })
  status!: BulkOperationStatus;

  @Field(() => String, { description: "The query or mutation." })
  document!: string;

  @Field(() => ErrorPolicy, { nullable: true, description: "What happens when lines of an import are refused." })
  errorPolicy!: ErrorPolicy | null;

  @Field(() => Int, { description: "Rows of an export, or lines of an import, so far." })
  processedRows!: number;

  @Field(() => Int, { description: "Lines of an import that were refused or failed so far." })
  failedRows!: number;

  @Field(() => BigIntScalar, { description: "Bytes of the result so far." })
  size!: bigint;

  @Field(() => Cursor, {
    nullable: true,
    description:
      "The journal's place in the snapshot of a completed export: what is subscribed after it is exactly what the file doesn't have.",
  })
  eventCursor!: string | null;

  /** The operation's uuid, for the link to its result. */
  uuid!: string;

  /** What a caller must be allowed to do to get that link. */
  actions!: readonly string[];

  /** Whose link it is: a member's or key's uuid. */
  creatorId!: string;

  @Field(() => String, {
    nullable: true,
    description: "SHA-256 of the whole result in hexadecimal, once it is completed.",
  })
  sha256!: string | null;

  @Field(() => BulkOperationFailure, { nullable: true, description: "Why it failed." })
  failure!: BulkOperationFailure | null;

  @Field(() => String, { nullable: true, description: "More on the failure, for people." })
  failureMessage!: string | null;

  @Field(() => DateTime, { description: "When it was asked for." })
  createdAt!: Date;

  /** Until when an import waits for its file. */
  uploadExpiresAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When a process began with it." })
  startedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it ended, however it did." })
  finishedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: "When it is deleted with its result." })
  expiresAt!: Date | null;
}

export const BulkOperationConnection = defineConnection("BulkOperation", () => BulkOperation).Connection;
