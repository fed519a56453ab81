import { ArgsType, Field, InputType, registerEnumType } from "type-graphql";
import { ConnectionArgs, OrderDirection } from "./connection.ts";
import { DateTimeFilter, IdFilter } from "./filter.ts";
import { CreditAdjustmentStatus } from "./credit-adjustment.ts";

export const CreditAdjustmentOrderField = { REQUESTED_AT: "REQUESTED_AT" } as const;
export type CreditAdjustmentOrderField = keyof typeof CreditAdjustmentOrderField;
registerEnumType(CreditAdjustmentOrderField, {
  name: "CreditAdjustmentOrderField",
  description: "What adjustments can be ordered by.",
  valuesConfig: { REQUESTED_AT: { description: "When they were asked for." } },
});

@InputType({ description: "One key of an order of adjustments." })
export class CreditAdjustmentOrder {
  @Field(() => CreditAdjustmentOrderField, { description: "What to order by." })
  field!: CreditAdjustmentOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: "Which end comes first." })
  direction!: OrderDirection;
}

@InputType({ description: "Conditions on how far an adjustment is; all must hold." })
export class CreditAdjustmentStatusFilter {
  @Field(() => CreditAdjustmentStatus, { nullable: true, description: "Is this one." })
  eq?: CreditAdjustmentStatus;

  @Field(() => [CreditAdjustmentStatus], { nullable: true, description: "Is one of these." })
  in?: CreditAdjustmentStatus[];
}

@InputType({
  description:
    "Which adjustments. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. At most 50 conditions, 5 levels.",
})
export class CreditAdjustmentFilter {
  @Field(() => [CreditAdjustmentFilter], { nullable: true, description: "All of these hold." })
  and?: CreditAdjustmentFilter[];

  @Field(() => [CreditAdjustmentFilter], { nullable: true, description: "At least one of these holds." })
  or?: CreditAdjustmentFilter[];

  @Field(() => CreditAdjustmentFilter, { nullable: true, description: "This doesn't hold." })
  not?: CreditAdjustmentFilter;

  @Field(() => IdFilter, { nullable: true, description: "By id." })
  id?: IdFilter;

  @Field(() => CreditAdjustmentStatusFilter, { nullable: true, description: "By how far they are." })
  status?: CreditAdjustmentStatusFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By when they were asked for." })
  requestedAt?: DateTimeFilter;
}

@ArgsType()
export class CreditAdjustmentsArgs extends ConnectionArgs {
  @Field(() => CreditAdjustmentFilter, {
    nullable: true,
    description: "Which adjustments. Default: all that one may see.",
  })
  filter?: CreditAdjustmentFilter | null;

  @Field(() => [CreditAdjustmentOrder], {
    nullable: true,
    description: "At most three keys; an empty list orders by id alone. Default: newest first.",
  })
  orderBy?: CreditAdjustmentOrder[] | null;
}
