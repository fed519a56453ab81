import type { Invoice, InvoiceKind, InvoiceState } from "../../schema/invoice.ts";
import type { Session } from "../db/session.ts";
import { toMoney } from "../operations/currency.ts";
import { toId } from "../operations/ids.ts";

/** A line as it is stored. */
export interface InvoiceLineRow {
  readonly description: string;
  readonly quantity: number;
  /** Text, so that JSON loses nothing of it. */
  readonly unitMinor: string;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
}

/** A row of invoice: what a pack, a period, or a change within one costs. */
export interface InvoiceRow {
  readonly id: string;
  readonly client_id: string;
  readonly subscription_id: string | null;
  readonly plan_id: string | null;
  readonly pack_id: string | null;
  readonly number: string;
  readonly kind: InvoiceKind;
  readonly state: InvoiceState;
  readonly lines: readonly InvoiceLineRow[];
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly credits: bigint;
  /** Of a renewal: which period it bills, as months since this first day. */
  readonly anchor_at: Date | null;
  readonly period_month: number | null;
  readonly issued_at: Date;
  readonly due_at: Date;
  readonly paid_at: Date | null;
  /** When it was called off: it bills no period any more, even if money comes for it. */
  readonly dropped_at: Date | null;
}

export const invoiceColumns = `i.id, i.client_id, i.subscription_id, i.plan_id, i.pack_id, i.number, i.kind, i.state, i.lines,
  i.amount_minor, i.currency, i.credits, i.anchor_at, i.period_month, i.issued_at, i.due_at, i.paid_at, i.dropped_at`;

export function toInvoice(row: InvoiceRow): Invoice {
  return {
    __typename: "Invoice",
    id: toId("Invoice", row.id),
    uuid: row.id,
    clientUuid: row.client_id,
    clientId: toId("Client", row.client_id),
    subscriptionId: row.subscription_id === null ? null : toId("PlanSubscription", row.subscription_id),
    packId: row.pack_id === null ? null : toId("Pack", row.pack_id),
    number: row.number,
    kind: row.kind,
    state: row.state,
    lines: row.lines.map((line) => ({
      description: line.description,
      quantity: line.quantity,
      unitPrice: toMoney(BigInt(line.unitMinor), row.currency),
      amount: toMoney(BigInt(line.unitMinor) * BigInt(line.quantity), row.currency),
      startsAt: line.startsAt === null ? null : new Date(line.startsAt),
      endsAt: line.endsAt === null ? null : new Date(line.endsAt),
    })),
    amount: toMoney(row.amount_minor, row.currency),
    issuedAt: row.issued_at,
    dueAt: row.due_at,
    paidAt: row.paid_at,
  };
}

export function findInvoices(session: Session, ids: readonly string[]): Promise<InvoiceRow[]> {
  return session.query<InvoiceRow>({
    name: "billing-invoices",
    text: `SELECT ${invoiceColumns} FROM invoice i WHERE i.tenant_id = $1 AND i.id = ANY ($2)`,
    values: [session.tenantId, ids],
  });
}

export async function findInvoice(session: Session, id: string): Promise<InvoiceRow> {
  const [row] = await findInvoices(session, [id]);
  if (row === undefined) throw new Error(`there is no invoice ${id}`);
  return row;
}

interface Period {
  readonly subscriptionId: string;
  readonly anchorAt: Date;
  /** The month that it begins with. */
  readonly month: number;
}

/** The invoice of a period; what was called off doesn't count. */
export async function findRenewal(
  session: Session,
  { subscriptionId, anchorAt, month }: Period,
): Promise<InvoiceRow | undefined> {
  const [row] = await session.query<InvoiceRow>({
    name: "billing-renewal",
    text: `SELECT ${invoiceColumns} FROM invoice i
           WHERE i.tenant_id = $1 AND i.subscription_id = $2 AND i.anchor_at = $3 AND i.period_month = $4 AND i.dropped_at IS NULL`,
    values: [session.tenantId, subscriptionId, anchorAt, month],
  });
  return row;
}

/** Those of a subscription that nobody has paid. */
export function findOpenInvoices(session: Session, subscriptionId: string): Promise<InvoiceRow[]> {
  return session.query<InvoiceRow>({
    name: "billing-open-invoices",
    text: `SELECT ${invoiceColumns} FROM invoice i
           WHERE i.tenant_id = $1 AND i.subscription_id = $2 AND i.state = 'OPEN' ORDER BY i.id`,
    values: [session.tenantId, subscriptionId],
  });
}

/** With the next number of the year, whose row is locked until the transaction's end. */
export async function insertInvoice(
  session: Session,
  row: Omit<InvoiceRow, "number">,
  year: number,
): Promise<InvoiceRow> {
  const [written] = await session.query<InvoiceRow>({
    name: "billing-insert-invoice",
    text: `WITH counter AS (
             INSERT INTO invoice_counter AS c (tenant_id, year, last_number) VALUES ($1, $2::integer, 1)
             ON CONFLICT (tenant_id, year) DO UPDATE SET last_number = c.last_number + 1 RETURNING last_number
           )
           INSERT INTO invoice AS i (tenant_id, id, client_id, subscription_id, plan_id, pack_id, number, kind, state, lines,
             amount_minor, currency, credits, anchor_at, period_month, issued_at, due_at, paid_at)
           SELECT $1, $3, $4, $5, $6, $7, $2::integer || '-' || lpad(last_number::text, greatest(6, length(last_number::text)), '0'),
             $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18
           FROM counter RETURNING ${invoiceColumns}`,
    values: [
      ...[session.tenantId, year, row.id, row.client_id, row.subscription_id, row.plan_id, row.pack_id, row.kind],
      ...[row.state, JSON.stringify(row.lines), row.amount_minor, row.currency, row.credits, row.anchor_at],
      ...[row.period_month, row.issued_at, row.due_at, row.paid_at],
    ],
  });
  if (written === undefined) throw new Error("the invoice wasn't written");
  return written;
}

const marks = {
  PAID: "state = 'PAID', paid_at = $3",
  VOID: "state = 'VOID', paid_at = NULL, dropped_at = $3",
  REFUNDED: "state = 'REFUNDED', dropped_at = coalesce(dropped_at, $3)",
} as const;

export async function markInvoice(session: Session, id: string, state: keyof typeof marks, at: Date): Promise<void> {
  await session.query({
    name: `billing-mark-invoice-${state.toLowerCase()}`,
    text: `UPDATE invoice SET ${marks[state]} WHERE tenant_id = $1 AND id = $2`,
    values: [session.tenantId, id, at],
  });
}
