import { Field, ID, InputType } from "type-graphql";
import { MoneyInput } from "./money.ts";
import { PaymentProviderName, ReceiptMethod } from "./payment.ts";
import { BigIntScalar, DateTime } from "./scalars.ts";

@InputType({ description: "A client who buys a pack." })
export class PurchasePackInput {
  @Field(() => ID, { description: "The client's id." })
  clientId!: string;

  @Field(() => ID, { description: "The pack's id." })
  packId!: string;

  @Field(() => PaymentProviderName, { defaultValue: PaymentProviderName.WISE, description: "How it is paid." })
  provider!: PaymentProviderName;
}

@InputType({ description: "A payment that isn't made." })
export class CancelPaymentInput {
  @Field(() => ID, { description: "The payment's id." })
  id!: string;
}

@InputType({ description: "A transfer that has arrived." })
export class ConfirmTransferInput {
  @Field(() => ID, { description: "The payment's id; `paymentByReference` finds it." })
  id!: string;

  @Field(() => MoneyInput, { description: "What really arrived, also when it isn't what was asked." })
  amount!: MoneyInput;

  @Field(() => DateTime, { description: "When it arrived." })
  receivedAt!: Date;

  @Field(() => String, {
    description: "The bank's own id of the transfer, 1 to 50 characters: recorded twice, it is the same transfer.",
  })
  transferId!: string;

  @Field(() => String, {
    nullable: true,
    description: "Where the proof is, such as a file's address. At most 1,000 characters.",
  })
  proof?: string | null;
}

@InputType({ description: "Money that was given at the desk." })
export class ConfirmLocalPaymentInput {
  @Field(() => ID, { description: "The payment's id." })
  id!: string;

  @Field(() => String, { description: "The number of the receipt: 1 to 50 characters, of its own in the tenant." })
  receiptNumber!: string;

  @Field(() => ReceiptMethod, { defaultValue: ReceiptMethod.CASH, description: "In which form it came." })
  method!: ReceiptMethod;

  @Field(() => MoneyInput, { description: "What was really given." })
  amount!: MoneyInput;

  @Field(() => DateTime, { description: "When it was given." })
  receivedAt!: Date;

  @Field(() => String, { nullable: true, description: "Where the proof is. At most 1,000 characters." })
  proof?: string | null;
}

@InputType({ description: "A payment that a second person agrees to." })
export class ApprovePaymentInput {
  @Field(() => ID, { description: "The payment's id." })
  id!: string;

  @Field(() => Boolean, {
    defaultValue: false,
    description: "Whether what has arrived is enough although it is less, more or in another currency.",
  })
  acceptsAmount!: boolean;
}

@InputType({ description: "A receipt of today that was a mistake." })
export class VoidLocalPaymentInput {
  @Field(() => ID, { description: "The receipt's id." })
  receiptId!: string;

  @Field(() => String, { description: "Why: 1 to 1,000 characters." })
  reason!: string;
}

@InputType({ description: "A transfer that was recorded by mistake." })
export class VoidTransferInput {
  @Field(() => ID, { description: "The receipt's id." })
  receiptId!: string;

  @Field(() => String, { description: "Why: 1 to 1,000 characters." })
  reason!: string;
}

@InputType({ description: "Credits that a client doesn't owe any more." })
export class SettleCreditsOwedInput {
  @Field(() => ID, { description: "The refund's id." })
  refundId!: string;

  @Field(() => BigIntScalar, { nullable: true, description: "How many. Default: all that are still owed." })
  credits?: bigint | null;

  @Field(() => String, { description: "Why: 1 to 1,000 characters." })
  reason!: string;
}

@InputType({ description: "Money that goes back." })
export class RefundPaymentInput {
  @Field(() => ID, { description: "The payment's id." })
  id!: string;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: "How much, in the payment's minor unit. Default: all that is left.",
  })
  amountMinor?: bigint | null;

  @Field(() => String, { description: "Why: 1 to 1,000 characters." })
  reason!: string;
}
