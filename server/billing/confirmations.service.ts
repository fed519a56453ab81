import type {
  ApprovePaymentInput,
  ConfirmLocalPaymentInput,
  ConfirmTransferInput,
} from "../../schema/payment-inputs.ts";
import type {
  ApprovePaymentPayload,
  ConfirmLocalPaymentPayload,
  ConfirmTransferPayload,
} from "../../schema/payment-payloads.ts";
import type { PaymentProviderName, ReceiptMethod } from "../../schema/payment.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { newUuid } from "../operations/uuid.ts";
import type { BillingParts, Moment } from "./billing-parts.ts";
import { completePayment } from "./complete-payment.ts";
import { counts, decidePayment } from "./decide-payment.ts";
import { lockPayment, memberOf } from "./locked-payment.ts";
import { isPayable } from "./offer-rules.ts";
import { recordPayment } from "./open-invoices.ts";
import { wasCompleted } from "./payment-state.ts";
import { type PaymentRow, toPayment } from "./payment-row.ts";
import { insertReceipt, type ReceiptRow, receiptsOf, toReceipt } from "./receipt-row.ts";
import { moneyText, purposeOf, tellClient } from "./tell-client.ts";

export interface ConfirmationsOptions extends BillingParts {
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
}

/** Nobody pays what nobody has asked for; but days are written by hand, and an order may be typed after its money has come. */
const earlyMs = 7 * 86_400_000;

type ApproveCode = ApprovePaymentPayload["userErrors"][number]["code"];

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
      const receipts = (await receiptsOf(tx, [payment.id])).filter(counts);
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
        return refuse(
          "AMOUNT_INVALID",
          "Give an amount of 1 to 1,000,000,000,000 minor units, in a currency of ISO 4217.",
          "amount",
        );
      }
      if (money.receivedAt > moment.at)
        return refuse("DATE_INVALID", "It can't have come in the future.", "receivedAt");
      if (money.receivedAt.getTime() < payment.created_at.getTime() - earlyMs) {
        const asked = payment.created_at.toISOString();
        return refuse("DATE_INVALID", `It can't have come before it was asked for, at ${asked}.`, "receivedAt");
      }
      if (!isNote(money.proof)) return refuse("PROOF_INVALID", "Write at most 1,000 characters.", "proof");
      const receipt = receiptOf(money, payment, memberId, moment.at);
      if ((await insertReceipt(tx, receipt)) !== null) {
        return refuse(codes.numberTaken, "This number was recorded before.", codes.numberField);
      }
      const decided = await decidePayment(tx, payment);
      recordPayment(tx, "payment.received", decided, {
        receiptId: toId("PaymentReceipt", receipt.id),
        method: receipt.method,
        number: receipt.receipt_number,
        amountMinor: Number(receipt.amount_minor),
        currency: receipt.currency,
        receivedAt: receipt.received_at,
      });
      if (decided.transfer_state === "PARTIAL") {
        await tellClient(tx, this.#options, decided.client_id, {
          kind: "PAYMENT_PARTIAL",
          cause: `receipt:${receipt.id}:partial`,
          data: {
            received: moneyText(decided, decided.received_minor),
            missing: moneyText(decided, decided.amount_minor - decided.received_minor),
            purpose: await purposeOf(tx, decided),
            reference: decided.reference,
          },
        });
      }
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

export function isNote(note: string | null): boolean {
  return note === null || (Array.from(note).length <= 1_000 && !note.includes("\0"));
}
