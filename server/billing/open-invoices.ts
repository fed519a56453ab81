import type { JournalType } from "../journal/journal-types.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { findOpenInvoices, type InvoiceRow } from "./invoice-row.ts";
import { callOff } from "./issue-invoice.ts";
import { nextPaymentState } from "./payment-state.ts";
import { findOpenPayment, type PaymentRow, rewritePayment } from "./payment-row.ts";

/** What a subscription is still to be paid for. */
export interface OpenInvoice {
  readonly invoice: InvoiceRow;
  readonly payment: PaymentRow | undefined;
}

export async function readOpenInvoices(tx: Transaction, subscriptionId: string): Promise<OpenInvoice[]> {
  const open: OpenInvoice[] = [];
  for (const invoice of await findOpenInvoices(tx, subscriptionId)) {
    open.push({ invoice, payment: await findOpenPayment(tx, invoice.id) });
  }
  return open;
}

/** Whether money has come for one of them that nobody has decided about. */
export function hasMoney(open: readonly OpenInvoice[]): boolean {
  return open.some(({ payment }) => payment !== undefined && payment.transfer_state !== "AWAITING_TRANSFER");
}

/** Nobody is to pay them any more. */
export async function dropInvoices(tx: Transaction, open: readonly OpenInvoice[], at: Date): Promise<void> {
  for (const { invoice, payment } of open) {
    await callOff(tx, invoice, at);
    if (payment === undefined) continue;
    const state = nextPaymentState(payment.state, "CANCEL");
    if (state === null) continue;
    recordPayment(tx, "payment.cancelled", await rewritePayment(tx, payment, { state }));
  }
}

/**
 * A change of plan costs the rest of a period, and ends with it. Where money has come for one, its payment stays for the team to
 * decide about.
 */
export async function dropChanges(tx: Transaction, subscriptionId: string, at: Date): Promise<void> {
  const changes = (await readOpenInvoices(tx, subscriptionId)).filter(({ invoice }) => invoice.kind === "CHANGE");
  for (const change of changes) {
    if (hasMoney([change])) await callOff(tx, change.invoice, at);
    else await dropInvoices(tx, [change], at);
  }
}

/** Tells the journal how a payment is now. */
export function recordPayment(
  tx: Transaction,
  type: JournalType,
  payment: PaymentRow,
  details: Readonly<Record<string, unknown>> = {},
): void {
  const { state, transfer_state: transferState, reference, currency, version } = payment;
  const data = {
    ...{ state, transferState, reference, amountMinor: Number(payment.amount_minor), currency },
    ...{ receivedMinor: Number(payment.received_minor), credits: Number(payment.credits), version },
    ...details,
  };
  tx.record({ type, subjectType: "Payment", subjectId: payment.id, data });
}
