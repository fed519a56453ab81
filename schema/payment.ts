import { Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import { defineConnection } from "./connection.ts";
import { Money } from "./money.ts";
import { Node } from "./node.ts";
import { BigIntScalar, DateTime } from "./scalars.ts";

export const PaymentProviderName = { LOCAL: "LOCAL", WISE: "WISE" } as const;
export type PaymentProviderName = keyof typeof PaymentProviderName;
registerEnumType(PaymentProviderName, {
  name: "PaymentProvider",
  description: "A way to pay.",
  valuesConfig: {
    LOCAL: { description: "Cash, a cheque or a transfer at the desk, confirmed by who takes it." },
    WISE: { description: "A bank transfer, confirmed by who sees it arrive." },
  },
});

export const PaymentPurpose = {
  PACK: "PACK",
  SUBSCRIPTION: "SUBSCRIPTION",
  RENEWAL: "RENEWAL",
  PLAN_CHANGE: "PLAN_CHANGE",
} as const;
export type PaymentPurpose = keyof typeof PaymentPurpose;
registerEnumType(PaymentPurpose, {
  name: "PaymentPurpose",
  description: "What a payment is for.",
  valuesConfig: {
    PACK: { description: "A pack of credits." },
    SUBSCRIPTION: { description: "A subscription's first period." },
    RENEWAL: { description: "A subscription's next period." },
    PLAN_CHANGE: { description: "A dearer plan, for the rest of the period." },
  },
});

export const PaymentState = {
  CREATED: "CREATED",
  PENDING: "PENDING",
  COMPLETED: "COMPLETED",
  FAILED: "FAILED",
  EXPIRED: "EXPIRED",
  CANCELLED: "CANCELLED",
  UNKNOWN: "UNKNOWN",
  PARTIALLY_REFUNDED: "PARTIALLY_REFUNDED",
  REFUNDED: "REFUNDED",
  DISPUTED: "DISPUTED",
  DISPUTE_LOST: "DISPUTE_LOST",
} as const;
export type PaymentState = keyof typeof PaymentState;
registerEnumType(PaymentState, {
  name: "PaymentState",
  description: "How a payment is. What it buys is granted when it becomes COMPLETED, never before.",
  valuesConfig: {
    CREATED: { description: "The client hasn't been told how to pay yet." },
    PENDING: { description: "The client knows how to pay." },
    COMPLETED: { description: "The money is there, and what it buys is granted." },
    FAILED: { description: "It failed. Should the money come after all, it is COMPLETED." },
    EXPIRED: { description: "It wasn't paid in time. Should the money come after all, it is COMPLETED." },
    CANCELLED: { description: "It was cancelled. Should the money come after all, it is COMPLETED." },
    UNKNOWN: { description: "The provider didn't answer; it is asked again." },
    PARTIALLY_REFUNDED: { description: "Some of the money went back." },
    REFUNDED: { description: "All of the money went back." },
    DISPUTED: { description: "The client has asked his bank for the money." },
    DISPUTE_LOST: { description: "The bank has taken the money back." },
  },
});

export const TransferState = {
  AWAITING_TRANSFER: "AWAITING_TRANSFER",
  RECEIVED: "RECEIVED",
  PARTIAL: "PARTIAL",
  MISMATCH: "MISMATCH",
  CONFIRMED: "CONFIRMED",
  VOIDED: "VOIDED",
} as const;
export type TransferState = keyof typeof TransferState;
registerEnumType(TransferState, {
  name: "TransferState",
  description: "How far a confirmation by the team is.",
  valuesConfig: {
    AWAITING_TRANSFER: { description: "No money has been seen." },
    RECEIVED: { description: "All is there; it is so much that a second person has to approve it." },
    PARTIAL: { description: "Less is there: the rest is awaited, or a second person accepts it." },
    MISMATCH: { description: "More or another currency is there: a second person accepts it, or it goes back." },
    CONFIRMED: { description: "It is confirmed." },
    VOIDED: { description: "It was confirmed, and all its receipts were voided: the money never was." },
  },
});

export const ReceiptMethod = { TRANSFER: "TRANSFER", CASH: "CASH", CHEQUE: "CHEQUE" } as const;
export type ReceiptMethod = keyof typeof ReceiptMethod;
registerEnumType(ReceiptMethod, {
  name: "ReceiptMethod",
  description: "In which form money came.",
  valuesConfig: {
    TRANSFER: { description: "A bank transfer." },
    CASH: { description: "Cash." },
    CHEQUE: { description: "A cheque." },
  },
});

@ObjectType({ description: "A line of what a client is told about how to pay.", simpleResolvers: true })
export class PaymentInstruction {
  @Field(() => String, { description: "What it is, in the client's language: IBAN." })
  label!: string;

  @Field(() => String, { description: "The value." })
  value!: string;
}

@ObjectType({
  implements: Node,
  description: "Money that somebody of the team has seen arrive.",
  simpleResolvers: true,
})
export class PaymentReceipt extends Node {
  readonly __typename = "PaymentReceipt";

  @Field(() => ID, { description: "The payment's id." })
  paymentId!: string;

  @Field(() => ReceiptMethod, { description: "In which form it came." })
  method!: ReceiptMethod;

  @Field(() => String, { nullable: true, description: "The receipt's number, or the bank's id of the transfer." })
  number!: string | null;

  @Field(() => Money, { description: "How much." })
  amount!: Money;

  @Field(() => DateTime, { description: "When it came." })
  receivedAt!: Date;

  @Field(() => String, { nullable: true, description: "Where the proof is; the team's only." })
  proof!: string | null;

  @Field(() => ID, { description: "The member who recorded it." })
  recordedById!: string;

  @Field(() => DateTime, { description: "When it was recorded." })
  recordedAt!: Date;

  @Field(() => ID, { nullable: true, description: "The member who voided it." })
  voidedById!: string | null;

  @Field(() => DateTime, { nullable: true, description: "When it was voided." })
  voidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: "Why it was voided." })
  voidReason!: string | null;
}

@ObjectType({ implements: Node, description: "Money that went back.", simpleResolvers: true })
export class PaymentRefund extends Node {
  readonly __typename = "PaymentRefund";

  @Field(() => ID, { description: "The payment's id." })
  paymentId!: string;

  @Field(() => Money, { description: "How much." })
  amount!: Money;

  @Field(() => BigIntScalar, { description: "How many of the credits that it had granted were taken back." })
  creditsTaken!: bigint;

  @Field(() => BigIntScalar, {
    description:
      "How many were missing, because they had been used or had expired: the client owes them. Credits never become negative.",
  })
  creditsOwed!: bigint;

  @Field(() => BigIntScalar, {
    description:
      "How many of those owed were settled since: by credits that he paid for later, or by settleCreditsOwed.",
  })
  creditsSettled!: bigint;

  @Field(() => BigIntScalar, { description: "How many of the credits of its period's months to come don't come." })
  creditsWithheld!: bigint;

  @Field(() => String, { description: "Why." })
  reason!: string;

  @Field(() => ID, { description: "The member who did it." })
  refundedById!: string;

  @Field(() => DateTime, { description: "When." })
  refundedAt!: Date;
}

@ObjectType({ implements: Node, description: "Money that a client is to give, or has given.", simpleResolvers: true })
export class Payment extends Node {
  readonly __typename = "Payment";

  /** Its own uuid, for loaders. */
  uuid!: string;

  /** The uuid of what it pays, for its loader. */
  invoiceUuid!: string | null;

  @Field(() => ID, { description: "Who pays." })
  clientId!: string;

  @Field(() => PaymentPurpose, { description: "What it is for." })
  purpose!: PaymentPurpose;

  @Field(() => ID, { nullable: true, description: "The pack that it buys." })
  packId!: string | null;

  @Field(() => ID, { nullable: true, description: "The subscription that it pays." })
  subscriptionId!: string | null;

  @Field(() => PaymentProviderName, { description: "How it is paid." })
  provider!: PaymentProviderName;

  @Field(() => PaymentState, { description: "How it is." })
  state!: PaymentState;

  @Field(() => TransferState, {
    nullable: true,
    description: "How far its confirmation is; null when a provider confirms it.",
  })
  transferState!: TransferState | null;

  @Field(() => String, { description: "What the client writes on the transfer, or says at the desk: NX-7K3M9QF2-5." })
  reference!: string;

  @Field(() => [PaymentInstruction], { description: "Where the money goes, as the client was told." })
  instructions!: PaymentInstruction[];

  @Field(() => Money, { description: "How much is to be paid." })
  amount!: Money;

  @Field(() => Money, { description: "How much of it has come, in its currency; with VOIDED nothing." })
  received!: Money;

  @Field(() => Money, {
    description: "How much went back, with what was voided after it was confirmed; with VOIDED nothing.",
  })
  refunded!: Money;

  @Field(() => BigIntScalar, { description: "How many credits it grants." })
  credits!: bigint;

  @Field(() => DateTime, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => DateTime, { description: "Until when it is to be paid." })
  expiresAt!: Date;

  @Field(() => DateTime, { nullable: true, description: "When it was confirmed, and what it buys granted." })
  completedAt!: Date | null;

  @Field(() => Int, { description: "Rises with each change." })
  version!: number;
}

export const PaymentConnection = defineConnection("Payment", () => Payment).Connection;

@ObjectType({ description: "What a cashier has taken on a day in one form and currency.", simpleResolvers: true })
export class DailyClosingLine {
  @Field(() => ID, { description: "The member who took it." })
  cashierId!: string;

  @Field(() => ReceiptMethod, { description: "In which form." })
  method!: ReceiptMethod;

  @Field(() => Int, { description: "How many receipts, without voided ones." })
  receipts!: number;

  @Field(() => Money, { description: "Their sum." })
  total!: Money;

  @Field(() => Int, { description: "How many receipts were voided." })
  voided!: number;
}

@ObjectType({ description: "What the desk has taken on a day.", simpleResolvers: true })
export class DailyClosing {
  @Field(() => String, { description: "The day in the tenant's time zone: 2026-11-21." })
  date!: string;

  @Field(() => [DailyClosingLine], { description: "By cashier, form and currency." })
  lines!: DailyClosingLine[];
}
