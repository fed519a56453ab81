import { createUnionType, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { Lagged } from "./journal.ts";
import { Payment } from "./payment.ts";
import { Cursor, DateTime } from "./scalars.ts";
import { PlanSubscription } from "./subscription.ts";

export const PaymentChangeType = {
  CREATED: "CREATED",
  RECEIVED: "RECEIVED",
  APPROVED: "APPROVED",
  RECEIPT_VOIDED: "RECEIPT_VOIDED",
  COMPLETED: "COMPLETED",
  CANCELLED: "CANCELLED",
  EXPIRED: "EXPIRED",
  PROOF_ATTACHED: "PROOF_ATTACHED",
  REFUNDED: "REFUNDED",
} as const;
export type PaymentChangeType = keyof typeof PaymentChangeType;
registerEnumType(PaymentChangeType, {
  name: "PaymentChangeType",
  description: "What happened to a payment.",
  valuesConfig: {
    CREATED: { description: "Somebody is to pay." },
    RECEIVED: { description: "Money was recorded; `payment.transferState` says whether it is enough." },
    APPROVED: { description: "A second person has approved what was recorded." },
    RECEIPT_VOIDED: { description: "A receipt was a mistake." },
    COMPLETED: { description: "The money is there, and what it buys is granted." },
    CANCELLED: { description: "It was cancelled." },
    EXPIRED: { description: "It wasn't paid in time." },
    PROOF_ATTACHED: { description: "A file was attached that shows that somebody has paid." },
    REFUNDED: { description: "All or some of the money went back." },
  },
});

@ObjectType({ description: "A change of a payment.", simpleResolvers: true })
export class PaymentUpdated {
  readonly __typename = "PaymentUpdated";

  @Field(() => Cursor, { description: "The place just after this change." })
  cursor!: string;

  @Field(() => PaymentChangeType, { description: "What happened." })
  type!: PaymentChangeType;

  @Field(() => DateTime, { description: "When it was committed." })
  occurredAt!: Date;

  @Field(() => ID, { description: "The payment's id." })
  paymentId!: string;

  @Field(() => Payment, { description: "The payment as it is now." })
  payment!: Payment;

  @Field(() => PlanSubscription, {
    nullable: true,
    description: "The subscription that it pays, as it is now: ACTIVE once the payment is COMPLETED. Null for a pack.",
  })
  subscription!: PlanSubscription | null;
}

export const PaymentUpdate = createUnionType({
  name: "PaymentUpdate",
  description: "What the subscription on payments delivers.",
  types: () => [PaymentUpdated, Lagged] as const,
  resolveType: (value) => value.__typename,
});
