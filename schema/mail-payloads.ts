import { Field, ObjectType } from "type-graphql";
import { defineUserError } from "./errors.ts";
import { Mail, MailBranding } from "./mail.ts";
import { MutationPayload } from "./mutation-payload.ts";

const notFound = "Returned when there is no mail with this id.";

export const RetryMailUserError = defineUserError("RetryMail", {
  NOT_FOUND: notFound,
  NOT_RETRYABLE: "Returned when the mail neither failed nor is unknown; `mail` is how it is.",
});

@ObjectType({ description: "The outcome of retryMail.", simpleResolvers: true })
export class RetryMailPayload extends MutationPayload {
  @Field(() => Mail, { nullable: true, description: "The mail, which waits again." })
  mail!: Mail | null;

  @Field(() => [RetryMailUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof RetryMailUserError.type>[];
}

export const CancelMailUserError = defineUserError("CancelMail", {
  NOT_FOUND: notFound,
  NOT_CANCELLABLE: "Returned when the mail doesn't wait any more; `mail` is how it is.",
});

@ObjectType({ description: "The outcome of cancelMail.", simpleResolvers: true })
export class CancelMailPayload extends MutationPayload {
  @Field(() => Mail, { nullable: true, description: "The mail, which isn't sent." })
  mail!: Mail | null;

  @Field(() => [CancelMailUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CancelMailUserError.type>[];
}

export const UpdateMailBrandingUserError = defineUserError("UpdateMailBranding", {
  SENDER_NAME_INVALID: "Returned when the name is empty, has control characters or more than 100 characters.",
  SENDER_ADDRESS_INVALID: "Returned when the sender's address isn't an e-mail address.",
  SENDER_DOMAIN_NOT_ALLOWED: "Returned when the operator doesn't allow senders in this domain; ask him to.",
  REPLY_TO_INVALID: "Returned when the address for answers isn't an e-mail address.",
  COLOR_INVALID: "Returned when the colour isn't `#` and six hexadecimal digits.",
  LOGO_URL_INVALID: "Returned when the picture's address isn't https or has more than 2,000 characters.",
});

@ObjectType({ description: "The outcome of updateMailBranding.", simpleResolvers: true })
export class UpdateMailBrandingPayload extends MutationPayload {
  @Field(() => MailBranding, { nullable: true, description: "What the mail looks like now." })
  branding!: MailBranding | null;

  @Field(() => [UpdateMailBrandingUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof UpdateMailBrandingUserError.type>[];
}
