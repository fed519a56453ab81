import type { FilterClock, FilterFields } from "../operations/filter-fields.ts";
import { compileFilter } from "../operations/filter.ts";
import { instantKey } from "../operations/keyset.ts";
import type { PaymentsArgs } from "../../schema/payment-list.ts";
import {
  type Payment,
  type PaymentProviderName,
  type PaymentPurpose,
  PaymentState,
  TransferState,
} from "../../schema/payment.ts";
import type { Session } from "../db/session.ts";
import { toMoney } from "../operations/currency.ts";
import { toId } from "../operations/ids.ts";
import { checkOrder, type List } from "../operations/paginate.ts";
import type { InstructionLine } from "./payment-provider.port.ts";

/** A row of payment, with the subscription of its invoice. */
export interface PaymentRow {
  readonly id: string;
  readonly client_id: string;
  readonly pack_id: string | null;
  readonly invoice_id: string | null;
  readonly subscription_id: string | null;
  readonly purpose: PaymentPurpose;
  readonly provider: PaymentProviderName;
  readonly state: PaymentState;
  readonly transfer_state: TransferState | null;
  readonly reference: string;
  readonly provider_ref: string | null;
  readonly instructions: InstructionLine[];
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly received_minor: bigint;
  readonly refunded_minor: bigint;
  readonly credits: bigint;
  readonly expires_after_months: number | null;
  readonly grant_txn_id: string | null;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly completed_at: Date | null;
  readonly version: number;
}

const columns = `p.id, p.client_id, p.pack_id, p.invoice_id,
  (SELECT i.subscription_id FROM invoice i WHERE i.tenant_id = p.tenant_id AND i.id = p.invoice_id) AS subscription_id,
  p.purpose, p.provider, p.state, p.transfer_state, p.reference, p.provider_ref, p.instructions, p.amount_minor, p.currency,
  p.received_minor, p.refunded_minor, p.credits, p.expires_after_months, p.grant_txn_id, p.created_at, p.expires_at,
  p.completed_at, p.version`;

export function toPayment(row: PaymentRow): Payment {
  const isVoided = row.transfer_state === "VOIDED"; // what never came didn't go back
  return {
    __typename: "Payment",
    id: toId("Payment", row.id),
    uuid: row.id,
    invoiceUuid: row.invoice_id,
    clientId: toId("Client", row.client_id),
    purpose: row.purpose,
    packId: row.pack_id === null ? null : toId("Pack", row.pack_id),
    subscriptionId: row.subscription_id === null ? null : toId("PlanSubscription", row.subscription_id),
    provider: row.provider,
    state: row.state,
    transferState: row.transfer_state,
    reference: row.reference,
    instructions: row.instructions,
    amount: toMoney(row.amount_minor, row.currency),
    received: toMoney(isVoided ? 0n : row.received_minor, row.currency),
    refunded: toMoney(isVoided ? 0n : row.refunded_minor, row.currency),
    credits: row.credits,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    completedAt: row.completed_at,
    version: row.version,
  };
}

export function findPayments(session: Session, ids: readonly string[]): Promise<PaymentRow[]> {
  return session.query<PaymentRow>({
    name: "billing-payments",
    text: `SELECT ${columns} FROM payment p WHERE p.tenant_id = $1 AND p.id = ANY ($2)`,
    values: [session.tenantId, ids],
  });
}

/** The oldest of each invoice first. */
export function paymentsOfInvoices(session: Session, invoiceIds: readonly string[]): Promise<PaymentRow[]> {
  return session.query<PaymentRow>({
    name: "billing-payments-of-invoices",
    text: `SELECT ${columns} FROM payment p WHERE p.tenant_id = $1 AND p.invoice_id = ANY ($2) ORDER BY p.id`,
    values: [session.tenantId, invoiceIds],
  });
}

export async function findPaymentByReference(session: Session, reference: string): Promise<PaymentRow | undefined> {
  const [row] = await session.query<PaymentRow>({
    name: "billing-payment-by-reference",
    text: `SELECT ${columns} FROM payment p WHERE p.tenant_id = $1 AND p.reference = $2`,
    values: [session.tenantId, reference],
  });
  return row;
}

/** A payment of this invoice that can still be paid on time. */
export async function findOpenPayment(session: Session, invoiceId: string): Promise<PaymentRow | undefined> {
  const [row] = await session.query<PaymentRow>({
    name: "billing-open-payment",
    text: `SELECT ${columns} FROM payment p
           WHERE p.tenant_id = $1 AND p.invoice_id = $2 AND p.state IN ('CREATED', 'PENDING', 'UNKNOWN') ORDER BY p.id DESC LIMIT 1`,
    values: [session.tenantId, invoiceId],
  });
  return row;
}

/** False when the reference is taken. */
export async function insertPayment(session: Session, row: PaymentRow): Promise<boolean> {
  const written = await session.query({
    name: "billing-insert-payment",
    text: `INSERT INTO payment (tenant_id, id, client_id, pack_id, invoice_id, purpose, provider, state, transfer_state, reference,
             provider_ref, instructions, amount_minor, currency, credits, expires_after_months, created_at, expires_at, version)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
           ON CONFLICT (tenant_id, reference) DO NOTHING RETURNING id`,
    values: [
      ...[session.tenantId, row.id, row.client_id, row.pack_id, row.invoice_id, row.purpose, row.provider, row.state],
      ...[row.transfer_state, row.reference, row.provider_ref, JSON.stringify(row.instructions), row.amount_minor],
      ...[row.currency, row.credits, row.expires_after_months, row.created_at, row.expires_at, row.version],
    ],
  });
  return written.length > 0;
}

/** Compare and swap on state and version. Throws when somebody else was faster: the caller holds the client's lock, so nobody can be. */
export async function rewritePayment(
  session: Session,
  before: PaymentRow,
  change: Partial<PaymentRow>,
): Promise<PaymentRow> {
  const after: PaymentRow = { ...before, ...change, version: before.version + 1 };
  const written = await session.query({
    name: "billing-rewrite-payment",
    text: `UPDATE payment SET state = $5, transfer_state = $6, received_minor = $7, refunded_minor = $8, grant_txn_id = $9,
             completed_at = $10, version = version + 1
           WHERE tenant_id = $1 AND id = $2 AND state = $3 AND version = $4 RETURNING id`,
    values: [
      ...[session.tenantId, before.id, before.state, before.version],
      ...[
        after.state,
        after.transfer_state,
        after.received_minor,
        after.refunded_minor,
        after.grant_txn_id,
        after.completed_at,
      ],
    ],
  });
  if (written.length === 0) throw new Error(`the payment ${before.id} isn't what it was`);
  return after;
}

/** Newest first. */
const filterFields = {
  id: { kind: "id", column: "p.id", type: "Payment" },
  clientId: { kind: "id", column: "p.client_id", type: "Client" },
  state: { kind: "enum", column: "p.state", values: Object.keys(PaymentState) },
  transferState: { kind: "enum", column: "p.transfer_state", values: Object.keys(TransferState) },
  createdAt: { kind: "instant", column: "p.created_at" },
} as const satisfies FilterFields;

/** The payments of these clients (null: of all), under a filter and an order. */
export function paymentList(
  clientIds: readonly string[] | null,
  clock: FilterClock,
  { filter, orderBy }: Pick<PaymentsArgs, "filter" | "orderBy">,
): List<PaymentRow & Record<string, unknown>, Payment> {
  const order = orderBy ?? [{ field: "CREATED_AT", direction: "DESC" }];
  checkOrder(order);
  const compiled = compileFilter(filter, filterFields, clock, "p.tenant_id = nexora_tenant()");
  const { values } = compiled;
  const own = clientIds === null ? "" : ` AND p.client_id = ANY (${values.add(clientIds)}::uuid[])`;
  return {
    name: "payments",
    fingerprint: compiled.fingerprint,
    columns,
    from: "payment p",
    where: compiled.where + own,
    values,
    id: "p.id",
    order: order.map(({ direction }) => instantKey("p.created_at", direction)),
    keysOf: (row) => [...order.map(() => row.created_at.toISOString()), row.id],
    toItem: toPayment,
  };
}
