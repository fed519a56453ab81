import DataLoader from "dataloader";
import type { Client } from "../../schema/client.ts";
import type { SettleCreditsOwedInput } from "../../schema/payment-inputs.ts";
import type { SettleCreditsOwedPayload } from "../../schema/payment-payloads.ts";
import type { Database } from "../db/database.ts";
import type { JournalService } from "../journal/journal.service.ts";
import { isAllowed } from "../operations/authorize.ts";
import { authorizedScope, type Context } from "../operations/context.ts";
import { cursorAfter } from "../operations/cursor-after.ts";
import type { CursorCodec } from "../operations/cursor.ts";
import { toUuid } from "../operations/ids.ts";
import type { BillingParts } from "./billing-parts.ts";
import { isNote } from "./confirmations.service.ts";
import { lockPayment, memberOf } from "./locked-payment.ts";
import { findRefunds, type RefundRow, toRefund } from "./receipt-row.ts";
import { findOwed, recordSettlement } from "./settle-owed.ts";

export interface ReceivablesOptions extends BillingParts {
  readonly database: Database;
  readonly journal: JournalService;
  readonly cursors: CursorCodec;
}

type Code = SettleCreditsOwedPayload["userErrors"][number]["code"];

/** Credits that clients owe: used before their money went back. */
export class ReceivablesService {
  readonly #options: ReceivablesOptions;

  constructor(options: ReceivablesOptions) {
    this.#options = options;
  }

  /** Below a client, whom others may see as well: without the right there is nothing. */
  async creditsOwed(context: Context, { uuid }: Client): Promise<bigint | null> {
    if (!isAllowed(context.principal, "billing:read")) return null;
    return context.loaders.get(this.#owed, context).load(uuid);
  }

  async settleCreditsOwed(context: Context, input: SettleCreditsOwedInput): Promise<SettleCreditsOwedPayload> {
    const scope = authorizedScope(context, "payment:refund");
    const { journal, cursors } = this.#options;
    const memberId = memberOf(scope.principal);
    const uuid = toUuid("PaymentRefund", input.refundId);
    const { result, position } = await journal.mutate(scope, async (tx) => {
      const [found] = uuid === null ? [] : await findRefunds(tx, [uuid]);
      const payment = await lockPayment(tx, this.#options, scope.principal, found?.payment_id ?? null);
      const [refund] = found === undefined ? [] : await findRefunds(tx, [found.id]); // again: nobody settles it now
      const refuse = (code: Code, message: string, field = "refundId") => ({
        refund: refund === undefined ? null : toRefund(refund),
        userErrors: [{ code, message, field: ["input", field] }],
      });
      if (refund === undefined || payment === undefined) return refuse("NOT_FOUND", "There is no such refund.");
      if (input.reason.trim() === "" || !isNote(input.reason)) {
        return refuse("REASON_INVALID", "Write a reason of 1 to 1,000 characters.", "reason");
      }
      const left = refund.credits_owed - refund.credits_settled;
      if (left === 0n) return refuse("NOTHING_OWED", "Nothing of it is owed any more.");
      const credits = input.credits ?? left;
      if (credits < 1n || credits > left) return refuse("CREDITS_INVALID", `Give 1 to ${left}.`, "credits");
      const { id: refundId, client_id: clientId } = refund;
      const settlement = { refundId, clientId, credits, reason: input.reason, by: { memberId } };
      await recordSettlement(tx, settlement, context.now);
      const after: RefundRow = { ...refund, credits_settled: refund.credits_settled + credits };
      return { refund: toRefund(after), userErrors: [] };
    });
    return { ...result, cursor: cursorAfter(cursors, scope.tenantId, position) };
  }

  readonly #owed = (context: Context) => {
    const { tenantId } = authorizedScope(context, "billing:read");
    return new DataLoader<string, bigint>(async (ids) => {
      const rows = await this.#options.database.read(tenantId, (session) => findOwed(session, ids));
      return ids.map((id) =>
        rows.filter((row) => row.client_id === id).reduce((sum, { credits }) => sum + credits, 0n),
      );
    });
  };
}
