import { ArgsType, Field, ID, InputType } from "type-graphql";
import { ConnectionArgs } from "./connection.ts";
import { DateTimeFilter, KeywordFilter } from "./filter.ts";
import { MailKind, MailState } from "./mail.ts";

@InputType({ description: "Conditions on how far a mail is; all must hold." })
export class MailStateFilter {
  @Field(() => MailState, { nullable: true, description: "Is in this state." })
  eq?: MailState;

  @Field(() => [MailState], { nullable: true, description: "Is in one of these states." })
  in?: MailState[];
}

@InputType({ description: "Conditions on what a mail tells; all must hold." })
export class MailKindFilter {
  @Field(() => MailKind, { nullable: true, description: "Is of this kind." })
  eq?: MailKind;

  @Field(() => [MailKind], { nullable: true, description: "Is of one of these kinds." })
  in?: MailKind[];
}

@InputType({ description: "Which mails; all conditions must hold." })
export class MailFilter {
  @Field(() => MailStateFilter, { nullable: true, description: "How far it is." })
  state?: MailStateFilter;

  @Field(() => MailKindFilter, { nullable: true, description: "What it tells." })
  kind?: MailKindFilter;

  @Field(() => KeywordFilter, { nullable: true, description: "The recipient's address." })
  to?: KeywordFilter;

  @Field(() => DateTimeFilter, { nullable: true, description: "When it was queued." })
  createdAt?: DateTimeFilter;
}

@ArgsType()
export class MailsArgs extends ConnectionArgs {
  @Field(() => MailFilter, { nullable: true, description: "Only mails that match." })
  filter?: MailFilter | null;
}

@InputType({ description: "A mail that is to be handed over once more." })
export class RetryMailInput {
  @Field(() => ID, { description: "The mail's id." })
  id!: string;
}

@InputType({ description: "A mail that isn't to be sent." })
export class CancelMailInput {
  @Field(() => ID, { description: "The mail's id." })
  id!: string;
}

@InputType({
  description: "What to change of the mail's looks; null goes back to the default, what is left out stays.",
})
export class UpdateMailBrandingInput {
  @Field(() => String, { nullable: true, description: "The sender's name, 1 to 100 characters." })
  senderName?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The sender's address, in a domain that the operator allows (`MAIL_SENDER_DOMAINS`).",
  })
  senderAddress?: string | null;

  @Field(() => String, { nullable: true, description: "An address for answers." })
  replyTo?: string | null;

  @Field(() => String, { nullable: true, description: "A colour such as `#0a6c74`." })
  color?: string | null;

  @Field(() => String, { nullable: true, description: "https address of a picture, at most 2,000 characters." })
  logoUrl?: string | null;
}
