import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { Session } from "./session.ts";

@InputType({ description: "A session of whose end something wrong was said." })
export class ReverseSessionInput {
  @Field(() => ID, { description: "The session." })
  id!: string;

  @Field(() => [ID], {
    nullable: true,
    description: "Only the places of these learners. Default: of all who were there, didn't come or were charged.",
  })
  learnerIds?: string[] | null;

  @Field(() => String, { description: "Why, for the clients, who are told by mail: 1 to 500 characters." })
  reason!: string;

  @Field(() => Int, { nullable: true, description: "The version that the caller has seen. Default: no check." })
  expectedVersion?: number | null;
}

export const ReverseSessionUserError = defineUserError("ReverseSession", {
  NOT_FOUND: "Returned when there is no session with this id.",
  CONFLICT: "Returned when somebody else has changed the session meanwhile; `session` is what it is now.",
  NOT_OVER: "Returned when nothing was said of these places yet: cancelSession takes them back.",
  LEARNER_NOT_FOUND: "Returned when no learner is named, or one who never had a place in the session.",
  REASON_INVALID: "Returned when the reason hasn't 1 to 500 characters.",
});

@ObjectType({ description: "The outcome of reverseSession.", simpleResolvers: true })
export class ReverseSessionPayload extends MutationPayload {
  @Field(() => Session, { nullable: true, description: "The session as it is now." })
  session!: Session | null;

  @Field(() => Int, { description: "How many credits came back; not those that an earlier reversal gave back." })
  refundedCredits!: number;

  @Field(() => [ReverseSessionUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ReverseSessionUserError.type>[];
}
