import { Field, Int, ObjectType } from "type-graphql";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

@ObjectType({
  implements: Node,
  description: "A customer of this installation. Everything else belongs to exactly one tenant.",
  simpleResolvers: true,
})
export class Tenant extends Node {
  readonly __typename = "Tenant";

  @Field(() => String, { description: "The name that people see." })
  name!: string;

  @Field(() => String, {
    description: "ISO 3166-1 code of the country whose phone numbers may be written without a prefix.",
  })
  defaultCountry!: string;

  @Field(() => String, { description: "IANA time zone in which days and months are counted." })
  timeZone!: string;

  @Field(() => String, { description: "BCP 47 language of messages to people." })
  locale!: string;

  @Field(() => String, { description: "ISO 4217 code of the currency." })
  currency!: string;

  @Field(() => DateTime, { description: "When the tenant signed up." })
  createdAt!: Date;

  @Field(() => Int, { description: "Rises with each change; send it back as `expectedVersion`." })
  version!: number;
}
