import { ArgsType, Field, InputType, registerEnumType } from "type-graphql";
import { ConnectionArgs, OrderDirection } from "./connection.ts";
import { DateTimeFilter, IdFilter } from "./filter.ts";
import { WaitingStatus } from "./waiting-list.ts";

export const WaitingListOrderField = { JOINED_AT: "JOINED_AT" } as const;
export type WaitingListOrderField = keyof typeof WaitingListOrderField;
registerEnumType(WaitingListOrderField, {
  name: "WaitingListOrderField",
  description: "What entries can be ordered by.",
  valuesConfig: { JOINED_AT: { description: "When they joined." } },
});

@InputType({ description: "One key of an order of entries." })
export class WaitingListOrder {
  @Field(() => WaitingListOrderField, { description: "What to order by." })
  field!: WaitingListOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: "Which end comes first." })
  direction!: OrderDirection;
}

@InputType({ description: "Conditions on how far an entry is; all must hold." })
export class WaitingStatusFilter {
  @Field(() => WaitingStatus, { nullable: true, description: "Is this one." })
  eq?: WaitingStatus;

  @Field(() => [WaitingStatus], { nullable: true, description: "Is one of these." })
  in?: WaitingStatus[];
}

@InputType({
  description:
    "Which entries. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. At most 50 conditions, 5 levels.",
})
export class WaitingListFilter {
  @Field(() => [WaitingListFilter], { nullable: true, description: "All of these hold." })
  and?: WaitingListFilter[];

  @Field(() => [WaitingListFilter], { nullable: true, description: "At least one of these holds." })
  or?: WaitingListFilter[];

  @Field(() => WaitingListFilter, { nullable: true, description: "This doesn't hold." })
  not?: WaitingListFilter;

  @Field(() => IdFilter, { nullable: true, description: "By id." })
  id?: IdFilter;

  @Field(() => WaitingStatusFilter, { nullable: true, description: "By how far they are." })
  status?: WaitingStatusFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By when they joined." })
  joinedAt?: DateTimeFilter;
}

@ArgsType()
export class WaitingListArgs extends ConnectionArgs {
  @Field(() => WaitingListFilter, { nullable: true, description: "Which entries. Default: all that one may see." })
  filter?: WaitingListFilter | null;

  @Field(() => [WaitingListOrder], {
    nullable: true,
    description: "At most three keys; an empty list orders by id alone. Default: first come, first.",
  })
  orderBy?: WaitingListOrder[] | null;
}
