import { ArgsType, Field, InputType, registerEnumType } from "type-graphql";
import { ConnectionArgs, OrderDirection } from "./connection.ts";
import { DateTimeFilter, IdFilter } from "./filter.ts";
import { PaymentState, TransferState } from "./payment.ts";

export const PaymentOrderField = { CREATED_AT: "CREATED_AT" } as const;
export type PaymentOrderField = keyof typeof PaymentOrderField;
registerEnumType(PaymentOrderField, {
  name: "PaymentOrderField",
  description: "What payments can be ordered by.",
  valuesConfig: { CREATED_AT: { description: "When they were made." } },
});

@InputType({ description: "One key of an order of payments." })
export class PaymentOrder {
  @Field(() => PaymentOrderField, { description: "What to order by." })
  field!: PaymentOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: "Which end comes first." })
  direction!: OrderDirection;
}

@InputType({ description: "Conditions on a payment's state; all must hold." })
export class PaymentStateFilter {
  @Field(() => PaymentState, { nullable: true, description: "Is this one." })
  eq?: PaymentState;

  @Field(() => [PaymentState], { nullable: true, description: "Is one of these." })
  in?: PaymentState[];
}

@InputType({ description: "Conditions on how far a payment's confirmation is; all must hold." })
export class TransferStateFilter {
  @Field(() => TransferState, { nullable: true, description: "Is this one." })
  eq?: TransferState;

  @Field(() => [TransferState], { nullable: true, description: "Is one of these." })
  in?: TransferState[];
}

@InputType({
  description:
    "Which payments. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. At most 50 conditions, 5 levels.",
})
export class PaymentFilter {
  @Field(() => [PaymentFilter], { nullable: true, description: "All of these hold." })
  and?: PaymentFilter[];

  @Field(() => [PaymentFilter], { nullable: true, description: "At least one of these holds." })
  or?: PaymentFilter[];

  @Field(() => PaymentFilter, { nullable: true, description: "This doesn't hold." })
  not?: PaymentFilter;

  @Field(() => IdFilter, { nullable: true, description: "By id." })
  id?: IdFilter;

  @Field(() => IdFilter, { nullable: true, description: "By client." })
  clientId?: IdFilter;

  @Field(() => PaymentStateFilter, { nullable: true, description: "By state." })
  state?: PaymentStateFilter;

  @Field(() => TransferStateFilter, { nullable: true, description: "By how far their confirmation is." })
  transferState?: TransferStateFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By when they were made." })
  createdAt?: DateTimeFilter;
}

@ArgsType()
export class PaymentsArgs extends ConnectionArgs {
  @Field(() => PaymentFilter, { nullable: true, description: "Which payments. Default: all that one may see." })
  filter?: PaymentFilter | null;

  @Field(() => [PaymentOrder], {
    nullable: true,
    description: "At most three keys; an empty list orders by id alone. Default: newest first.",
  })
  orderBy?: PaymentOrder[] | null;
}
