import type { PaymentReceipt, PaymentRefund, ReceiptMethod } from "../../schema/payment.ts";
import type { Session } from "../db/session.ts";
import { toMoney } from "../operations/currency.ts";
import { toId } from "../operations/ids.ts";

/** A row of payment_receipt. */
export interface ReceiptRow {
  readonly id: string;
  readonly payment_id: string;
  readonly method: ReceiptMethod;
  readonly receipt_number: string | null;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly received_at: Date;
  readonly proof: string | null;
  readonly recorded_by_id: string;
  readonly recorded_at: Date;
  readonly voided_by_id: string | null;
  readonly voided_at: Date | null;
  readonly void_reason: string | null;
}

const columns = `r.id, r.payment_id, r.method, r.receipt_number, r.amount_minor, r.currency, r.received_at, r.proof, r.recorded_by_id,
  r.recorded_at, r.voided_by_id, r.voided_at, r.void_reason`;

export function toReceipt(row: ReceiptRow, isTeam: boolean): PaymentReceipt {
  return {
    __typename: "PaymentReceipt",
    id: toId("PaymentReceipt", row.id),
    paymentId: toId("Payment", row.payment_id),
    method: row.method,
    number: row.receipt_number,
    amount: toMoney(row.amount_minor, row.currency),
    receivedAt: row.received_at,
    proof: isTeam ? row.proof : null,
    recordedById: toId("Member", row.recorded_by_id),
    recordedAt: row.recorded_at,
    voidedById: row.voided_by_id === null ? null : toId("Member", row.voided_by_id),
    voidedAt: row.voided_at,
    voidReason: row.void_reason,
  };
}

export function findReceipts(session: Session, ids: readonly string[]): Promise<ReceiptRow[]> {
  return session.query<ReceiptRow>({
    name: "billing-receipts",
    text: `SELECT ${columns} FROM payment_receipt r WHERE r.tenant_id = $1 AND r.id = ANY ($2)`,
    values: [session.tenantId, ids],
  });
}

export function receiptsOf(session: Session, paymentIds: readonly string[]): Promise<ReceiptRow[]> {
  return session.query<ReceiptRow>({
    name: "billing-receipts-of",
    text: `SELECT ${columns} FROM payment_receipt r WHERE r.tenant_id = $1 AND r.payment_id = ANY ($2) ORDER BY r.id`,
    values: [session.tenantId, paymentIds],
  });
}

/** The payment that has this number already; null: nobody's, and the receipt was written. */
export async function insertReceipt(session: Session, row: ReceiptRow): Promise<string | null> {
  const written = await session.query({
    name: "billing-insert-receipt",
    text: `INSERT INTO payment_receipt (tenant_id, id, payment_id, method, receipt_number, amount_minor, currency, received_at, proof,
             recorded_by_id, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
           ON CONFLICT DO NOTHING RETURNING id`,
    values: [
      ...[session.tenantId, row.id, row.payment_id, row.method, row.receipt_number, row.amount_minor, row.currency],
      ...[row.received_at, row.proof, row.recorded_by_id, row.recorded_at],
    ],
  });
  if (written.length > 0) return null;
  const [other] = await session.query<{ payment_id: string }>({
    name: "billing-receipt-by-number",
    text: "SELECT payment_id FROM payment_receipt WHERE tenant_id = $1 AND receipt_number = $2",
    values: [session.tenantId, row.receipt_number],
  });
  return other?.payment_id ?? "";
}

export async function voidReceipt(session: Session, row: ReceiptRow): Promise<void> {
  await session.query({
    name: "billing-void-receipt",
    text: "UPDATE payment_receipt SET voided_by_id = $3, voided_at = $4, void_reason = $5 WHERE tenant_id = $1 AND id = $2",
    values: [session.tenantId, row.id, row.voided_by_id, row.voided_at, row.void_reason],
  });
}

/** A row of payment_refund. */
export interface RefundRow {
  readonly id: string;
  readonly payment_id: string;
  readonly client_id: string;
  readonly amount_minor: bigint;
  readonly currency: string;
  readonly credits_taken: bigint;
  readonly credits_owed: bigint;
  readonly credits_withheld: bigint;
  /** Of those owed. */
  readonly credits_settled: bigint;
  readonly reason: string;
  readonly refunded_by_id: string;
  readonly refunded_at: Date;
}

const refundColumns = `f.id, f.payment_id, f.client_id, f.amount_minor, f.currency, f.credits_taken, f.credits_owed, f.credits_withheld,
  (SELECT coalesce(sum(s.credits), 0)::bigint FROM refund_settlement s WHERE s.tenant_id = f.tenant_id AND s.refund_id = f.id)
    AS credits_settled, f.reason, f.refunded_by_id, f.refunded_at`;

export function toRefund(row: RefundRow): PaymentRefund {
  return {
    __typename: "PaymentRefund",
    id: toId("PaymentRefund", row.id),
    paymentId: toId("Payment", row.payment_id),
    amount: toMoney(row.amount_minor, row.currency),
    creditsTaken: row.credits_taken,
    creditsOwed: row.credits_owed,
    creditsSettled: row.credits_settled,
    creditsWithheld: row.credits_withheld,
    reason: row.reason,
    refundedById: toId("Member", row.refunded_by_id),
    refundedAt: row.refunded_at,
  };
}

export function findRefunds(session: Session, ids: readonly string[]): Promise<RefundRow[]> {
  return session.query<RefundRow>({
    name: "billing-refunds",
    text: `SELECT ${refundColumns} FROM payment_refund f WHERE f.tenant_id = $1 AND f.id = ANY ($2)`,
    values: [session.tenantId, ids],
  });
}

export function refundsOf(session: Session, paymentIds: readonly string[]): Promise<RefundRow[]> {
  return session.query<RefundRow>({
    name: "billing-refunds-of",
    text: `SELECT ${refundColumns} FROM payment_refund f WHERE f.tenant_id = $1 AND f.payment_id = ANY ($2) ORDER BY f.id`,
    values: [session.tenantId, paymentIds],
  });
}

export async function insertRefund(session: Session, row: RefundRow): Promise<void> {
  await session.query({
    name: "billing-insert-refund",
    text: `INSERT INTO payment_refund (tenant_id, id, payment_id, client_id, amount_minor, currency, credits_taken, credits_owed,
             credits_withheld, reason, refunded_by_id, refunded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    values: [
      ...[session.tenantId, row.id, row.payment_id, row.client_id, row.amount_minor, row.currency, row.credits_taken],
      ...[row.credits_owed, row.credits_withheld, row.reason, row.refunded_by_id, row.refunded_at],
    ],
  });
}
