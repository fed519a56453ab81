import { Field, ObjectType } from "type-graphql";
import { CreditAccount } from "./credit-account.ts";
import { CreditAdjustment, CreditSettings } from "./credit-adjustment.ts";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { BigIntScalar, DateTime } from "./scalars.ts";

const notFound = "Returned when there is no such client, or the caller may not see it.";
const amountInvalid = "Returned when the amount isn't 1 to 1,000,000,000, or the account couldn't hold it.";
const insufficient =
  "Returned when fewer credits are usable than are taken; `required`, `usable` and `nextExpiry` say what is missing.";

/** What is missing, told with INSUFFICIENT_CREDITS. */
@ObjectType()
abstract class ShortfallPayload extends MutationPayload {
  @Field(() => BigIntScalar, { nullable: true, description: "With INSUFFICIENT_CREDITS: how many credits it takes." })
  required!: bigint | null;

  @Field(() => BigIntScalar, { nullable: true, description: "With INSUFFICIENT_CREDITS: how many are usable." })
  usable!: bigint | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "With INSUFFICIENT_CREDITS: when the first of the usable ones expire; null: never.",
  })
  nextExpiry!: Date | null;
}

export const GrantCreditsUserError = defineUserError("GrantCredits", {
  NOT_FOUND: notFound,
  AMOUNT_INVALID: amountInvalid,
  EXPIRY_INVALID: "Returned when the credits would expire before they could be used.",
  REASON_INVALID: "Returned when the note is longer than 1,000 characters.",
});

@ObjectType({ description: "The outcome of grantCredits.", simpleResolvers: true })
export class GrantCreditsPayload extends MutationPayload {
  @Field(() => CreditAccount, { nullable: true, description: "The account after it." })
  account!: CreditAccount | null;

  @Field(() => [GrantCreditsUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof GrantCreditsUserError.type>[];
}

const personRequired =
  "Returned when it is over the limit and a key asks: there a person has to, so that another one can approve.";

export const AdjustCreditsUserError = defineUserError("AdjustCredits", {
  NOT_FOUND: notFound,
  AMOUNT_INVALID:
    "Returned when the amount is 0, or more than 1,000,000,000 either way, or the account couldn't hold it.",
  REASON_INVALID: "Returned when the reason isn't 1 to 1,000 characters.",
  INSUFFICIENT_CREDITS: insufficient,
  PERSON_REQUIRED: personRequired,
});

@ObjectType({ description: "The outcome of adjustCredits.", simpleResolvers: true })
export class AdjustCreditsPayload extends ShortfallPayload {
  @Field(() => CreditAdjustment, { nullable: true, description: "The correction: applied, or waiting for approval." })
  adjustment!: CreditAdjustment | null;

  @Field(() => CreditAccount, { nullable: true, description: "The account after it." })
  account!: CreditAccount | null;

  @Field(() => [AdjustCreditsUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof AdjustCreditsUserError.type>[];
}

const noAdjustment = "Returned when there is no such correction.";
const notPending = "Returned when it was applied or rejected already; `adjustment` says which.";

export const ApproveAdjustmentUserError = defineUserError("ApproveAdjustment", {
  NOT_FOUND: noAdjustment,
  NOT_PENDING: notPending,
  SAME_PERSON: "Returned when the caller asked for it himself.",
  AMOUNT_INVALID: "Returned when the account couldn't hold so many credits.",
  INSUFFICIENT_CREDITS: `${insufficient} It goes on waiting.`,
});

@ObjectType({ description: "The outcome of approveAdjustment.", simpleResolvers: true })
export class ApproveAdjustmentPayload extends ShortfallPayload {
  @Field(() => CreditAdjustment, { nullable: true, description: "The correction as it is now." })
  adjustment!: CreditAdjustment | null;

  @Field(() => CreditAccount, { nullable: true, description: "The account after it." })
  account!: CreditAccount | null;

  @Field(() => [ApproveAdjustmentUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ApproveAdjustmentUserError.type>[];
}

export const RejectAdjustmentUserError = defineUserError("RejectAdjustment", {
  NOT_FOUND: noAdjustment,
  NOT_PENDING: notPending,
});

@ObjectType({ description: "The outcome of rejectAdjustment.", simpleResolvers: true })
export class RejectAdjustmentPayload extends MutationPayload {
  @Field(() => CreditAdjustment, { nullable: true, description: "The correction as it is now." })
  adjustment!: CreditAdjustment | null;

  @Field(() => [RejectAdjustmentUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof RejectAdjustmentUserError.type>[];
}

export const TransferCreditsUserError = defineUserError("TransferCredits", {
  NOT_FOUND: notFound,
  AMOUNT_INVALID: amountInvalid,
  SAME_CLIENT: "Returned when both clients are the same.",
  REASON_INVALID:
    "Returned when the note is longer than 1,000 characters, or missing where another person has to approve.",
  INSUFFICIENT_CREDITS: insufficient,
  PERSON_REQUIRED: personRequired,
});

@ObjectType({ description: "The outcome of transferCredits.", simpleResolvers: true })
export class TransferCreditsPayload extends ShortfallPayload {
  @Field(() => CreditAdjustment, { nullable: true, description: "The transfer: applied, or waiting for approval." })
  adjustment!: CreditAdjustment | null;

  @Field(() => CreditAccount, { nullable: true, description: "The giver's account as it is now." })
  from!: CreditAccount | null;

  @Field(() => CreditAccount, { nullable: true, description: "The receiver's account as it is now." })
  to!: CreditAccount | null;

  @Field(() => [TransferCreditsUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof TransferCreditsUserError.type>[];
}

export const UpdateCreditSettingsUserError = defineUserError("UpdateCreditSettings", {
  LIMIT_INVALID: "Returned when the limit isn't 0 to 1,000,000,000.",
  MONTHS_INVALID: "Returned when the months aren't 1 to 120.",
  CONFLICT: "Returned when the settings have another version than expected; `settings` has them.",
});

@ObjectType({ description: "The outcome of updateCreditSettings.", simpleResolvers: true })
export class UpdateCreditSettingsPayload extends MutationPayload {
  @Field(() => CreditSettings, { nullable: true, description: "The settings as they are now." })
  settings!: CreditSettings | null;

  @Field(() => [UpdateCreditSettingsUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof UpdateCreditSettingsUserError.type>[];
}
