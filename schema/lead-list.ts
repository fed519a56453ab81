import { ArgsType, Field } from "type-graphql";
import { ConnectionArgs } from "./connection.ts";
import { LeadFilter, LeadOrder } from "./lead.ts";

@ArgsType()
export class LeadsArgs extends ConnectionArgs {
  @Field(() => LeadFilter, { nullable: true, description: "Which leads. Default: all." })
  filter?: LeadFilter | null;

  @Field(() => [LeadOrder], {
    nullable: true,
    description: "At most three keys; an empty list orders by id alone. Default: newest first.",
  })
  orderBy?: LeadOrder[] | null;
}
