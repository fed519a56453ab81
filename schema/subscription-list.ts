import { ArgsType, Field, InputType, registerEnumType } from "type-graphql";
import { ConnectionArgs, OrderDirection } from "./connection.ts";
import { DateTimeFilter, IdFilter } from "./filter.ts";
import { SubscriptionState } from "./subscription.ts";

export const PlanSubscriptionOrderField = { CREATED_AT: "CREATED_AT" } as const;
export type PlanSubscriptionOrderField = keyof typeof PlanSubscriptionOrderField;
registerEnumType(PlanSubscriptionOrderField, {
  name: "PlanSubscriptionOrderField",
  description: "What subscriptions can be ordered by.",
  valuesConfig: { CREATED_AT: { description: "When they were made." } },
});

@InputType({ description: "One key of an order of subscriptions." })
export class PlanSubscriptionOrder {
  @Field(() => PlanSubscriptionOrderField, { description: "What to order by." })
  field!: PlanSubscriptionOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: "Which end comes first." })
  direction!: OrderDirection;
}

@InputType({ description: "Conditions on a subscription's state; all must hold." })
export class SubscriptionStateFilter {
  @Field(() => SubscriptionState, { nullable: true, description: "Is this one." })
  eq?: SubscriptionState;

  @Field(() => [SubscriptionState], { nullable: true, description: "Is one of these." })
  in?: SubscriptionState[];
}

@InputType({
  description:
    "Which subscriptions. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. At most 50 conditions, 5 levels.",
})
export class PlanSubscriptionFilter {
  @Field(() => [PlanSubscriptionFilter], { nullable: true, description: "All of these hold." })
  and?: PlanSubscriptionFilter[];

  @Field(() => [PlanSubscriptionFilter], { nullable: true, description: "At least one of these holds." })
  or?: PlanSubscriptionFilter[];

  @Field(() => PlanSubscriptionFilter, { nullable: true, description: "This doesn't hold." })
  not?: PlanSubscriptionFilter;

  @Field(() => IdFilter, { nullable: true, description: "By id." })
  id?: IdFilter;

  @Field(() => IdFilter, { nullable: true, description: "By client." })
  clientId?: IdFilter;

  @Field(() => SubscriptionStateFilter, { nullable: true, description: "By state." })
  state?: SubscriptionStateFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By when they were made." })
  createdAt?: DateTimeFilter;
}

@ArgsType()
export class SubscriptionsArgs extends ConnectionArgs {
  @Field(() => PlanSubscriptionFilter, {
    nullable: true,
    description: "Which subscriptions. Default: all that one may see.",
  })
  filter?: PlanSubscriptionFilter | null;

  @Field(() => [PlanSubscriptionOrder], {
    nullable: true,
    description: "At most three keys; an empty list orders by id alone. Default: newest first.",
  })
  orderBy?: PlanSubscriptionOrder[] | null;
}
