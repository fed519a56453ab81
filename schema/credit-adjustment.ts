import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { JournalActor } from "./journal.ts";
import { Node } from "./node.ts";
import { BigIntScalar, DateTime } from "./scalars.ts";

export const CreditAdjustmentStatus = {
  PENDING_APPROVAL: "PENDING_APPROVAL",
  APPLIED: "APPLIED",
  REJECTED: "REJECTED",
} as const;
export type CreditAdjustmentStatus = keyof typeof CreditAdjustmentStatus;
registerEnumType(CreditAdjustmentStatus, {
  name: "CreditAdjustmentStatus",
  description: "How far a correction is.",
  valuesConfig: {
    PENDING_APPROVAL: { description: "It waits for another person's approval; nothing has moved." },
    APPLIED: { description: "It is in the account." },
    REJECTED: { description: "It never will be." },
  },
});

@ObjectType({
  implements: Node,
  description: "A correction of an account by hand, or a transfer to another one.",
  simpleResolvers: true,
})
export class CreditAdjustment extends Node {
  readonly __typename = "CreditAdjustment";

  @Field(() => ID, { description: "Whose account; of a transfer the giver's." })
  clientId!: string;

  @Field(() => ID, { nullable: true, description: "Who gets them, if it is a transfer; null: a correction." })
  toClientId!: string | null;

  @Field(() => BigIntScalar, {
    description: "Credits to add, or, less than 0, to take away; of a transfer those that are moved.",
  })
  amount!: bigint;

  @Field(() => String, { description: "Why; empty where a transfer has no note." })
  reason!: string;

  @Field(() => CreditAdjustmentStatus, { description: "How far it is." })
  status!: CreditAdjustmentStatus;

  @Field(() => JournalActor, { description: "Who asked for it." })
  requestedBy!: JournalActor;

  @Field(() => DateTime, { description: "When." })
  requestedAt!: Date;

  @Field(() => ID, { nullable: true, description: "The member who approved or rejected it." })
  decidedById!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When." })
  decidedAt!: Date | null;

  @Field(() => ID, { nullable: true, description: "The move that it became." })
  transactionId!: string | null;
}

export const CreditAdjustmentConnection = defineConnection("CreditAdjustment", () => CreditAdjustment).Connection;

@ObjectType({ description: "The tenant's rules for credits.", simpleResolvers: true })
export class CreditSettings {
  @Field(() => BigIntScalar, {
    description:
      "A correction or a transfer needs a second person when it, with those of the same accounts since a day ago, is more than this.",
  })
  approvalOver!: bigint;

  @Field(() => Int, { description: "Months until granted credits expire, unless the grant says otherwise." })
  expiresAfterMonths!: number;

  @Field(() => Int, { description: "Rises with each change; send it back as `expectedVersion`." })
  version!: number;
}
