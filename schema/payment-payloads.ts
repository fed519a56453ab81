import { Field, ObjectType } from "type-graphql";
import { BillingSettings } from "./billing-settings.ts";
import { defineUserError } from "./errors.ts";
import { MutationPayload } from "./mutation-payload.ts";
import { Payment, PaymentReceipt, PaymentRefund } from "./payment.ts";

const noPayment = "Returned when there is no such payment.";
const alreadyConfirmed = "Returned when it was confirmed before; nothing is granted twice. `payment` is as it is.";
const waits = "Returned when money was recorded and waits for another person: see approvePayment.";
const amountInvalid =
  "Returned when the amount isn't 1 to 1,000,000,000,000 minor units, or the currency isn't ISO 4217's.";
const dateInvalid =
  "Returned when the instant lies in the future, or more than 7 days before the payment was made out.";
const proofInvalid = "Returned when the note is longer than 1,000 characters.";
const samePerson = "Returned when the caller recorded it himself: another person has to.";
const reasonInvalid = "Returned when the reason isn't 1 to 1,000 characters.";
const wrongProvider = "Returned when it is paid another way.";

export const PurchasePackUserError = defineUserError("PurchasePack", {
  CLIENT_NOT_FOUND: "Returned when there is no such client, or the caller may not buy for him.",
  PACK_NOT_FOUND: "Returned when there is no such pack.",
  PACK_WITHDRAWN: "Returned when the pack was withdrawn: choose one of `packs`.",
  PROVIDER_UNAVAILABLE: "Returned when payments can't be made this way now, as the message says.",
});

@ObjectType({ description: "The outcome of purchasePack.", simpleResolvers: true })
export class PurchasePackPayload extends MutationPayload {
  @Field(() => Payment, { nullable: true, description: "What is to be paid; its credits come when that is confirmed." })
  payment!: Payment | null;

  @Field(() => [PurchasePackUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof PurchasePackUserError.type>[];
}

export const CancelPaymentUserError = defineUserError("CancelPayment", {
  NOT_FOUND: noPayment,
  NOT_OPEN: "Returned when it was paid, has expired or was cancelled.",
  MONEY_RECEIVED: "Returned when money has arrived for it already.",
  OF_PERIOD: "Returned when it renews a subscription: cancel that instead.",
});

@ObjectType({ description: "The outcome of cancelPayment.", simpleResolvers: true })
export class CancelPaymentPayload extends MutationPayload {
  @Field(() => Payment, { nullable: true, description: "The payment as it is now." })
  payment!: Payment | null;

  @Field(() => [CancelPaymentUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof CancelPaymentUserError.type>[];
}

export const ConfirmTransferUserError = defineUserError("ConfirmTransfer", {
  NOT_FOUND: noPayment,
  WRONG_PROVIDER: wrongProvider,
  ALREADY_CONFIRMED: alreadyConfirmed,
  ALREADY_RECORDED: "Returned when this transfer was recorded before.",
  WAITS_FOR_APPROVAL: waits,
  TRANSFER_ID_INVALID: "Returned when the transfer's id isn't 1 to 50 characters.",
  AMOUNT_INVALID: amountInvalid,
  DATE_INVALID: dateInvalid,
  PROOF_INVALID: proofInvalid,
});

@ObjectType({ description: "The outcome of confirmTransfer.", simpleResolvers: true })
export class ConfirmTransferPayload extends MutationPayload {
  @Field(() => Payment, { nullable: true, description: "The payment as it is now." })
  payment!: Payment | null;

  @Field(() => PaymentReceipt, { nullable: true, description: "What was recorded." })
  receipt!: PaymentReceipt | null;

  @Field(() => [ConfirmTransferUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ConfirmTransferUserError.type>[];
}

export const ConfirmLocalPaymentUserError = defineUserError("ConfirmLocalPayment", {
  NOT_FOUND: noPayment,
  WRONG_PROVIDER: wrongProvider,
  ALREADY_CONFIRMED: alreadyConfirmed,
  RECEIPT_NUMBER_TAKEN: "Returned when another receipt has this number.",
  WAITS_FOR_APPROVAL: waits,
  RECEIPT_NUMBER_INVALID: "Returned when the number isn't 1 to 50 characters.",
  AMOUNT_INVALID: amountInvalid,
  DATE_INVALID: dateInvalid,
  PROOF_INVALID: proofInvalid,
});

@ObjectType({ description: "The outcome of confirmLocalPayment.", simpleResolvers: true })
export class ConfirmLocalPaymentPayload extends MutationPayload {
  @Field(() => Payment, { nullable: true, description: "The payment as it is now." })
  payment!: Payment | null;

  @Field(() => PaymentReceipt, { nullable: true, description: "What was recorded." })
  receipt!: PaymentReceipt | null;

  @Field(() => [ConfirmLocalPaymentUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ConfirmLocalPaymentUserError.type>[];
}

export const ApprovePaymentUserError = defineUserError("ApprovePayment", {
  NOT_FOUND: noPayment,
  ALREADY_CONFIRMED: alreadyConfirmed,
  NOTHING_RECEIVED: "Returned when no money was recorded.",
  SAME_PERSON: samePerson,
  AMOUNT_NOT_ACCEPTED: "Returned when less, more or another currency has arrived and `acceptsAmount` is false.",
});

@ObjectType({ description: "The outcome of approvePayment.", simpleResolvers: true })
export class ApprovePaymentPayload extends MutationPayload {
  @Field(() => Payment, { nullable: true, description: "The payment as it is now." })
  payment!: Payment | null;

  @Field(() => [ApprovePaymentUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof ApprovePaymentUserError.type>[];
}

export const VoidLocalPaymentUserError = defineUserError("VoidLocalPayment", {
  NOT_FOUND: "Returned when there is no such receipt of the desk.",
  ALREADY_VOIDED: "Returned when it was voided before.",
  SAME_PERSON: samePerson,
  ANOTHER_DAY: "Returned when it was recorded on another day: refund the payment instead.",
  ALREADY_REFUNDED: "Returned when its money went back already.",
  REASON_INVALID: reasonInvalid,
});

@ObjectType({ description: "The outcome of voidLocalPayment.", simpleResolvers: true })
export class VoidLocalPaymentPayload extends MutationPayload {
  @Field(() => Payment, { nullable: true, description: "The payment as it is now." })
  payment!: Payment | null;

  @Field(() => PaymentReceipt, { nullable: true, description: "What was recorded." })
  receipt!: PaymentReceipt | null;

  @Field(() => [VoidLocalPaymentUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof VoidLocalPaymentUserError.type>[];
}

export const VoidTransferUserError = defineUserError("VoidTransfer", {
  NOT_FOUND: "Returned when there is no such receipt of a transfer.",
  ALREADY_VOIDED: "Returned when it was voided before.",
  SAME_PERSON: samePerson,
  ALREADY_CONFIRMED: "Returned when what it bought was granted: refund the payment instead.",
  REASON_INVALID: reasonInvalid,
});

@ObjectType({ description: "The outcome of voidTransfer.", simpleResolvers: true })
export class VoidTransferPayload extends MutationPayload {
  @Field(() => Payment, { nullable: true, description: "The payment as it is now." })
  payment!: Payment | null;

  @Field(() => PaymentReceipt, { nullable: true, description: "What was recorded." })
  receipt!: PaymentReceipt | null;

  @Field(() => [VoidTransferUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof VoidTransferUserError.type>[];
}

export const RefundPaymentUserError = defineUserError("RefundPayment", {
  NOT_FOUND: noPayment,
  NOT_PAID: "Returned when it wasn't paid, or all of it went back.",
  AMOUNT_INVALID: "Returned when the amount isn't 1 to what is left of the payment.",
  REASON_INVALID: reasonInvalid,
});

@ObjectType({ description: "The outcome of refundPayment.", simpleResolvers: true })
export class RefundPaymentPayload extends MutationPayload {
  @Field(() => Payment, { nullable: true, description: "The payment as it is now." })
  payment!: Payment | null;

  @Field(() => PaymentRefund, { nullable: true, description: "What went back, and what became of the credits." })
  refund!: PaymentRefund | null;

  @Field(() => [RefundPaymentUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof RefundPaymentUserError.type>[];
}

export const SettleCreditsOwedUserError = defineUserError("SettleCreditsOwed", {
  NOT_FOUND: "Returned when there is no such refund.",
  NOTHING_OWED: "Returned when nothing of it is owed any more.",
  CREDITS_INVALID: "Returned when the credits aren't 1 to what is still owed.",
  REASON_INVALID: reasonInvalid,
});

@ObjectType({ description: "The outcome of settleCreditsOwed.", simpleResolvers: true })
export class SettleCreditsOwedPayload extends MutationPayload {
  @Field(() => PaymentRefund, { nullable: true, description: "The refund as it is now." })
  refund!: PaymentRefund | null;

  @Field(() => [SettleCreditsOwedUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof SettleCreditsOwedUserError.type>[];
}

export const UpdateBillingSettingsUserError = defineUserError("UpdateBillingSettings", {
  CONFLICT: "Returned when the settings have another version than expected; `settings` has them.",
  PREFIX_INVALID: "Returned when the prefix isn't 1 to 6 capital letters and digits.",
  DAYS_INVALID: "Returned when a number of days is out of its limits.",
  LIMIT_INVALID: "Returned when a limit isn't 0 or more, a currency isn't ISO 4217's or comes twice.",
  BANK_DETAILS_INVALID:
    "Returned when the beneficiary isn't 1 to 200 characters, the IBAN or the BIC has a mistake, or a text is too long. `field` names it.",
});

@ObjectType({ description: "The outcome of updateBillingSettings.", simpleResolvers: true })
export class UpdateBillingSettingsPayload extends MutationPayload {
  @Field(() => BillingSettings, { nullable: true, description: "The settings as they are now." })
  settings!: BillingSettings | null;

  @Field(() => [UpdateBillingSettingsUserError.type], { description: "Why it was refused." })
  userErrors!: InstanceType<typeof UpdateBillingSettingsUserError.type>[];
}
