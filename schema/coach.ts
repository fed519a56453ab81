import { ArgsType, Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { ConnectionArgs, defineConnection, OrderDirection } from "./connection.ts";
import { IdFilter, StringFilter, StringListFilter } from "./filter.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

export const CoachMode = { ONLINE: "ONLINE", ON_SITE: "ON_SITE" } as const;
export type CoachMode = keyof typeof CoachMode;
registerEnumType(CoachMode, {
  name: "CoachMode",
  description: "How a coach meets learners.",
  valuesConfig: { ONLINE: { description: "By video." }, ON_SITE: { description: "In a room." } },
});

export const CoachStatus = { ACTIVE: "ACTIVE", DEACTIVATED: "DEACTIVATED" } as const;
export type CoachStatus = keyof typeof CoachStatus;
registerEnumType(CoachStatus, {
  name: "CoachStatus",
  description: "Whether a coach can be booked.",
  valuesConfig: {
    ACTIVE: { description: "Can be booked." },
    DEACTIVATED: { description: "Can't; kept for the sessions that were given." },
  },
});

@ObjectType({
  implements: Node,
  description:
    "Who gives sessions. The public knows a pseudonym; the person behind it is shown to the team and to the coach only.",
  simpleResolvers: true,
})
export class Coach extends Node {
  readonly __typename = "Coach";

  /** The coach's uuid, for loaders of what belongs to it. */
  uuid!: string;

  @Field(() => String, { description: "The name that everybody sees. No two coaches of a tenant have the same." })
  pseudonym!: string;

  @Field(() => String, { nullable: true, description: "What the coach says of themselves." })
  bio!: string | null;

  @Field(() => [String], { description: "Subjects that the coach teaches." })
  subjects!: readonly string[];

  @Field(() => [CoachMode], { description: "How the coach meets learners." })
  modes!: readonly CoachMode[];

  @Field(() => CoachStatus, { description: "Whether the coach can be booked." })
  status!: CoachStatus;

  @Field(() => String, { description: "IANA time zone that the coach lives by." })
  timeZone!: string;

  @Field(() => String, { nullable: true, description: "The real name; null for all but the team and the coach." })
  name!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Lower-case e-mail address; null for all but the team and the coach, or when there is none.",
  })
  email!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "BCP 47 language of mails; null for all but the team and the coach.",
  })
  locale!: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the coach can sign in: the invitation was accepted. Null for all but the team and the coach.",
  })
  hasLogin!: boolean | null;

  @Field(() => DateTime, { description: "When the coach was added." })
  createdAt!: Date;

  @Field(() => DateTime, { description: "The last change." })
  updatedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: "When the person behind the coach was erased; null: not. Nothing else is known since then.",
  })
  erasedAt!: Date | null;

  @Field(() => Int, { description: "Rises with each change; send it back as `expectedVersion`." })
  version!: number;
}

export const CoachConnection = defineConnection("Coach", () => Coach).Connection;

export const CoachOrderField = { PSEUDONYM: "PSEUDONYM", CREATED_AT: "CREATED_AT" } as const;
export type CoachOrderField = keyof typeof CoachOrderField;
registerEnumType(CoachOrderField, {
  name: "CoachOrderField",
  description: "What coaches can be ordered by. The id always comes last, so that the order is total.",
  valuesConfig: {
    PSEUDONYM: { description: "Pseudonym, by code point." },
    CREATED_AT: { description: "When they were added." },
  },
});

@InputType({ description: "One key of an order of coaches." })
export class CoachOrder {
  @Field(() => CoachOrderField, { description: "What to order by." })
  field!: CoachOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: "Which end comes first." })
  direction!: OrderDirection;
}

@InputType({ description: "Conditions on a coach's mode; all must hold." })
export class CoachModeFilter {
  @Field(() => CoachMode, { nullable: true, description: "Is this mode." })
  eq?: CoachMode;

  @Field(() => [CoachMode], { nullable: true, description: "Is one of these." })
  in?: CoachMode[];
}

@InputType({ description: "Conditions on a coach's modes; all must hold." })
export class CoachModeListFilter {
  @Field(() => CoachModeFilter, { nullable: true, description: "At least one mode matches." })
  some?: CoachModeFilter;

  @Field(() => CoachModeFilter, { nullable: true, description: "No mode matches." })
  none?: CoachModeFilter;
}

@InputType({ description: "Conditions on a coach's status; all must hold." })
export class CoachStatusFilter {
  @Field(() => CoachStatus, { nullable: true, description: "Is this status." })
  eq?: CoachStatus;

  @Field(() => [CoachStatus], { nullable: true, description: "Is one of these." })
  in?: CoachStatus[];
}

@InputType({
  description:
    "Which coaches. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. At most 50 conditions, 5 levels.",
})
export class CoachFilter {
  @Field(() => [CoachFilter], { nullable: true, description: "All of these hold." })
  and?: CoachFilter[];

  @Field(() => [CoachFilter], { nullable: true, description: "At least one of these holds." })
  or?: CoachFilter[];

  @Field(() => CoachFilter, { nullable: true, description: "This doesn't hold." })
  not?: CoachFilter;

  @Field(() => IdFilter, { nullable: true, description: "By id." })
  id?: IdFilter;

  @Field(() => StringFilter, { nullable: true, description: "By pseudonym." })
  pseudonym?: StringFilter;

  @Field(() => StringListFilter, { nullable: true, description: "By subjects." })
  subjects?: StringListFilter;

  @Field(() => CoachModeListFilter, { nullable: true, description: "By modes." })
  modes?: CoachModeListFilter;

  @Field(() => CoachStatusFilter, {
    nullable: true,
    description: "By status. All but the team see active coaches only, and themselves.",
  })
  status?: CoachStatusFilter;
}

@ArgsType()
export class CoachesArgs extends ConnectionArgs {
  @Field(() => CoachFilter, { nullable: true, description: "Which coaches. Default: all that one may see." })
  filter?: CoachFilter | null;

  @Field(() => [CoachOrder], {
    nullable: true,
    description: "At most three keys; an empty list orders by id alone. Default: by pseudonym.",
  })
  orderBy?: CoachOrder[] | null;
}
