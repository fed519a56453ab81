import type { PaymentsArgs } from "../../schema/payment-list.ts";
import DataLoader from "dataloader";
import { Temporal } from "temporal-polyfill";
import type { Page } from "../../schema/connection.ts";
import type { DailyClosing, Payment, PaymentReceipt, PaymentRefund, ReceiptMethod } from "../../schema/payment.ts";
import type { Database } from "../db/database.ts";
import type { Session } from "../db/session.ts";
import { isAllowed } from "../operations/authorize.ts";
import { AppError } from "../operations/app-error.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { toMoney } from "../operations/currency.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toId, toUuid } from "../operations/ids.ts";
import { paginate } from "../operations/paginate.ts";
import type { PeopleService } from "../people/people.service.ts";
import { loadBillingRules } from "./billing-rules.ts";
import { filterClock } from "../operations/filter-clock.ts";
import { readReference, typedPrefix } from "./payment-reference.ts";
import { findPaymentByReference, findPayments, paymentList, type PaymentRow, toPayment } from "./payment-row.ts";
import { findReceipts, findRefunds, receiptsOf, refundsOf, toReceipt, toRefund } from "./receipt-row.ts";

export interface PaymentsOptions {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly people: PeopleService;
}

/** Reads payments: the team's are all of them, a client's are his own. */
export class PaymentsService {
  readonly #options: PaymentsOptions;

  constructor(options: PaymentsOptions) {
    this.#options = options;
  }

  async payment(context: Context, id: string): Promise<Payment | null> {
    authorizedScope(context, "billing:read");
    const uuid = toUuid("Payment", id);
    return uuid === null ? null : ((await this.byIds(context, [uuid])).get(uuid) ?? null);
  }

  async paymentByReference(context: Context, reference: string): Promise<Payment | null> {
    const { tenantId } = authorizedScope(context, "payment:confirm");
    return this.#options.database.read(tenantId, async (session) => {
      const { referencePrefix } = await loadBillingRules(session);
      // A prefix that was changed stays valid on what people hold in their hands.
      for (const prefix of [referencePrefix, typedPrefix(reference)]) {
        const read = readReference(prefix, reference);
        const found = read === null ? undefined : await findPaymentByReference(session, read);
        if (found !== undefined) return toPayment(found);
      }
      return null;
    });
  }

  async payments(context: Context, args: PaymentsArgs): Promise<Page<Payment>> {
    const { tenantId, principal } = authorizedScope(context, "billing:read");
    const { database, cursors, people } = this.#options;
    return database.read(tenantId, async (session) => {
      const own = await people.visibleClientIds(session, principal);
      return paginate(session, cursors, paymentList(own, await filterClock(session, context, args.filter), args), args);
    });
  }

  async byIds(context: Context, ids: readonly string[]): Promise<Map<string, Payment>> {
    const { tenantId } = authorizedScope(context, "billing:read");
    return this.#options.database.read(tenantId, async (session) => {
      const rows = await this.#visible(context, session, ids);
      return new Map(rows.map((row) => [row.id, toPayment(row)]));
    });
  }

  async receiptsByIds(context: Context, ids: readonly string[]): Promise<Map<string, PaymentReceipt>> {
    const { tenantId } = authorizedScope(context, "billing:read");
    const isTeam = isAllowed(context.principal, "payment:confirm");
    return this.#options.database.read(tenantId, async (session) => {
      const rows = await findReceipts(session, ids);
      const seen = new Set(
        (
          await this.#visible(
            context,
            session,
            rows.map((row) => row.payment_id),
          )
        ).map(({ id }) => id),
      );
      return new Map(rows.filter((row) => seen.has(row.payment_id)).map((row) => [row.id, toReceipt(row, isTeam)]));
    });
  }

  async refundsByIds(context: Context, ids: readonly string[]): Promise<Map<string, PaymentRefund>> {
    const { tenantId } = authorizedScope(context, "billing:read");
    return this.#options.database.read(tenantId, async (session) => {
      const rows = await findRefunds(session, ids);
      const seen = new Set(
        (
          await this.#visible(
            context,
            session,
            rows.map((row) => row.payment_id),
          )
        ).map(({ id }) => id),
      );
      return new Map(rows.filter((row) => seen.has(row.payment_id)).map((row) => [row.id, toRefund(row)]));
    });
  }

  /** Below a payment that the caller sees. */
  receipts(context: Context, { uuid }: Payment): Promise<PaymentReceipt[]> {
    return context.loaders.get(this.#receipts, context).load(uuid);
  }

  refunds(context: Context, { uuid }: Payment): Promise<PaymentRefund[]> {
    return context.loaders.get(this.#refunds, context).load(uuid);
  }

  async dailyClosing(context: Context, date: string): Promise<DailyClosing> {
    const { tenantId } = authorizedScope(context, "payment:confirm");
    return this.#options.database.read(tenantId, async (session) => {
      const { timeZone } = await loadBillingRules(session);
      const day = readDay(date);
      const [from, to] = [day, day.add({ days: 1 })].map(
        (each) => new Date(each.toZonedDateTime(timeZone).epochMilliseconds),
      );
      const rows = await session.query<ClosingRow>({
        name: "billing-daily-closing",
        text: `SELECT r.recorded_by_id, r.method, r.currency, count(*) FILTER (WHERE r.voided_at IS NULL)::int AS receipts,
                 coalesce(sum(r.amount_minor) FILTER (WHERE r.voided_at IS NULL), 0)::bigint AS total,
                 count(*) FILTER (WHERE r.voided_at IS NOT NULL)::int AS voided
               FROM payment_receipt r JOIN payment p ON p.tenant_id = r.tenant_id AND p.id = r.payment_id
               WHERE r.tenant_id = $1 AND p.provider = 'LOCAL' AND r.recorded_at >= $2 AND r.recorded_at < $3
               GROUP BY r.recorded_by_id, r.method, r.currency ORDER BY r.recorded_by_id, r.method, r.currency`,
        values: [tenantId, from, to],
      });
      const lines = rows.map((row) => ({
        cashierId: toId("Member", row.recorded_by_id),
        method: row.method,
        receipts: row.receipts,
        total: toMoney(row.total, row.currency),
        voided: row.voided,
      }));
      return { date: day.toString(), lines };
    });
  }

  readonly #receipts = (context: Context) => {
    const { tenantId } = authorizedScope(context, "billing:read");
    const isTeam = isAllowed(context.principal, "payment:confirm");
    return new DataLoader<string, PaymentReceipt[]>(async (ids) => {
      const rows = await this.#options.database.read(tenantId, (session) => receiptsOf(session, ids));
      return ids.map((id) => rows.filter((row) => row.payment_id === id).map((row) => toReceipt(row, isTeam)));
    });
  };

  readonly #refunds = (context: Context) => {
    const { tenantId } = authorizedScope(context, "billing:read");
    return new DataLoader<string, PaymentRefund[]>(async (ids) => {
      const rows = await this.#options.database.read(tenantId, (session) => refundsOf(session, ids));
      return ids.map((id) => rows.filter((row) => row.payment_id === id).map(toRefund));
    });
  };

  async #visible(context: Context, session: Session, ids: readonly string[]): Promise<PaymentRow[]> {
    const { principal } = authorizedScope(context, "billing:read");
    const own = await this.#options.people.visibleClientIds(session, principal);
    const rows = await findPayments(session, ids);
    return rows.filter((row) => own === null || own.includes(row.client_id));
  }
}

interface ClosingRow {
  readonly recorded_by_id: string;
  readonly method: ReceiptMethod;
  readonly currency: string;
  readonly receipts: number;
  readonly total: bigint;
  readonly voided: number;
}

function readDay(date: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(date);
  } catch {
    throw new AppError("BAD_USER_INPUT", "A day is written 2026-11-21.", { reason: "VARIABLES" });
  }
}
