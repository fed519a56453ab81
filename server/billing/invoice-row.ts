import type { Session } from "../db/session.ts";

/** A row of invoice: what a period, or a change within one, costs. */
export interface InvoiceRow {
  readonly id: string;
  readonly subscription_id: string;
  readonly plan_id: string;
  readonly kind: "FIRST" | "RENEWAL" | "CHANGE";
  readonly state: "OPEN" | "PAID" | "VOID";
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly credits: bigint;
  readonly period_month: number | null;
  readonly issued_at: Date;
  readonly paid_at: Date | null;
}

const columns = `i.id, i.subscription_id, i.plan_id, i.kind, i.state, i.amount_minor, i.currency, i.credits, i.period_month,
  i.issued_at, i.paid_at`;

export async function findInvoice(session: Session, id: string): Promise<InvoiceRow> {
  const [row] = await session.query<InvoiceRow>({
    name: "billing-invoice",
    text: `SELECT ${columns} FROM invoice i WHERE i.tenant_id = $1 AND i.id = $2`,
    values: [session.tenantId, id],
  });
  if (row === undefined) throw new Error(`there is no invoice ${id}`);
  return row;
}

/** Of the period that begins with this month; voided ones don't count. */
export async function findRenewal(
  session: Session,
  subscriptionId: string,
  periodMonth: number,
): Promise<InvoiceRow | undefined> {
  const [row] = await session.query<InvoiceRow>({
    name: "billing-renewal",
    text: `SELECT ${columns} FROM invoice i
           WHERE i.tenant_id = $1 AND i.subscription_id = $2 AND i.period_month = $3 AND i.state <> 'VOID'`,
    values: [session.tenantId, subscriptionId, periodMonth],
  });
  return row;
}

/** Those of a subscription that nobody has paid. */
export function findOpenInvoices(session: Session, subscriptionId: string): Promise<InvoiceRow[]> {
  return session.query<InvoiceRow>({
    name: "billing-open-invoices",
    text: `SELECT ${columns} FROM invoice i WHERE i.tenant_id = $1 AND i.subscription_id = $2 AND i.state = 'OPEN' ORDER BY i.id`,
    values: [session.tenantId, subscriptionId],
  });
}

export async function insertInvoice(session: Session, row: InvoiceRow): Promise<void> {
  await session.query({
    name: "billing-insert-invoice",
    text: `INSERT INTO invoice (tenant_id, id, subscription_id, plan_id, kind, state, amount_minor, currency, credits, period_month,
             issued_at, paid_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    values: [
      ...[
        session.tenantId,
        row.id,
        row.subscription_id,
        row.plan_id,
        row.kind,
        row.state,
        row.amount_minor,
        row.currency,
      ],
      ...[row.credits, row.period_month, row.issued_at, row.paid_at],
    ],
  });
}

export async function markInvoice(session: Session, id: string, state: "PAID" | "VOID", at: Date): Promise<void> {
  await session.query({
    name: "billing-mark-invoice",
    text: "UPDATE invoice SET state = $3, paid_at = $4 WHERE tenant_id = $1 AND id = $2",
    values: [session.tenantId, id, state, state === "PAID" ? at : null],
  });
}
