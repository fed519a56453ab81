import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { Node } from "./node.ts";
import { DateTime } from "./scalars.ts";

export const MailKind = {
  WELCOME: "WELCOME",
  BOOKING_CONFIRMED: "BOOKING_CONFIRMED",
  SESSION_REMINDER: "SESSION_REMINDER",
  SESSION_REQUESTED: "SESSION_REQUESTED",
  SESSION_TO_CONFIRM: "SESSION_TO_CONFIRM",
  SESSION_DECLINED: "SESSION_DECLINED",
  SESSION_REPORTED: "SESSION_REPORTED",
  SESSION_CANCELLED: "SESSION_CANCELLED",
  SESSION_RESCHEDULED: "SESSION_RESCHEDULED",
  PAYMENT_INSTRUCTIONS: "PAYMENT_INSTRUCTIONS",
  PAYMENT_CONFIRMED: "PAYMENT_CONFIRMED",
  PAYMENT_EXPIRED: "PAYMENT_EXPIRED",
  PAYMENT_PARTIAL: "PAYMENT_PARTIAL",
  PAYMENT_REFUNDED: "PAYMENT_REFUNDED",
  SUBSCRIPTION_CANCELLED: "SUBSCRIPTION_CANCELLED",
  SUBSCRIPTION_ACTIVATED: "SUBSCRIPTION_ACTIVATED",
  CREDITS_EXPIRING: "CREDITS_EXPIRING",
  MONTHLY_REPORT: "MONTHLY_REPORT",
  DUPLICATE_ENROLMENT: "DUPLICATE_ENROLMENT",
  EMAIL_CHANGE: "EMAIL_CHANGE",
  EMAIL_CHANGED: "EMAIL_CHANGED",
  WAITING_LIST_OFFER: "WAITING_LIST_OFFER",
} as const;
export type MailKind = keyof typeof MailKind;
registerEnumType(MailKind, {
  name: "MailKind",
  description: "What a mail tells.",
  valuesConfig: {
    WELCOME: { description: "An account was made; with a link to choose a password." },
    BOOKING_CONFIRMED: { description: "A session was booked." },
    SESSION_REMINDER: { description: "A session is in a day." },
    SESSION_REQUESTED: { description: "A session was booked, and waits for somebody to confirm it." },
    SESSION_TO_CONFIRM: { description: "A coach is asked to confirm a session." },
    SESSION_DECLINED: { description: "A session that waited to be confirmed doesn't take place." },
    SESSION_REPORTED: { description: "What a session was about, and what to do until the next one." },
    SESSION_CANCELLED: { description: "A session was cancelled." },
    SESSION_RESCHEDULED: { description: "A session was moved." },
    PAYMENT_INSTRUCTIONS: { description: "How to pay, and with which reference." },
    PAYMENT_CONFIRMED: { description: "A payment was received." },
    PAYMENT_EXPIRED: { description: "A payment wasn't made in time." },
    PAYMENT_PARTIAL: { description: "A part of a payment was received; how to pay the rest." },
    PAYMENT_REFUNDED: { description: "Money of a payment goes back." },
    SUBSCRIPTION_CANCELLED: { description: "A subscription was cancelled, and until when it runs." },
    SUBSCRIPTION_ACTIVATED: { description: "A subscription is active." },
    CREDITS_EXPIRING: { description: "Credits will expire soon." },
    MONTHLY_REPORT: { description: "What happened in a month." },
    DUPLICATE_ENROLMENT: { description: "Somebody asked to enrol with an address that has an account." },
    EMAIL_CHANGE: { description: "A new address has to be confirmed; with a link." },
    EMAIL_CHANGED: { description: "Tells the old address that there is a new one." },
    WAITING_LIST_OFFER: { description: "A place that somebody waited for is kept for a while." },
  },
});

export const MailState = {
  QUEUED: "QUEUED",
  SENDING: "SENDING",
  SENT: "SENT",
  CANCELLED: "CANCELLED",
  FAILED: "FAILED",
  UNKNOWN: "UNKNOWN",
} as const;
export type MailState = keyof typeof MailState;
registerEnumType(MailState, {
  name: "MailState",
  description: "How far a mail is.",
  valuesConfig: {
    QUEUED: { description: "It waits until it is due, or for another attempt." },
    SENDING: { description: "It is being handed over." },
    SENT: { description: "A mail server has accepted it, or it is in the folder of mail." },
    CANCELLED: { description: "It was taken back before it was due." },
    FAILED: { description: "It was refused, or couldn't be handed over within a day." },
    UNKNOWN: {
      description:
        "It was handed over and no answer came, so it may have arrived. Nobody sends it again but by `retryMail`.",
    },
  },
});

@ObjectType({
  implements: Node,
  description: "A mail of the outbox. There is one for each cause.",
  simpleResolvers: true,
})
export class Mail extends Node {
  readonly __typename = "Mail";

  @Field(() => MailKind, { description: "What it tells." })
  kind!: MailKind;

  @Field(() => String, { description: "What it tells of, for programs; one of its own among the tenant's mails." })
  cause!: string;

  @Field(() => String, { description: "The recipient's address." })
  to!: string;

  @Field(() => String, { nullable: true, description: "The recipient's name." })
  toName!: string | null;

  @Field(() => String, { description: "BCP 47 language that it is written in, if it is one that we write." })
  locale!: string;

  @Field(() => String, { description: "IANA time zone in which it tells instants." })
  timeZone!: string;

  @Field(() => MailState, { description: "How far it is." })
  state!: MailState;

  @Field(() => DateTime, { description: "When it is to be sent." })
  dueAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "When it is tried next; null: not any more, or just now." })
  nextAttemptAt!: Date | null;

  @Field(() => Int, { description: "How often it was handed over, this time included." })
  attempts!: number;

  @Field(() => String, { nullable: true, description: "What went wrong the last time, for people." })
  lastError!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it was accepted." })
  sentAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description: "Its Message-ID, which is the same in all attempts; null before the first.",
  })
  messageId!: string | null;

  @Field(() => DateTime, { description: "When it was queued." })
  createdAt!: Date;
}

export const MailConnection = defineConnection("Mail", () => Mail).Connection;

@ObjectType({ implements: Node, description: "What the tenant's mail looks like.", simpleResolvers: true })
export class MailBranding extends Node {
  readonly __typename = "MailBranding";

  @Field(() => String, { description: "The sender's name: the tenant's, unless it is set." })
  senderName!: string;

  @Field(() => String, { description: "The sender's address: the server's, unless it is set." })
  senderAddress!: string;

  @Field(() => String, { nullable: true, description: "Where answers go; null: to the sender." })
  replyTo!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Colour of headings and buttons, such as `#0a6c74`; null: ours.",
  })
  color!: string | null;

  @Field(() => String, { nullable: true, description: "Address of a picture above the text; null: none." })
  logoUrl!: string | null;
}
