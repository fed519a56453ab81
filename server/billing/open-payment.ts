import { randomBytes } from "node:crypto";
import type { PaymentProviderName, PaymentPurpose } from "../../schema/payment.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { toId } from "../operations/ids.ts";
import { newUuid } from "../operations/uuid.ts";
import type { ClientRow } from "../people/people.service.ts";
import { type BillingRules, loadBillingRules } from "./billing-rules.ts";
import type { BillingParts, Moment } from "./billing-parts.ts";
import type { InvoiceRow } from "./invoice-row.ts";
import { makeReference } from "./payment-reference.ts";
import { insertPayment, type PaymentRow } from "./payment-row.ts";

/** What is to be paid. */
export interface Order {
  readonly client: ClientRow;
  readonly purpose: PaymentPurpose;
  /** What it pays; until then it is due. */
  readonly invoice: InvoiceRow;
  readonly provider: PaymentProviderName;
  readonly expiresAfterMonths?: number | null;
  /** What the client calls it. */
  readonly description: string;
}

export type Opened = { readonly payment: PaymentRow } | { readonly unavailable: string };

const triesForReference = 5;

/** A payment that waits for its money: the client is told how to pay, and nothing is granted. */
export async function openPayment(
  tx: Transaction,
  { mails, providers }: BillingParts,
  order: Order,
  { at }: Pick<Moment, "at">,
): Promise<Opened> {
  const { client, description } = order;
  const provider = providers.get(order.provider);
  // A provider with a network is asked after the commit, by a job: a transaction doesn't wait for it.
  if (provider === undefined || provider.capabilities.confirmedBy !== "STAFF") {
    return { unavailable: `Payments by ${order.provider} can't be made here.` };
  }
  const { currencies } = provider.capabilities;
  if (currencies !== null && !currencies.includes(order.invoice.currency)) {
    return { unavailable: `${order.provider} doesn't take ${order.invoice.currency}.` };
  }
  const rules = await loadBillingRules(tx);
  const draft = draftOf(order, rules, at);
  const checkout = await provider.createCheckout({
    tenantId: tx.tenantId,
    paymentId: draft.id,
    reference: draft.reference,
    amountMinor: draft.amount_minor,
    currency: draft.currency,
    description,
    expiresAt: draft.expires_at,
    payer: { name: client.name, email: client.email },
    locale: client.locale,
    tenantName: rules.tenantName,
    bankDetails: rules.bankDetails,
  });
  if (checkout.kind === "UNAVAILABLE") return { unavailable: checkout.message };
  const instructions = checkout.kind === "INSTRUCTIONS" ? [...checkout.lines] : [];
  const payment = await insert(
    tx,
    { ...draft, instructions, provider_ref: checkout.providerRef },
    rules.referencePrefix,
  );
  const data = {
    purpose: payment.purpose,
    provider: payment.provider,
    state: payment.state,
    reference: payment.reference,
    clientId: toId("Client", client.id),
    amountMinor: Number(payment.amount_minor),
    currency: payment.currency,
    credits: Number(payment.credits),
    expiresAt: payment.expires_at,
  };
  tx.record({ type: "payment.created", subjectType: "Payment", subjectId: payment.id, data });
  await mails.queue(tx, {
    kind: "PAYMENT_INSTRUCTIONS",
    cause: `payment:${payment.id}:instructions`,
    to: client.email,
    toName: client.name,
    locale: client.locale,
    timeZone: client.time_zone,
    data: {
      name: client.name,
      amount: { amountMinor: String(payment.amount_minor), currency: payment.currency },
      purpose: description,
      reference: payment.reference,
      expiresAt: payment.expires_at.toISOString(),
      details: instructions,
    },
  });
  return { payment };
}

function draftOf(order: Order, rules: BillingRules, at: Date): PaymentRow {
  const { invoice } = order;
  return {
    id: newUuid(),
    client_id: order.client.id,
    pack_id: invoice.pack_id,
    invoice_id: invoice.id,
    subscription_id: invoice.subscription_id,
    purpose: order.purpose,
    provider: order.provider,
    state: "PENDING",
    transfer_state: "AWAITING_TRANSFER",
    reference: makeReference(rules.referencePrefix, randomBytes(5)),
    provider_ref: null,
    instructions: [],
    amount_minor: invoice.amount_minor,
    currency: invoice.currency,
    received_minor: 0n,
    refunded_minor: 0n,
    credits: invoice.credits,
    expires_after_months: order.expiresAfterMonths ?? null,
    grant_txn_id: null,
    created_at: at,
    expires_at: invoice.due_at,
    completed_at: null,
    version: 1,
  };
}

/** Two of 2^40 references can be the same: then another one is taken. */
async function insert(tx: Transaction, draft: PaymentRow, prefix: string): Promise<PaymentRow> {
  let row = draft;
  for (let tries = 0; tries < triesForReference; tries += 1) {
    if (await insertPayment(tx, row)) return row;
    row = { ...row, reference: makeReference(prefix, randomBytes(5)) };
  }
  throw new Error("no reference is free");
}
