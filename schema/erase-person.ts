import { Field, ID, InputType, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";

@InputType({ description: "A person to erase for good." })
export class ErasePersonInput {
  @Field(() => ID, { description: "The id of a client, a learner or a coach." })
  id!: string;
}

export const ErasePersonUserError = defineUserError("ErasePerson", {
  NOT_FOUND: "Returned when there is no client, learner or coach with this id, or he was erased before.",
  SESSIONS_OPEN:
    "Returned when sessions of his are booked or wait for their report; `openSessionIds` says which ones. Cancel or complete them first.",
  SUBSCRIPTION_OPEN: "Returned when the client has a subscription that goes on. Cancel it first.",
  PAYMENT_OPEN: "Returned when a payment of the client's is under way. Confirm or cancel it first.",
  LEARNERS_LEFT: "Returned when nobody else pays for some of the client's learners. Erase or link them first.",
});

@ObjectType({ description: "The outcome of erasePerson.", simpleResolvers: true })
export class ErasePersonPayload extends MutationPayload {
  @Field(() => ID, { nullable: true, description: "Id of the person who is erased." })
  erasedId!: string | null;

  @Field(() => [ID], { description: "Up to 50 sessions that have to be cancelled or completed first." })
  openSessionIds!: readonly string[];

  @Field(() => [ErasePersonUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ErasePersonUserError.type>[];
}
