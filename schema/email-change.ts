import { Field, ID, InputType, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { ShownOnce } from "./shown-once.ts";

@InputType({ description: "Another e-mail address for somebody." })
export class ChangeEmailInput {
  @Field(() => ID, {
    nullable: true,
    description: "The id of a client, a learner or a coach, for the team. Default: one's own login.",
  })
  id?: string | null;

  @Field(() => String, { description: "The new e-mail address." })
  email!: string;

  @Field(() => String, { nullable: true, description: "One's own password, when one changes one's own address." })
  password?: string | null;
}

export const ChangeEmailUserError = defineUserError("ChangeEmail", {
  NOT_FOUND: "Returned when there is no such person whose address the caller may change.",
  EMAIL_INVALID: "Returned when `email` is no e-mail address.",
  EMAIL_TAKEN: "Returned when another client, or another login, has the address; only the team is told.",
  PASSWORD_WRONG: "Returned when `password` isn't the caller's own.",
  SELF_ONLY: "Returned when the person's login is of the team: only he changes its address.",
  TOO_MANY_REQUESTS: "Returned when it was asked for five times within a day.",
});

@ObjectType({ description: "The outcome of changeEmail.", simpleResolvers: true })
export class ChangeEmailPayload extends MutationPayload {
  @Field(() => Boolean, {
    description:
      "Whether the new address has to be confirmed first, by the link that was mailed to it. Without a login it is changed at once.",
  })
  isPending!: boolean;

  @Field(() => [ChangeEmailUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ChangeEmailUserError.type>[];
}

@InputType({ description: "What was mailed to a new address." })
export class ConfirmEmailChangeInput {
  @Field(() => String, { description: "The secret in the mail's link." })
  token!: string;
}

export const ConfirmEmailChangeUserError = defineUserError("ConfirmEmailChange", {
  TOKEN_INVALID: "Returned when the link was used, replaced by a newer one, or is older than a day.",
  EMAIL_TAKEN: "Returned when somebody else has the address meanwhile.",
});

@ObjectType({ description: "The outcome of confirmEmailChange.", simpleResolvers: true })
export class ConfirmEmailChangePayload extends MutationPayload {
  @ShownOnce()
  @Field(() => String, {
    nullable: true,
    description: "The address to sign in with from now on; null when the answer is repeated by its idempotency key.",
  })
  email!: string | null;

  @Field(() => [ConfirmEmailChangeUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ConfirmEmailChangeUserError.type>[];
}

@InputType({ description: "Whose login to mail once more." })
export class ResendLoginInput {
  @Field(() => String, { description: "The e-mail address." })
  email!: string;
}

export const ResendLoginUserError = defineUserError("ResendLogin", {
  EMAIL_INVALID: "Returned when `email` is no e-mail address.",
});

@ObjectType({ description: "The outcome of resendLogin.", simpleResolvers: true })
export class ResendLoginPayload extends MutationPayload {
  @Field(() => Boolean, { description: "Whether it was taken. Says nothing about whether somebody was known." })
  accepted!: boolean;

  @Field(() => [ResendLoginUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ResendLoginUserError.type>[];
}
