import { ArgsType, Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { ConnectionArgs, defineConnection, OrderDirection } from "./connection.ts";
import { DateTimeFilter, IdFilter, KeywordFilter } from "./filter.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

@ObjectType({
  description: "What analytics of the target are told about where a visitor came from.",
  simpleResolvers: true,
})
export class LinkUtm {
  @Field(() => String, { nullable: true, description: "`utm_source`: where the link stands, such as newsletter." })
  source!: string | null;

  @Field(() => String, { nullable: true, description: "`utm_medium`: by what means, such as email." })
  medium!: string | null;

  @Field(() => String, { nullable: true, description: "`utm_campaign`: what for, such as spring." })
  campaign!: string | null;

  @Field(() => String, { nullable: true, description: "`utm_term`: the keyword that was paid for." })
  term!: string | null;

  @Field(() => String, { nullable: true, description: "`utm_content`: which of several links on the same page." })
  content!: string | null;
}

@ObjectType({
  implements: Node,
  description: "A short address that leads to a longer one and counts who takes it.",
  simpleResolvers: true,
})
export class Link extends Node {
  readonly __typename = "Link";

  /** Its own uuid, for loaders. */
  uuid!: string;

  @Field(() => Int, { description: "Rises with each change; send it back as `expectedVersion`." })
  version!: number;

  @Field(() => String, { description: "What stands behind `/l/`. It never changes: it may be printed." })
  slug!: string;

  @Field(() => String, { description: "The short address." })
  shortUrl!: string;

  @Field(() => String, { description: "The address that was given." })
  url!: string;

  @Field(() => LinkUtm, { description: "What is added to it." })
  utm!: LinkUtm;

  @Field(() => String, { description: "Where it leads: the address with its UTM parameters." })
  target!: string;

  @Field(() => String, { nullable: true, description: "What the team calls it." })
  title!: string | null;

  @Field(() => [String], { description: "Labels." })
  tags!: readonly string[];

  @Field(() => DateTime, { nullable: true, description: "From when on it leads nowhere; null: it doesn't end." })
  expiresAt!: Date | null;

  @Field(() => Boolean, { description: "Whether it was taken out of use." })
  isArchived!: boolean;

  @Field(() => DateTime, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => DateTime, { description: "The last change." })
  updatedAt!: Date;
}

export const LinkConnection = defineConnection("Link", () => Link).Connection;

export const LinkOrderField = { CREATED_AT: "CREATED_AT", SLUG: "SLUG" } as const;
export type LinkOrderField = keyof typeof LinkOrderField;
registerEnumType(LinkOrderField, {
  name: "LinkOrderField",
  description: "What links can be ordered by. The id always comes last, so that the order is total.",
  valuesConfig: {
    CREATED_AT: { description: "When they were made." },
    SLUG: { description: "Their slugs." },
  },
});

@InputType({ description: "One key of an order of links." })
export class LinkOrder {
  @Field(() => LinkOrderField, { description: "What to order by." })
  field!: LinkOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: "Which end comes first." })
  direction!: OrderDirection;
}

@InputType({
  description:
    "Which links. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. At most 50 conditions, 5 levels.",
})
export class LinkFilter {
  @Field(() => [LinkFilter], { nullable: true, description: "All of these hold." })
  and?: LinkFilter[];

  @Field(() => [LinkFilter], { nullable: true, description: "At least one of these holds." })
  or?: LinkFilter[];

  @Field(() => LinkFilter, { nullable: true, description: "This doesn't hold." })
  not?: LinkFilter;

  @Field(() => IdFilter, { nullable: true, description: "By id." })
  id?: IdFilter;

  @Field(() => KeywordFilter, { nullable: true, description: "By slug." })
  slug?: KeywordFilter;

  @Field(() => KeywordFilter, { nullable: true, description: "By `utm_campaign`." })
  campaign?: KeywordFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By when they were made." })
  createdAt?: DateTimeFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By from when on they lead nowhere." })
  expiresAt?: DateTimeFilter;
}

@ArgsType()
export class LinksArgs extends ConnectionArgs {
  @Field(() => LinkFilter, { nullable: true, description: "Which links. Default: all." })
  filter?: LinkFilter | null;

  @Field(() => [LinkOrder], {
    nullable: true,
    description: "At most three keys; an empty list orders by id alone. Default: newest first.",
  })
  orderBy?: LinkOrder[] | null;

  @Field(() => Boolean, { defaultValue: false, description: "Whether those out of use are listed, too." })
  includeArchived!: boolean;
}
