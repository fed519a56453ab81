import { Field, ObjectType } from "type-graphql";
import { Cursor } from "./scalars.ts";

@ObjectType()
export abstract class MutationPayload {
  @Field(() => Cursor, {
    nullable: true,
    description:
      "The journal's place just after this change: subscribe after it to see all that follows. Null when nothing was written.",
  })
  cursor!: string | null;
}
