import { Temporal } from "temporal-polyfill";
import type { JournalType } from "../journal/journal-types.ts";
import type { Transaction } from "../journal/journal.service.ts";
import { toId } from "../operations/ids.ts";
import { newUuid } from "../operations/uuid.ts";
import { type BillingRules, dueDate, loadBillingRules } from "./billing-rules.ts";
import { insertInvoice, type InvoiceRow, markInvoice } from "./invoice-row.ts";
import type { PackRow } from "./pack-row.ts";
import type { PlanRow } from "./plan-row.ts";

/** What is billed. */
export interface Bill {
  readonly clientId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** What its payment grants. */
  readonly credits: bigint;
  /** Until when it is to be paid. Default: the tenant's days from now. */
  readonly dueAt?: Date;
  readonly subject:
    | { readonly kind: "PACK"; readonly pack: PackRow }
    | {
        readonly kind: "FIRST" | "CHANGE";
        readonly subscriptionId: string;
        readonly plan: PlanRow;
        /** Null when it begins with its payment. */
        readonly period: Period | null;
      }
    | {
        readonly kind: "RENEWAL";
        readonly subscriptionId: string;
        readonly plan: PlanRow;
        readonly period: Period;
        readonly anchorAt: Date;
        readonly month: number;
      };
}

interface Period {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Bills something. What costs nothing is paid. */
export async function issueInvoice(tx: Transaction, bill: Bill, at: Date): Promise<InvoiceRow> {
  const { subject, amountMinor } = bill;
  const rules = await loadBillingRules(tx);
  const isFree = amountMinor === 0n;
  const period = subject.kind === "PACK" ? null : subject.period;
  const draft = {
    id: newUuid(),
    client_id: bill.clientId,
    subscription_id: subject.kind === "PACK" ? null : subject.subscriptionId,
    plan_id: subject.kind === "PACK" ? null : subject.plan.id,
    pack_id: subject.kind === "PACK" ? subject.pack.id : null,
    kind: subject.kind,
    state: isFree ? "PAID" : "OPEN",
    lines: [
      {
        description: subject.kind === "PACK" ? subject.pack.name : subject.plan.name,
        quantity: 1,
        unitMinor: String(amountMinor),
        startsAt: period?.startsAt.toISOString() ?? null,
        endsAt: period?.endsAt.toISOString() ?? null,
      },
    ],
    amount_minor: amountMinor,
    currency: bill.currency,
    credits: bill.credits,
    anchor_at: subject.kind === "RENEWAL" ? subject.anchorAt : null,
    period_month: subject.kind === "RENEWAL" ? subject.month : null,
    issued_at: at,
    due_at: isFree ? at : (bill.dueAt ?? dueDate(rules, at)),
    paid_at: isFree ? at : null,
    dropped_at: null,
  } as const;
  const invoice = await insertInvoice(tx, draft, yearOf(at, rules));
  recordInvoice(tx, "invoice.issued", invoice);
  return invoice;
}

/** Its payment is there. */
export async function markPaid(tx: Transaction, invoice: InvoiceRow, at: Date): Promise<void> {
  await markInvoice(tx, invoice.id, "PAID", at);
  recordInvoice(tx, "invoice.paid", { ...invoice, state: "PAID" });
}

/** All that was paid for it went back; it bills no period any more. */
export async function markRefunded(tx: Transaction, invoice: InvoiceRow, at: Date): Promise<void> {
  await markInvoice(tx, invoice.id, "REFUNDED", at);
  recordInvoice(tx, "invoice.refunded", { ...invoice, state: "REFUNDED" });
}

/** Nobody is to pay it any more. */
export async function callOff(tx: Transaction, invoice: InvoiceRow, at: Date): Promise<void> {
  await markInvoice(tx, invoice.id, "VOID", at);
  recordInvoice(tx, "invoice.voided", { ...invoice, state: "VOID" });
}

function recordInvoice(tx: Transaction, type: JournalType, invoice: InvoiceRow): void {
  const { id, number, kind, state, currency } = invoice;
  const data = {
    ...{ number, kind, state, amountMinor: Number(invoice.amount_minor), currency },
    clientId: toId("Client", invoice.client_id),
    dueAt: invoice.due_at,
  };
  tx.record({ type, subjectType: "Invoice", subjectId: id, data });
}

function yearOf(at: Date, { timeZone }: BillingRules): number {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).year;
}
