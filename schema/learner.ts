import { ArgsType, Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { ConnectionArgs, defineConnection, NullsOrder, OrderDirection } from "./connection.ts";
import { DateTimeFilter, IdFilter, KeywordFilter, StringFilter, StringListFilter } from "./filter.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

@ObjectType({
  implements: Node,
  description: "Who benefits from sessions, and the file that is kept on them.",
  simpleResolvers: true,
})
export class Learner extends Node {
  readonly __typename = "Learner";

  /** The learner's uuid, for loaders of what belongs to it. */
  uuid!: string;

  @Field(() => String, { description: "Full name." })
  name!: string;

  @Field(() => String, { nullable: true, description: "Lower-case e-mail address; null when a client acts for them." })
  email!: string | null;

  @Field(() => String, { nullable: true, description: "School year, in the school's own words." })
  grade!: string | null;

  @Field(() => [String], { description: "What the learner wants to reach." })
  goals!: readonly string[];

  @Field(() => [String], { description: "Subjects that the learner needs." })
  subjects!: readonly string[];

  @Field(() => String, { description: "IANA time zone that mails tell times in." })
  timeZone!: string;

  @Field(() => String, { description: "BCP 47 language of mails, such as `fr-TN`." })
  locale!: string;

  @Field(() => Boolean, { description: "Whether the learner can sign in: the invitation was accepted." })
  hasLogin!: boolean;

  @Field(() => DateTime, { description: "When the learner was enrolled, or was added." })
  createdAt!: Date;

  @Field(() => DateTime, { description: "The last change." })
  updatedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: "When the person behind the learner was erased; null: not. Nothing else is known since then.",
  })
  erasedAt!: Date | null;

  @Field(() => Int, { description: "Rises with each change; send it back as `expectedVersion`." })
  version!: number;
}

export const LearnerConnection = defineConnection("Learner", () => Learner).Connection;

export const LearnerOrderField = {
  CREATED_AT: "CREATED_AT",
  UPDATED_AT: "UPDATED_AT",
  NAME: "NAME",
  GRADE: "GRADE",
} as const;
export type LearnerOrderField = keyof typeof LearnerOrderField;
registerEnumType(LearnerOrderField, {
  name: "LearnerOrderField",
  description: "What learners can be ordered by. The id always comes last, so that the order is total.",
  valuesConfig: {
    CREATED_AT: { description: "When they were enrolled." },
    UPDATED_AT: { description: "Last change." },
    NAME: { description: "Name, by code point." },
    GRADE: { description: "School year, by code point." },
  },
});

@InputType({ description: "One key of an order of learners." })
export class LearnerOrder {
  @Field(() => LearnerOrderField, { description: "What to order by." })
  field!: LearnerOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: "Which end comes first." })
  direction!: OrderDirection;

  @Field(() => NullsOrder, { defaultValue: NullsOrder.LAST, description: "Where learners without a value stand." })
  nulls!: NullsOrder;
}

@InputType({
  description:
    "Which learners. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. At most 50 conditions, 5 levels.",
})
export class LearnerFilter {
  @Field(() => [LearnerFilter], { nullable: true, description: "All of these hold." })
  and?: LearnerFilter[];

  @Field(() => [LearnerFilter], { nullable: true, description: "At least one of these holds." })
  or?: LearnerFilter[];

  @Field(() => LearnerFilter, { nullable: true, description: "This doesn't hold." })
  not?: LearnerFilter;

  @Field(() => IdFilter, { nullable: true, description: "By id." })
  id?: IdFilter;

  @Field(() => StringFilter, { nullable: true, description: "By name." })
  name?: StringFilter;

  @Field(() => StringFilter, { nullable: true, description: "By e-mail address." })
  email?: StringFilter;

  @Field(() => KeywordFilter, { nullable: true, description: "By school year." })
  grade?: KeywordFilter;

  @Field(() => StringListFilter, { nullable: true, description: "By the subjects that they need." })
  subjects?: StringListFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By when they were enrolled." })
  createdAt?: DateTimeFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By last change." })
  updatedAt?: DateTimeFilter;
}

@ArgsType()
export class LearnersArgs extends ConnectionArgs {
  @Field(() => LearnerFilter, { nullable: true, description: "Which learners. Default: all that one may see." })
  filter?: LearnerFilter | null;

  @Field(() => [LearnerOrder], {
    nullable: true,
    description: "At most three keys; an empty list orders by id alone. Default: newest first.",
  })
  orderBy?: LearnerOrder[] | null;
}
