import { Field, ID, InterfaceType } from "type-graphql";

@InterfaceType({
  description: "Anything that has an id of its own. Read it with `node(id:)`.",
  resolveType: (value: { __typename: string }) => value.__typename,
})
export abstract class Node {
  @Field(() => ID, { description: "TypeID: the type's prefix and a UUIDv7, such as `lead_01k…`." })
  id!: string;
}
