import type { CancelPaymentInput, PurchasePackInput, RefundPaymentInput } from "../../schema/payment-inputs.ts";
import type { CancelPaymentPayload, PurchasePackPayload, RefundPaymentPayload } from "../../schema/payment-payloads.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { formatMinor } from "../operations/currency.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import type { BillingParts } from "./billing-parts.ts";
import { lockClient } from "./client-lock.ts";
import { isNote } from "./confirmations.service.ts";
import { findInvoice } from "./invoice-row.ts";
import { callOff, issueInvoice } from "./issue-invoice.ts";
import { lockPayment, memberOf } from "./locked-payment.ts";
import { openPayment } from "./open-payment.ts";
import { orUnavailable, PaymentUnavailable } from "./payment-unavailable.ts";
import { recordPayment } from "./open-invoices.ts";
import { lockPack } from "./pack-row.ts";
import { nextPaymentState } from "./payment-state.ts";
import { rewritePayment, toPayment } from "./payment-row.ts";
import { toRefund } from "./receipt-row.ts";
import { refundableMinor, refundCredits } from "./refund-credits.ts";
import { findSubscriptions, rewriteSubscription } from "./subscription-row.ts";
import { recordSubscription } from "./turn-subscription.ts";
import { moneyText, purposeOf, tellClient } from "./tell-client.ts";

export interface PurchasesOptions extends BillingParts {
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
}

type PurchaseCode = PurchasePackPayload["userErrors"][number]["code"];
type CancelCode = CancelPaymentPayload["userErrors"][number]["code"];
type RefundCode = RefundPaymentPayload["userErrors"][number]["code"];

/** Packs are bought, and payments called off or given back. */
export class PurchasesService {
  readonly #options: PurchasesOptions;

  constructor(options: PurchasesOptions) {
    this.#options = options;
  }

  async purchasePack(context: Context, input: PurchasePackInput): Promise<PurchasePackPayload> {
    const scope = authorizedScope(context, "billing:buy");
    const { journal, cursors, people } = this.#options;
    const clientId = toUuid("Client", input.clientId);
    const packId = toUuid("Pack", input.packId);
    const refuse = (code: PurchaseCode, message: string, field: string) => ({
      payment: null,
      userErrors: [{ code, message, field: ["input", field] }],
    });
    const work = async (tx: Transaction): Promise<Omit<PurchasePackPayload, "cursor">> => {
      const client = clientId === null ? null : await people.visibleClient(tx, scope.principal, clientId);
      if (client === null) return refuse("CLIENT_NOT_FOUND", "There is no such client.", "clientId");
      const pack = packId === null ? undefined : await lockPack(tx, packId);
      if (pack === undefined) return refuse("PACK_NOT_FOUND", "There is no such pack.", "packId");
      if (pack.withdrawn_at !== null) return refuse("PACK_WITHDRAWN", "The pack isn't sold any more.", "packId");
      await lockClient(tx, client.id);
      const { amount_minor: amountMinor, currency, credits } = pack;
      const bill = { clientId: client.id, amountMinor, currency, credits, subject: { kind: "PACK", pack } } as const;
      const order = {
        client,
        purpose: "PACK",
        invoice: await issueInvoice(tx, bill, context.now),
        provider: input.provider,
        expiresAfterMonths: pack.expires_after_months,
        description: pack.name,
      } as const;
      const opened = await openPayment(tx, this.#options, order, { at: context.now });
      if ("unavailable" in opened) throw new PaymentUnavailable(opened.unavailable);
      return { payment: toPayment(opened.payment), userErrors: [] };
    };
    const { result, position } = await orUnavailable(
      () => journal.mutate(scope, work),
      (message) => refuse("PROVIDER_UNAVAILABLE", message, "provider"),
    );
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async cancelPayment(context: Context, { id }: CancelPaymentInput): Promise<CancelPaymentPayload> {
    const scope = authorizedScope(context, "billing:buy");
    const { journal, cursors } = this.#options;
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const payment = await lockPayment(tx, this.#options, scope.principal, toUuid("Payment", id));
      const refuse = (code: CancelCode, message: string) => ({
        payment: payment === undefined ? null : toPayment(payment),
        userErrors: [{ code, message, field: ["input", "id"] }],
      });
      if (payment === undefined) return refuse("NOT_FOUND", "There is no such payment.");
      const state = nextPaymentState(payment.state, "CANCEL");
      if (state === null) return refuse("NOT_OPEN", "It was paid, has expired or was cancelled.");
      if (payment.transfer_state !== "AWAITING_TRANSFER")
        return refuse("MONEY_RECEIVED", "Money has come for it already.");
      if (payment.purpose === "RENEWAL") return refuse("OF_PERIOD", "Cancel the subscription instead.");
      const cancelled = await rewritePayment(tx, payment, { state });
      recordPayment(tx, "payment.cancelled", cancelled);
      if (payment.invoice_id !== null) {
        const invoice = await findInvoice(tx, payment.invoice_id);
        await callOff(tx, invoice, context.now);
        const [subscription] =
          invoice.subscription_id === null ? [] : await findSubscriptions(tx, [invoice.subscription_id]);
        if (subscription?.state === "INCOMPLETE") {
          const ended = await rewriteSubscription(tx, subscription, { state: "CANCELLED", ended_at: context.now });
          recordSubscription(tx, "subscription.cancelled", ended);
        }
      }
      return { payment: toPayment(cancelled), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async refundPayment(
    context: Context,
    { id, amountMinor, reason }: RefundPaymentInput,
  ): Promise<RefundPaymentPayload> {
    const scope = authorizedScope(context, "payment:refund");
    const { journal, cursors } = this.#options;
    const memberId = memberOf(scope.principal);
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const payment = await lockPayment(tx, this.#options, scope.principal, toUuid("Payment", id));
      const refuse = (code: RefundCode, message: string, field: string) => ({
        payment: payment === undefined ? null : toPayment(payment),
        refund: null,
        userErrors: [{ code, message, field: ["input", field] }],
      });
      if (payment === undefined) return refuse("NOT_FOUND", "There is no such payment.", "id");
      if (nextPaymentState(payment.state, "REFUND_ALL") === null) {
        return refuse("NOT_PAID", "It wasn't paid, or all of it went back.", "id");
      }
      if (reason.trim() === "" || !isNote(reason)) {
        return refuse("REASON_INVALID", "Write a reason of 1 to 1,000 characters.", "reason");
      }
      const left = refundableMinor(payment);
      const amount = amountMinor ?? left;
      if (amount < 1n || amount > left) {
        const { currency } = payment;
        const [least, most] = [formatMinor(1n, currency), formatMinor(left, currency)];
        const message = `Give back ${least} to ${most} ${currency}: 1 to ${left} in its minor unit.`;
        return refuse("AMOUNT_INVALID", message, "amountMinor");
      }
      const moment = { at: context.now, actor: scope.actor };
      const returned = await refundCredits(tx, { payment, amountMinor: amount, reason, memberId }, moment);
      if (returned === null) return refuse("NOT_PAID", "It can't go back.", "id");
      await tellClient(tx, this.#options, payment.client_id, {
        kind: "PAYMENT_REFUNDED",
        cause: `refund:${returned.refund.id}`,
        data: {
          amount: moneyText(payment, amount),
          credits: Number(returned.refund.credits_taken),
          purpose: await purposeOf(tx, payment),
          reference: payment.reference,
        },
      });
      return { payment: toPayment(returned.payment), refund: toRefund(returned.refund), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }
}
