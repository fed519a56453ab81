import { ArgsType, Field, InputType, Int, ObjectType, registerEnumType } from "type-graphql";
import { ConnectionArgs, defineConnection, OrderDirection } from "./connection.ts";
import { DateTimeFilter, IdFilter, StringFilter } from "./filter.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

@ObjectType({
  implements: Node,
  description: "Who pays for one or more learners. The credits are the client's.",
  simpleResolvers: true,
})
export class Client extends Node {
  readonly __typename = "Client";

  /** The client's uuid, for loaders of what belongs to it. */
  uuid!: string;

  @Field(() => String, { description: "Full name." })
  name!: string;

  @Field(() => String, { description: "Lower-case e-mail address. No two clients of a tenant have the same." })
  email!: string;

  @Field(() => String, { nullable: true, description: "Phone number in E.164." })
  phone!: string | null;

  @Field(() => String, { description: "IANA time zone that mails tell times in." })
  timeZone!: string;

  @Field(() => String, { description: "BCP 47 language of mails, such as `fr-TN`." })
  locale!: string;

  @Field(() => Boolean, { description: "Whether the client can sign in: the invitation was accepted." })
  hasLogin!: boolean;

  @Field(() => DateTime, { description: "When the client enrolled, or was added." })
  createdAt!: Date;

  @Field(() => DateTime, { description: "The last change." })
  updatedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: "When the person behind the client was erased; null: not. Nothing else is known since then.",
  })
  erasedAt!: Date | null;

  @Field(() => Int, { description: "Rises with each change; send it back as `expectedVersion`." })
  version!: number;
}

@ObjectType({ description: "That a client agreed to something.", simpleResolvers: true })
export class ClientConsent {
  @Field(() => String, { description: "What for, such as `terms`." })
  purpose!: string;

  @Field(() => String, { description: "Version of the text that was shown." })
  textVersion!: string;

  @Field(() => DateTime, { description: "When it was given." })
  givenAt!: Date;

  @Field(() => String, { nullable: true, description: "IP address it was given from." })
  address!: string | null;
}

export const ClientConnection = defineConnection("Client", () => Client).Connection;

export const ClientOrderField = {
  CREATED_AT: "CREATED_AT",
  UPDATED_AT: "UPDATED_AT",
  NAME: "NAME",
  EMAIL: "EMAIL",
} as const;
export type ClientOrderField = keyof typeof ClientOrderField;
registerEnumType(ClientOrderField, {
  name: "ClientOrderField",
  description: "What clients can be ordered by. The id always comes last, so that the order is total.",
  valuesConfig: {
    CREATED_AT: { description: "When they enrolled." },
    UPDATED_AT: { description: "Last change." },
    NAME: { description: "Name, by code point." },
    EMAIL: { description: "E-mail address." },
  },
});

@InputType({ description: "One key of an order of clients." })
export class ClientOrder {
  @Field(() => ClientOrderField, { description: "What to order by." })
  field!: ClientOrderField;

  @Field(() => OrderDirection, { defaultValue: OrderDirection.ASC, description: "Which end comes first." })
  direction!: OrderDirection;
}

@InputType({
  description:
    "Which clients. Fields are ANDed; `{}` and `and: []` match all, `or: []` none. At most 50 conditions, 5 levels.",
})
export class ClientFilter {
  @Field(() => [ClientFilter], { nullable: true, description: "All of these hold." })
  and?: ClientFilter[];

  @Field(() => [ClientFilter], { nullable: true, description: "At least one of these holds." })
  or?: ClientFilter[];

  @Field(() => ClientFilter, { nullable: true, description: "This doesn't hold." })
  not?: ClientFilter;

  @Field(() => IdFilter, { nullable: true, description: "By id." })
  id?: IdFilter;

  @Field(() => StringFilter, { nullable: true, description: "By name." })
  name?: StringFilter;

  @Field(() => StringFilter, { nullable: true, description: "By e-mail address." })
  email?: StringFilter;

  @Field(() => StringFilter, { nullable: true, description: "By phone number in E.164." })
  phone?: StringFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By when they enrolled." })
  createdAt?: DateTimeFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "By last change." })
  updatedAt?: DateTimeFilter;
}

@ArgsType()
export class ClientsArgs extends ConnectionArgs {
  @Field(() => ClientFilter, { nullable: true, description: "Which clients. Default: all." })
  filter?: ClientFilter | null;

  @Field(() => [ClientOrder], {
    nullable: true,
    description: "At most three keys; an empty list orders by id alone. Default: newest first.",
  })
  orderBy?: ClientOrder[] | null;
}
