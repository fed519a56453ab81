import { Temporal } from "temporal-polyfill";
import type { VoidLocalPaymentInput, VoidTransferInput } from "../../schema/payment-inputs.ts";
import type { VoidLocalPaymentPayload, VoidTransferPayload } from "../../schema/payment-payloads.ts";
import type { PaymentProviderName } from "../../schema/payment.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import { toId, toUuid } from "../operations/ids.ts";
import type { Moment } from "./billing-parts.ts";
import { loadBillingRules } from "./billing-rules.ts";
import { completePayment } from "./complete-payment.ts";
import { type ConfirmationsOptions, isNote } from "./confirmations.service.ts";
import { counts, decidePayment } from "./decide-payment.ts";
import { lockPayment, memberOf } from "./locked-payment.ts";
import { recordPayment } from "./open-invoices.ts";
import { type PaymentRow, toPayment } from "./payment-row.ts";
import { wasCompleted } from "./payment-state.ts";
import { findReceipts, type ReceiptRow, receiptsOf, refundsOf, toReceipt, voidReceipt } from "./receipt-row.ts";
import { refundableMinor, refundCredits } from "./refund-credits.ts";

type SharedCode = "NOT_FOUND" | "ALREADY_VOIDED" | "SAME_PERSON" | "REASON_INVALID";

interface Refused<Code> {
  readonly code: Code;
  readonly message: string;
}

interface Kind<Code> {
  readonly provider: PaymentProviderName;
  /** What there is none of. */
  readonly missing: string;
  /** What else keeps it from being voided; null: nothing. */
  readonly check: (
    tx: Transaction,
    payment: PaymentRow,
    receipt: ReceiptRow,
    moment: Moment,
  ) => Promise<Refused<Code> | null>;
}

/** Receipts that were mistakes are voided by somebody who didn't record them. */
export class ReceiptVoidsService {
  readonly #options: ConfirmationsOptions;

  constructor(options: ConfirmationsOptions) {
    this.#options = options;
  }

  voidLocalPayment(context: Context, input: VoidLocalPaymentInput): Promise<VoidLocalPaymentPayload> {
    return this.#void(context, input, {
      provider: "LOCAL",
      missing: "The desk has no such receipt.",
      check: checkDesk,
    });
  }

  voidTransfer(context: Context, input: VoidTransferInput): Promise<VoidTransferPayload> {
    return this.#void(context, input, {
      provider: "WISE",
      missing: "There is no such transfer.",
      check: checkTransfer,
    });
  }

  async #void<Code extends string>(
    context: Context,
    { receiptId, reason }: { readonly receiptId: string; readonly reason: string },
    { provider, missing, check }: Kind<Code>,
  ) {
    const scope = authorizedScope(context, "payment:confirm");
    const { journal, cursors } = this.#options;
    const memberId = memberOf(scope.principal);
    const moment: Moment = { at: context.now, actor: scope.actor };
    const uuid = toUuid("PaymentReceipt", receiptId);
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const [found] = uuid === null ? [] : await findReceipts(tx, [uuid]);
      const payment = await lockPayment(tx, this.#options, scope.principal, found?.payment_id ?? null);
      const [receipt] = uuid === null ? [] : await findReceipts(tx, [uuid]); // again: nobody voids it now
      const isOurs = payment?.provider === provider;
      const refuse = (code: Code | SharedCode, message: string, field = "receiptId") => ({
        payment: payment === undefined || !isOurs ? null : toPayment(payment),
        receipt: receipt === undefined || !isOurs ? null : toReceipt(receipt, true),
        userErrors: [{ code, message, field: ["input", field] }],
      });
      if (receipt === undefined || payment === undefined || !isOurs) return refuse("NOT_FOUND", missing);
      if (reason.trim() === "" || !isNote(reason)) {
        return refuse("REASON_INVALID", "Write a reason of 1 to 1,000 characters.", "reason");
      }
      if (receipt.voided_at !== null) return refuse("ALREADY_VOIDED", "It was voided already.");
      if (receipt.recorded_by_id === memberId)
        return refuse("SAME_PERSON", "Somebody else has to void what you recorded.");
      const refused = await check(tx, payment, receipt, moment);
      if (refused !== null) return refuse(refused.code, refused.message);
      const voided: ReceiptRow = { ...receipt, voided_by_id: memberId, voided_at: moment.at, void_reason: reason };
      await voidReceipt(tx, voided);
      const left = await takeAway(tx, payment, { receipt: voided, reason, memberId }, moment);
      recordPayment(tx, "payment.receipt_voided", left, { receiptId: toId("PaymentReceipt", receipt.id) });
      // What is left can be just what was asked.
      const isPaid = !wasCompleted(left.state) && left.transfer_state === "CONFIRMED";
      const after = isPaid ? await completePayment(tx, this.#options, left, moment) : left;
      return { payment: toPayment(after), receipt: toReceipt(voided, true), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }
}

async function checkDesk(
  tx: Transaction,
  payment: PaymentRow,
  receipt: ReceiptRow,
  { at }: Moment,
): Promise<Refused<"ANOTHER_DAY" | "ALREADY_REFUNDED"> | null> {
  const { timeZone } = await loadBillingRules(tx);
  if (dayOf(receipt.recorded_at, timeZone) !== dayOf(at, timeZone)) {
    return { code: "ANOTHER_DAY", message: "Its day is closed: refund the payment." };
  }
  const left = refundableMinor(payment);
  if (wasCompleted(payment.state) && (left === 0n || left < worthOf(receipt, payment))) {
    return { code: "ALREADY_REFUNDED", message: "Its money went back already." };
  }
  return null;
}

/** The bank's statement isn't closed by the day, but what was granted for its money was. */
function checkTransfer(_: Transaction, payment: PaymentRow): Promise<Refused<"ALREADY_CONFIRMED"> | null> {
  return Promise.resolve(
    wasCompleted(payment.state)
      ? { code: "ALREADY_CONFIRMED", message: "What it bought was granted: refund the payment." }
      : null,
  );
}

interface Voiding {
  readonly receipt: ReceiptRow;
  readonly reason: string;
  readonly memberId: string;
}

/** Money that never was: what it had granted goes back, or it counts no more. */
async function takeAway(
  tx: Transaction,
  payment: PaymentRow,
  { receipt, reason, memberId }: Voiding,
  moment: Moment,
): Promise<PaymentRow> {
  if (!wasCompleted(payment.state)) return decidePayment(tx, payment);
  const amountMinor = worthOf(receipt, payment);
  const isVoid = await neverWas(tx, payment);
  const returned = await refundCredits(tx, { payment, amountMinor, reason, memberId, isVoid }, moment);
  if (returned === null) throw new Error(`the payment ${payment.id} can't go back`);
  return returned.payment;
}

/** Whether all receipts are voided, and nothing was given back but with them. */
async function neverWas(tx: Transaction, { id }: PaymentRow): Promise<boolean> {
  const receipts = await receiptsOf(tx, [id]);
  const voids = new Set(receipts.map(({ voided_at: voidedAt }) => voidedAt?.getTime()));
  const refunds = await refundsOf(tx, [id]);
  return !receipts.some(counts) && refunds.every(({ refunded_at: at }) => voids.has(at.getTime()));
}

/** What a receipt was worth to its payment. What was accepted in another currency stood for all of it. */
function worthOf({ currency, amount_minor: amountMinor }: ReceiptRow, payment: PaymentRow): bigint {
  return currency === payment.currency ? amountMinor : refundableMinor(payment);
}

function dayOf(at: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
