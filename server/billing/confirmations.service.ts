import { Temporal } from "temporal-polyfill";
import type {
  ApprovePaymentInput,
  ConfirmLocalPaymentInput,
  ConfirmTransferInput,
  VoidLocalPaymentInput,
} from "../../schema/payment-inputs.ts";
import type {
  ApprovePaymentPayload,
  ConfirmLocalPaymentPayload,
  ConfirmTransferPayload,
  VoidLocalPaymentPayload,
} from "../../schema/payment-payloads.ts";
import type { PaymentProviderName, ReceiptMethod } from "../../schema/payment.ts";
import type { JournalService, Transaction } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { newUuid } from "../operations/uuid.ts";
import type { BillingParts, Moment } from "./billing-parts.ts";
import { loadBillingRules } from "./billing-rules.ts";
import { completePayment } from "./complete-payment.ts";
import { lockPayment, memberOf } from "./locked-payment.ts";
import { isPayable } from "./offer-rules.ts";
import { recordPayment } from "./open-invoices.ts";
import { wasCompleted } from "./payment-state.ts";
import { type PaymentRow, rewritePayment, toPayment } from "./payment-row.ts";
import { findReceipts, insertReceipt, type ReceiptRow, receiptsOf, toReceipt, voidReceipt } from "./receipt-row.ts";
import { refundableMinor, refundCredits } from "./refund-credits.ts";
import { decideTransfer } from "./transfer-decision.ts";

export interface ConfirmationsOptions extends BillingParts {
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
}

type ApproveCode = ApprovePaymentPayload["userErrors"][number]["code"];
type VoidCode = VoidLocalPaymentPayload["userErrors"][number]["code"];

/** What both kinds of confirmation refuse alike. */
type SharedCode =
  | "NOT_FOUND"
  | "WRONG_PROVIDER"
  | "ALREADY_CONFIRMED"
  | "WAITS_FOR_APPROVAL"
  | "AMOUNT_INVALID"
  | "DATE_INVALID"
  | "PROOF_INVALID";

interface Money {
  readonly id: string;
  readonly provider: PaymentProviderName;
  readonly method: ReceiptMethod;
  readonly number: string;
  readonly amount: { readonly amountMinor: bigint; readonly currency: string };
  readonly receivedAt: Date;
  readonly proof: string | null;
}

interface Codes<Code extends string> {
  readonly numberField: string;
  readonly numberInvalid: Code;
  readonly numberTaken: Code;
}

/** What the team says about money that has come. A payment is granted by the first who makes it complete, and once. */
export class ConfirmationsService {
  readonly #options: ConfirmationsOptions;

  constructor(options: ConfirmationsOptions) {
    this.#options = options;
  }

  confirmTransfer(context: Context, input: ConfirmTransferInput): Promise<ConfirmTransferPayload> {
    const { id, amount, receivedAt, transferId, proof } = input;
    return this.#confirm(
      context,
      { id, provider: "WISE", method: "TRANSFER", number: transferId.trim(), amount, receivedAt, proof: proof ?? null },
      { numberField: "transferId", numberInvalid: "TRANSFER_ID_INVALID", numberTaken: "ALREADY_RECORDED" } as const,
    );
  }

  confirmLocalPayment(context: Context, input: ConfirmLocalPaymentInput): Promise<ConfirmLocalPaymentPayload> {
    const { id, amount, receivedAt, receiptNumber, method, proof } = input;
    return this.#confirm(
      context,
      { id, provider: "LOCAL", method, number: receiptNumber.trim(), amount, receivedAt, proof: proof ?? null },
      {
        numberField: "receiptNumber",
        numberInvalid: "RECEIPT_NUMBER_INVALID",
        numberTaken: "RECEIPT_NUMBER_TAKEN",
      } as const,
    );
  }

  async approvePayment(context: Context, { id, acceptsAmount }: ApprovePaymentInput): Promise<ApprovePaymentPayload> {
    const scope = authorizedScope(context, "payment:confirm");
    const { journal, cursors } = this.#options;
    const memberId = memberOf(scope.principal);
    const moment: Moment = { at: context.now, actor: scope.actor };
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const payment = await lockPayment(tx, this.#options, scope.principal, toUuid("Payment", id));
      const refuse = (code: ApproveCode, message: string) => ({
        payment: payment === undefined ? null : toPayment(payment),
        userErrors: [{ code, message, field: ["input", code === "AMOUNT_NOT_ACCEPTED" ? "acceptsAmount" : "id"] }],
      });
      if (payment === undefined) return refuse("NOT_FOUND", "There is no such payment.");
      if (wasCompleted(payment.state)) return refuse("ALREADY_CONFIRMED", "It was confirmed already.");
      const receipts = (await receiptsOf(tx, [payment.id])).filter(isValid);
      if (receipts.length === 0) return refuse("NOTHING_RECEIVED", "Nobody has recorded money for it.");
      if (receipts.some(({ recorded_by_id: by }) => by === memberId)) {
        return refuse("SAME_PERSON", "Somebody else has to approve what you recorded.");
      }
      if (payment.transfer_state !== "RECEIVED" && !acceptsAmount) {
        return refuse(
          "AMOUNT_NOT_ACCEPTED",
          "Not what was asked has arrived: say `acceptsAmount: true` if it is enough.",
        );
      }
      recordPayment(tx, "payment.approved", payment, { acceptsAmount });
      return { payment: toPayment(await completePayment(tx, this.#options, payment, moment)), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  async voidLocalPayment(
    context: Context,
    { receiptId, reason }: VoidLocalPaymentInput,
  ): Promise<VoidLocalPaymentPayload> {
    const scope = authorizedScope(context, "payment:confirm");
    const { journal, cursors } = this.#options;
    const memberId = memberOf(scope.principal);
    const moment: Moment = { at: context.now, actor: scope.actor };
    const uuid = toUuid("PaymentReceipt", receiptId);
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const [found] = uuid === null ? [] : await findReceipts(tx, [uuid]);
      const payment = await lockPayment(tx, this.#options, scope.principal, found?.payment_id ?? null);
      const [receipt] = uuid === null ? [] : await findReceipts(tx, [uuid]); // again: nobody voids it now
      const refuse = (code: VoidCode, message: string, field = "receiptId") => ({
        payment: payment === undefined ? null : toPayment(payment),
        receipt: receipt === undefined ? null : toReceipt(receipt, true),
        userErrors: [{ code, message, field: ["input", field] }],
      });
      if (receipt === undefined || payment?.provider !== "LOCAL")
        return refuse("NOT_FOUND", "The desk has no such receipt.");
      if (reason.trim() === "" || !isNote(reason)) {
        return refuse("REASON_INVALID", "Write a reason of 1 to 1,000 characters.", "reason");
      }
      if (receipt.voided_at !== null) return refuse("ALREADY_VOIDED", "It was voided already.");
      if (receipt.recorded_by_id === memberId)
        return refuse("SAME_PERSON", "Somebody else has to void what you recorded.");
      const { timeZone } = await loadBillingRules(tx);
      if (dayOf(receipt.recorded_at, timeZone) !== dayOf(moment.at, timeZone)) {
        return refuse("ANOTHER_DAY", "Its day is closed: refund the payment.");
      }
      const left = refundableMinor(payment);
      if (wasCompleted(payment.state) && (left === 0n || left < worthOf(receipt, payment))) {
        return refuse("ALREADY_REFUNDED", "Its money went back already.");
      }
      const voided: ReceiptRow = { ...receipt, voided_by_id: memberId, voided_at: moment.at, void_reason: reason };
      await voidReceipt(tx, voided);
      const after = await this.#takeAway(tx, payment, voided, moment);
      recordPayment(tx, "payment.receipt_voided", after, { receiptId: toId("PaymentReceipt", receipt.id) });
      return { payment: toPayment(after), receipt: toReceipt(voided, true), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  /** Money that never was: what it had granted goes back, or it counts no more. */
  async #takeAway(tx: Transaction, payment: PaymentRow, receipt: ReceiptRow, moment: Moment): Promise<PaymentRow> {
    if (wasCompleted(payment.state)) {
      const { void_reason: reason, voided_by_id: memberId } = receipt;
      const amountMinor = worthOf(receipt, payment);
      const returned = await refundCredits(
        tx,
        { payment, amountMinor, reason: reason ?? "", memberId: memberId ?? "" },
        moment,
      );
      if (returned === null) throw new Error(`the payment ${payment.id} can't go back`);
      return returned.payment;
    }
    return this.#decide(tx, payment);
  }

  /** What the receipts that count make of a payment that isn't complete. */
  async #decide(tx: Transaction, payment: PaymentRow): Promise<PaymentRow> {
    const receipts = (await receiptsOf(tx, [payment.id])).filter(isValid);
    const { approvalOver } = await loadBillingRules(tx);
    const transferState = decideTransfer({
      expected: { amountMinor: payment.amount_minor, currency: payment.currency },
      receipts: receipts.map(({ amount_minor: amountMinor, currency }) => ({ amountMinor, currency })),
      approvalOver: approvalOver.get(payment.currency) ?? null,
    });
    const received = receipts
      .filter(({ currency }) => currency === payment.currency)
      .reduce((sum, { amount_minor: amount }) => sum + amount, 0n);
    return rewritePayment(tx, payment, { transfer_state: transferState, received_minor: received });
  }

  async #confirm<Code extends string>(context: Context, money: Money, codes: Codes<Code>) {
    const scope = authorizedScope(context, "payment:confirm");
    const { journal, cursors } = this.#options;
    const moment: Moment = { at: context.now, actor: scope.actor };
    const memberId = memberOf(scope.principal);
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const payment = await lockPayment(tx, this.#options, scope.principal, toUuid("Payment", money.id));
      const refuse = (code: Code | SharedCode, message: string, field: string) => ({
        payment: payment === undefined ? null : toPayment(payment),
        receipt: null,
        userErrors: [{ code, message, field: ["input", field] }],
      });
      if (payment === undefined) return refuse("NOT_FOUND", "There is no such payment.", "id");
      if (payment.provider !== money.provider) {
        return refuse("WRONG_PROVIDER", `It is paid by ${payment.provider}.`, "id");
      }
      if (wasCompleted(payment.state)) return refuse("ALREADY_CONFIRMED", "It was confirmed already.", "id");
      if (payment.transfer_state === "RECEIVED" || payment.transfer_state === "MISMATCH") {
        return refuse("WAITS_FOR_APPROVAL", "Its money was recorded: another person has to approve it.", "id");
      }
      if (money.number === "" || money.number.length > 50 || money.number.includes("\0")) {
        return refuse(codes.numberInvalid, "Give 1 to 50 characters.", codes.numberField);
      }
      if (!isPayable(money.amount)) {
        return refuse("AMOUNT_INVALID", "Give an amount of 1 or more, in a currency of ISO 4217.", "amount");
      }
      if (money.receivedAt > moment.at)
        return refuse("DATE_INVALID", "It can't have come in the future.", "receivedAt");
      if (!isNote(money.proof)) return refuse("PROOF_INVALID", "Write at most 1,000 characters.", "proof");
      const receipt = receiptOf(money, payment, memberId, moment.at);
      if ((await insertReceipt(tx, receipt)) !== null) {
        return refuse(codes.numberTaken, "This number was recorded before.", codes.numberField);
      }
      const decided = await this.#decide(tx, payment);
      recordPayment(tx, "payment.received", decided, {
        receiptId: toId("PaymentReceipt", receipt.id),
        method: receipt.method,
        number: receipt.receipt_number,
        amountMinor: Number(receipt.amount_minor),
        currency: receipt.currency,
        receivedAt: receipt.received_at,
      });
      const after =
        decided.transfer_state === "CONFIRMED" ? await completePayment(tx, this.#options, decided, moment) : decided;
      return { payment: toPayment(after), receipt: toReceipt(receipt, true), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }
}

function receiptOf(money: Money, payment: PaymentRow, memberId: string, at: Date): ReceiptRow {
  return {
    id: newUuid(),
    payment_id: payment.id,
    method: money.method,
    receipt_number: money.number,
    amount_minor: money.amount.amountMinor,
    currency: money.amount.currency,
    received_at: money.receivedAt,
    proof: money.proof,
    recorded_by_id: memberId,
    recorded_at: at,
    voided_by_id: null,
    voided_at: null,
    void_reason: null,
  };
}

/** What a receipt was worth to its payment. What was accepted in another currency stood for all of it. */
function worthOf({ currency, amount_minor: amountMinor }: ReceiptRow, payment: PaymentRow): bigint {
  return currency === payment.currency ? amountMinor : refundableMinor(payment);
}

function isValid({ voided_at: voidedAt }: ReceiptRow): boolean {
  return voidedAt === null;
}

export function isNote(note: string | null): boolean {
  return note === null || (Array.from(note).length <= 1_000 && !note.includes("\0"));
}

function dayOf(at: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
