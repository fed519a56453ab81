import { Arg, Ctx, Extensions, Field, ID, Int, ObjectType, Query, Resolver } from "type-graphql";
import { authorizedScope, type Context } from "../server/operations/context.ts";
import { type Item as ItemRow, items } from "./list.ts";

@ObjectType({ description: "Who looks after an item.", simpleResolvers: true })
class Owner {
  @Field(() => ID, { description: "The owner's id." })
  id!: string;

  @Field(() => String, { description: "The owner's name." })
  name!: string;
}

@ObjectType({ description: "One of the list.", simpleResolvers: true })
class Item {
  @Field(() => ID, { description: "The item's id." })
  id!: string;

  @Field(() => String, { description: "A text." })
  name!: string;

  @Field(() => String, { description: "A text." })
  email!: string;

  @Field(() => String, { nullable: true, description: "A text that may be missing." })
  company!: string | null;

  @Field(() => Int, { description: "A number." })
  score!: number;

  @Field(() => Boolean, { description: "A boolean." })
  isActive!: boolean;

  @Field(() => String, { description: "An instant, as text." })
  createdAt!: string;

  @Field(() => Owner, { description: "The nested object." })
  owner!: Owner;
}

/** The list as our domains are written: plain rows, an action, a resolver that makes one call. */
@Resolver()
export class ItemsResolver {
  @Extensions({ action: "lead:read" })
  @Query(() => [Item], { description: "The list." })
  items(
    @Ctx() context: Context,
    @Arg("first", () => Int, { description: "How many." }) first: number,
  ): Promise<readonly ItemRow[]> {
    return listItems(context, first);
  }
}

// As a service: it checks the permission first, and answers later.
async function listItems(context: Context, first: number): Promise<readonly ItemRow[]> {
  authorizedScope(context, "lead:read");
  await Promise.resolve();
  return first === items.length ? items : items.slice(0, first);
}
