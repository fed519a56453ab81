import { ArgsType, Field, ID, InputType, registerEnumType } from "type-graphql";
import { ConnectionArgs, OrderDirection } from "./connection.ts";
import { DateTimeFilter, IdFilter } from "./filter.ts";
import { DateTime } from "./scalars.ts";
import { SessionStatus } from "./session.ts";

export const SessionOrderField = { STARTS_AT: "STARTS_AT" } as const;
export type SessionOrderField = keyof typeof SessionOrderField;
registerEnumType(SessionOrderField, {
  name: "SessionOrderField",
  description: "What sessions can be ordered by.",
  valuesConfig: { STARTS_AT: { description: "When they begin." } },
});

@InputType({ description: "One key of an order of sessions." })
export class SessionOrder {
  @Field(() => SessionOrderField, { description: "What to order by." })
  field!: SessionOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: "Which end comes first." })
  direction!: OrderDirection;
}

@InputType({ description: "Conditions on a session's state; all must hold." })
export class SessionStatusFilter {
  @Field(() => SessionStatus, { nullable: true, description: "Is this one." })
  eq?: SessionStatus;

  @Field(() => [SessionStatus], { nullable: true, description: "Is one of these." })
  in?: SessionStatus[];
}

@InputType({
  description:
    "Which sessions. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. At most 50 conditions, 5 levels.",
})
export class SessionFilter {
  @Field(() => [SessionFilter], { nullable: true, description: "All of these hold." })
  and?: SessionFilter[];

  @Field(() => [SessionFilter], { nullable: true, description: "At least one of these holds." })
  or?: SessionFilter[];

  @Field(() => SessionFilter, { nullable: true, description: "This doesn't hold." })
  not?: SessionFilter;

  @Field(() => IdFilter, { nullable: true, description: "By id." })
  id?: IdFilter;

  @Field(() => IdFilter, { nullable: true, description: "By coach." })
  coachId?: IdFilter;

  @Field(() => IdFilter, { nullable: true, description: "By session type." })
  sessionTypeId?: IdFilter;

  @Field(() => SessionStatusFilter, { nullable: true, description: "By state." })
  status?: SessionStatusFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By when they begin." })
  startsAt?: DateTimeFilter;
}

@ArgsType()
export class SessionsArgs extends ConnectionArgs {
  @Field(() => DateTime, { nullable: true, description: "Only sessions that end after it." })
  from?: Date | null;

  @Field(() => DateTime, { nullable: true, description: "Only sessions that begin before it." })
  to?: Date | null;

  @Field(() => ID, { nullable: true, description: "Only sessions in which this learner has, or had, a place." })
  learnerId?: string | null;

  @Field(() => SessionFilter, { nullable: true, description: "Which sessions. Default: all that one may see." })
  filter?: SessionFilter | null;

  @Field(() => [SessionOrder], {
    nullable: true,
    description: "At most three keys; an empty list orders by id alone. Default: by their start.",
  })
  orderBy?: SessionOrder[] | null;
}
