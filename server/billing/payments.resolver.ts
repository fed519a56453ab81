import { PaymentsArgs } from "../../schema/payment-list.ts";
import { Arg, Args, Ctx, Extensions, FieldResolver, ID, Mutation, Query, Resolver, Root } from "type-graphql";
import { BillingSettings, UpdateBillingSettingsInput } from "../../schema/billing-settings.ts";
import type { Page } from "../../schema/connection.ts";
import {
  ApprovePaymentInput,
  CancelPaymentInput,
  ConfirmLocalPaymentInput,
  ConfirmTransferInput,
  PurchasePackInput,
  RefundPaymentInput,
  VoidLocalPaymentInput,
  VoidTransferInput,
} from "../../schema/payment-inputs.ts";
import {
  ApprovePaymentPayload,
  CancelPaymentPayload,
  ConfirmLocalPaymentPayload,
  ConfirmTransferPayload,
  PurchasePackPayload,
  RefundPaymentPayload,
  UpdateBillingSettingsPayload,
  VoidLocalPaymentPayload,
  VoidTransferPayload,
} from "../../schema/payment-payloads.ts";
import { DailyClosing, Payment, PaymentConnection, PaymentReceipt, PaymentRefund } from "../../schema/payment.ts";
import type { Context } from "../operations/context.ts";
import type { BillingSettingsService } from "./billing-settings.service.ts";
import type { ConfirmationsService } from "./confirmations.service.ts";
import type { PaymentsService } from "./payments.service.ts";
import type { PurchasesService } from "./purchases.service.ts";
import type { ReceiptVoidsService } from "./receipt-voids.service.ts";

export interface PaymentServices {
  readonly payments: PaymentsService;
  readonly purchases: PurchasesService;
  readonly confirmations: ConfirmationsService;
  readonly voids: ReceiptVoidsService;
  readonly settings: BillingSettingsService;
}

@Resolver(() => Payment)
export class PaymentsResolver {
  readonly #services: PaymentServices;

  constructor(services: PaymentServices) {
    this.#services = services;
  }

  @Extensions({ action: "billing:read" })
  @Query(() => Payment, { nullable: true, description: "One payment; null when there is none with this id." })
  payment(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The payment's id." }) id: string,
  ): Promise<Payment | null> {
    return this.#services.payments.payment(context, id);
  }

  @Extensions({ action: "billing:read" })
  @Query(() => PaymentConnection, { description: "Payments, newest first; a client's are his own." })
  payments(@Ctx() context: Context, @Args(() => PaymentsArgs) args: PaymentsArgs): Promise<Page<Payment>> {
    return this.#services.payments.payments(context, args);
  }

  @Extensions({ action: "payment:confirm" })
  @Query(() => Payment, {
    nullable: true,
    description:
      "The payment that a reference means, however it is typed: small letters, spaces, O for 0, I or L for 1.",
  })
  paymentByReference(
    @Ctx() context: Context,
    @Arg("reference", () => String, { description: "The reference, as the client wrote it." }) reference: string,
  ): Promise<Payment | null> {
    return this.#services.payments.paymentByReference(context, reference);
  }

  @Extensions({ action: "payment:confirm" })
  @Query(() => DailyClosing, { description: "What the desk has taken on a day." })
  dailyClosing(
    @Ctx() context: Context,
    @Arg("date", () => String, { description: "The day in the tenant's time zone: 2026-11-21." }) date: string,
  ): Promise<DailyClosing> {
    return this.#services.payments.dailyClosing(context, date);
  }

  @Extensions({ action: "payment:confirm" })
  @Query(() => BillingSettings, { description: "How the tenant is paid." })
  billingSettings(@Ctx() context: Context): Promise<BillingSettings> {
    return this.#services.settings.billingSettings(context);
  }

  @Extensions({ action: "billing:buy" })
  @Mutation(() => PurchasePackPayload, {
    description: "Begins to buy a pack. Its credits come when the payment is confirmed.",
  })
  purchasePack(
    @Ctx() context: Context,
    @Arg("input", () => PurchasePackInput, { description: "Who buys what." }) input: PurchasePackInput,
  ): Promise<PurchasePackPayload> {
    return this.#services.purchases.purchasePack(context, input);
  }

  @Extensions({ action: "billing:buy" })
  @Mutation(() => CancelPaymentPayload, {
    description:
      "Calls off a payment for which no money has come. Should it come after all, it can still be confirmed.",
  })
  cancelPayment(
    @Ctx() context: Context,
    @Arg("input", () => CancelPaymentInput, { description: "The payment." }) input: CancelPaymentInput,
  ): Promise<CancelPaymentPayload> {
    return this.#services.purchases.cancelPayment(context, input);
  }

  @Extensions({ action: "payment:confirm" })
  @Mutation(() => ConfirmTransferPayload, {
    description:
      "Records a transfer that has arrived. When all that was asked is there, what it buys is granted, once; less waits for the rest, more or another currency for a second person.",
  })
  confirmTransfer(
    @Ctx() context: Context,
    @Arg("input", () => ConfirmTransferInput, { description: "What has arrived." }) input: ConfirmTransferInput,
  ): Promise<ConfirmTransferPayload> {
    return this.#services.confirmations.confirmTransfer(context, input);
  }

  @Extensions({ action: "payment:confirm" })
  @Mutation(() => ConfirmLocalPaymentPayload, {
    description: "Records money that was given at the desk, like confirmTransfer.",
  })
  confirmLocalPayment(
    @Ctx() context: Context,
    @Arg("input", () => ConfirmLocalPaymentInput, { description: "What was given." }) input: ConfirmLocalPaymentInput,
  ): Promise<ConfirmLocalPaymentPayload> {
    return this.#services.confirmations.confirmLocalPayment(context, input);
  }

  @Extensions({ action: "payment:confirm" })
  @Mutation(() => ApprovePaymentPayload, {
    description:
      "Agrees to money that somebody else has recorded: so much that two have to, or another amount than was asked.",
  })
  approvePayment(
    @Ctx() context: Context,
    @Arg("input", () => ApprovePaymentInput, { description: "The payment." }) input: ApprovePaymentInput,
  ): Promise<ApprovePaymentPayload> {
    return this.#services.confirmations.approvePayment(context, input);
  }

  @Extensions({ action: "payment:confirm" })
  @Mutation(() => VoidLocalPaymentPayload, {
    description:
      "Voids a receipt that somebody else recorded on the same day. What it had granted goes back as with a refund.",
  })
  voidLocalPayment(
    @Ctx() context: Context,
    @Arg("input", () => VoidLocalPaymentInput, { description: "The receipt." }) input: VoidLocalPaymentInput,
  ): Promise<VoidLocalPaymentPayload> {
    return this.#services.voids.voidLocalPayment(context, input);
  }

  @Extensions({ action: "payment:confirm" })
  @Mutation(() => VoidTransferPayload, {
    description:
      "Voids a transfer that somebody else recorded by mistake, as long as nothing was granted for it. The payment is what its other receipts make of it.",
  })
  voidTransfer(
    @Ctx() context: Context,
    @Arg("input", () => VoidTransferInput, { description: "The receipt." }) input: VoidTransferInput,
  ): Promise<VoidTransferPayload> {
    return this.#services.voids.voidTransfer(context, input);
  }

  @Extensions({ action: "payment:refund" })
  @Mutation(() => RefundPaymentPayload, {
    description:
      "Gives money back, which the team sends itself. The same share of the credits is taken from what is left of them; what was used is owed.",
  })
  refundPayment(
    @Ctx() context: Context,
    @Arg("input", () => RefundPaymentInput, { description: "How much, and why." }) input: RefundPaymentInput,
  ): Promise<RefundPaymentPayload> {
    return this.#services.purchases.refundPayment(context, input);
  }

  @Extensions({ action: "billing:manage" })
  @Mutation(() => UpdateBillingSettingsPayload, { description: "Changes how the tenant is paid." })
  updateBillingSettings(
    @Ctx() context: Context,
    @Arg("input", () => UpdateBillingSettingsInput, { description: "What changes." }) input: UpdateBillingSettingsInput,
  ): Promise<UpdateBillingSettingsPayload> {
    return this.#services.settings.updateBillingSettings(context, input);
  }

  @FieldResolver(() => [PaymentReceipt], { description: "The money that was recorded for it." })
  receipts(@Root() payment: Payment, @Ctx() context: Context): Promise<PaymentReceipt[]> {
    return this.#services.payments.receipts(context, payment);
  }

  @FieldResolver(() => [PaymentRefund], { description: "The money that went back." })
  refunds(@Root() payment: Payment, @Ctx() context: Context): Promise<PaymentRefund[]> {
    return this.#services.payments.refunds(context, payment);
  }
}
